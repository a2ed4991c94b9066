"""What the guide to the API shows works on a running site: each request, and the client."""

import json
import re
import shlex
import shutil
import subprocess
import sys
from itertools import pairwise

import pytest

from tests.apps.test_docs_examples import FENCE, SITE, is_part_of
from tools.repository import ROOT

GUIDE = (ROOT / "docs" / "guides" / "use-the-api.md").read_text(encoding="utf-8")
BLOCKS = [*FENCE.findall(GUIDE), ("", "")]
MOST_LINES = 30


def test_every_request_of_the_guide_is_answered_as_shown(site, tmp_path):
    if shutil.which("curl") is None:
        pytest.skip("needs curl")
    asked = 0
    for (kind, text), (following, shown) in pairwise(BLOCKS):
        if kind != "sh" or not text.startswith("curl "):
            continue
        command = [*shlex.split(text.replace(SITE, site)), "--silent", "--show-error", "--fail"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=60)
        assert done.returncode == 0, f"{text}{done.stderr.decode()}"
        if following == "json":
            assert is_part_of(json.loads(shown), json.loads(done.stdout)), text
        asked += 1
    assert asked >= 10


def test_the_client_of_the_guide_reads_all_pages_and_nothing_twice(site):
    client, use = (text for kind, text in BLOCKS if kind == "python")
    assert len([line for line in client.splitlines() if line.strip()]) <= MOST_LINES
    more = """
small = [row["reference"] for row in code.rows("parties", as_at="2021-09-30", page_size=50)]
large = [row["reference"] for row in code.rows("parties", as_at="2021-09-30", page_size=500)]
assert small == large and len(small) > 100, len(small)
first = code.get("registers")
assert code.get("registers") is first, "it is not sent again"
"""
    program = (client + use).replace(SITE, site) + more
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True,
                          check=False, timeout=120)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert re.search(r"^Section \w+[\d.]+", done.stdout, re.MULTILINE)

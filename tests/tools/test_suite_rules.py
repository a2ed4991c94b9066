"""What the suite leaves out it says; in CI it leaves out no browser test."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.outcome import VARIABLE

ROOT = Path(__file__).resolve().parents[2]
TESTS = """
import pytest

@pytest.mark.browser
def test_page():
    pytest.skip("no Chromium")

@pytest.mark.corpus
def test_paper(corpus):
    assert corpus.is_dir()

def test_rule():
    assert True
"""


@pytest.fixture
def run(tmp_path):
    """Return a function that runs three small tests under the suite's own conftest."""
    copy = tmp_path / "tests"
    (copy / "support").mkdir(parents=True)
    for name in ("__init__.py", "conftest.py", "support/__init__.py", "support/outcome.py"):
        (copy / name).write_text((ROOT / "tests" / name).read_text())
    (copy / "test_small.py").write_text(TESTS)
    settings = (ROOT / "pyproject.toml").read_text()
    # Without Django, which none of the three needs.
    settings = settings.replace('DJANGO_SETTINGS_MODULE = "engross.config.settings_test"', "")
    (tmp_path / "pyproject.toml").write_text(settings)

    def run_it(**environment: str) -> subprocess.CompletedProcess[str]:
        kept = {name: os.environ[name] for name in os.environ.keys() - {"CI", VARIABLE}}
        return subprocess.run(
            [sys.executable, "-m", "pytest", "tests"],
            cwd=tmp_path,
            # To load the plugins of all that is installed takes longer than the tests.
            env={**kept, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    return run_it


def test_skips_are_told_with_their_reasons(run):
    done = run(ENGROSS_CORPUS="nowhere")
    assert done.returncode == 0
    assert "1 (no Chromium)" in done.stdout
    assert "1 (needs the corpus; set ENGROSS_CORPUS)" in done.stdout


def test_with_the_corpus_its_tests_run(run, tmp_path):
    done = run(ENGROSS_CORPUS=str(tmp_path))
    assert "2 passed, 1 skipped" in done.stdout


def test_in_ci_a_skipped_browser_test_is_a_failure(run):
    done = run(CI="true")
    assert done.returncode == 1
    assert "may not be skipped in CI: tests/test_small.py::test_page" in done.stdout

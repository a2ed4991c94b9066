"""Check that no file speaks of a place on one person's machine or of a registry's host."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.repository import ROOT, files, text_of

# Written in pieces, so that this file does not find itself.
PATTERNS = {
    "a folder of one machine": re.compile(r"(?<![\w./])/(?:" + r"work|root|home/\w+|Users/\w+)/\w"),
    "a folder for scraps": re.compile(r"(?<![\w.])/" + r"tmp/\w"),
    "a file outside the repository": re.compile(r"\.\./" + r"shared\b"),
    "a registry's host": re.compile(
        r"(?:files\.python" + r"hosted|pypi\." + r"org|deb\.deb" + r"ian)"
    ),
}


def faults_in(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield line, what it is and the words, for each place that a text should not name."""
    for number, line in enumerate(text.splitlines(), start=1):
        for what, pattern in PATTERNS.items():
            if found := pattern.search(line):
                yield number, what, found[0]


def main(root: Path = ROOT) -> int:
    """Print every such place in the repository; return 1 if there are any."""
    count = 0
    for path in files(root):
        for number, what, words in faults_in(text_of(path) or ""):
            print(f"{path.relative_to(root)}:{number}: names {what}: {words}")
            count += 1
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())

"""Check that no published figure stands in code, templates or a code's papers.

A figure is computed from records. One that is written down instead would agree with the
published paper for ever, whatever the records say.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.repository import ROOT, files, text_of

# Every figure of three digits or more in the published September 2021 paper, its printed
# durations, and what the true Working Days are instead. Smaller ones are too common to look for.
PUBLISHED = frozenset({102, 104, 114, 123, 261, 332, 339, 340, 355, 527, 801, 24000})

# Where such a number is something else, and why.
ALLOWED: dict[tuple[str, int], str] = {}

TEMPLATES = {".html", ".txt", ".typ", ".xml", ".j2", ".jinja", ".md", ".toml", ".json"}
WORD = re.compile(
    r"(?<![\w#.,-])\d{1,3}(?:,\d{3})+(?![\w.-])|(?<![\w#.,-])\d+(?:_\d+)*(?![\w-]|\.\d)"
)


def published_in(words: str) -> Iterator[int]:
    """Yield each published figure that stands in a text as a number of its own."""
    for found in WORD.finditer(words):
        number = int(found[0].replace(",", "").replace("_", ""))
        if number in PUBLISHED:
            yield number


def _prose(tree: ast.AST) -> set[int]:
    """Return the identities of the strings that explain rather than act: docstrings."""
    return {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def faults_in_python(source: str) -> Iterator[tuple[int, int]]:
    """Yield line and number for each published figure that code holds as a value."""
    tree = ast.parse(source)
    prose = _prose(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in prose:
            continue
        if isinstance(node.value, str):
            yield from ((node.lineno, number) for number in published_in(node.value))
        elif isinstance(node.value, int | float) and node.value in PUBLISHED:
            yield node.lineno, int(node.value)


def faults_in_template(text: str) -> Iterator[tuple[int, int]]:
    """Yield line and number for each published figure in a template's words."""
    for line_number, line in enumerate(text.splitlines(), start=1):
        yield from ((line_number, number) for number in published_in(line))


# Answers that the demonstration gave, which a test asks for again.
RECORDED = frozenset({"src/engross/apps/site/api/examples.json"})


def is_looked_at(path: str) -> bool:
    """Return whether published figures must not stand in the file of this name."""
    if path in RECORDED:
        return False
    suffix = Path(path).suffix
    if path.startswith("src/"):
        return suffix == ".py" or suffix in TEMPLATES
    return path.startswith("codes/") and "/papers/" in path and suffix in TEMPLATES


def faults_of(root: Path) -> Iterator[str]:
    """Yield a sentence for each published figure found under `root`."""
    for path in files(root):
        name = path.relative_to(root).as_posix()
        if not is_looked_at(name):
            continue
        text = text_of(path) or ""
        find = faults_in_python if path.suffix == ".py" else faults_in_template
        for line, number in find(text):
            if (name, number) not in ALLOWED:
                yield f"{name}:{line}: {number} is a published figure: compute it from records"


def main(root: Path = ROOT) -> int:
    """Print every published figure that is written down; return 1 if there are any."""
    faults = list(faults_of(root))
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

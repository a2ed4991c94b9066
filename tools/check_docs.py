"""Check what the documents promise: links, anchors, pictures and commands all exist.

Every Markdown file of the repository is read. A relative link must lead to a file, its
anchor to a heading there; `make x` and `engross x` must be commands; no TODO is left.
"""

import re
import sys
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import click
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tools.repository import ROOT, files

COMMAND = re.compile(
    r"^\s*(?:\$ )?(?:[A-Z]+=\S* )*(?:\.venv/bin/)?(make|engross)((?: +[^\s|>;&#`]+)*)"
)
UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME)\b")


def is_template(path: Path, root: Path) -> bool:
    """Say whether this is a paper's template: its pointers are a paper's, not a page's."""
    parts = path.relative_to(root).parts
    return parts[0] == "codes" and "papers" in parts


def _all_tokens(tokens: list[Token]) -> Iterator[Token]:
    """Yield every token, those inside lines of text too."""
    for token in tokens:
        yield token
        yield from _all_tokens(token.children or [])


@cache
def parsed(text: str) -> list[Token]:
    """Return the tokens of a Markdown text."""
    return MarkdownIt("commonmark").enable("table").parse(text)


def tokens_of(path: Path) -> list[Token]:
    """Return the tokens of a Markdown file."""
    return parsed(path.read_text(encoding="utf-8"))


def slug(heading: str) -> str:
    """Return the anchor that a heading gets on the usual forges."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def anchors(path: Path) -> frozenset[str]:
    """Return every anchor of a Markdown file; a repeated heading counts up."""
    found: list[str] = []
    tokens = tokens_of(path)
    for before, token in pairwise(tokens):
        if before.type == "heading_open":
            words = "".join(c.content for c in token.children or [])
            name = slug(words)
            found.append(f"{name}-{found.count(name)}" if name in found else name)
    return frozenset(found)


def targets(path: Path) -> Iterator[str]:
    """Yield where the links and pictures of a file lead."""
    for token in _all_tokens(tokens_of(path)):
        target = token.attrs.get("href" if token.type == "link_open" else "src")
        if token.type in {"link_open", "image"} and target:
            yield str(target)


def link_faults(path: Path, root: Path) -> Iterator[str]:
    """Yield a sentence for each link or picture that leads nowhere."""
    for target in targets(path):
        if re.match(r"[a-z]+:", target):
            continue
        where, _, anchor = target.partition("#")
        place = (root / where[1:] if where.startswith("/") else path.parent / where).resolve()
        place = place if where else path
        if not place.exists():
            yield f"leads to {target}, which is not there"
        elif anchor and place.suffix == ".md" and anchor not in anchors(place):
            yield f"leads to {target}, which has no such heading"


def commands(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield program and arguments for each `make` or `engross` that a file shows."""
    for token in _all_tokens(tokens_of(path)):
        if token.type in {"fence", "code_block", "code_inline"}:
            for line in token.content.splitlines():
                if found := COMMAND.match(line):
                    yield found[1], found[2].split()


def make_targets(root: Path) -> set[str]:
    """Return what `make` can be asked for."""
    text = (root / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z][a-z-]*):", text, re.MULTILINE))


def engross_fault(arguments: list[str]) -> str | None:
    """Return what is wrong with a shown `engross` command; None if it exists."""
    command: click.Command = import_module("engross.cli").main
    shown = "engross"
    for argument in arguments:
        # From the first placeholder or option on, it is the command's own matter.
        if not isinstance(command, click.Group) or not re.fullmatch(r"[a-z][a-z-]*", argument):
            return None
        found = command.get_command(click.Context(command), argument)
        shown += f" {argument}"
        if found is None:
            return f"shows `{shown}`, which is not a command"
        command = found
    return None


def command_faults(path: Path, root: Path) -> Iterator[str]:
    """Yield a sentence for each shown command that does not exist."""
    known = make_targets(root)
    for program, arguments in commands(path):
        if program == "make":
            words = [word for word in arguments if re.fullmatch(r"[a-z][a-z-]*", word)]
            yield from (f"shows `make {w}`, which is not there" for w in words if w not in known)
        elif fault := engross_fault(arguments):
            yield fault


def unfinished_faults(path: Path) -> Iterator[str]:
    """Yield a sentence for each line that says it is not finished."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if found := UNFINISHED.search(line):
            yield f"line {number} says {found[0]}"


def faults_of(path: Path, root: Path) -> Iterator[str]:
    """Yield every fault of one Markdown file."""
    for faults in (link_faults(path, root), command_faults(path, root), unfinished_faults(path)):
        yield from (f"{path.relative_to(root)}: {fault}" for fault in faults)


def main(root: Path = ROOT) -> int:
    """Print the faults of every Markdown file; return 1 if there are any."""
    documents = [
        path for path in files(root) if path.suffix == ".md" and not is_template(path, root)
    ]
    faults = [fault for path in documents for fault in faults_of(path, root)]
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

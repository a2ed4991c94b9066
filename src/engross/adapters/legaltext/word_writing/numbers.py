"""Which clause numbers Word can count itself, and the lists that make it do so.

A document is one multi-level list. A paragraph joins it where what Word would print, before and
after the tracked changes, is the number that the provision bears; an inserted '2.10A' is typed, so
that 2.11 after it is counted again. `Counting` runs both counts while the paragraphs are written.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

from engross.adapters.legaltext.word_writing.package import indent_of
from engross.core.legaltext.aligned import Aligned
from engross.core.legaltext.places import Places

LEVELS = 9
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_FORMATS = {"1": "decimal", "a": "lowerLetter", "i": "lowerRoman"}
_UPPER = {"A": "upperLetter", "I": "upperRoman"}


class Level(NamedTuple):
    """How one depth of a document is numbered: 'D%1.%2' is ('D%1.%2', 'decimal', 1)."""

    pattern: str
    format: str
    start: int


class Numbered(NamedTuple):
    """A provision's number as it is printed, and its depth from 1."""

    printed: str
    depth: int


def printed(places: Places, node: int) -> str:
    """Return a number as a reader of the page sees it: '(a)' alone, 'D7.2' whole."""
    label, inherits = places.labels[node]
    return label if inherits and label.startswith("(") else places.number(node)


@dataclass
class Counting:
    """The list of one document, and its two counts as Word makes them."""

    levels: list[Level]
    before: list[int] = field(default_factory=list)
    after: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.before, self.after = [0] * len(self.levels), [0] * len(self.levels)

    def copy(self) -> "Counting":
        """Return the same list with counts of its own, to try what would be counted."""
        other = Counting(self.levels)
        other.before, other.after = list(self.before), list(self.after)
        return other

    def counts(self, old: Numbered | None, new: Numbered | None) -> bool:
        """Return whether Word counts a paragraph rightly on both sides, and count it if so.

        None says that the paragraph is not in the text on that side.
        """
        tries: list[tuple[list[int], list[int]]] = []
        for count, numbered in ((self.before, old), (self.after, new)):
            if numbered is None:
                continue
            if not numbered.printed or numbered.depth > len(self.levels):
                return False
            tried = self._next(count, numbered.depth)
            # Programs differ in how they count a level that nothing above has begun.
            if (
                not all(tried[: numbered.depth])
                or self._shown(tried, numbered.depth) != numbered.printed
            ):
                return False
            tries.append((count, tried))
        for count, tried in tries:
            count[:] = tried
        return bool(tries)

    def _next(self, count: list[int], depth: int) -> list[int]:
        level = self.levels[depth - 1]
        value = count[depth - 1] + 1 if count[depth - 1] else level.start
        return [*count[: depth - 1], value, *[0] * (len(count) - depth)]

    def _shown(self, count: list[int], depth: int) -> str:
        shown = self.levels[depth - 1].pattern
        for at in range(depth):
            if f"%{at + 1}" in shown:
                level = self.levels[at]
                shown = shown.replace(f"%{at + 1}", counted(count[at], level.format))
        return shown


def counted(value: int, form: str) -> str:
    """Return a count as Word prints it: the 28th small letter is 'bb'."""
    if form == "decimal":
        return str(value)
    if form.endswith("Letter"):
        shown = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
    else:
        shown, rest = "", value
        for worth, sign in _ROMAN:
            shown += sign * (rest // worth)
            rest %= worth
    return shown.upper() if form.startswith("upper") else shown


def counting_of(aligned: Aligned, old: int | None, new: int | None) -> Counting:
    """Return the list of a document, by what is most usual at each depth of either text."""
    found: list[Counter[Level]] = [Counter() for _ in range(LEVELS)]
    for places, root in ((aligned.old, old), (aligned.new, new)):
        if root is not None:
            for at, level in _firsts(places, root):
                found[at][level] += 1
    levels: list[Level] = []
    for usual in found:
        if not usual:
            break
        levels.append(max(usual.items(), key=lambda item: (item[1], item[0]))[0])
    return Counting(levels)


def _firsts(places: Places, root: int) -> Iterator[tuple[int, Level]]:
    """Yield how a depth is numbered, for the first numbered child of all in a document."""
    waiting = [(root, 0, places.root_numbers[root])]
    while waiting:
        parent, at, stem = waiting.pop()
        pattern = stem
        first = True
        for node in places.children[parent]:
            label = places.labels[node][0]
            if first and label and at < LEVELS:
                read = _level(label, stem, at + 1)
                if read and places.labels[node][1] in (True, not stem):
                    yield at, read
                    pattern = read.pattern
                    first = False
            if places.children[node]:
                waiting.append((node, at + 1, pattern))


def _level(label: str, stem: str, place: int) -> Level | None:
    """Read how a first label counts: '(a)' is ('(%3)', 'lowerLetter', 1) at the third depth."""
    core = label.strip("().-–")
    head, _, tail = label.partition(core) if core else (label, "", "")
    if core.isdecimal() and core.isascii() and not core.startswith("0") and len(core) < 5:
        form, start = "decimal", int(core)
    elif core in _FORMATS or core in _UPPER:
        form, start = _FORMATS.get(core) or _UPPER[core], 1
    else:
        return None
    before = "" if head.startswith("(") else stem
    return Level(f"{before}{head}%{place}{tail}", form, start)


def numbering_xml(lists: list[Counting]) -> str:
    """Return `word/numbering.xml`: list n is number n + 1."""
    parts = [
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    ]
    for at, counting in enumerate(lists):
        parts.append(
            f'<w:abstractNum w:abstractNumId="{at}"><w:multiLevelType w:val="multilevel"/>'
        )
        for level, (pattern, form, start) in enumerate(counting.levels):
            parts.append(
                f'<w:lvl w:ilvl="{level}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
                f'<w:lvlText w:val={quoteattr(pattern)}/><w:lvlJc w:val="left"/>'
                f"<w:pPr>{indent_of(level + 1)}</w:pPr></w:lvl>"
            )
        parts.append("</w:abstractNum>")
    parts.extend(
        f'<w:num w:numId="{at + 1}"><w:abstractNumId w:val="{at}"/></w:num>'
        for at in range(len(lists))
    )
    parts.append("</w:numbering>")
    return "".join(parts)

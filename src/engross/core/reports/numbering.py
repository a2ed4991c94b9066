"""Numbers for sections, tables and charts, and the words that cross references show."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace

from engross.core.codes.problems import nearest
from engross.core.reports.papers import (
    Block,
    Bullets,
    ChartBlock,
    CrossReference,
    Emphasis,
    Glance,
    Heading,
    Inline,
    Inlines,
    Link,
    Note,
    Paper,
    Paragraph,
    Strong,
    TableBlock,
    walk,
)


class UnknownTarget(LookupError):
    """A cross reference points to nothing in the paper."""


def numbered(paper: Paper) -> Paper:
    """Return the paper with every section, table and figure numbered and pointed to by number.

    Tables of one group share a number and take letters: 4a, 4b, 4c.
    Raises UnknownTarget if a cross reference points to nothing, and ValueError if two
    things bear one label.
    """
    counts = _Counts(paper.blocks)
    blocks = _each(paper.blocks, counts.number)
    targets = _targets(blocks)
    return replace(paper, blocks=_each(blocks, lambda block: _resolved(block, targets)))


class _Counts:
    """The next number of each kind, while the paper is read from top to bottom."""

    def __init__(self, blocks: tuple[Block, ...]) -> None:
        tables = [block for block in walk(blocks) if isinstance(block, TableBlock)]
        self._sizes = Counter(block.group for block in tables if block.group)
        self._levels = [0, 0, 0]
        self._tables = 0
        self._figures = 0
        self._groups: dict[str, tuple[int, int]] = {}

    def number(self, block: Block) -> Block:
        match block:
            case Heading() if block.is_numbered:
                return replace(block, number=self._heading(block.level))
            case TableBlock():
                return replace(block, number=self._table(block.group))
            case ChartBlock() | Glance():
                self._figures += 1
                return replace(block, number=str(self._figures))
        return block

    def _heading(self, level: int) -> str:
        self._levels[level - 1] += 1
        self._levels[level:] = [0] * (len(self._levels) - level)
        return ".".join(str(count) for count in self._levels[:level])

    def _table(self, group: str) -> str:
        number, place = self._groups.get(group, (0, 0))
        if not group or not number:
            self._tables += 1
            number = self._tables
        if not group:
            return str(number)
        self._groups[group] = number, place + 1
        return f"{number}{chr(ord('a') + place)}" if self._sizes[group] > 1 else str(number)


def _each(blocks: tuple[Block, ...], change: Callable[[Block], Block]) -> tuple[Block, ...]:
    return tuple(_changed(block, change) for block in blocks)


def _changed(block: Block, change: Callable[[Block], Block]) -> Block:
    if isinstance(block, Bullets):
        return replace(block, items=tuple(_each(item, change) for item in block.items))
    return change(block)


def _targets(blocks: tuple[Block, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for block in walk(blocks):
        if not (target := target_of(block)):
            continue
        if target in found:
            raise ValueError(f"Two things in the paper are labelled '{target}'")
        found[target] = _called(block)
    return found


def target_of(block: Block) -> str:
    """Return what a cross reference calls a block: 'table:stages'; empty without a label."""
    match block:
        case Heading(label=label) if label:
            return f"section:{label}"
        case TableBlock(label=label) if label:
            return f"table:{label}"
        case ChartBlock(label=label) | Glance(label=label) if label:
            return f"figure:{label}"
    return ""


def _called(block: Block) -> str:
    match block:
        case Heading():
            return f"section {block.number}" if block.number else "the section above"
        case TableBlock():
            return f"Table {block.number}"
        case ChartBlock() | Glance():
            return f"Figure {block.number}"
    return ""


def _resolved(block: Block, targets: Mapping[str, str]) -> Block:
    match block:
        case Heading() | Paragraph() | Note():
            return replace(block, inlines=_pointed(block.inlines, targets))
    return block


def _pointed(inlines: Inlines, targets: Mapping[str, str]) -> Inlines:
    return tuple(_point(each, targets) for each in inlines)


def _point(inline: Inline, targets: Mapping[str, str]) -> Inline:
    match inline:
        case CrossReference():
            if inline.target not in targets:
                known = nearest(inline.target, targets)
                raise UnknownTarget(f"Nothing in the paper is labelled '{inline.target}'. {known}")
            return replace(inline, shown=targets[inline.target])
        case Strong() | Emphasis() | Link():
            return replace(inline, inlines=_pointed(inline.inlines, targets))
    return inline

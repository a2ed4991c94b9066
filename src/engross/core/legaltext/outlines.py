"""Flat paragraphs made into nested provisions, and back.

A file gives paragraphs one after another; which stands under which is told by their numbers
(D7 > D7.2 > D7.2(a) > (i)), where those do not tell by the levels of headings, and for an
unnumbered paragraph by how far it is indented. `Outline` takes paragraphs in turn, so that a writer
can ask where a reader would put the next one and say so only where it should go elsewhere.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import msgspec
from msgspec import UNSET, UnsetType

from engross.core.legaltext.list_labels import (
    ListLabel,
    begins_numerals,
    comes_next,
    following_labels,
    readings_of,
)
from engross.core.legaltext.numbers.grammar import Kind, level_of, levels_of_part, parent_of, parts
from engross.core.legaltext.provisions import Document, Inline, Provision, Table

DEEPEST = 64
_MEANS = (" means", " has the meaning", " have the meaning", " shall mean")


class FlatParagraph(msgspec.Struct, frozen=True, gc=False):
    """A paragraph of a file, not yet under another.

    `number` is as printed: whole or the end of one ('(a)'); with `is_whole` it is not completed.
    `level` is the depth it is known to have, 1 at the top, 0 where it is not known. `heading_level`
    is 1 to 9 for a heading. `indent` is where its number or, without one, its text begins, in any
    unit, and only of weight for an unnumbered paragraph.
    """

    number: str = ""
    heading: str | None = None
    text: str = ""
    inlines: tuple[Inline, ...] | UnsetType = UNSET
    table: Table | UnsetType = UNSET
    level: int = 0
    heading_level: int = 0
    indent: int = 0
    is_whole: bool = False
    id: str | None = None


class Placed(NamedTuple):
    """Where a paragraph stands: its depth (1 at the top), its whole number, what was odd."""

    depth: int
    number: str
    remark: str = ""


class _Node:
    __slots__ = ("children", "depth", "label", "last_listed", "number", "paragraph")

    def __init__(self, paragraph: FlatParagraph, placed: Placed, label: ListLabel | None) -> None:
        self.paragraph = paragraph
        self.depth, self.number = placed.depth, placed.number
        self.label = label
        self.children: list[_Node] = []
        self.last_listed: _Node | None = None


class Outlined(NamedTuple):
    """Provisions, and what was odd: the paragraph's place in the file and what to say of it."""

    provisions: tuple[Provision, ...]
    remarks: list[tuple[int, str]]


def outlined(paragraphs: Sequence[FlatParagraph]) -> Outlined:
    """Return the provisions that paragraphs make, each under the one it belongs to."""
    outline = Outline()
    remarks = []
    labels = following_labels(paragraph.number for paragraph in paragraphs)
    for at, (paragraph, following) in enumerate(zip(paragraphs, labels, strict=True)):
        placed = outline.place_of(paragraph, following)
        outline.add(paragraph, placed)
        if placed.remark:
            remarks.append((at, placed.remark))
    return Outlined(outline.provisions(), remarks)


def paragraphs_of(document: Document) -> Iterator[FlatParagraph]:
    """Yield a document's provisions one after another, with their depth and whole numbers."""
    waiting = [(provision, 1) for provision in reversed(document.provisions)]
    while waiting:
        provision, depth = waiting.pop()
        yield FlatParagraph(
            number=provision.number,
            heading=provision.heading,
            text=provision.text,
            inlines=provision.inlines,
            table=provision.table,
            level=depth,
            heading_level=0 if provision.heading is None else min(depth, 9),
            is_whole=True,
            id=provision.id,
        )
        waiting += [(child, depth + 1) for child in reversed(provision.children)]


class Outline:
    """The provisions so far, and those that the next paragraph may still stand under."""

    def __init__(self) -> None:
        self._root = _Node(FlatParagraph(), Placed(0, ""), None)
        self._open = [self._root]

    def place_of(self, paragraph: FlatParagraph, following: str = "") -> Placed:
        """Return where a paragraph goes; `following` is the next label of a list, if one comes."""
        if paragraph.level:
            return self._at_level(paragraph)
        if not paragraph.number:
            return Placed(min(self._depth_without_number(paragraph), DEEPEST), "")
        if paragraph.number[0] == "(" and not paragraph.is_whole:
            placed = self._of_label(paragraph.number, following)
        else:
            placed = self._of_whole_number(paragraph)
        return placed._replace(depth=min(placed.depth, DEEPEST))

    def add(self, paragraph: FlatParagraph, placed: Placed) -> None:
        """Put a paragraph where it goes; it is open for the next ones."""
        del self._open[placed.depth :]
        above = self._open[-1]
        node = _Node(paragraph, placed, self._label_read(placed, above))
        above.children.append(node)
        if node.label:
            above.last_listed = node
        self._open.append(node)

    def number_at(self, depth: int) -> str:
        """Return the number of the open provision at a depth; '' where there is none."""
        return self._open[depth].number if 0 < depth < len(self._open) else ""

    def provisions(self) -> tuple[Provision, ...]:
        """Return what was added, nested."""
        return _built(self._root)

    def _at_level(self, paragraph: FlatParagraph) -> Placed:
        depth = min(paragraph.level, len(self._open), DEEPEST)
        number, remark = paragraph.number, ""
        if number[:1] == "(" and not paragraph.is_whole:
            number = self._open[depth - 1].number + number
        if depth < paragraph.level:
            remark = f"nothing stands at level {depth}, so that level {paragraph.level} is too deep"
        return Placed(depth, number, remark)

    # Unnumbered paragraphs

    def _depth_without_number(self, paragraph: FlatParagraph) -> int:
        if paragraph.heading is not None and paragraph.heading_level:
            return self._depth_under_heading(paragraph.heading_level)
        for node in reversed(self._open[1:]):
            if node.number and self._may_close_under(node, paragraph.indent):
                return node.depth + 1
        return self._depth_under_heading(10)

    @staticmethod
    def _may_close_under(node: _Node, indent: int) -> bool:
        """Return whether a line is a clause's own; at the margin of a list it closes the list."""
        own = node.paragraph.indent
        return own < indent if node.label else own <= indent

    def _depth_under_heading(self, level: int) -> int:
        for node in reversed(self._open[1:]):
            own = node.paragraph.heading_level
            if not own and node.number and not node.label:
                own = level_of(node.number)  # a clause without a heading, as deep as its number
            if 0 < own < level:
                return node.depth + 1
        return 1

    # Whole numbers

    def _of_whole_number(self, paragraph: FlatParagraph) -> Placed:
        number = paragraph.number
        above = _numbers_above(number)
        for node in reversed(self._open):
            if node.number and node.number in above:
                return Placed(node.depth + 1, number)
        remark = f"nothing above {number} is numbered {above[0]}" if above else ""
        return Placed(self._depth_beside(number, above, paragraph.heading_level), number, remark)

    def _depth_beside(self, number: str, above: tuple[str, ...], heading_level: int) -> int:
        """Return the depth of a number that stands under none: that of its like, if one is open."""
        shapes = [_shape(each) for each in above or (number,)]
        for node in reversed(self._open[1:]):
            if node.number and above and parent_of(node.number) == above[0]:
                return node.depth
            if node.number and _shape(node.number) in shapes:
                return node.depth
        if number[0].isdecimal() and any(node.number[:1].isalpha() for node in self._open):
            return self._depth_without_number(FlatParagraph())  # '1.' in a list of Section D
        for node in reversed(self._open[1:]):
            if not node.number and 0 < node.paragraph.heading_level < (heading_level or 10):
                return node.depth + 1
        return 1

    # Labels of lists

    def _of_label(self, label: str, following: str) -> Placed:
        if len(parts(label)) > 1:
            clause = next(node for node in reversed(self._open) if not node.label)
            return self._of_whole_number(FlatParagraph(number=clause.number + label))
        if followed := self._followed_by(label, following):
            return Placed(followed.depth, parent_of(followed.number) + label)
        readings = readings_of(label)
        above = self._introducer()
        remark = ""
        if readings and not any(reading.value == 1 for reading in readings):
            if earlier := self._earlier(readings):
                remark = f"{label} comes after {parts(earlier.number)[-1]}"
                return Placed(earlier.depth, parent_of(earlier.number) + label, remark)
            remark = f"the list begins with {label}"
        return Placed(above.depth + 1, above.number + label, remark)

    def _followed_by(self, label: str, following: str) -> _Node | None:
        """Return the last of an open list that this label comes next in, the innermost first."""
        readings = readings_of(label)
        for node in reversed(self._open):
            listed = node.last_listed
            if listed is None or listed.label is None:
                continue
            for reading in readings:
                if comes_next(listed.label, reading):
                    if reading.kind is not Kind.ROMAN and self._begins_numerals(label, following):
                        continue
                    return listed
        return None

    def _begins_numerals(self, label: str, following: str) -> bool:
        """Return whether '(i)' after '(h)' begins a list of numerals, because '(ii)' follows.

        Not where '(ii)' goes on an outer list of numerals.
        """
        if not begins_numerals(label, following):
            return False
        second = readings_of(parts(following)[0])[-1]
        lists = [node.last_listed.label for node in self._open if node.last_listed]
        return not any(each and comes_next(each, second) for each in lists)

    def _earlier(self, readings: tuple[ListLabel, ...]) -> _Node | None:
        """Return the last of the innermost open list that a label could stand in, out of turn."""
        series = [each.series for each in readings]
        for node in reversed(self._open):
            listed = node.last_listed
            if listed and listed.label and listed.label.series in series:
                return listed
        return None

    def _introducer(self) -> _Node:
        """Return what a new list stands under: the last paragraph, or the clause it goes on.

        A definition has limbs of its own; another unnumbered paragraph goes on the clause above it.
        """
        last = self._open[-1]
        if last.number or is_definition(last.paragraph):
            return last
        above = self._open[-2] if len(self._open) > 1 else last
        return above if above.number and above.last_listed is None else last

    def _label_read(self, placed: Placed, above: _Node) -> ListLabel | None:
        """Return how a paragraph's label counts among those before it; None where it has none."""
        if not placed.number.endswith(")"):
            return None
        pieces = parts(placed.number)
        readings = readings_of(pieces[-1])
        before = above.last_listed.label if above.last_listed else None
        for reading in readings:
            if before and (comes_next(before, reading) or before.series == reading.series):
                return reading
        return readings[-1] if readings else None


def is_definition(paragraph: FlatParagraph) -> bool:
    """Return whether an unnumbered paragraph says what a term means.

    Its words decide and no mark over them, so that a text without marks nests as one with them.
    """
    words = (paragraph.text or paragraph.heading or "")[:200]
    return words[:1] in ("“", '"') or any(verb in words for verb in _MEANS)


def _numbers_above(number: str) -> tuple[str, ...]:
    """Return what a number stands under by its form, the nearest first."""
    found = []
    while number := parent_of(number):
        found.append(number)
    return tuple(found)


@lru_cache(maxsize=4096)
def _shape_of_head(head: str) -> Kind | None:
    levels = levels_of_part(head)
    return levels[0].kind if levels else None


def _shape(number: str) -> tuple[int, Kind | None]:
    """Return what numbers of one rank share: how many parts, and what the first begins with."""
    pieces = parts(number)
    return len(pieces), _shape_of_head(pieces[0])


def _built(root: _Node) -> tuple[Provision, ...]:
    """Return the provisions under a node, made from the innermost outwards."""
    order: list[_Node] = []
    waiting = [root]
    while waiting:
        node = waiting.pop()
        order.append(node)
        waiting += node.children
    made: dict[int, Provision] = {}
    for node in reversed(order[1:]):
        paragraph = node.paragraph
        made[id(node)] = Provision(
            id=paragraph.id,
            number=node.number,
            heading=paragraph.heading,
            text=paragraph.text,
            inlines=paragraph.inlines,
            table=paragraph.table,
            children=tuple([made.pop(id(child)) for child in node.children]),
        )
    return tuple([made[id(child)] for child in root.children])

"""The two texts of a text with tracked changes: before them all, and after them all."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from engross.core.legaltext.provisions import Inline
from engross.core.legaltext.tracked import (
    KEPT,
    Paragraph,
    Piece,
    Place,
    Side,
    Story,
    TrackedParagraph,
    TrackedTable,
    TrackedText,
    stands,
)

_NO_INLINES: tuple[Inline, ...] = ()


class Flow(NamedTuple):
    """What decides how paragraphs join: whether the mark stands, any text does, and the place."""

    mark: bool
    text: bool
    place: Place | None


def joined(flows: Sequence[tuple[int, Flow]]) -> Iterator[tuple[int, ...]]:
    """Yield the indices that make up each paragraph of a side; the last one gives its look.

    `flows` are those of paragraphs in rows and cells that stand. Where nothing follows that a
    paragraph without its mark could join (a table, the end of a cell or of the text), it ends
    there, or vanishes if it is empty; but a cell keeps one paragraph.
    """
    waiting: list[int] = []
    said = False
    last_place: Place | None = None
    for position, (index, flow) in enumerate(flows):
        waiting.append(index)
        said = said or flow.text
        if not flow.mark:
            following = flows[position + 1] if position + 1 < len(flows) else None
            # A table that is not there on this side still keeps what is around it apart.
            if following and following[0] == index + 1 and following[1].place == flow.place:
                continue
            sole = flow.place is not None and last_place != flow.place
            if not said and not sole:
                waiting, said = [], False
                continue
        yield tuple(waiting)
        waiting, said, last_place = [], False, flow.place


def _row_stands(tables: Sequence[TrackedTable], place: Place | None, side: Side) -> bool:
    """Tell whether a place, and each cell it is nested in, is there on that side."""
    while place is not None:
        table = tables[place.table]
        row = table.rows[place.row]
        if not (stands(row.fate, side) and stands(row.cells[place.cell].fate, side)):
            return False
        place = table.within
    return True


def groups(
    paragraphs: Sequence[TrackedParagraph], tables: Sequence[TrackedTable], side: Side
) -> list[tuple[int, ...]]:
    """Return which paragraphs make up each paragraph of a side, in order, by their indices."""
    flows = []
    cells: dict[Place, bool] = {}
    for index, paragraph in enumerate(paragraphs):
        place = paragraph.place
        if place is not None:
            if place not in cells:
                cells[place] = _row_stands(tables, place, side)
            if not cells[place]:
                continue
        mark = stands(paragraph.mark, side)
        flows.append((index, Flow(mark, mark or _says(paragraph, side), place)))
    if all(flow.mark for _, flow in flows):
        return [(index,) for index, _ in flows]
    return list(joined(flows))


def _says(paragraph: TrackedParagraph, side: Side) -> bool:
    return any((one.text or one.story) and stands(one.fate, side) for one in paragraph.pieces)


def paragraphs_before(text: TrackedText) -> list[Paragraph]:
    """Return the paragraphs as they were before every tracked change (all rejected)."""
    return _Plain(text, "before").paragraphs()


def paragraphs_after(text: TrackedText) -> list[Paragraph]:
    """Return the paragraphs as they are after every tracked change (all accepted)."""
    return _Plain(text, "after").paragraphs()


def story_paragraphs(text: TrackedText, story: Story, side: Side) -> list[Paragraph]:
    """Return the paragraphs of a note, header, footer or text box on one side."""
    return list(_Plain(text, side).of(story.paragraphs))


def _places(tables: Sequence[TrackedTable], side: Side) -> dict[Place, Place]:
    """Return where each cell of a side stands when rows and cells that are not there are gone."""
    found = {}
    for index, table in enumerate(tables):
        rows = (row for row in enumerate(table.rows) if stands(row[1].fate, side))
        for new_row, (old_row, row) in enumerate(rows):
            cells = (at for at, cell in enumerate(row.cells) if stands(cell.fate, side))
            for new_cell, old_cell in enumerate(cells):
                found[Place(index, old_row, old_cell)] = Place(index, new_row, new_cell)
    return found


class _Plain:
    """Makes the plain paragraphs of one side."""

    def __init__(self, text: TrackedText, side: Side) -> None:
        self.text, self.side = text, side
        self.open: set[str] = set()  # a note that hangs in itself would never end
        self.stories = {story.name: story for story in text.stories}
        self.places: dict[Place | None, Place] = dict(_places(text.tables, side))

    def paragraphs(self) -> list[Paragraph]:
        return list(self.of(self.text.paragraphs))

    def of(self, paragraphs: Sequence[TrackedParagraph]) -> Iterator[Paragraph]:
        for group in groups(paragraphs, self.text.tables, self.side):
            boxes: list[Story] = []
            yield self._one([paragraphs[index] for index in group], boxes)
            for box in boxes:
                yield from self.of(box.paragraphs)

    def _one(self, parts: Sequence[TrackedParagraph], boxes: list[Story]) -> Paragraph:
        after = self.side == "after"
        last = parts[-1]
        look = last.after if after else last.before
        text, inlines = "", _NO_INLINES
        if len(parts) == 1 and len(last.pieces) == 1 and _bare(last.pieces[0]):
            text = last.pieces[0].text
        elif len(parts) > 1 or last.pieces:
            text, inlines = self._run_on(parts, boxes)
        number = last.number_after if after else last.number_before
        place = self.places[last.place] if last.place else None
        return Paragraph(
            number, text, inlines, look.heading, look.level, look.indent, look.style, place
        )

    def _run_on(
        self, parts: Sequence[TrackedParagraph], boxes: list[Story]
    ) -> tuple[str, tuple[Inline, ...]]:
        texts: list[str] = []
        inlines: list[Inline] = []
        end = 0
        for part in parts:
            for piece in part.pieces:
                if not stands(piece.fate, self.side):
                    continue
                start, end = end, end + len(piece.text)
                texts.append(piece.text)
                for inline in self._inlines(piece, start, end):
                    _extend(inlines, inline)
                self._hang(piece, end, inlines, boxes)
        return "".join(texts), tuple(inlines)

    def _inlines(self, piece: Piece, start: int, end: int) -> Iterator[Inline]:
        marks = piece.marks if self.side == "after" else piece.marks_before
        for kind in marks if end > start else ():
            yield Inline(kind, start, end)
        if piece.link and end > start:
            yield Inline("link", start, end, piece.link)

    def _hang(self, piece: Piece, at: int, inlines: list[Inline], boxes: list[Story]) -> None:
        story = self.stories.get(piece.story) if piece.story else None
        if story is None or story.name in self.open:
            return
        if story.kind == "text box":
            boxes.append(story)
            return
        self.open.add(story.name)
        note = "\n".join(one.text for one in self.of(story.paragraphs))
        self.open.discard(story.name)
        inlines.append(Inline("footnote", at, at, note))


def _bare(piece: Piece) -> bool:
    return piece.fate is KEPT and not (
        piece.marks or piece.marks_before or piece.link or piece.story
    )


def _extend(inlines: list[Inline], new: Inline) -> None:
    """Add a mark, or lengthen the same mark that ends where it begins."""
    for index in range(len(inlines) - 1, max(len(inlines) - 7, -1), -1):
        old = inlines[index]
        if old.kind == new.kind and old.end == new.start and old.note == new.note:
            inlines[index] = Inline(old.kind, old.start, new.end, old.note)
            return
    inlines.append(new)

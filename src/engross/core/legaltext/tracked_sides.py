"""The two texts of a text with tracked changes: before them all, and after them all."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from engross.core.legaltext.provisions import Inline
from engross.core.legaltext.tracked import (
    KEPT,
    NOTED_STYLE,
    NUMBER_STYLE,
    WHOLE_NUMBER_STYLE,
    Fate,
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


def row_and_cell(tables: Sequence[TrackedTable], place: Place | None) -> tuple[Fate, ...]:
    """Return the fates of the cell and row that a place is in, and of those they are nested in."""
    fates: list[Fate] = []
    while place is not None:
        table = tables[place.table]
        row = table.rows[place.row]
        fates += (row.cells[place.cell].fate, row.fate)
        place = table.within
    return tuple(fates)


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
                cells[place] = all(stands(one, side) for one in row_and_cell(tables, place))
            if not cells[place]:
                continue
        mark = stands(paragraph.mark, side)
        flows.append((index, Flow(mark, mark or says(paragraph, side), place)))
    if all(flow.mark for _, flow in flows):
        return [(index,) for index, _ in flows]
    return list(joined(flows))


def says(paragraph: TrackedParagraph, side: Side) -> bool:
    """Tell whether a paragraph holds any text, note or box on that side."""
    return any((one.text or one.story) and stands(one.fate, side) for one in paragraph.pieces)


def paragraphs_before(text: TrackedText) -> list[Paragraph]:
    """Return the paragraphs as they were before every tracked change (all rejected)."""
    return list(_Plain(text, "before").of(text.paragraphs))


def paragraphs_after(text: TrackedText) -> list[Paragraph]:
    """Return the paragraphs as they are after every tracked change (all accepted)."""
    return list(_Plain(text, "after").of(text.paragraphs))


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
        self.places = _places(text.tables, side)

    def of(self, paragraphs: Sequence[TrackedParagraph]) -> Iterator[Paragraph]:
        """Yield the plain paragraphs of a story, each followed by those of its text boxes."""
        for group in groups(paragraphs, self.text.tables, self.side):
            last = paragraphs[group[-1]]
            if len(group) == 1 and (not last.pieces or _is_bare(last.pieces)):
                yield self._plain(last, last.pieces[0].text if last.pieces else "", last)
                continue
            parts = [paragraphs[index] for index in group]
            said = _Said(self)
            for part in parts:
                said.add(part)
            speaker = next((one for one in parts if says(one, self.side)), last)
            yield self._plain(last, said.text, speaker, said)
            for box in said.boxes:
                if box.name not in self.open:
                    self.open.add(box.name)
                    yield from self.of(box.paragraphs)
                    self.open.discard(box.name)

    def _plain(
        self,
        last: TrackedParagraph,
        text: str,
        speaker: TrackedParagraph,
        said: "_Said | None" = None,
    ) -> Paragraph:
        after = self.side == "after"
        key = speaker.key_after if after else speaker.key_before
        look = last.after if after else last.before
        number = last.number_after if after else last.number_before
        place = self.places[last.place] if last.place else None
        inlines, is_whole = _NO_INLINES, False
        own: tuple[tuple[str, int, int], ...] = ()
        if said is not None:
            number = said.number or number
            inlines = tuple(sorted(said.inlines, key=lambda one: (one.start, one.end, one.kind)))
            own, is_whole = tuple(said.own), said.is_whole
        return Paragraph(
            number, text, inlines, look.heading, look.level, look.indent, look.style, place, key,
            is_whole, own,
        )  # fmt: skip

    def note(self, story: Story) -> str:
        """Return the text of a note; '' of one that hangs in itself."""
        if story.name in self.open:
            return ""
        self.open.add(story.name)
        text = "\n".join(one.text for one in self.of(story.paragraphs))
        self.open.discard(story.name)
        return text


class _Said:
    """What one paragraph of a side says, gathered from the pieces that stand."""

    def __init__(self, plain: _Plain) -> None:
        self.plain, self.after = plain, plain.side == "after"
        self.texts: list[str] = []
        self.end = 0
        self.inlines: list[Inline] = []
        self.own: list[tuple[str, int, int]] = []
        self.boxes: list[Story] = []
        self.number, self.is_whole = "", False

    @property
    def text(self) -> str:
        return "".join(self.texts)

    def add(self, part: TrackedParagraph) -> None:
        """Add what a paragraph of the file says."""
        for piece in part.pieces:
            if stands(piece.fate, self.plain.side):
                self._piece(piece)

    def _piece(self, piece: Piece) -> None:
        style = piece.style if self.after else piece.style_before
        if style in (NUMBER_STYLE, WHOLE_NUMBER_STYLE) and not self.end:
            self.number += piece.text.strip("\t")
            self.is_whole = style == WHOLE_NUMBER_STYLE
            return
        start, self.end = self.end, self.end + len(piece.text)
        self.texts.append(piece.text)
        if start < self.end:
            for kind in piece.marks if self.after else piece.marks_before:
                self._extend(Inline(kind, start, self.end))
            if piece.link:
                self._extend(Inline("link", start, self.end, piece.link))
            if style:
                self._own(style, start)
        if piece.story:
            self._hang(piece.story)

    def _own(self, style: str, start: int) -> None:
        if self.own and self.own[-1][0] == style and self.own[-1][2] == start:
            start = self.own.pop()[1]
        self.own.append((style, start, self.end))

    def _hang(self, name: str) -> None:
        story = self.plain.stories.get(name)
        if story is None:
            return
        if story.kind == "text box":
            self.boxes.append(story)
            return
        noted = self.own[-1] if self.own else ("", 0, 0)
        is_noted = noted[0] == NOTED_STYLE and noted[2] == self.end
        start = noted[1] if is_noted else self.end
        self.inlines.append(Inline("footnote", start, self.end, self.plain.note(story)))

    def _extend(self, new: Inline) -> None:
        """Add a mark, or lengthen the same mark that ends where it begins."""
        for index in range(len(self.inlines) - 1, max(len(self.inlines) - 7, -1), -1):
            old = self.inlines[index]
            if old.kind == new.kind and old.end == new.start and old.note == new.note:
                self.inlines[index] = Inline(old.kind, old.start, new.end, old.note)
                return
        self.inlines.append(new)


def _is_bare(pieces: tuple[Piece, ...]) -> bool:
    """Tell whether pieces are one kept text without marks, as most paragraphs are."""
    one = pieces[0]
    return (
        len(pieces) == 1 and one.fate is KEPT and not one.style
        and not (one.marks or one.marks_before or one.link or one.story or one.style_before)
    )  # fmt: skip

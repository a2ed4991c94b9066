"""A text with tracked changes: every piece of it, who brought it in and who took it out.

The model keeps both texts at once. A piece, a paragraph mark, a table row and a cell each have a
fate: the revision it arrived by and the revision it left by. What arrived is not in the text
before; what left is not in the text after; what did both is in neither. A paragraph mark is a
token like any other: where it does not stand, its paragraph runs on into the next.
"""

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from engross.core.legaltext.provisions import Inline, InlineKind

Side = Literal["before", "after"]
RevisionKind = Literal["inserted", "deleted", "moved", "changed"]
State = Literal["kept", "inserted", "deleted", "moved-to", "moved-from", "passing"]
StoryKind = Literal["footnote", "endnote", "header", "footer", "text box"]


class Revision(msgspec.Struct, frozen=True, gc=False):
    """One recorded act: who, when (as written in the file), its id, and the name of its move."""

    kind: RevisionKind
    id: str = ""
    author: str = ""
    date: str = ""
    move: str = ""


class Fate(msgspec.Struct, frozen=True, gc=False):
    """How something came into the text and how it left it; None where it did not."""

    arrival: Revision | None = None
    departure: Revision | None = None

    @property
    def state(self) -> State:
        """What a person calls this: 'passing' was put in and taken out again."""
        if self.arrival is not None:
            if self.departure is not None:
                return "passing"
            return "moved-to" if self.arrival.kind == "moved" else "inserted"
        if self.departure is not None:
            return "moved-from" if self.departure.kind == "moved" else "deleted"
        return "kept"


KEPT = Fate()
OWN_STYLES = "Engross"
NUMBER_STYLE, WHOLE_NUMBER_STYLE = "EngrossNumber", "EngrossWholeNumber"
NOTED_STYLE, DOCUMENT_STYLE = "EngrossNoted", "EngrossDocument"
# Bookmarks that carry a permanent id: of both sides, or of one where the other has another.
BOOKMARK, BOOKMARK_BEFORE, BOOKMARK_AFTER = "engross_", "engwas_", "engnow_"


def stands(fate: Fate, side: Side) -> bool:
    """Tell whether something with this fate is in the text on that side of the changes."""
    return fate is KEPT or (fate.arrival if side == "before" else fate.departure) is None


class Piece(msgspec.Struct, frozen=True, gc=False):
    """A stretch of text with one fate and one look.

    `marks` are those of now; `marks_before` differ where the look was changed. `link` is an
    address. `story` names a footnote, endnote or text box that hangs here; its text is ''. `style`
    is a style of our own files, which says what a part is (`OWN_STYLES`), '' for any other.
    """

    text: str
    fate: Fate = KEPT
    marks: tuple[InlineKind, ...] = ()
    marks_before: tuple[InlineKind, ...] = ()
    link: str = ""
    story: str = ""
    style: str = ""
    style_before: str = ""


class Look(msgspec.Struct, frozen=True, gc=False):
    """What a paragraph is, apart from what it says.

    `heading` is 1 to 9, or 0 for body text. `level` is the depth of its list number from 0, and
    -1 without one; `list` names that list. `indent` is in twentieths of a point.
    """

    style: str = ""
    heading: int = 0
    list: str = ""
    level: int = -1
    indent: int = 0


PLAIN = Look()


class Place(msgspec.Struct, frozen=True, gc=False):
    """A cell: the index of its table in the text, then its row and cell, from 0."""

    table: int
    row: int
    cell: int


class PropertyChange(msgspec.Struct, frozen=True, gc=False):
    """A look that was changed, not a word: what it is part of and by whom."""

    what: str
    revision: Revision


class TrackedParagraph(msgspec.Struct, frozen=True, gc=False):
    """A paragraph as it stands in the file, up to its mark.

    The numbers are those that a word processor prints, '' where the paragraph has none or its
    mark does not stand on that side. A key is the bookmark by which a file of ours knows it again.
    """

    pieces: tuple[Piece, ...] = ()
    mark: Fate = KEPT
    before: Look = PLAIN
    after: Look = PLAIN
    number_before: str = ""
    number_after: str = ""
    place: Place | None = None
    changes: tuple[PropertyChange, ...] = ()
    key_before: str = ""
    key_after: str = ""


class TrackedCell(msgspec.Struct, frozen=True, gc=False):
    """A cell: its fate, and how many columns it spans and whether it continues the one above."""

    fate: Fate = KEPT
    span_before: int = 1
    span_after: int = 1
    continues_before: bool = False
    continues_after: bool = False


class TrackedRow(msgspec.Struct, frozen=True, gc=False):
    """A row of a table: its fate and its cells."""

    fate: Fate = KEPT
    cells: tuple[TrackedCell, ...] = ()


class TrackedTable(msgspec.Struct, frozen=True, gc=False):
    """A table: its rows, and the cell that it stands in, if any."""

    rows: tuple[TrackedRow, ...] = ()
    within: Place | None = None
    changes: tuple[PropertyChange, ...] = ()


class Story(msgspec.Struct, frozen=True, gc=False):
    """A text beside the main one: a note, a header or footer, a text box."""

    kind: StoryKind
    name: str
    paragraphs: tuple[TrackedParagraph, ...] = ()


class NotUnderstood(msgspec.Struct, frozen=True, gc=False):
    """An element that the reader does not know: its name, where it stands, and how often."""

    element: str
    where: str
    count: int = 1


class TrackedText(msgspec.Struct, frozen=True, gc=False):
    """A whole file: paragraphs in order, tables, stories, and what a reader should be told.

    `notices` say what was seen and is no text, such as pictures; `changes` are those of the
    whole file, such as its page layout and styles. `language` is what it is written in, as in
    'en-GB', '' where the file does not say.
    """

    paragraphs: tuple[TrackedParagraph, ...] = ()
    tables: tuple[TrackedTable, ...] = ()
    stories: tuple[Story, ...] = ()
    changes: tuple[PropertyChange, ...] = ()
    unknown: tuple[NotUnderstood, ...] = ()
    notices: tuple[str, ...] = ()
    language: str = ""


class Paragraph(msgspec.Struct, frozen=True, gc=False):
    """A paragraph on one side of the changes: what a plain file would hold.

    `is_whole` says of a number typed by us that it is all of it. `own_styles` are stretches of the
    text under a style of our own files: its name, start and end.
    """

    number: str = ""
    text: str = ""
    inlines: tuple[Inline, ...] = ()
    heading: int = 0
    level: int = -1
    indent: int = 0
    style: str = ""
    place: Place | None = None
    key: str = ""
    is_whole: bool = False
    own_styles: tuple[tuple[str, int, int], ...] = ()


def authors_of(text: TrackedText) -> tuple[str, ...]:
    """Return everyone whose changes are in the text, in the order they are first met."""
    return tuple(dict.fromkeys(revision.author for revision in revisions_of(text)))


def revisions_of(text: TrackedText) -> Iterator[Revision]:
    """Yield every recorded act of a text, in reading order; one that spans pieces comes again."""
    for change in text.changes:
        yield change.revision
    for table in text.tables:
        fates = [fate for row in table.rows for fate in (row.fate, *(c.fate for c in row.cells))]
        yield from _acts(fates, table.changes)
    for paragraphs in (text.paragraphs, *(story.paragraphs for story in text.stories)):
        for one in paragraphs:
            yield from _acts([*(piece.fate for piece in one.pieces), one.mark], one.changes)


def _acts(fates: Sequence[Fate], changes: Sequence[PropertyChange]) -> Iterator[Revision]:
    for fate in fates:
        if fate is not KEPT:
            yield from (act for act in (fate.arrival, fate.departure) if act is not None)
    for change in changes:
        yield change.revision


def anonymous_authors(text: TrackedText, own: frozenset[str] = frozenset()) -> dict[str, str]:
    """Return what each author is shown as: 'Author 1', 'Author 2'…, in order of appearance.

    Names in `own` (the proposals that we export under) are shown as they are.
    """
    strangers = (name for name in authors_of(text) if name not in own)
    shown = {name: f"Author {count}" for count, name in enumerate(strangers, start=1)}
    return shown | {name: name for name in own}

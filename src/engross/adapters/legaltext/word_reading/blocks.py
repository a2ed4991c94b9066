"""Paragraphs and tables in the order they stand, wherever they are nested."""

from collections.abc import Callable
from typing import Final

from lxml.etree import _Element as Element

from engross.adapters.legaltext.word_reading.choices import chosen
from engross.adapters.legaltext.word_reading.names import attribute, short
from engross.adapters.legaltext.word_reading.paragraphs import note_layout, read_paragraph
from engross.adapters.legaltext.word_reading.reading import PROOFING, Fields, Reading
from engross.adapters.legaltext.word_reading.revisions import revision, wider_fate
from engross.adapters.legaltext.word_reading.runs import Runs
from engross.adapters.legaltext.word_reading.tables import cell, open_row, table_changes
from engross.core.legaltext.tracked import (
    KEPT,
    Fate,
    Place,
    PropertyChange,
    Story,
    TrackedCell,
    TrackedParagraph,
    TrackedRow,
    TrackedTable,
)

_WRAPPERS: Final = frozenset(("w:sdt", "w:sdtContent", "w:customXml", "w:smartTag"))
_CHANGES: Final = frozenset(("w:ins", "w:del", "w:moveFrom", "w:moveTo"))
_WRAPPER_PARTS: Final = frozenset(
    ("w:sdtPr", "w:customXmlPr", "w:tblPr", "w:tblGrid", "w:tcPr", "w:bookmarkStart")
)


class Blocks:
    """The paragraphs of one story, as they are met."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.paragraphs: list[TrackedParagraph] = []

    def read(self, element: Element, place: Place | None = None, fate: Fate = KEPT) -> None:
        """Read everything that stands in a body, cell, note, header or box."""
        for one in element:
            self.block(one, place, fate)

    def block(self, element: Element, place: Place | None = None, fate: Fate = KEPT) -> None:
        """Read one paragraph, table or what holds them."""
        name = short[element.tag]
        if name == "w:p":
            paragraph = read_paragraph(self.reading, element, place, fate, self.nested)
            self.paragraphs.append(paragraph)
        elif name == "w:tbl":
            self._table(element, place, fate)
        elif name == "w:sdtPr":
            self.reading.look_through(element)
        elif name in PROOFING or name in _WRAPPER_PARTS:
            return
        elif name in _WRAPPERS:
            self.read(element, place, fate)
        elif name in _CHANGES:
            move = self.reading.moves.name(element)
            self.read(element, place, wider_fate(element, fate, move))
        else:
            self._rare(element, name, place, fate)

    def _rare(self, element: Element, name: str, place: Place | None, fate: Fate) -> None:
        if name == "mc:AlternateContent":
            for choice in chosen(element, self.reading):
                self.read(choice, place, fate)
        elif name in ("m:oMathPara", "m:oMath"):
            runs = Runs(self.reading, self.nested)
            runs.other(element, name, fate)
            self.paragraphs.append(TrackedParagraph(runs.pieces(), fate, place=place))
        elif name == "w:sectPr":
            note_layout(self.reading, element)
        elif name in ("w:altChunk", "w:subDoc"):
            self.reading.unread(element)
        else:
            self.between(element, name)

    def between(self, element: Element, name: str) -> None:
        """Read what stands between paragraphs, rows or cells and only marks a range."""
        if name.startswith("w:customXml") and "Range" in name:
            if attribute(element, "author"):
                change = PropertyChange("content control", revision(element))
                self.reading.changes.append(change)
        elif not self.reading.moves.note(element, name):
            self.reading.strange(element)

    def nested(self, element: Element, name: str) -> Story:
        """Return a text box as a story of its own."""
        outer, self.reading.fields = self.reading.fields, Fields()
        inside = Blocks(self.reading)
        inside.read(element)
        self.reading.fields = outer
        return Story("text box", name, tuple(inside.paragraphs))

    def _table(self, element: Element, within: Place | None, fate: Fate) -> None:
        index = len(self.reading.tables)
        self.reading.tables.append(None)
        rows: list[TrackedRow] = []
        changes: list[PropertyChange] = []

        def row(one: Element, outer: Fate) -> None:
            self.reading.spend(1)
            own, cells = open_row(self.reading, one, outer, changes), list[TrackedCell]()

            def column(two: Element, inner: Fate) -> None:
                self.reading.spend(1)
                cells.append(cell(self.reading, two, inner, changes))
                self.read(two, Place(index, len(rows), len(cells) - 1))

            self._parts(one, "w:tc", KEPT, column)
            rows.append(TrackedRow(own, tuple(cells)))

        table_changes(self.reading, element, changes)
        self._parts(element, "w:tr", fate, row)
        self.reading.tables[index] = TrackedTable(tuple(rows), within, tuple(changes))

    def _parts(
        self, element: Element, wanted: str, fate: Fate, read: Callable[[Element, Fate], None]
    ) -> None:
        """Read the rows of a table or the cells of a row, through whatever wraps them."""
        for one in element:
            name = short[one.tag]
            if name == wanted:
                read(one, fate)
            elif name in _WRAPPERS:
                self._parts(one, wanted, fate, read)
            elif name in _CHANGES:
                move = self.reading.moves.name(one)
                self._parts(one, wanted, wider_fate(one, fate, move), read)
            elif name == "mc:AlternateContent":
                for choice in chosen(one, self.reading):
                    self._parts(choice, wanted, fate, read)
            elif name not in PROOFING and name not in _TABLE_LOOKS:
                self.between(one, name)


_TABLE_LOOKS: Final = _WRAPPER_PARTS | {"w:trPr", "w:tblPrEx"}

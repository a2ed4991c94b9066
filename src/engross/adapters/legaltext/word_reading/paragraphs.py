"""A paragraph: what it holds, the fate of its mark, and what it is before and after."""

import re
from collections.abc import Callable
from typing import Final

from lxml.etree import _Element as Element

from engross.adapters.legaltext.word_reading.names import attribute, child, short
from engross.adapters.legaltext.word_reading.number_formats import formatted
from engross.adapters.legaltext.word_reading.reading import Reading
from engross.adapters.legaltext.word_reading.revisions import KINDS, revision, wider_fate
from engross.adapters.legaltext.word_reading.run_marks import LOOKS
from engross.adapters.legaltext.word_reading.runs import Runs
from engross.adapters.legaltext.word_reading.styles import Direct, direct_properties
from engross.core.legaltext.tracked import (
    Fate,
    Piece,
    Place,
    PropertyChange,
    Story,
    TrackedParagraph,
)

Nested = Callable[[Element, str], Story]
_MARK_LOOKS: Final = LOOKS | {
    "", "w:b", "w:i", "w:vertAlign", "w:rStyle", "w:vanish", "w:strike", "w:dstrike",
}  # fmt: skip
_OLD_PLACE = re.compile(r"%\d+:(\d+):(\d+):([^%]*)")
_OLD_FORMATS: Final = {
    "0": "decimal", "1": "upperRoman", "2": "lowerRoman", "3": "upperLetter", "4": "lowerLetter",
    "5": "ordinal", "6": "cardinalText", "7": "ordinalText", "22": "decimalZero", "23": "bullet",
    "255": "none",
}  # fmt: skip


def read_paragraph(
    reading: Reading, element: Element, place: Place | None, fate: Fate, nested: Nested
) -> TrackedParagraph:
    """Return a paragraph, all but its numbers: those depend on the paragraphs before it.

    A number that stood there before is given where an older file writes it out.
    """
    runs = Runs(reading, nested)
    runs.content(element, fate)
    pieces = runs.pieces()
    reading.spend(1 + len(pieces) + len(runs.changes), sum(len(one.text) for one in pieces))
    properties = child(element, "w:pPr")
    if properties is None:
        look = reading.styles.look(Direct(), "after")
        before = reading.styles.look(Direct(), "before")
        return TrackedParagraph(
            pieces,
            fate,
            before,
            look,
            place=place,
            changes=tuple(runs.changes),
            key_before=runs.key_before,
            key_after=runs.key_after,
        )
    found = _Properties(reading, runs, fate)
    return found.paragraph(properties, pieces, place)


class _Properties:
    """What `w:pPr` says, now and before."""

    def __init__(self, reading: Reading, runs: Runs, fate: Fate) -> None:
        self.reading, self.runs, self.mark = reading, runs, fate
        self.before: Direct | None = None
        self.number_before = ""
        self.numbering_is_new = False

    def paragraph(
        self, element: Element, pieces: tuple[Piece, ...], place: Place | None
    ) -> TrackedParagraph:
        after = direct_properties(element, self._other)
        before = after if self.before is None else self.before
        if self.numbering_is_new and self.before is None:
            before = after._replace(list=None, depth=None)
        styles = self.reading.styles
        return TrackedParagraph(
            pieces, self.mark, styles.look(before, "before"),
            styles.look(after, "after"), self.number_before, "", place,
            tuple(self.runs.changes), self.runs.key_before, self.runs.key_after,
        )  # fmt: skip

    def _other(self, element: Element, name: str) -> None:
        if name == "w:rPr":
            self._mark(element)
        elif name == "w:pPrChange":
            self.before = direct_properties(child(element, "w:pPr"))
            self._changed("paragraph", element)
        elif name == "w:sectPr":
            note_layout(self.reading, element)
        elif name == "w:ins of a number":
            self.numbering_is_new = True
            self._changed("numbering", element)
        elif name == "w:numberingChange of a number":
            self.number_before = old_number(attribute(element, "original"))
            self._changed("numbering", element)
        else:
            self.reading.strange(element)

    def _mark(self, element: Element) -> None:
        for one in element:
            name = short[one.tag]
            if name in KINDS:
                # The range of a move begins after the properties: by now it has been met.
                move = self.reading.moves.name(one) or self.runs.last_move
                is_move = name in ("w:moveFrom", "w:moveTo")
                self.mark = wider_fate(one, self.mark, move if is_move else "")
            elif name == "w:rPrChange":
                self._changed("formatting of a paragraph mark", one)
            elif (name not in _MARK_LOOKS and not name.startswith("w14:")) or "onflict" in name:
                self.reading.strange(one)

    def _changed(self, what: str, element: Element) -> None:
        self.runs.changes.append(PropertyChange(what, revision(element)))


def note_layout(reading: Reading, element: Element) -> None:
    """Note the change of a page layout; anything else in one is no text."""
    for one in element:
        name = short[one.tag]
        if name == "w:sectPrChange":
            reading.changes.append(PropertyChange("page layout", revision(one)))
        elif not name.startswith(("w:", "w14:", "w15:", "r:")) or attribute(one, "author"):
            reading.strange(one)


def old_number(original: str) -> str:
    """Return the number that an older Word wrote down when it changed: '%1:4:2:.' is 'iv.'."""
    return "".join(
        formatted(int(count[:9]), _OLD_FORMATS.get(style, "decimal")) + tail
        for count, style, tail in _OLD_PLACE.findall(original[:2000])
    )

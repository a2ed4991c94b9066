"""The elements with which a Word file records a revision, and what is done with each.

The list is that of ECMA-376 part 1, 17.13.5 ('Revisions') and of Microsoft's extensions to it.
"""

from typing import Final, NamedTuple

from lxml.etree import _Element as Element

from engross.adapters.legaltext.word_reading.names import attribute, short
from engross.core.legaltext.tracked import Fate, Revision, RevisionKind


class Treatment(NamedTuple):
    """What an element records, and what the reader makes of it."""

    records: str
    done: str


_PROPERTY = "noted with who and when; the text is the same"
REVISIONS: Final[dict[str, Treatment]] = {
    "w:ins": Treatment("inserted text, paragraph mark, row, numbering or sign of a formula",
                       "read as inserted"),
    "w:del": Treatment("deleted text, paragraph mark, row or sign of a formula",
                       "read as deleted"),
    "w:moveFrom": Treatment("text or paragraph mark moved away", "read as moved from"),
    "w:moveTo": Treatment("text or paragraph mark moved here", "read as moved to"),
    "w:moveFromRangeStart": Treatment("where a move's origin begins", "names the move"),
    "w:moveFromRangeEnd": Treatment("where a move's origin ends", "names the move"),
    "w:moveToRangeStart": Treatment("where a move's destination begins", "names the move"),
    "w:moveToRangeEnd": Treatment("where a move's destination ends", "names the move"),
    "w:delText": Treatment("deleted words", "read as text of the deletion it stands in"),
    "w:delInstrText": Treatment("deleted instruction of a field", "no text: left out"),
    "w:cellIns": Treatment("inserted cell", "read as inserted"),
    "w:cellDel": Treatment("deleted cell", "read as deleted"),
    "w:cellMerge": Treatment("cells merged or split from top to bottom",
                             "read: a cell continues the one above before, after or both"),
    "w:rPrChange": Treatment("look of text or of a paragraph mark", "marks before and after"),
    "w:pPrChange": Treatment("style, numbering, level or look of a paragraph",
                             "number, heading and level before and after"),
    "w:numberingChange": Treatment("number of a paragraph or field (older files)",
                                   "number before as it is written there"),
    "w:sectPrChange": Treatment("page layout", _PROPERTY),
    "w:tblPrChange": Treatment("look of a table", _PROPERTY),
    "w:tblPrExChange": Treatment("look of a row that differs from its table", _PROPERTY),
    "w:tblGridChange": Treatment("widths of a table's columns", _PROPERTY),
    "w:trPrChange": Treatment("look of a row", _PROPERTY),
    "w:tcPrChange": Treatment("span or look of a cell", "spans before and after"),
    **{
        f"w:customXml{kind}Range{end}": Treatment(
            f"markup around text {verb}: where it {does}", "the text inside keeps its own fate"
        )
        for kind, verb in (("Ins", "inserted"), ("Del", "deleted"),
                           ("MoveFrom", "moved away"), ("MoveTo", "moved here"))
        for end, does in (("Start", "begins"), ("End", "ends"))
    },
}  # fmt: skip
CONFLICTS: Final = frozenset((
    "w14:conflictIns", "w14:conflictDel",
    "w14:customXmlConflictInsRangeStart", "w14:customXmlConflictInsRangeEnd",
    "w14:customXmlConflictDelRangeStart", "w14:customXmlConflictDelRangeEnd",
))  # fmt: skip
"""Two people's edits of one shared file that Word has not brought together: not understood."""

KINDS: Final[dict[str, RevisionKind]] = {
    "w:ins": "inserted", "w:cellIns": "inserted",
    "w:del": "deleted", "w:cellDel": "deleted",
    "w:moveFrom": "moved", "w:moveTo": "moved",
}  # fmt: skip
ARRIVALS: Final = frozenset(("w:ins", "w:cellIns", "w:moveTo"))
DEPARTURES: Final = frozenset(("w:del", "w:cellDel", "w:moveFrom"))


def treatments() -> list[tuple[str, str, str]]:
    """Return a row for each revision element: its name, what it records, what is done with it."""
    understood = [(name, one.records, one.done) for name, one in REVISIONS.items()]
    unread = "named, and the file is refused unless told otherwise"
    return understood + [(name, "an edit in conflict", unread) for name in sorted(CONFLICTS)]


def revision(element: Element, move: str = "", kind: RevisionKind | None = None) -> Revision:
    """Return who made a revision and when, as the element says."""
    return Revision(
        kind or KINDS.get(short[element.tag], "changed"),
        attribute(element, "id"),
        attribute(element, "author"),
        attribute(element, "date"),
        move,
    )


def is_revision(element: Element) -> bool:
    """Tell whether an element records a revision, whether it is known or not."""
    name = short[element.tag]
    return name in REVISIONS or name in CONFLICTS or bool(attribute(element, "author"))


def wider_fate(element: Element, fate: Fate, move: str = "") -> Fate:
    """Return the fate of what a revision is about, which itself stands in something."""
    act = revision(element, move)
    if short[element.tag] in ARRIVALS:
        return Fate(act, fate.departure)
    return Fate(fate.arrival, act)

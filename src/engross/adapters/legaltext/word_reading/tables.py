"""The fates and spans of a table's rows and cells."""

from collections.abc import Iterator
from typing import Final

from lxml.etree import _Element as Element

from engross.adapters.legaltext.word_reading.names import attribute, child, number, short, value
from engross.adapters.legaltext.word_reading.reading import Reading
from engross.adapters.legaltext.word_reading.revisions import revision, wider_fate
from engross.core.legaltext.tracked import Fate, PropertyChange, TrackedCell

_CHANGES: Final = {
    "w:tblPrChange": "table",
    "w:tblGridChange": "columns of a table",
    "w:tblPrExChange": "row",
    "w:trPrChange": "row",
    "w:tcPrChange": "cell",
}
_WIDEST = 1000


def _properties(
    reading: Reading, element: Element, names: tuple[str, ...], changes: list[PropertyChange]
) -> Iterator[tuple[Element, str]]:
    """Yield what the properties of these names hold, and note their changes."""
    for properties in element:
        if short[properties.tag] not in names:
            continue
        for one in properties:
            name = short[one.tag]
            if name in _CHANGES:
                changes.append(PropertyChange(_CHANGES[name], revision(one)))
            elif name not in _TRACKED and attribute(one, "author"):
                reading.strange(one)
            yield one, name


_TRACKED: Final = frozenset(("w:ins", "w:del", "w:cellIns", "w:cellDel", "w:cellMerge"))


def table_changes(reading: Reading, element: Element, changes: list[PropertyChange]) -> None:
    """Note the changes of a table's look."""
    for one, name in _properties(reading, element, ("w:tblPr", "w:tblGrid"), changes):
        if name in _TRACKED:
            reading.strange(one)


def open_row(reading: Reading, element: Element, fate: Fate, changes: list[PropertyChange]) -> Fate:
    """Return a row's fate: inserted, deleted or kept."""
    for one, name in _properties(reading, element, ("w:trPr", "w:tblPrEx"), changes):
        if name in ("w:ins", "w:del"):
            fate = wider_fate(one, fate)
        elif name in _TRACKED:
            reading.strange(one)
    return fate


def cell(
    reading: Reading, element: Element, fate: Fate, changes: list[PropertyChange]
) -> TrackedCell:
    """Return a cell's fate, and the columns and rows that it spans before and after."""
    span, continues = _span(child(element, "w:tcPr"))
    before: tuple[int, bool] | None = None
    for one, name in _properties(reading, element, ("w:tcPr",), changes):
        if name in ("w:cellIns", "w:cellDel"):
            fate = wider_fate(one, fate)
        elif name == "w:cellMerge":
            continues = attribute(one, "vMerge") == "cont"
            before = (span, attribute(one, "vMergeOrig") == "cont")
            changes.append(PropertyChange("merged cells", revision(one)))
        elif name in _TRACKED:
            reading.strange(one)
        elif name == "w:tcPrChange":
            old = _span(child(one, "w:tcPr"))
            before = (old[0], before[1] if before else old[1])
    span_before, continues_before = before or (span, continues)
    return TrackedCell(fate, span_before, span, continues_before, continues)


def _span(properties: Element | None) -> tuple[int, bool]:
    """Return how many columns a cell spans, and whether it continues the one above."""
    span, continues = 1, False
    for one in properties if properties is not None else ():
        name = short[one.tag]
        if name == "w:gridSpan":
            span = min(max(number(value(one), 1), 1), _WIDEST)
        elif name == "w:vMerge":
            continues = value(one, "continue") != "restart"
    return span, continues

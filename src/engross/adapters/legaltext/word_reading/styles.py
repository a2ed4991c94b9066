"""What a paragraph is by its style: heading, list and level, indentation; and a run's marks."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from lxml.etree import _Element as Element

from engross.adapters.legaltext.word_reading.names import (
    attribute,
    child,
    is_on,
    number,
    short,
    value,
)
from engross.adapters.legaltext.word_reading.numbering import LEVELS, Numbering, indent_of
from engross.adapters.legaltext.word_reading.revisions import revision
from engross.core.legaltext.provisions import InlineKind
from engross.core.legaltext.tracked import Look, PropertyChange, Side

_HEADING = re.compile(r"heading ?([1-9])", re.IGNORECASE)
_LONGEST_CHAIN = 50
ORDER: tuple[InlineKind, ...] = ("strong", "emphasis", "superscript", "subscript")


class Direct(NamedTuple):
    """What a paragraph's own properties say; None where they say nothing."""

    style: str = ""
    list: str | None = None
    depth: int | None = None
    outline: int | None = None
    indent: int | None = None


PLAIN = Direct()
_LOOKS = (
    "keepNext keepLines pageBreakBefore framePr widowControl suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN "
    "bidi adjustRightInd snapToGrid spacing contextualSpacing mirrorIndents "
    "suppressOverlap jc textDirection textAlignment textboxTightWrap divId cnfStyle"
)
LOOKS: Final = frozenset(("", *(f"w:{name}" for name in _LOOKS.split())))


def _leave(_element: Element, _name: str) -> None:
    return


def direct_properties(
    element: Element | None, other: Callable[[Element, str], None] = _leave
) -> Direct:
    """Return what `w:pPr` says of heading, list and indentation; `other` is given the rest."""
    if element is None:
        return PLAIN
    style, list_id, depth, outline, indent = PLAIN
    for one in element:
        name = short[one.tag]
        if name == "w:pStyle":
            style = value(one)
        elif name == "w:numPr":
            list_id, depth = _numbering(one, other)
        elif name == "w:outlineLvl":
            outline = number(value(one), 9)
        elif name == "w:ind":
            indent = indent_of(one)
        elif name not in LOOKS:
            other(one, name)
    return Direct(style, list_id, depth, outline, indent)


def _numbering(
    element: Element, other: Callable[[Element, str], None]
) -> tuple[str | None, int | None]:
    list_id = depth = None
    for one in element:
        name = short[one.tag]
        if name == "w:numId":
            list_id = value(one)
        elif name == "w:ilvl":
            depth = min(max(number(value(one)), 0), LEVELS - 1)
        else:
            other(one, f"{name} of a number")
    return list_id, depth


def marks_of(element: Element | None, into: dict[InlineKind, bool]) -> dict[InlineKind, bool]:
    """Return marks with what `w:rPr` turns on or off."""
    for one in element if element is not None else ():
        name = short[one.tag]
        if name == "w:b":
            into["strong"] = is_on(one)
        elif name == "w:i":
            into["emphasis"] = is_on(one)
        elif name == "w:vertAlign":
            into["superscript"] = value(one) == "superscript"
            into["subscript"] = value(one) == "subscript"
    return into


@dataclass(frozen=True)
class Style:
    """A style as it is on one side of the changes."""

    kind: str
    name: str
    base: str
    direct: Direct
    marks: dict[InlineKind, bool]


class Styles:
    """Every style of a file, before and after."""

    def __init__(self, root: Element | None, numbering: Numbering) -> None:
        self.numbering = numbering
        self.sides: dict[Side, dict[str, Style]] = {"before": {}, "after": {}}
        self.changes: list[PropertyChange] = []
        self.default = ""
        self.language = ""
        self._looks: dict[tuple[Direct, Side], Look] = {}
        self._marks: dict[tuple[str, Side], dict[InlineKind, bool]] = {}
        for one in root if root is not None else ():
            if short[one.tag] == "w:style":
                self._add(one)
            elif short[one.tag] == "w:docDefaults":
                run = child(child(one, "w:rPrDefault"), "w:rPr")
                language = child(run, "w:lang")
                self.language = "" if language is None else value(language)
        numbering.follow_style_links({
            name: style.direct.list
            for name, style in self.sides["after"].items()
            if style.kind == "numbering" and style.direct.list
        })  # fmt: skip

    def _add(self, element: Element) -> None:
        name = attribute(element, "styleId")
        paragraph, run = child(element, "w:pPr"), child(element, "w:rPr")
        after = Style(
            attribute(element, "type", "paragraph"),
            value(title) if (title := child(element, "w:name")) is not None else name,
            value(base) if (base := child(element, "w:basedOn")) is not None else "",
            direct_properties(paragraph),
            marks_of(run, {}),
        )
        before = after
        if (change := child(paragraph, "w:pPrChange")) is not None:
            before = replace(before, direct=direct_properties(child(change, "w:pPr")))
            self.changes.append(PropertyChange(f"style {after.name}", revision(change)))
        if (change := child(run, "w:rPrChange")) is not None:
            before = replace(before, marks=marks_of(child(change, "w:rPr"), {}))
            self.changes.append(PropertyChange(f"style {after.name}", revision(change)))
        self.sides["after"][name], self.sides["before"][name] = after, before
        if after.kind == "paragraph" and attribute(element, "default") in ("1", "true", "on"):
            self.default = name

    def _chain(self, name: str, side: Side) -> list[tuple[str, Style]]:
        """Return a style and those it is based on, nearest first."""
        chain: list[tuple[str, Style]] = []
        styles = self.sides[side]
        while name in styles and len(chain) < _LONGEST_CHAIN:
            chain.append((name, styles[name]))
            name = styles[name].base
        return chain

    def look(self, direct: Direct, side: Side) -> Look:
        """Return what a paragraph is, by its own properties and its style's on that side."""
        key = (direct, side)
        if key not in self._looks:
            self._looks[key] = self._resolved(direct, side)
        return self._looks[key]

    def _resolved(self, direct: Direct, side: Side) -> Look:
        chain = self._chain(direct.style or self.default, side)
        list_id, depth = self._list(direct, chain)
        level = self.numbering.level(list_id, depth) if list_id else None
        own = direct.indent
        if own is None and direct.list is not None and level is not None:
            own = level.indent
        indents = (
            own,
            *(style.direct.indent for _, style in chain),
            level.indent if level else None,
        )
        indent = next((one for one in indents if one is not None), 0)
        name = chain[0][1].name if chain else direct.style
        return Look(name, _heading(direct, chain), list_id, depth if list_id else -1, indent)

    def _list(self, direct: Direct, chain: list[tuple[str, Style]]) -> tuple[str, int]:
        """Return the list and level of a paragraph; no list is ''."""
        holders = [(name, style.direct) for name, style in chain if style.direct.list is not None]
        inherited = holders[0][1].list if holders else ""
        list_id = inherited if direct.list is None else direct.list
        if not list_id or self.numbering.list_of(list_id) is None:
            return "", 0
        if direct.depth is not None:
            return list_id, direct.depth
        if direct.list is None or inherited == direct.list:
            tied = (self.numbering.depth_of_style(list_id, name) for name, _ in chain)
            depths = (*(d for d in tied if d is not None), *(one.depth for _, one in holders))
            return list_id, next((one for one in depths if one is not None), 0)
        return list_id, 0

    def marks(self, style: str, side: Side) -> dict[InlineKind, bool]:
        """Return the marks that a character style gives."""
        key = (style, side)
        if key not in self._marks:
            found: dict[InlineKind, bool] = {}
            for _, one in reversed(self._chain(style, side)):
                found |= one.marks
            self._marks[key] = found
        return self._marks[key]


def _heading(direct: Direct, chain: list[tuple[str, Style]]) -> int:
    """Return the heading level, 0 for body text: Word's outline levels 0 to 8 are headings."""
    outlines = (direct.outline, *(style.direct.outline for _, style in chain))
    outline = next((one for one in outlines if one is not None), None)
    if outline is not None:
        return outline + 1 if 0 <= outline < LEVELS else 0
    for _, style in chain:
        if found := _HEADING.fullmatch(style.name):
            return int(found[1])
    return 0

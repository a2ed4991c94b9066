"""Formulas, written on one line: a fraction as 'a/b', a power as 'r^2'."""

from itertools import islice
from typing import TYPE_CHECKING, Final

from lxml.etree import _Element as Element

from engross.adapters.legaltext.word_reading.names import child, short
from engross.adapters.legaltext.word_reading.reading import PROOFING
from engross.adapters.legaltext.word_reading.revisions import (
    REVISIONS,
    revision,
    wider_fate,
)
from engross.core.legaltext.tracked import Fate, PropertyChange

if TYPE_CHECKING:
    from engross.adapters.legaltext.word_reading.runs import Runs

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_STRICT_MATH = "{http://purl.oclc.org/ooxml/officeDocument/math}"
_BEFORE: Final = {"m:sup": "^", "m:sub": "_", "m:den": "/"}
_BETWEEN: Final = {"m:d": ";", "m:m": ";", "m:eqArr": ";"}
_FEW = 40  # texts are looked at to tell whether a part is longer than one sign
_CHANGES: Final = ("w:ins", "w:del", "w:moveFrom", "w:moveTo")


def read_formula(runs: "Runs", element: Element, fate: Fate) -> None:
    """Add a formula's text; its tracked parts keep their fates."""
    name = short[element.tag]
    own = _sign_fate(runs, element, name, fate)
    opening, closing = _brackets(element, name)
    runs.add(opening, own)
    for position, one in enumerate(_parts(element)):
        part = short[one.tag]
        sign = _BEFORE.get(part, _BETWEEN.get(name, "") if position else "")
        if sign and _is_filled(one):
            runs.add(sign, own)
        wrapped = bool(sign in ("^", "_", "/") or part == "m:num") and _is_long(one)
        runs.add("(" if wrapped else "", own)
        _read_part(runs, one, part, fate)
        runs.add(")" if wrapped else "", own)
    runs.add(closing, own)


def _parts(element: Element) -> list[Element]:
    return [one for one in element if not short[one.tag].endswith("Pr")]


def _read_part(runs: "Runs", element: Element, name: str, fate: Fate) -> None:
    if name == "m:t":
        runs.add(element.text or "", fate)
    elif name in _CHANGES:
        _read_changed(runs, element, wider_fate(element, fate, runs.reading.moves.name(element)))
    elif name == "w:r":
        runs.run(element, fate, "")
    elif name in ("w:t", "w:delText"):
        runs.add(element.text or "", fate)
    elif name.startswith("m:"):
        read_formula(runs, element, fate)
    elif name not in PROOFING:
        runs.other(element, name, fate)


def _read_changed(runs: "Runs", element: Element, fate: Fate) -> None:
    for one in element:
        if not short[one.tag].endswith("Pr"):
            _read_part(runs, one, short[one.tag], fate)


def _brackets(element: Element, name: str) -> tuple[str, str]:
    """Return what a formula's part is enclosed in: brackets, a root, a sum sign."""
    if name == "m:d":
        properties = child(element, "m:dPr")
        return (_sign(properties, "m:begChr", "("), _sign(properties, "m:endChr", ")"))
    if name == "m:rad":
        return "√(", ")"
    if name == "m:nary":
        return _sign(child(element, "m:naryPr"), "m:chr", "∫"), ""
    return "", ""


def _sign(properties: Element | None, name: str, default: str) -> str:
    found = child(properties, name)
    if found is None:
        return default
    for space in (_MATH, _STRICT_MATH):
        if (sign := found.get(f"{space}val")) is not None:
            return sign
    return default


def _sign_fate(runs: "Runs", element: Element, name: str, fate: Fate) -> Fate:
    """Return the fate of a formula's own signs, which may be tracked apart from its parts."""
    for properties in element:
        if not short[properties.tag].endswith("Pr"):
            continue
        for one in properties.iterdescendants():
            part = short[one.tag]
            parent = one.getparent()
            outer = None if parent is None else parent.getparent()
            holders = (parent, outer) if part in _CHANGES else ()
            if any(one is not None and short[one.tag] == "m:ctrlPr" for one in holders):
                fate = wider_fate(one, fate)
            elif part == "w:rPrChange":
                runs.changes.append(PropertyChange("formatting", revision(one)))
            elif part in REVISIONS:
                runs.reading.strange(one)
    return fate


def _text(element: Element) -> str:
    return "".join(str(text).strip() for text in islice(element.itertext(), _FEW))


def _is_filled(element: Element) -> bool:
    return bool(_text(element))


def _is_long(element: Element) -> bool:
    return len(_text(element)) > 1

"""Names of elements and attributes, the same for transitional and strict files.

A file of either kind of Office Open XML is read by short names, 'w:p' or 'm:oMath'; an element of
a namespace that is not known keeps its whole name in braces.
"""

from typing import Final

from lxml.etree import _Element as Element

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"
PREFIXES: Final = {
    _W: "w",
    _STRICT_W: "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
    "http://schemas.openxmlformats.org/package/2006/content-types": "ct",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14",
    "http://schemas.microsoft.com/office/word/2012/wordml": "w15",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape": "wps",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup": "wpg",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas": "wpc",
    "urn:schemas-microsoft-com:vml": "v",
}
UNDERSTOOD: Final = frozenset(("w", "m", "r", "w14", "w15", "wps", "wpg", "wpc"))


class _Short(dict[object, str]):
    """Short names by whole ones, each worked out once; '' for comments and instructions."""

    def __missing__(self, whole: object) -> str:
        short = ""
        if isinstance(whole, str):
            namespace, _, local = whole.rpartition("}")
            prefix = PREFIXES.get(namespace[1:])
            short = f"{prefix}:{local}" if prefix else whole
        if len(self) < 5000:  # a file that makes names up by the million is not worth the memory
            self[whole] = short
        return short


short: Final = _Short()


def attribute(element: Element, name: str, default: str = "") -> str:
    """Return an attribute of Word's namespace, as either kind of file writes it."""
    found = element.get(f"{{{_W}}}{name}")
    if found is None:
        found = element.get(f"{{{_STRICT_W}}}{name}")
    return default if found is None else found


def relationship(element: Element, name: str = "id") -> str:
    """Return an attribute that names a relationship, '' without one."""
    for namespace in (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    ):
        if found := element.get(f"{{{namespace}}}{name}"):
            return found
    return ""


VAL: Final = f"{{{_W}}}val"


def value(element: Element, default: str = "") -> str:
    """Return the attribute `val`, which most properties carry."""
    found = element.get(VAL)
    return attribute(element, "val", default) if found is None else found


def is_on(element: Element) -> bool:
    """Tell what a switch says: on where it is written without a value."""
    return value(element, "true") not in ("0", "false", "off")


def child(element: Element | None, name: str) -> Element | None:
    """Return the first child of a short name."""
    if element is not None:
        for one in element:
            if short[one.tag] == name:
                return one
    return None


def number(text: str, default: int = 0) -> int:
    """Return a whole number as a file writes it, or the default for anything else.

    A number beyond what a file may hold is taken for none, so that no sum grows without bounds.
    """
    try:
        found = int(float(text)) if "." in text else int(text)
    except (ValueError, OverflowError):
        return default
    return found if -(2**31) <= found < 2**31 else default


def where(element: Element) -> str:
    """Return the path of short names that leads to an element, its own left out."""
    names = [short[parent.tag] for parent in element.iterancestors()]
    return "/".join(reversed(names[:6])) or "the top"

"""Choosing one of a file's alternatives: the same thing for newer and for older programs."""

from lxml.etree import _Element as Element

from engross.adapters.legaltext.word_reading.names import PREFIXES, UNDERSTOOD, short
from engross.adapters.legaltext.word_reading.reading import Reading


def chosen(element: Element, reading: Reading) -> list[Element]:
    """Return the one alternative that is read, never two; none where none can be.

    It is the first choice whose namespaces are understood, else the fallback.
    """
    fallback = []
    for one in element:
        name = short[one.tag]
        if name == "mc:Choice" and _is_understood(one):
            return [one]
        if name == "mc:Fallback":
            fallback.append(one)
    if not fallback:
        reading.strange(element)
    return fallback[:1]


def _is_understood(choice: Element) -> bool:
    required = choice.get("Requires", "").split()
    spaces = choice.nsmap
    return bool(required) and all(
        PREFIXES.get(spaces.get(prefix, ""), "") in UNDERSTOOD for prefix in required
    )

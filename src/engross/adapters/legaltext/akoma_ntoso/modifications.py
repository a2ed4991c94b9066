"""Each operation of a change set as a `textualMod`: who made it, where it stands, old and new.

The schema wants elements of another namespace inside `old` and `new`: the words are in OWN.
"""

from collections.abc import Iterator, Mapping

from lxml import etree
from lxml.etree import _Element as Element

from engross.adapters.legaltext.akoma_ntoso.names import qualified
from engross.core.legaltext.change_sets import (
    ChangeSet,
    Delete,
    EditTable,
    Insert,
    Join,
    Move,
    Operation,
    Renumber,
    Replace,
    SetHeading,
    SetTable,
    Split,
    result_side,
)
from engross.core.legaltext.places import Places

OWN = "urn:engross:text"
_KINDS: dict[type[Operation], str] = {
    Insert: "insertion",
    Delete: "repeal",
    Move: "renumbering",
    Renumber: "renumbering",
    SetHeading: "substitution",
    Replace: "substitution",
    EditTable: "substitution",
    SetTable: "substitution",
    Split: "split",
    Join: "join",
}


def modifications(
    change_set: ChangeSet, places: Places, eids: Mapping[int, str], inside: range
) -> Iterator[Element]:
    """Yield what a set changed in one document of a text, in the order of its operations.

    A repeal points to where the provision stood; its text is the operation's own.
    """
    source = f"/proposal/{change_set.change_set}"
    for operation in change_set.operations:
        kind = _KINDS.get(type(operation))
        if kind is None:
            continue
        place = operation.at.under if isinstance(operation, Delete) else operation.key
        node = places.find(result_side(place))
        if node is None or node not in inside:
            continue
        modification = etree.Element(qualified("textualMod"), type=kind)
        etree.SubElement(modification, qualified("source"), href=source)
        etree.SubElement(modification, qualified("destination"), href=f"#{eids.get(node, '')}")
        for name, text in _wordings(operation):
            holder = etree.SubElement(modification, qualified(name))
            etree.SubElement(holder, f"{{{OWN}}}text", nsmap={"engross": OWN}).text = text
        yield modification


def _wordings(operation: Operation) -> Iterator[tuple[str, str]]:
    match operation:
        case Replace():
            yield from (("old", old) for _, old, _ in operation.edits)
            yield from (("new", new) for _, _, new in operation.edits)
        case Delete():
            yield "old", operation.provision.text
        case Insert():
            yield "new", operation.provision.text
        case Renumber() | SetHeading():
            yield "old", operation.old or ""
            yield "new", operation.new or ""

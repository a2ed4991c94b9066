"""What a change set does to each provision of its base, told from the set alone.

The marks in a margin: a few words beside the clause, whichever text of it is shown. They need no
text, because a set names what it changes by permanent ids.
"""

from collections.abc import Iterator
from typing import NamedTuple

from engross.core.legaltext.change_sets import (
    ChangeSet,
    Delete,
    DeleteDocument,
    Identify,
    Insert,
    InsertDocument,
    Join,
    Key,
    Move,
    Operation,
    Renumber,
    Replace,
    SetDocument,
    Split,
    base_side,
)
from engross.core.legaltext.placeholders import keeps_place
from engross.core.legaltext.provisions import Document, Provision, provisions_of


class Touch(NamedTuple):
    """What a set does at a provision or document of the base, whose key this is."""

    key: str
    does: str


def touches_of(change_set: ChangeSet) -> list[Touch]:
    """Return what a change set does, each at a provision of its base, in the order of the set.

    What is added is told at the sibling that it comes after, else at what it comes under. What is
    taken away is told at all that goes with it and bears an id.
    """
    return list(_Reach(change_set).touches())


def _numbered(provision: Provision) -> str:
    return provision.number or "a paragraph"


class _Reach:
    def __init__(self, change_set: ChangeSet) -> None:
        self.operations = change_set.operations
        self.after: dict[str, tuple[Key | None, Key]] = {}
        self.documents: dict[str, Key | None] = {}
        self.moved = {base_side(each.key) for each in self.operations if isinstance(each, Move)}
        for each in self.operations:
            if isinstance(each, Insert):
                self.after[base_side(each.key)] = each.at.after, each.at.under
            elif isinstance(each, InsertDocument):
                self.documents[base_side(each.key)] = each.after
            elif isinstance(each, Split):
                for piece in each.pieces:
                    self.after[base_side(piece.key)] = piece.at.after, piece.at.under

    def touches(self) -> Iterator[Touch]:
        """Yield what each operation does and where; what is in an addition is told with it."""
        for each in self.operations:
            yield from (touch for touch in self._of(each) if not touch.key.startswith("+"))

    def _of(self, operation: Operation) -> Iterator[Touch]:
        match operation:
            case Identify():
                return
            case Insert(provision=provision):
                yield self._added(operation, provision)
            case InsertDocument(document=document, after=after):
                while after is not None and base_side(after) in self.documents:
                    after = self.documents[base_side(after)]
                if after is not None:
                    yield Touch(base_side(after), f"adds {document.document} after it")
            case Delete(provision=provision):
                yield from self._deleted(operation, provision)
            case DeleteDocument(document=document):
                name = base_side(operation.key)
                yield Touch(name, "takes the document away")
                yield from self._below(document, document.document)
            case Join(pieces=pieces):
                yield Touch(base_side(operation.key), "joins other texts to it")
                for piece in pieces:
                    yield Touch(base_side(piece.key), "joins its text to another")
            case _:
                yield Touch(base_side(operation.key), _said(operation))

    def _added(self, operation: Insert, provision: Provision) -> Touch:
        after, under = operation.at.after, operation.at.under
        while after is not None and base_side(after) in self.after:
            after, under = self.after[base_side(after)]
        if after is not None:
            return Touch(base_side(after), f"adds {_numbered(provision)} after it")
        return Touch(self._standing(under), f"adds {_numbered(provision)} under it")

    def _standing(self, under: Key) -> str:
        """Return what the base has of that under which something is added."""
        key = base_side(under)
        # What is deeper in an addition is named from its top: '+1.2.1'.
        while key.startswith("+") and (slot := self.after.get(key.partition(".")[0])):
            key = base_side(slot[1])
        return key

    def _deleted(self, operation: Delete, provision: Provision) -> Iterator[Touch]:
        yield Touch(base_side(operation.key), "takes it away")
        for each in provision.children:
            yield from self._below(each, _numbered(provision))

    def _below(self, part: Document | Provision, name: str) -> Iterator[Touch]:
        for below in provisions_of(part):
            if below.id and below.id not in self.moved:
                yield Touch(below.id, f"takes it away with {name}")


def _said(operation: Operation) -> str:
    """Return what an operation does to the provision that it names."""
    said = _WORDS[type(operation).__name__]
    match operation:
        case Replace(edits=edits) if len(edits) == 1 and keeps_place(edits[0][2]):
            said = "leaves it as not used"
        case Renumber(new=new):
            said = f"renumbers it {new}" if new else "takes its number away"
        case Split(pieces=pieces):
            said = f"parts its text into {len(pieces) + 1}"
        case SetDocument(field="document", new=new):
            said = f"calls it {new!r}"
        case SetDocument(field="title", new=new):
            said = f"gives it the title {new!r}"
    return said


_WORDS = {
    "Move": "moves it",
    "MoveDocument": "moves it",
    "Renumber": "renumbers it",
    "Split": "parts its text",
    "Replace": "changes its text",
    "SetHeading": "changes its heading",
    "Format": "changes the marks over its text",
    "EditTable": "changes its table",
    "SetTable": "replaces its table",
    "SetDocument": "changes its language",
}

"""What operations mean, whatever keys they bear: to tell whether two sets say the same thing."""

from collections.abc import Sequence

from msgspec.structs import replace

from engross.core.legaltext.aligned import NONE
from engross.core.legaltext.change_sets import (
    Delete,
    DeleteDocument,
    Insert,
    InsertDocument,
    Join,
    Key,
    Move,
    MoveDocument,
    Operation,
    Piece,
    SetDocument,
    Slot,
    Split,
    base_side,
)
from engross.core.legaltext.changing.links import Links

Subject = tuple[str, ...]


class Meanings:
    """The operations of one of two sets on one base, and what of the other's result is in its own.

    `across` gives for every node of this set's result the same thing in the other's, NONE where it
    has none. `other` is the set whose names are used for what both add.
    """

    def __init__(
        self, links: Links, across: Sequence[int], other: "Meanings | None" = None
    ) -> None:
        self.links, self.across = links, across
        self.names: dict[str, str] = {}
        for node, name in links.added.names.items():
            theirs = across[node] if other else NONE
            known = other.links.added.names.get(theirs) if other else name
            self.names[name] = known or f"new {name}"
        self.nodes = {name: node for node, name in links.added.names.items()}

    def subject(self, operation: Operation) -> Subject:
        """Return what an operation is about and what kind it is of: one of a set has it."""
        field = (operation.field,) if isinstance(operation, SetDocument) else ()
        return type(operation).__name__, self._name(operation.key), *field

    def meaning(self, operation: Operation) -> Operation:
        """Return an operation in the keys of the base, in slots that what is new does not shift."""
        return replace(operation, key=self._name(operation.key), **self._places(operation))

    def _places(self, operation: Operation) -> dict[str, object]:
        """Return the fields of an operation that say where things are."""
        found: dict[str, object] = {}
        match operation:
            case Insert():
                found = {"at": self._slot_of(operation.key)}
            case Move():
                found = {"was": _base_slot(operation.was), "to": self._slot_of(operation.key)}
            case Delete():
                found = {"at": _base_slot(operation.at)}
            case Split():
                pieces = operation.pieces
                own = tuple(self._piece(piece, self._slot_of(piece.key)) for piece in pieces)
                found = {"pieces": own}
            case Join():
                own = tuple(self._piece(piece, _base_slot(piece.at)) for piece in operation.pieces)
                found = {"pieces": own}
            case InsertDocument():
                found = {"after": self._slot_of(operation.key).after}
            case DeleteDocument():
                found = {"after": _base_key(operation.after)}
            case MoveDocument():
                to = self._slot_of(operation.key).after
                found = {"was_after": _base_key(operation.was_after), "to_after": to}
        return found

    def _name(self, key: Key) -> str:
        name = base_side(key)
        return self.names.get(name, name)

    def _piece(self, piece: Piece, slot: Slot) -> Piece:
        return replace(piece, key=self._name(piece.key), at=slot)

    def _slot_of(self, key: Key) -> Slot:
        """Return where a thing stands in the result, behind something that both results have."""
        links = self.links
        name = base_side(key)
        node = self.nodes.get(name)
        if node is None:
            node = links.new_of[links.old.nodes[name]]
        parent = links.new.parents[node]
        family = links.new.roots if parent == NONE else links.new.children[parent]
        before = [one for one in family[: family.index(node)] if self.across[one] != NONE]
        under = "" if parent == NONE else self._name(links.new_key(parent))
        return Slot(under, self._name(links.new_key(before[-1])) if before else None)


def _base_slot(slot: Slot) -> Slot:
    return Slot(base_side(slot.under), _base_key(slot.after))


def _base_key(key: Key | None) -> Key | None:
    return None if key is None else base_side(key)

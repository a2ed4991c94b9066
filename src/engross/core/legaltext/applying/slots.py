"""Whether the places that a set names are where it thinks: each sibling under its parent."""

from collections.abc import Iterator

from engross.core.legaltext.change_sets import (
    Delete,
    DeleteDocument,
    Insert,
    InsertDocument,
    Join,
    Key,
    Move,
    Operation,
    Slot,
    Split,
    base_side,
)
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Provision

Unmet = Iterator[tuple[str, str, str]]  # what is expected, what is found, the nearest match


def slots_to(operation: Operation) -> Iterator[tuple[Key, Slot]]:
    """Yield what an operation puts somewhere, and where."""
    match operation:
        case Insert():
            yield operation.key, operation.at
        case Move():
            yield operation.key, operation.to
        case Split():
            for piece in operation.pieces:
                yield piece.key, piece.at


class Standing:
    """Under what everything stands that a set can name: in the base, or where the set puts it."""

    def __init__(self, places: Places, operations: tuple[Operation, ...]) -> None:
        self.places = places
        self.under: dict[str, str] = {}
        self.taken: set[str] = set()
        for operation in operations:
            if isinstance(operation, Delete | DeleteDocument):
                self.taken.add(base_side(operation.key))
            elif isinstance(operation, Join):
                self.taken.update(base_side(piece.key) for piece in operation.pieces)
            for key, slot in slots_to(operation):
                self.under[base_side(key)] = base_side(slot.under)
            if isinstance(operation, Insert):
                self._name(base_side(operation.key), operation.provision.children)
            elif isinstance(operation, InsertDocument):
                self.under[base_side(operation.key)] = ""
                self._name(base_side(operation.key), operation.document.provisions)

    def _name(self, name: str, children: tuple[Provision, ...]) -> None:
        for count, child in enumerate(children, start=1):
            self.under[f"{name}.{count}"] = name
            self._name(f"{name}.{count}", child.children)

    def __contains__(self, name: str) -> bool:
        return name in self.under or self.places.find(name) is not None

    def unmet(self, operation: Operation) -> Unmet:
        """Yield the things that do not stand where an operation looks for them."""
        for key, slot in slots_to(operation):
            yield from self._unreachable(base_side(key), base_side(slot.under))
            if slot.after is not None:
                yield from self._differs(
                    base_side(slot.after), base_side(slot.under), moved=self.under
                )
        if isinstance(operation, Move):
            yield from self._differs(base_side(operation.key), base_side(operation.was.under))
        elif isinstance(operation, Delete):
            yield from self._differs(base_side(operation.key), base_side(operation.at.under))

    def _unreachable(self, name: str, parent: str) -> Unmet:
        """Yield it if a place is in what this very set takes away, or in the thing itself."""
        seen: set[str] = set()
        while parent and parent not in seen:
            seen.add(parent)
            if parent in self.taken:
                yield f"{parent} to stay", "this very set takes it away", ""
                return
            parent = self._parent(parent)
        if name in seen:
            yield f"{name} to go elsewhere", "it would stand under itself", ""

    def _parent(self, name: str) -> str:
        """Return what a thing stands under in the result; '' for a document."""
        placed = self.under.get(name)
        if placed is not None:
            return placed
        node = self.places.find(name)
        above = -1 if node is None else self.places.parents[node]
        return "" if above < 0 else self.places.keys[above]

    def _differs(self, name: str, parent: str, moved: dict[str, str] | None = None) -> Unmet:
        """Yield it if a thing stands elsewhere; `moved` are the places that the set gives."""
        if moved and name in moved:
            stands, where, shown = moved[name], name, moved[name]
        else:
            node = self.places.find(name)
            above = -1 if node is None else self.places.parents[node]
            if node is None or above < 0:
                return
            stands, where = self.places.keys[above], self.places.shown(node)
            shown = self.places.shown(above)
        if stands != parent:
            yield f"{where} to stand under {parent}", f"it stands under {shown}", ""

"""Where an editor's additions and moves come to stand, as slots of the result."""

from collections.abc import Iterator, Mapping, Sequence

from engross.core.legaltext.change_sets import Insert, Key, Move, Operation, Slot
from engross.core.legaltext.editing.addresses import Addresses
from engross.core.legaltext.editing.instructions import (
    InsertAfter,
    InsertUnder,
    MoveAfter,
    MoveUnder,
)
from engross.core.legaltext.places import Places
from engross.core.refusals import Reason, Refused

Placing = InsertAfter | InsertUnder | MoveAfter | MoveUnder


def slot_in_base(places: Places, node: int) -> Slot:
    """Return where a provision stands in the base."""
    before = places.previous_sibling(node)
    under = places.keys[places.parents[node]]
    return Slot(under, None if before is None else places.keys[before])


class Placer:
    """Puts things into their slots, in the order in which they were said.

    `moves` are the instructions that move nodes of the base; `behind` what comes behind a node
    already: the second part of what is split.
    """

    def __init__(
        self, addresses: Addresses, moves: Mapping[int, Placing], behind: Mapping[int, Key]
    ) -> None:
        self.addresses, self.places, self.moves = addresses, addresses.places, moves
        self.last: dict[tuple[int, int | None], Key] = {
            (self.places.parents[node], node): key for node, key in behind.items()
        }

    def operations(self, placings: Sequence[tuple[Key, Placing]]) -> Iterator[Operation]:
        """Yield what is inserted and moved, under the keys given."""
        for key, instruction in placings:
            under, after = self._place(instruction)
            before = self.last.get((under, after))
            if before is None and after is not None:
                before = self.places.keys[after]
            self.last[under, after] = key
            slot = Slot(self.places.keys[under], before)
            if isinstance(instruction, InsertAfter | InsertUnder):
                yield Insert(key, slot, instruction.provision)
            else:
                node = self.addresses.provision(instruction.at)
                yield Move(key, slot_in_base(self.places, node), slot)

    def _place(self, instruction: Placing) -> tuple[int, int | None]:
        """Return the parent, and the child of the base that comes just before."""
        if isinstance(instruction, InsertAfter | MoveAfter):
            sibling = self.addresses.provision(instruction.after)
            return self._parent(sibling), sibling
        under = self.addresses.find(instruction.under)
        if instruction.first:
            return under, None
        stay = [child for child in self.places.children[under] if child not in self.moves]
        return under, stay[-1] if stay else None

    def _parent(self, node: int) -> int:
        """Return what a node stands under in the result: behind what is moved is where it goes."""
        seen: list[int] = []
        while (instruction := self.moves.get(node)) is not None:
            if node in seen:
                shown = " and ".join(self.places.shown(one) for one in seen)
                what = f"{shown} cannot each be moved behind the other"
                raise Refused(Reason(what, "Say of one of them what stays in place before it"))
            seen.append(node)
            if not isinstance(instruction, MoveAfter):
                return self._place(instruction)[0]
            node = self.addresses.provision(instruction.after)
        return self.places.parents[node]

"""Instructions gathered by what they are about, and said as operations on the base."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from engross.core.legaltext import change_sets
from engross.core.legaltext.change_sets import Key, Operation, Piece, Slot
from engross.core.legaltext.changing.wordings import body_operations
from engross.core.legaltext.editing.addresses import Addresses
from engross.core.legaltext.editing.instructions import (
    Delete,
    DeleteDocument,
    InsertAfter,
    InsertDocument,
    InsertUnder,
    Instruction,
    Join,
    LeaveNotUsed,
    MoveAfter,
    MoveUnder,
    Renumber,
    SetTitle,
    Split,
    Wording,
)
from engross.core.legaltext.editing.placing import Placer, Placing, slot_in_base
from engross.core.legaltext.editing.wordings import found_once, not_used, reworded
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Provision
from engross.core.refusals import Reason, Refused


class Drafting:
    """What has been said so far. Nodes are those of the base."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.addresses = Addresses(places)
        self.wordings: dict[int, Provision] = {}
        self.removed: dict[int, None] = {}
        self.moves: dict[int, Placing] = {}
        self.placings: list[tuple[Key, Placing]] = []
        self.parted: set[int] = set()
        self.behind: dict[int, Key] = {}
        self.documents: dict[int | None, Key] = {}
        self.said: list[Operation] = []
        self.count = 0

    def say(self, instruction: Instruction) -> None:
        """Take one instruction up. Raises Refused where it does not fit the base."""
        match instruction:
            case Delete():
                self.removed[self.addresses.provision(instruction.at)] = None
            case LeaveNotUsed():
                node = self.addresses.provision(instruction.at)
                self.wordings[node] = not_used(self.places.provision(node))
                self.removed.update(dict.fromkeys(self.places.children[node]))
            case Renumber():
                node = self.addresses.provision(instruction.at)
                old = self.places.provision(node).number
                self.said.append(change_sets.Renumber(self._key(node), old, instruction.number))
            case Split() | Join():
                self._part(instruction)
            case InsertAfter() | InsertUnder() | MoveAfter() | MoveUnder():
                self._place(instruction)
            case InsertDocument() | DeleteDocument() | SetTitle():
                self._document(instruction)
            case _:
                self._word(instruction)

    def _word(self, instruction: Wording) -> None:
        node = self.addresses.provision(instruction.at)
        stands = self.wordings.get(node) or self.places.provision(node)
        self.wordings[node] = reworded(stands, instruction)

    def _place(self, instruction: Placing) -> None:
        if isinstance(instruction, InsertAfter | InsertUnder):
            self.placings.append((self._added(), instruction))
            return
        node = self.addresses.provision(instruction.at)
        if node in self.moves:
            what = f"{instruction.at} is to be moved twice"
            raise Refused(Reason(what, "Say once where it goes"))
        self.moves[node] = instruction
        self.placings.append((self._key(node), instruction))

    def _part(self, instruction: Split | Join) -> None:
        node = self.addresses.provision(instruction.at)
        if node in self.parted:
            what = f"{instruction.at} is to be split or joined twice"
            raise Refused(Reason(what, "Make two change sets of it"))
        self.parted.add(node)
        text = self.places.provision(node).text
        if isinstance(instruction, Split):
            start = found_once(text, instruction.before, instruction.at)
            cut = len(text[:start].rstrip())
            slot = Slot(self._key(self.places.parents[node]), self._key(node))
            piece = Piece(
                self._added(), slot, text[cut:start], instruction.number, instruction.heading
            )
            self.behind[node] = piece.key
            self.said.append(change_sets.Split(self._key(node), (cut,), (piece,)))
        else:
            other = self.addresses.provision(instruction.piece)
            own = self.places.provision(other)
            key = self._taken(other)
            piece = Piece(
                key,
                slot_in_base(self.places, other),
                instruction.glue,
                own.number,
                own.heading,
                own.id,
            )
            self.parted.add(other)
            self.said.append(change_sets.Join(self._key(node), (len(text),), (piece,)))

    def _document(self, instruction: InsertDocument | DeleteDocument | SetTitle) -> None:
        if isinstance(instruction, InsertDocument):
            after = self.addresses.document(instruction.after) if instruction.after else None
            key = self._added()
            before = self.documents.get(after, self._optional(after))
            self.documents[after] = key
            self.said.append(change_sets.InsertDocument(key, instruction.document, before))
        elif isinstance(instruction, DeleteDocument):
            self.removed[self.addresses.document(instruction.document)] = None
        else:
            node = self.addresses.document(instruction.document)
            old = self.places.documents[node].title
            self.said.append(
                change_sets.SetDocument(self._key(node), "title", old, instruction.title)
            )

    def operations(self) -> Iterator[Operation]:
        """Yield all that was said, as operations. Raises Refused where it contradicts itself."""
        removed = [node for node in self.removed if not self._is_removed_above(node)]
        for node, wanted in self.wordings.items():
            if node in self.removed or self._is_removed_above(node) or node in self.parted:
                what = f"{self.places.shown(node)} is edited, and also taken away, split or joined"
                raise Refused(Reason(what, "Leave one of the two out"))
            yield from body_operations(self._key(node), self.places.provision(node), wanted)
        yield from self.said
        yield from Placer(self.addresses, self.moves, self.behind).operations(self.placings)
        for node in removed:
            yield self._removal(node)

    def _removal(self, node: int) -> Operation:
        key = self._taken(node)
        if self.places.provisions[node] is None:
            document = self.places.documents[node]
            before = self._optional(self.places.previous_sibling(node))
            left = replace(document, provisions=self._left_under(node))
            return change_sets.DeleteDocument(key, left, before)
        return change_sets.Delete(key, slot_in_base(self.places, node), self._left(node))

    def _left(self, node: int) -> Provision:
        return replace(self.places.provision(node), children=self._left_under(node))

    def _left_under(self, node: int) -> tuple[Provision, ...]:
        """Return what is taken away with a node: all under it that does not go elsewhere."""
        children: Sequence[int] = self.places.children[node]
        return tuple(self._left(child) for child in children if child not in self.moves)

    def _is_removed_above(self, node: int) -> bool:
        while node not in self.moves and (node := self.places.parents[node]) >= 0:
            if node in self.removed:
                return True
        return False

    def _key(self, node: int) -> Key:
        return self.places.keys[node]

    def _optional(self, node: int | None) -> Key | None:
        return None if node is None else self._key(node)

    def _added(self) -> Key:
        """Return a key for what is added; what it is called in the result is found out later."""
        self.count += 1
        return f"+{self.count}", ""

    def _taken(self, node: int) -> Key:
        self.count += 1
        return self.places.keys[node], f"-{self.count}"

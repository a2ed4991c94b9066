"""The operations that are left when some are left out, so that what hung on those stands still."""

from collections.abc import Collection, Iterator, Sequence

from msgspec.structs import replace

from engross.core.legaltext.change_sets import (
    EditTable,
    Format,
    Insert,
    InsertDocument,
    Key,
    Move,
    MoveDocument,
    Operation,
    Renumber,
    Replace,
    Slot,
    Split,
    TextEdit,
)
from engross.core.legaltext.marks import shifted
from engross.core.legaltext.merging.reading import Atom, Doing, Reading, Ref, placed_by, slot_of
from engross.core.legaltext.merging.texts import starts_of


def remaining(reading: Reading, left_out: Collection[Atom]) -> list[list[Operation]]:
    """Return what each set still says when operations, or edits of them, are left out.

    What is put under something that is not added is not put either; what is put after it goes
    where it would have gone. Edits of pieces of a text that is not parted are edits of the whole.
    """
    concerned = {atom.ref.by for atom in left_out}
    return [
        _Leaver(reading, by, left_out).operations() if by in concerned else list(one.operations)
        for by, one in enumerate(reading.sets)
    ]


class _Leaver:
    def __init__(self, reading: Reading, by: int, left_out: Collection[Atom]) -> None:
        self.reading, self.by = reading, by
        self.left_out = left_out
        self.doings = [
            Doing(Ref(by, at), operation)
            for at, operation in enumerate(reading.sets[by].operations)
        ]
        self.out = {doing.ref for doing in self.doings if Atom(doing.ref) in left_out}
        self.unplaced: set[int] = set()
        self._unplace()

    def node(self, key: Key) -> int:
        return self.reading.node(self.by, key)

    def _unplace(self) -> None:
        """Leave out what is put under something that is not added, until nothing more is."""
        count = -1
        while count != len(self.out):
            count = len(self.out)
            self.unplaced = {
                self.node(key)
                for doing in self.doings
                if doing.ref in self.out
                for key, _ in placed_by(doing.operation)
            }
            self.out.update(doing.ref for doing in self.doings if self._hangs(doing.operation))

    def _hangs(self, operation: Operation) -> bool:
        if isinstance(operation, Insert | Move):
            return self._is_unplaced(self.node(slot_of(operation).under))
        if isinstance(operation, Renumber):
            return self.node(operation.key) in self.unplaced
        if isinstance(operation, Replace):
            return False
        return self._is_unplaced(self.node(operation.key))

    def _is_unplaced(self, node: int) -> bool:
        """Return whether a node is, or stands in, something that is not added."""
        while not self.reading.is_base(node):
            if node in self.unplaced:
                return True
            node = self.reading.draft.parents[node]
        return False

    def operations(self) -> list[Operation]:
        edits: dict[str, list[TextEdit]] = {}
        kept: list[Operation] = []
        for doing in self.doings:
            operation = self._reduced(doing)
            if operation is None:
                continue
            if isinstance(operation, Replace) and self._is_unplaced(self.node(operation.key)):
                target, moved = self._whole(operation)
                edits.setdefault(target, []).extend(moved)
            else:
                kept.append(operation)
        return list(self._with_edits(kept, edits))

    def _reduced(self, doing: Doing) -> Operation | None:
        operation = doing.operation
        if doing.ref in self.out:
            return None
        match operation:
            case Replace():
                edits = self._kept(doing, operation.edits)
                return replace(operation, edits=edits) if edits else None
            case EditTable():
                rows = self._kept(doing, operation.rows)
                cells = self._kept(doing, operation.cells)
                return replace(operation, rows=rows, cells=cells) if rows or cells else None
            case Format():
                return self._formatted(operation)
            case _:
                return self._replaced(operation)

    def _kept(self, doing: Doing, edits: Sequence[object]) -> tuple:  # type: ignore[type-arg]
        return tuple(edit for edit in edits if Atom(doing.ref, edit) not in self.left_out)

    def _formatted(self, operation: Format) -> Format:
        """Carry marks back over the edits of their own set that are not made."""
        undone: list[TextEdit] = []
        for other in self.doings:
            if isinstance(other.operation, Replace) and other.operation.key == operation.key:
                whole = other.ref in self.out
                grown = 0
                for edit in other.operation.edits:
                    at, old, new = edit
                    if whole or Atom(other.ref, edit) in self.left_out:
                        undone.append((at + grown, new, old))
                    grown += len(new) - len(old)
        return replace(operation, new=shifted(operation.new, undone)) if undone else operation

    def _replaced(self, operation: Operation) -> Operation:
        """Put something after what its neighbour would have stood after."""
        match operation:
            case Insert():
                return replace(operation, at=self._slot(operation.at))
            case Move():
                return replace(operation, to=self._slot(operation.to))
            case InsertDocument():
                return replace(operation, after=self._after(operation.after))
            case MoveDocument():
                return replace(operation, to_after=self._after(operation.to_after))
            case Split():
                pieces = (replace(piece, at=self._slot(piece.at)) for piece in operation.pieces)
                return replace(operation, pieces=tuple(pieces))
            case _:
                return operation

    def _slot(self, slot: Slot) -> Slot:
        after = self._after(slot.after)
        return slot if after is slot.after else replace(slot, after=after)

    def _after(self, key: Key | None) -> Key | None:
        while key is not None and self.node(key) in self.unplaced:
            key = self.reading.after[self.by, self.node(key)]
        return key

    def _whole(self, operation: Replace) -> tuple[str, list[TextEdit]]:
        """Return the edits of a piece as edits of the text that is not parted."""
        target, count, doing = self.reading.split_into[self.node(operation.key)]
        split = doing.operation
        start = starts_of(split)[count - 1] if isinstance(split, Split) else 0
        moved = [(at + start, old, new) for at, old, new in operation.edits]
        return self.reading.places.keys[target], moved

    def _with_edits(
        self, kept: list[Operation], edits: dict[str, list[TextEdit]]
    ) -> Iterator[Operation]:
        for operation in kept:
            if isinstance(operation, Replace) and edits:
                target = self.node(operation.key)
                more = (
                    edits.pop(self.reading.places.keys[target], [])
                    if self.reading.is_base(target)
                    else []
                )
                yield replace(operation, edits=tuple(sorted((*operation.edits, *more))))
            else:
                yield operation
        for key, own in edits.items():
            yield Replace(key, ("", ""), tuple(sorted(own)))

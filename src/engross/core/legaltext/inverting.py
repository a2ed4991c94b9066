"""Turn a change set round: what undoes it, said without the text it was drafted on.

It is possible because a set holds all that it takes away, names every provision on both sides and
edits every text with what was there. Turned round twice it is what it was.
"""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from engross.core.legaltext.change_sets import (
    CellEdit,
    ChangeSet,
    Delete,
    DeleteDocument,
    EditTable,
    Insert,
    InsertDocument,
    Join,
    Key,
    Move,
    MoveDocument,
    Operation,
    Piece,
    Replace,
    RowEdit,
    Slot,
    Split,
    TextEdit,
)

_LONE = re.compile(r"[+-]\d+(\.\d+)*")
_OTHER_SIGN = {"+": "-", "-": "+"}


def invert(change_set: ChangeSet) -> ChangeSet:
    """Return the change set that undoes one: applied to its result it gives its base.

    It keeps the name, the day and the base version: they say which set it is that is undone.
    """
    return replace(
        change_set,
        operations=tuple(inverted(operation) for operation in change_set.operations),
        base=change_set.result,
        result=change_set.base,
    )


def inverted(operation: Operation) -> Operation:
    """Return the operation that undoes one."""
    key = turned(operation.key)
    match operation:
        case Insert() | Delete() | Move():
            return _inverted_standing(key, operation)
        case InsertDocument() | DeleteDocument() | MoveDocument():
            return _inverted_document(key, operation)
        case Split() | Join():
            other = Join if isinstance(operation, Split) else Split
            return other(key, operation.cuts, _turned_pieces(operation.pieces), operation.hash)
        case Replace():
            before, after = operation.hashes
            return Replace(key, (after, before), inverted_edits(operation.edits))
        case EditTable():
            cells = tuple(_inverted_cell(cell, operation.rows) for cell in operation.cells)
            return EditTable(key, _inverted_rows(operation.rows), cells)
        case _:
            return replace(operation, key=key, old=operation.new, new=operation.old)


def _inverted_standing(key: Key, operation: Insert | Delete | Move) -> Operation:
    match operation:
        case Insert():
            return Delete(key, _turned_slot(operation.at), operation.provision)
        case Delete():
            return Insert(key, _turned_slot(operation.at), operation.provision)
        case Move():
            return Move(key, _turned_slot(operation.to), _turned_slot(operation.was))


def _inverted_document(
    key: Key, operation: InsertDocument | DeleteDocument | MoveDocument
) -> Operation:
    match operation:
        case InsertDocument():
            return DeleteDocument(key, operation.document, _turned_if(operation.after))
        case DeleteDocument():
            return InsertDocument(key, operation.document, _turned_if(operation.after))
        case MoveDocument():
            was, to = _turned_if(operation.was_after), _turned_if(operation.to_after)
            return MoveDocument(key, to, was)


def turned(key: Key) -> Key:
    """Return a key as the inverse set says it: what was added is taken away."""
    if isinstance(key, str):
        return key
    base, result = key
    return _with_other_sign(result, "-"), _with_other_sign(base, "+")


def _with_other_sign(side: str, sign: str) -> str:
    if side[:1] == sign and _LONE.fullmatch(side):
        return _OTHER_SIGN[sign] + side[1:]
    return side


def _turned_if(key: Key | None) -> Key | None:
    return None if key is None else turned(key)


def _turned_slot(slot: Slot) -> Slot:
    return Slot(turned(slot.under), _turned_if(slot.after))


def _turned_pieces(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    return tuple(
        replace(piece, key=turned(piece.key), at=_turned_slot(piece.at)) for piece in pieces
    )


def inverted_edits(edits: Sequence[TextEdit]) -> tuple[TextEdit, ...]:
    """Return the edits that undo edits, at the offsets of the text that these give."""
    found: list[TextEdit] = []
    grown = 0
    for offset, old, new in edits:
        found.append((offset + grown, new, old))
        grown += len(new) - len(old)
    return tuple(found)


def _inverted_rows(rows: Sequence[RowEdit]) -> tuple[RowEdit, ...]:
    found: list[RowEdit] = []
    grown = 0
    for row, old, new in rows:
        found.append((row + grown, new, old))
        grown += len(new) - len(old)
    return tuple(found)


def _inverted_cell(cell: CellEdit, rows: Sequence[RowEdit]) -> CellEdit:
    row, column, edits = cell
    grown = sum(len(new) - len(old) for at, old, new in rows if at <= row)
    return row + grown, column, inverted_edits(edits)

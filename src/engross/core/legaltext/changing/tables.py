"""The rows and cells in which two tables differ."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from engross.core.legaltext.change_sets import CellEdit, RowEdit
from engross.core.legaltext.changing.texts import text_edits
from engross.core.legaltext.provisions import Table

Row = tuple[str, ...]
Block = tuple[int, int, int, int]  # from and to in the old rows, from and to in the new ones

MOST_COMPARED = 40_000  # pairs of rows in one block; beyond it rows are told by their place


def table_edits(old: Table, new: Table) -> tuple[tuple[RowEdit, ...], tuple[CellEdit, ...]]:
    """Return the edits of rows and of cells, in order, that turn one table into another."""
    rows: list[RowEdit] = []
    cells: list[CellEdit] = []
    for block in _changed_blocks(old.rows, new.rows):
        pairs = _pairs(old.rows, new.rows, block)
        rows.extend(_row_edits(old.rows, new.rows, block, pairs))
        cells.extend(edit for a, b in pairs for edit in _cell_edits(a, old.rows[a], new.rows[b]))
    return tuple(rows), tuple(cells)


def _changed_blocks(old: Sequence[Row], new: Sequence[Row]) -> Iterator[Block]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            yield a, b, c, d


def _pairs(old: Sequence[Row], new: Sequence[Row], block: Block) -> list[tuple[int, int]]:
    """Return which rows of a block are the same row with cells changed, in order."""
    a, b, c, d = block
    if b - a == d - c or (b - a) * (d - c) > MOST_COMPARED:
        return [
            (at, at + c - a)
            for at in range(a, min(b, a + d - c))
            if len(old[at]) == len(new[at + c - a])
        ]
    return _likest_pairs(old, new, block)


def _likest_pairs(old: Sequence[Row], new: Sequence[Row], block: Block) -> list[tuple[int, int]]:
    """Return the pairs, none crossing, that have the most cells in common."""
    a, b, c, d = block
    best = [[0] * (d - c + 1) for _ in range(b - a + 1)]
    for at in range(b - 1, a - 1, -1):
        for to in range(d - 1, c - 1, -1):
            best[at - a][to - c] = max(
                best[at - a + 1][to - c],
                best[at - a][to - c + 1],
                best[at - a + 1][to - c + 1] + _alike(old[at], new[to]),
            )
    found: list[tuple[int, int]] = []
    at, to = a, c
    while at < b and to < d:
        alike, here = _alike(old[at], new[to]), best[at - a][to - c]
        if alike and here == best[at - a + 1][to - c + 1] + alike:
            found.append((at, to))
            at, to = at + 1, to + 1
        elif here == best[at - a + 1][to - c]:
            at += 1
        else:
            to += 1
    return found


def _alike(old: Row, new: Row) -> int:
    """Return how many cells two rows share; 0 where they are not of one length."""
    if len(old) != len(new):
        return 0
    return sum(map(str.__eq__, old, new))


def _row_edits(
    old: Sequence[Row], new: Sequence[Row], block: Block, pairs: Sequence[tuple[int, int]]
) -> Iterator[RowEdit]:
    """Yield what stands between the rows that stay."""
    at, end, to, last = block
    for a, b in (*pairs, (end, last)):
        if at < a or to < b:
            yield at, tuple(old[at:a]), tuple(new[to:b])
        at, to = a + 1, b + 1


def _cell_edits(row: int, old: Row, new: Row) -> Iterator[CellEdit]:
    for column, (before, after) in enumerate(zip(old, new, strict=True)):
        if before != after:
            yield row, column, text_edits(before, after)

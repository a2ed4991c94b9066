"""Two tables by row and cell."""

from collections.abc import Iterator

from engross.core.legaltext.aligning.likeness import likeness
from engross.core.legaltext.chains import heaviest_chain
from engross.core.legaltext.comparison_entries import CellChange, RowChange, TableChange
from engross.core.legaltext.sequences import matching
from engross.core.legaltext.tokens import token_edits

Row = tuple[str, ...]
Rows = tuple[Row, ...]
Pairs = list[tuple[int, int]]
ALIKE = 0.4  # two rows are one that changed when they have at least so much in common
EVERY_PAIR = 2_500  # beyond so many possible pairs, rows are taken in order


def compared_tables(old: Rows, new: Rows) -> TableChange:
    """Return the rows that were inserted, deleted or changed, and the cells of those."""
    if new < old:
        pairs = [(one, other) for other, one in _row_pairs(new, old)]
    else:
        pairs = _row_pairs(old, new)
    changes: list[RowChange] = []
    at_old = at_new = 0
    for one, other in [*pairs, (len(old), len(new))]:
        changes += [_whole("deleted", row, None, old[row]) for row in range(at_old, one)]
        changes += [_whole("inserted", None, row, new[row]) for row in range(at_new, other)]
        if one < len(old) and old[one] != new[other]:
            cells = tuple(_cells(old[one], new[other]))
            changes.append(RowChange("changed", one, other, cells))
        at_old, at_new = one + 1, other + 1
    return TableChange(tuple(changes))


def _whole(kind: str, old: int | None, new: int | None, row: Row) -> RowChange:
    if kind == "deleted":
        gone = tuple(_cell(at, None, text, "") for at, text in enumerate(row))
        return RowChange("deleted", old, new, gone)
    put = tuple(_cell(None, at, "", text) for at, text in enumerate(row))
    return RowChange("inserted", old, new, put)


def _cell(old: int | None, new: int | None, was: str, now: str) -> CellChange:
    return CellChange(old, new, tuple(token_edits(was, now)))


def _row_pairs(old: Rows, new: Rows) -> Pairs:
    """Return which rows are one, in order: the same ones, then those between that are alike."""
    pairs: Pairs = []
    at_old = at_new = 0
    for one, other, length in [*matching(old, new), (len(old), len(new), 0)]:
        pairs += _alike(old, new, range(at_old, one), range(at_new, other))
        pairs += [(one + at, other + at) for at in range(length)]
        at_old, at_new = one + length, other + length
    return pairs


def _alike(old: Rows, new: Rows, olds: range, news: range) -> Pairs:
    if len(olds) * len(news) > EVERY_PAIR:
        return list(zip(olds, news, strict=False))
    words = [" ".join(old[at]).split() for at in olds]
    others = [" ".join(new[at]).split() for at in news]
    candidates = [
        (olds[one], news[other], weight)
        for one, mine in enumerate(words)
        for other, theirs in enumerate(others)
        if (weight := likeness(mine, theirs, ALIKE))
    ]
    return heaviest_chain(candidates)


def _cells(old: Row, new: Row) -> Iterator[CellChange]:
    """Yield the cells that changed: by column, or where a column more or less stands, by text."""
    blocks = matching(old, new) if len(old) != len(new) else []
    at_old = at_new = 0
    for one, other, length in [*blocks, (len(old), len(new), 0)]:
        common = min(one - at_old, other - at_new)
        for at in range(common):
            was, now = old[at_old + at], new[at_new + at]
            if was != now:
                yield _cell(at_old + at, at_new + at, was, now)
        for column in range(at_old + common, one):
            yield _cell(column, None, old[column], "")
        for column in range(at_new + common, other):
            yield _cell(None, column, "", new[column])
        at_old, at_new = one + length, other + length

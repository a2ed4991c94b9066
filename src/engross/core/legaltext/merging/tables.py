"""Whether what several sets do to one table can stand together.

A row and a cell stand for themselves: sets may change two rows that follow one another. Two sets
may not put different rows into one gap, change a row that another takes away, or make edits of one
cell that touch; and nothing stands beside another table altogether.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from engross.core.legaltext.change_sets import CellEdit, EditTable, RowEdit, SetTable
from engross.core.legaltext.merging.clashes import Clash, Groups, Option, in_order
from engross.core.legaltext.merging.describing import content_of
from engross.core.legaltext.merging.reading import Atom, Doing, Reading

Change = tuple[str, object]


def table_clashes(reading: Reading, node: int) -> list[Clash]:
    """Return the clashes in a table of the base."""
    owners: defaultdict[Change, set[int]] = defaultdict(set)
    atoms: defaultdict[Change, set[Atom]] = defaultdict(set)
    for doing in reading.wordings[node]:
        for change, atom in _changes(reading, doing):
            owners[change].add(doing.ref.by)
            atoms[change].add(atom)
    if len({by for sets in owners.values() for by in sets}) < 2:
        return []
    changes = sorted(owners, key=repr)
    groups = Groups(len(changes))
    for one, other in combinations(range(len(changes)), 2):
        if owners[changes[one]] != owners[changes[other]] and _exclude(
            changes[one], changes[other]
        ):
            groups.join(one, other)
    torn: defaultdict[frozenset[int], list[Change]] = defaultdict(list)
    for group in groups.of(changes):
        if len(group) > 1:
            torn[frozenset(by for change in group for by in owners[change])].extend(group)
    return [
        Clash("table", node, reading.key(node), _options(sets, parts, owners, atoms))
        for sets, parts in sorted(torn.items(), key=lambda item: sorted(item[0]))
    ]


def _changes(reading: Reading, doing: Doing) -> Iterator[tuple[Change, Atom]]:
    operation = doing.operation
    if isinstance(operation, SetTable):
        yield ("whole", content_of(reading, doing)), Atom(doing.ref)
    elif isinstance(operation, EditTable):
        for row in operation.rows:
            yield ("rows", row), Atom(doing.ref, row)
        for cell in operation.cells:
            yield ("cell", cell), Atom(doing.ref, cell)


def _exclude(one: Change, other: Change) -> bool:
    """Return whether two different changes of one table cannot stand together."""
    kinds = one[0], other[0]
    if "whole" in kinds:
        return True
    if kinds == ("rows", "rows"):
        return _rows_exclude(one[1], other[1])  # type: ignore[arg-type]
    if kinds == ("cell", "cell"):
        return _cells_exclude(one[1], other[1])  # type: ignore[arg-type]
    rows, cell = (one, other) if one[0] == "rows" else (other, one)
    return _takes(rows[1], cell[1])  # type: ignore[arg-type]


def _rows_exclude(one: RowEdit, other: RowEdit) -> bool:
    (start, taken, _), (at, gone, _) = one, other
    end, stop = start + len(taken), at + len(gone)
    if start == end or at == stop:
        return start == at == end == stop or start < at < end or at < start < stop
    return start < stop and at < end


def _cells_exclude(one: CellEdit, other: CellEdit) -> bool:
    if one[:2] != other[:2]:
        return False
    return any(
        edit != its and edit[0] <= its[0] + len(its[1]) and its[0] <= edit[0] + len(edit[1])
        for edit in one[2]
        for its in other[2]
    )


def _takes(rows: RowEdit, cell: CellEdit) -> bool:
    return rows[0] <= cell[0] < rows[0] + len(rows[1])


def _options(
    sets: frozenset[int],
    parts: list[Change],
    owners: dict[Change, set[int]],
    atoms: dict[Change, set[Atom]],
) -> tuple[Option, ...]:
    sides: defaultdict[tuple[Change, ...], list[int]] = defaultdict(list)
    for by in sorted(sets):
        sides[tuple(change for change in parts if by in owners[change])].append(by)
    return in_order(
        Option(
            tuple(members),
            frozenset(atom for change in mine for atom in atoms[change] if atom.ref.by in members),
            tuple(mine),
        )
        for mine, members in sides.items()
    )

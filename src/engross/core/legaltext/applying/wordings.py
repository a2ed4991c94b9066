"""What a node says in the result: its text, marks and table, with all that the sets say of it."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from engross.core.legaltext.applying.drafts import Draft, Said
from engross.core.legaltext.change_sets import (
    CellEdit,
    EditTable,
    Format,
    Join,
    Replace,
    RowEdit,
    SetTable,
    Split,
    TextEdit,
)
from engross.core.legaltext.marks import (
    Inlines,
    cut,
    edited_text,
    kept,
    listed,
    moved_on,
    shifted,
    shifted_offset,
)
from engross.core.legaltext.provisions import Provision, Table


class Wording(NamedTuple):
    """A text and the marks over it."""

    text: str
    marks: Inlines


def wording_of(draft: Draft, node: int) -> Wording:
    """Return what a node's text is in the result."""
    if node in draft.pieces:
        target, index = draft.pieces[node]
        return _formatted(draft, node, _parts(draft, target)[index])
    said = draft.said.get(node, [])
    if any(isinstance(one.operation, Split) for one in said):
        return _formatted(draft, node, _parts(draft, node)[0])
    part = part_of(draft, node)
    edits = _edits(said)
    own = Wording(edited_text(part.text, edits), shifted(listed(part.inlines), edits))
    for one in said:
        if isinstance(one.operation, Join):
            own = _joined(draft, own, one.operation, by=one.by)
            break
    return _formatted(draft, node, own)


def part_of(draft: Draft, node: int) -> Provision:
    """Return the provision that a node is in the base, or in what a set adds."""
    base = len(draft.places)
    part = draft.added[node - base] if node >= base else draft.places.provisions[node]
    if not isinstance(part, Provision):
        raise ValueError(f"node {node} is a document, not a provision")
    return part


def _edits(said: Iterable[Said], *, but: int | None = None, moved: int = 0) -> list[TextEdit]:
    """Return the edits of all sets together, the same edit once, in the order of the text."""
    found = {
        (offset + moved, old, new)
        for one in said
        if isinstance(one.operation, Replace) and one.by != but
        for offset, old, new in one.operation.edits
    }
    return sorted(found)


def _parts(draft: Draft, target: int) -> list[Wording]:
    """Return the pieces of a split text, each with the edits that fall into it."""
    said = draft.said[target]
    split = next(one.operation for one in said if isinstance(one.operation, Split))
    part = part_of(draft, target)
    runs = _runs(split, len(part.text))
    edits: list[set[TextEdit]] = [set() for _ in runs]
    for offset, old, new in _edits(said):
        place = next(
            (at for at, (a, b) in enumerate(runs) if a <= offset and offset + len(old) <= b), None
        )
        if place is None:
            raise ValueError("an edit crosses the place where the text is split")
        edits[place].add((offset - runs[place][0], old, new))
    for piece, (split_target, index) in draft.pieces.items():
        if split_target == target:
            edits[index].update(_edits(draft.said.get(piece, [])))
    found = []
    for (start, end), own in zip(runs, edits, strict=True):
        ordered = sorted(own)
        marks = shifted(cut(listed(part.inlines), start, end), ordered)
        found.append(Wording(edited_text(part.text[start:end], ordered), marks))
    return found


def _runs(split: Split, length: int) -> list[tuple[int, int]]:
    """Return where each piece's text stands in the base's."""
    starts = [0, *(at + len(p.glue) for at, p in zip(split.cuts, split.pieces, strict=True))]
    return list(zip(starts, [*split.cuts, length], strict=True))


def _joined(draft: Draft, own: Wording, join: Join, *, by: int) -> Wording:
    text, marks = own
    for piece in join.pieces:
        other = wording_of(draft, draft.voices[by].node(piece.key, draft.places))
        text += piece.glue
        marks += moved_on(other.marks, len(text))
        text += other.text
    return Wording(text, marks)


def _formatted(draft: Draft, node: int, own: Wording) -> Wording:
    """Set the marks that a set gives, carried over what other sets edit."""
    said = draft.said.get(node, [])
    for one in said:
        if isinstance(one.operation, Format):
            theirs = _edits(said, but=one.by)
            mine = _edits([other for other in said if other.by == one.by])
            others = [
                (shifted_offset(offset, mine, starts=True), old, new)
                for offset, old, new in theirs
                if (offset, old, new) not in mine
            ]
            return Wording(own.text, shifted(one.operation.new, others))
    return own


def table_of(draft: Draft, node: int) -> Table | None:
    """Return a node's table in the result; None for none."""
    table = part_of(draft, node).table or None
    rows: set[RowEdit] = set()
    cells: set[CellEdit] = set()
    for one in draft.said.get(node, []):
        if isinstance(one.operation, SetTable):
            return one.operation.new
        if isinstance(one.operation, EditTable):
            rows.update(one.operation.rows)
            cells.update(one.operation.cells)
    return edited_table(table, sorted(rows), sorted(cells)) if table else None


def edited_table(table: Table, rows: Sequence[RowEdit], cells: Sequence[CellEdit]) -> Table:
    """Return a table with cells and rows changed; both speak of the rows of the base.

    Several edits of one cell are made together. Raises ValueError where the table does not hold
    what an edit takes away.
    """
    edits: dict[tuple[int, int], set[TextEdit]] = {}
    for row, column, changes in cells:
        edits.setdefault((row, column), set()).update(changes)
    changed = [list(row) for row in table.rows]
    for (row, column), own in edits.items():
        changed[row][column] = edited_text(changed[row][column], sorted(own))
    found: list[tuple[str, ...]] = []
    at = 0
    for row, old, new in rows:
        if row < at or table.rows[row : row + len(old)] != old:
            raise ValueError(f"the table does not hold the rows at {row}")
        found.extend(tuple(line) for line in changed[at:row])
        found.extend(new)
        at = row + len(old)
    found.extend(tuple(line) for line in changed[at:])
    return Table(tuple(found))


def body_of_node(draft: Draft, node: int) -> Provision:
    """Return a node as it reads in the result, its children as they were."""
    part = part_of(draft, node)
    text, marks = wording_of(draft, node)
    return msgspec.structs.replace(
        part,
        id=draft.ids.get(node, part.id),
        heading=draft.headings.get(node, part.heading),
        text=text,
        inlines=kept(marks),
        table=table_of(draft, node) or msgspec.UNSET,
    )

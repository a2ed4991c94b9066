"""Whether what several sets do to one text can stand together.

Every change is brought back to offsets of the base: edits, also those of the pieces of a split
text, and the places where a text is parted. Two edits are apart when at least one code point of the
base stands between them; one edit that two sets make is one.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from engross.core.legaltext.change_sets import Join, Replace, Split, TextEdit
from engross.core.legaltext.merging.clashes import Clash, Groups, Option, in_order
from engross.core.legaltext.merging.describing import join_content, split_content
from engross.core.legaltext.merging.reading import Atom, Doing, Reading
from engross.core.legaltext.merging.results import ConflictKind
from engross.core.legaltext.provisions import NOT_USED, short_hash

NOT_USED_HASH = short_hash(NOT_USED)
Span = tuple[int, int, str]  # where in the base it starts and ends, and what is put there
Element = tuple[str, Any]  # 'edit' with a span; 'split' or 'join' with what it does


@dataclass
class Changes:
    """What sets do to one text: each distinct change, who makes it, and with what."""

    owners: defaultdict[Element, set[int]] = field(default_factory=lambda: defaultdict(set))
    atoms: defaultdict[Element, set[Atom]] = field(default_factory=lambda: defaultdict(set))
    same: set[Atom] = field(default_factory=set)

    def add(self, element: Element, by: int, atoms: Iterable[Atom]) -> None:
        """File a change that a set makes."""
        self.owners[element].add(by)
        self.atoms[element].update(atoms)


def is_not_used(doing: Doing) -> bool:
    """Return whether an operation leaves nothing of a clause but '[Not Used]'."""
    operation = doing.operation
    return isinstance(operation, Replace) and operation.hashes[1] == NOT_USED_HASH


def text_clashes(reading: Reading, node: int) -> tuple[list[Clash], set[Atom]]:
    """Return the clashes in a text of the base, and what another set says in other words.

    The second are edits that give the very text that another set's edits give: they are left out.
    """
    changes = _changes(reading, node)
    elements = sorted(changes.owners, key=repr)
    groups = Groups(len(elements))
    _touching(elements, groups)
    _parting(elements, changes, groups)
    torn: defaultdict[frozenset[int], list[Element]] = defaultdict(list)
    for group in groups.of(elements):
        if len({frozenset(changes.owners[element]) for element in group}) > 1:
            owners = frozenset(by for element in group for by in changes.owners[element])
            torn[owners].extend(group)
    clashes = [
        Clash(_kind(parts), node, reading.key(node), _options(parts, changes))
        for _, parts in sorted(torn.items(), key=lambda item: sorted(item[0]))
    ]
    return clashes, changes.same


def _changes(reading: Reading, node: int) -> Changes:
    changes = Changes()
    doings = reading.wordings[node]
    parted = {doing.ref.by for doing in doings if isinstance(doing.operation, Split | Join)}
    told: dict[str, tuple[TextEdit, ...]] = {}
    for doing in doings:
        operation = doing.operation
        if isinstance(operation, Replace):
            own = operation.edits
            alike = own if doing.ref.by in parted else told.setdefault(operation.hashes[1], own)
            _add_edits(changes, doing, alike, own)
        elif isinstance(operation, Split | Join):
            changes.add(_element_of(reading, doing), doing.ref.by, [Atom(doing.ref)])
            if isinstance(operation, Split):
                _add_pieces(reading, changes, doing, operation)
    return changes


def _add_edits(
    changes: Changes, doing: Doing, alike: tuple[TextEdit, ...], own: tuple[TextEdit, ...]
) -> None:
    atoms = [Atom(doing.ref, edit) for edit in own]
    if alike != own:
        # The same text by other edits: it is the first set's change, made once.
        changes.same.update(atoms)
    if is_not_used(doing):
        return  # a removal: what it excludes is found there
    if alike != own:
        for edit in alike:
            changes.owners[_edit(edit)].add(doing.ref.by)
    else:
        for edit, atom in zip(own, atoms, strict=True):
            changes.add(_edit(edit), doing.ref.by, [atom])


def _edit(edit: TextEdit, moved: int = 0) -> Element:
    at, old, new = edit
    return "edit", (at + moved, at + moved + len(old), new)


def _add_pieces(reading: Reading, changes: Changes, doing: Doing, split: Split) -> None:
    """Bring the edits of a split's pieces back to the base's text."""
    for piece, start in zip(split.pieces, starts_of(split), strict=True):
        for other in reading.wordings[reading.node(doing.ref.by, piece.key)]:
            if isinstance(other.operation, Replace) and other.ref.by == doing.ref.by:
                for edit in other.operation.edits:
                    changes.add(_edit(edit, start), doing.ref.by, [Atom(other.ref, edit)])


def starts_of(split: Split) -> list[int]:
    """Return where in the base's text each added piece begins, after its glue."""
    return [at + len(piece.glue) for at, piece in zip(split.cuts, split.pieces, strict=True)]


def _element_of(reading: Reading, doing: Doing) -> Element:
    """Return a split or join as what it does, whatever its set calls the pieces."""
    operation, by = doing.operation, doing.ref.by
    if isinstance(operation, Split):
        return "split", split_content(reading, by, operation)
    if isinstance(operation, Join):
        return "join", join_content(reading, by, operation)
    raise TypeError(f"{operation} parts no text")


def _touching(elements: list[Element], groups: Groups) -> None:
    """Join edits between which nothing of the base stands."""
    edits = sorted((value, at) for at, (kind, value) in enumerate(elements) if kind == "edit")
    reach, last = -1, -1
    for (start, end, _), at in edits:
        if start <= reach:
            groups.join(last, at)
        reach, last = max(reach, end), at


def _parting(elements: list[Element], changes: Changes, groups: Groups) -> None:
    """Join splits and joins with one another, and splits with the edits that cross them."""
    parting = [at for at, (kind, _) in enumerate(elements) if kind != "edit"]
    for one, other in combinations(parting, 2):
        groups.join(one, other)
    for at in parting:
        kind, value = elements[at]
        if kind != "split":
            continue
        for other, (its_kind, edit) in enumerate(elements):
            foreign = not changes.owners[elements[other]] <= changes.owners[elements[at]]
            if its_kind == "edit" and foreign and _crosses(edit, value[0]):
                groups.join(at, other)


def _crosses(edit: Span, cuts: tuple[tuple[int, int], ...]) -> bool:
    """Return whether an edit reaches over a cut or into its glue, or stands right on it."""
    start, end, _ = edit
    return any(
        (start < stop and end > at) or (at == stop and (start < at < end or start == at == end))
        for at, stop in cuts
    )


def _kind(parts: list[Element]) -> ConflictKind:
    return "cut" if any(kind != "edit" for kind, _ in parts) else "text"


def _options(parts: list[Element], changes: Changes) -> tuple[Option, ...]:
    """Return the sides: sets that make the same changes among these are on one."""
    sets = sorted({by for element in parts for by in changes.owners[element]})
    sides: defaultdict[tuple[Element, ...], list[int]] = defaultdict(list)
    for by in sets:
        sides[tuple(element for element in parts if by in changes.owners[element])].append(by)
    return in_order(
        Option(
            tuple(members),
            frozenset(
                atom
                for element in mine
                for atom in changes.atoms[element]
                if atom.ref.by in members
            ),
            tuple(mine),
        )
        for mine, members in sides.items()
    )

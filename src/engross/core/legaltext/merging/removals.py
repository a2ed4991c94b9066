"""What one set takes away while another works on it.

A deletion reaches as far as what stands under it, less what the same set moves elsewhere. A text
that is put to '[Not Used]' is taken away too, but what stands under it stays. What a set joins to
another text is taken away, but its own text lives on, so edits of it stand. A new number for what
another set deletes falls away with it: nobody loses a word.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from engross.core.legaltext.change_sets import Format, Join, Move, MoveDocument, Replace
from engross.core.legaltext.merging.clashes import Clash, Option, in_order
from engross.core.legaltext.merging.describing import content_of
from engross.core.legaltext.merging.reading import Atom, Doing, Reading
from engross.core.legaltext.merging.results import ConflictKind
from engross.core.legaltext.merging.texts import is_not_used


class Pair(NamedTuple):
    """A removal, and what another set does that it would undo; `enters` where it puts it there."""

    removal: Doing
    doing: Doing
    enters: bool


def removal_clashes(reading: Reading) -> list[Clash]:
    """Return a clash for each provision that is taken away while other sets work on it.

    What is joined and what is deleted are two clashes: one may join what another deletes.
    """
    pairs: defaultdict[tuple[int, bool], list[Pair]] = defaultdict(list)
    not_used = _not_used(reading)
    for node, doing, enters in _acts(reading):
        for removal in _put_to_not_used(not_used.get(node, ()), doing, enters=enters):
            pairs[node, False].append(Pair(removal, doing, enters))
        for gone, removal in _removed(reading, node, doing):
            pairs[gone, isinstance(removal.operation, Join)].append(Pair(removal, doing, enters))
    clashes = [_clash(reading, gone, own) for (gone, _), own in sorted(pairs.items())]
    return clashes + _rival_joins(reading)


def _not_used(reading: Reading) -> dict[int, list[Doing]]:
    found: defaultdict[int, list[Doing]] = defaultdict(list)
    for node, doings in reading.wordings.items():
        for doing in doings:
            if is_not_used(doing):
                found[node].append(doing)
    return found


def _acts(reading: Reading) -> Iterator[tuple[int, Doing, bool]]:
    """Yield what sets do to nodes of the base, and whether they put something under them."""
    for filed in (reading.wordings, reading.moves, reading.fields):
        for node, doings in filed.items():
            target = reading.split_into[node][0] if node in reading.split_into else node
            for doing in doings:
                yield target, doing, False
    for node, doings in reading.removals.items():
        for doing in doings:
            if isinstance(doing.operation, Join):
                yield node, doing, False
    for under, doing in reading.placing:
        if reading.is_base(under):
            yield under, doing, True


def _put_to_not_used(removals: Sequence[Doing], doing: Doing, *, enters: bool) -> Iterator[Doing]:
    """Yield what other sets say of '[Not Used]' where a set works on the very clause.

    A set that says so too works on what is left of it.
    """
    if isinstance(doing.operation, Move | MoveDocument) and not enters:
        return
    if all(removal.ref.by != doing.ref.by for removal in removals):
        yield from removals


def _removed(reading: Reading, node: int, doing: Doing) -> Iterator[tuple[int, Doing]]:
    """Yield the removals by other sets that reach what an operation speaks of."""
    if not reading.removals:
        return
    spared = {doing.ref.by}
    for above in reading.above(node):
        for removal in reading.removals.get(above, ()):
            if removal.ref.by not in spared and not _lives_on(reading, above, removal, doing):
                yield above, removal
        spared.update(moving.ref.by for moving in reading.moves.get(above, ()))


def _lives_on(reading: Reading, gone: int, removal: Doing, doing: Doing) -> bool:
    """Return whether what is done to a text stands although the text is joined to another."""
    if not isinstance(removal.operation, Join):
        return False
    if isinstance(doing.operation, Join):  # two that join one text: see `_rival_joins`
        return reading.node(doing.ref.by, doing.operation.key) != gone
    return isinstance(doing.operation, Replace | Format)


def _clash(reading: Reading, gone: int, pairs: list[Pair]) -> Clash:
    taking = {pair.removal.ref: pair.removal for pair in pairs}
    keeping = {pair.doing.ref: pair.doing for pair in pairs}
    options = in_order(_option(reading, side.values()) for side in (taking, keeping))
    return Clash(_kind(pairs), gone, reading.key(gone), options)


def _option(reading: Reading, side: Iterable[Doing]) -> Option:
    doings = sorted(side, key=lambda doing: doing.ref)
    contents = {repr(content): content for content in (content_of(reading, d) for d in doings)}
    return Option(
        tuple(sorted({doing.ref.by for doing in doings})),
        frozenset(Atom(doing.ref) for doing in doings),
        tuple(contents[name] for name in sorted(contents)),
    )


def _kind(pairs: Iterable[Pair]) -> ConflictKind:
    if all(isinstance(pair.removal.operation, Join) for pair in pairs):
        return "cut"
    return "under-deleted" if all(pair.enters for pair in pairs) else "edit-deletion"


def _rival_joins(reading: Reading) -> list[Clash]:
    """Return a clash for each text that two sets join to different texts."""
    clashes = []
    for node, doings in sorted(reading.removals.items()):
        sides: dict[int, list[Doing]] = {}
        for doing in doings:
            if isinstance(doing.operation, Join):
                target = reading.node(doing.ref.by, doing.operation.key)
                sides.setdefault(target, []).append(doing)
        if len(sides) > 1:
            options = in_order(_option(reading, side) for side in sides.values())
            clashes.append(Clash("cut", node, reading.key(node), options))
    return clashes

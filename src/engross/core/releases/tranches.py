"""Parting a change set into tranches: each a change set of its own, together the whole.

What one operation needs of another stays together: those on one provision, those that name
something the set itself adds or takes away, and what is taken out of what is deleted.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from engross.core.legaltext.applying import misfits
from engross.core.legaltext.change_sets import (
    ChangeSet,
    Delete,
    DeleteDocument,
    Key,
    Move,
    Operation,
    Slot,
)
from engross.core.legaltext.merging import merge
from engross.core.legaltext.places import Places
from engross.core.refusals import Reason, Refused

_KEYS = ("key", "after", "was_after", "to_after")
_SLOTS = ("at", "was", "to")
_DOES = {
    "Insert": "inserted after it",
    "Delete": "deleted",
    "Move": "moved",
    "Renumber": "renumbered",
    "Identify": "named",
    "SetHeading": "headed otherwise",
    "Replace": "reworded",
    "Format": "marked otherwise",
    "EditTable": "table changed",
    "SetTable": "table set",
    "Split": "parted",
    "Join": "joined",
    "InsertDocument": "added",
    "DeleteDocument": "ended",
    "MoveDocument": "moved",
    "SetDocument": "named otherwise",
}


def bundles_of(base: Places, change_set: ChangeSet) -> list[tuple[int, ...]]:
    """Return the places of operations that cannot be parted, bundle by bundle, in their order."""
    parents = list(range(len(change_set.operations)))

    def root(at: int) -> int:
        while parents[at] != at:
            at = parents[at]
        return at

    first: dict[str, int] = {}
    for at, operation in enumerate(change_set.operations):
        for name in _names(base, operation, change_set):
            parents[root(at)] = root(first.setdefault(name, at))
    found: dict[int, list[int]] = {}
    for at in range(len(change_set.operations)):
        found.setdefault(root(at), []).append(at)
    return sorted(tuple(each) for each in found.values())


def told_bundle(base: Places, change_set: ChangeSet, bundle: Iterable[int]) -> str:
    """Return where a bundle of operations is and what they do, for a person to choose by."""
    told: dict[str, dict[str, None]] = {}
    for at in bundle:
        operation = change_set.operations[at]
        name = type(operation).__name__
        told.setdefault(_where(base, operation), {})[_DOES.get(name, name.lower())] = None
    return "; ".join(f"{where}: {', '.join(does)}" for where, does in told.items())


def _where(base: Places, operation: Operation) -> str:
    """Return the place of an operation in the base; of what is added, the place it is put at."""
    slot = getattr(operation, "at", None)
    keys = [operation.key]
    if isinstance(slot, Slot):
        keys += [each for each in (slot.after, slot.under) if each is not None]
    for key in keys:
        node = base.find(_sides(key)[0])
        if node is not None:
            return base.shown(node)
    return _sides(operation.key)[0]


def parted(
    base: Places, change_set: ChangeSet, tranche_of: Sequence[int], names: Mapping[int, str]
) -> list[ChangeSet]:
    """Return the change sets of the tranches, in their order: together they are the whole.

    `tranche_of` gives each bundle its tranche, `names` each tranche the name of its set.
    Raises Refused where a tranche would be empty or cannot stand alone, or where they would not
    give the whole together.
    """
    bundles = bundles_of(base, change_set)
    if len(tranche_of) != len(bundles):
        raise ValueError(f"{len(tranche_of)} tranches are given for {len(bundles)} bundles")
    if empty := sorted(set(names) - set(tranche_of)):
        listed = ", ".join(names[each] for each in empty)
        raise Refused(Reason(f"Nothing would be left for {listed}", "Give each part something"))
    sets = [
        _part(base, change_set, [at for bundle, own in zip(bundles, tranche_of, strict=True)
                                 if own == tranche for at in bundle], name)
        for tranche, name in sorted(names.items())
    ]  # fmt: skip
    if reasons := _reasons_against_parts(base, change_set, sets):
        raise Refused(reasons)
    return sets


def _part(base: Places, whole: ChangeSet, operations: Iterable[int], name: str) -> ChangeSet:
    kept = tuple(whole.operations[at] for at in sorted(operations))
    part = msgspec.structs.replace(whole, change_set=name, operations=kept, result="")
    if misfits(base, part):
        return part
    return msgspec.structs.replace(part, result=merge(base, [part]).hash)


def _reasons_against_parts(
    base: Places, whole: ChangeSet, sets: Sequence[ChangeSet]
) -> list[Reason]:
    alone = [reason for each in sets for reason in misfits(base, each)]
    if alone:
        return alone
    merged = merge(base, sets)
    clashes = [
        Reason(f"The parts do not agree at {conflict.address}", "Keep what is there in one part")
        for conflict in merged.conflicts
    ]
    if clashes or merged.hash == merge(base, [whole]).hash:
        return clashes
    what = f"The parts of {whole.change_set} would not give the whole together"
    return [Reason(what, "Keep what is renumbered with what it makes room for")]


def _names(base: Places, operation: Operation, change_set: ChangeSet) -> Iterator[str]:
    """Yield what ties an operation to others: its provision, and what only this set knows."""
    own = getattr(operation, "key", None)
    if own is not None:
        yield from _sides(own)
    for key in _keys(operation):
        yield from (_top(side) for side in _sides(key) if side[:1] in "+-")
    if isinstance(operation, Move):
        yield from _deleted_above(base, operation, change_set)


def _deleted_above(base: Places, move: Move, change_set: ChangeSet) -> Iterator[str]:
    """Yield the provisions and documents that the set deletes and out of which this is taken."""
    deleted = {
        side
        for each in change_set.operations
        if isinstance(each, Delete | DeleteDocument)
        for side in _sides(each.key)[:1]
    }
    node = base.find(_sides(move.key)[0])
    while node is not None and node >= 0:
        name = base.documents[node].document if base.parents[node] < 0 else base.keys[node]
        if name in deleted:
            yield name
        node = base.parents[node]


def _keys(part: Any) -> Iterator[Key]:
    for name in _KEYS:
        if (key := getattr(part, name, None)) is not None:
            yield key
    for name in _SLOTS:
        if isinstance(slot := getattr(part, name, None), Slot):
            yield slot.under
            if slot.after is not None:
                yield slot.after
    for piece in getattr(part, "pieces", ()):
        yield from _keys(piece)


def _sides(key: Key) -> tuple[str, ...]:
    return (key,) if isinstance(key, str) else tuple(key)


def _top(side: str) -> str:
    """Return the name of the whole thing that a set adds or takes away: '+1' of '+1.2'."""
    return side.partition(".")[0]

"""Moves that would put a thing under itself: one set moves A into B, another B into A."""

from engross.core.legaltext.merging.clashes import Clash, Option, in_order
from engross.core.legaltext.merging.describing import content_of
from engross.core.legaltext.merging.reading import Atom, Doing, Reading


def cycle_clashes(reading: Reading) -> list[Clash]:
    """Return a clash for each ring of moves of which no set alone makes a ring."""
    found: dict[frozenset[int], Clash] = {}
    for node in sorted(reading.moves):
        ring = _ring(reading, node)
        if ring and frozenset(ring) not in found:
            found[frozenset(ring)] = _clash(reading, sorted(ring))
    return list(found.values())


def _ring(reading: Reading, node: int) -> list[int]:
    """Return the moved nodes on the way from a node up to itself; none if there is no such way."""
    moved, seen = [node], {node}
    above = reading.draft.parent(node)
    while above >= 0 and above != node:
        if above in seen:
            return []  # a ring further up, found from there
        seen.add(above)
        if above in reading.moves:
            moved.append(above)
        above = reading.draft.parent(above)
    return moved if above == node else []


def _clash(reading: Reading, ring: list[int]) -> Clash:
    doings = [doing for node in ring for doing in reading.moves[node]]
    sides: dict[int, list[Doing]] = {}
    for doing in doings:
        sides.setdefault(doing.ref.by, []).append(doing)
    options = in_order(
        Option(
            (by,),
            frozenset(Atom(doing.ref) for doing in members),
            tuple(content_of(reading, doing) for doing in members),
        )
        for by, members in sides.items()
    )
    return Clash("cycle", ring[0], reading.key(ring[0]), options)

"""Put two alignments behind one another: what a text became, and what that became."""

from collections.abc import Iterable, Mapping, Sequence

from engross.core.legaltext.aligned import NONE, Aligned

Parts = Mapping[int, tuple[int, ...]]


def composed(first: Aligned, second: Aligned) -> Aligned:
    """Return the pairs between the old text of one alignment and the new text of the next.

    `second.old` is `first.new`, node for node. What the second takes apart that the first put
    together, or the other way round, is as it was.
    """
    new_of = _through(first.new_of, second.new_of)
    old_of = _through(second.old_of, first.old_of)
    splits = _parts(first.splits, second.splits, first.new_of, second.new_of, old_of)
    joins = _parts(second.joins, first.joins, second.old_of, first.old_of, new_of)
    return Aligned(first.old, second.new, new_of, old_of, splits, joins)


def _through(one: Sequence[int], other: Sequence[int]) -> list[int]:
    return [NONE if node == NONE else other[node] for node in one]


def _parts(
    early: Parts, late: Parts, there: Sequence[int], on: Sequence[int], back: Sequence[int]
) -> dict[int, tuple[int, ...]]:
    """Return what was parted by either: in two steps, in the first only or in the second only."""
    found: dict[int, tuple[int, ...]] = {}
    for node, middle in enumerate(there):
        if middle == NONE or not (node in early or middle in late):
            continue
        middles = early.get(node, (middle,))
        ends = [end for one in middles for end in late.get(one, (on[one],))]
        pieces = _lone(ends[1:], back)
        if ends[0] != NONE and pieces:
            found[node] = (ends[0], *pieces)
    return found


def _lone(nodes: Iterable[int], back: Sequence[int]) -> list[int]:
    """Return the pieces that are there and are nothing else's pair."""
    return [node for node in dict.fromkeys(nodes) if node != NONE and back[node] == NONE]

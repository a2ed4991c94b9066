"""Which provisions have moved: those that changed parent, or passed a sibling that stays."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from engross.core.legaltext.aligned import NONE, Aligned


def moved_nodes(aligned: Aligned) -> set[int]:
    """Return the nodes of the new text, documents too, that stand elsewhere than in the old one.

    As few as can be: of siblings in another order, the most that are still in order have stayed.
    """
    moved: set[int] = set()
    for home, origins in _families(aligned):
        here = [node for node in origins if aligned.old.parents[node] == home]
        stayed = set(longest_increasing(here))
        moved.update(aligned.new_of[node] for node in origins if node not in stayed)
    return moved


def _families(aligned: Aligned) -> Iterator[tuple[int | None, list[int]]]:
    """Yield each old parent with the old nodes that its children now are, where they differ."""
    old, old_of = aligned.old, aligned.old_of
    for parent, children in enumerate(aligned.new.children):
        if not children:
            continue
        origins = [old_of[child] for child in children]
        home = old_of[parent]
        if home == NONE:
            yield None, [node for node in origins if node != NONE]
        elif origins != old.children[home]:
            yield home, [node for node in origins if node != NONE]
    documents = [old_of[root] for root in aligned.new.roots]
    if documents != old.roots:
        yield NONE, [node for node in documents if node != NONE]


def longest_increasing(values: Sequence[int]) -> list[int]:
    """Return as many of distinct values as can be had in increasing order."""
    if all(map(int.__lt__, values, values[1:])):
        return list(values)
    ends: list[int] = []
    places: list[int] = []
    before: list[int] = []
    for at, value in enumerate(values):
        length = bisect_left(ends, value)
        before.append(places[length - 1] if length else -1)
        ends[length : length + 1] = [value]
        places[length : length + 1] = [at]
    found: list[int] = []
    at = places[-1] if places else -1
    while at >= 0:
        found.append(values[at])
        at = before[at]
    return found[::-1]

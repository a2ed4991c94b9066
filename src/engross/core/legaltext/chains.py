"""The heaviest chain of pairs that do not cross."""

from collections.abc import Sequence

Candidate = tuple[int, int, float]


def heaviest_chain(candidates: Sequence[Candidate]) -> list[tuple[int, int]]:
    """Return pairs in order, none crossing another, none sharing an end, of the most weight.

    A candidate is (old, new, weight above 0). k candidates take k log k steps.
    """
    if len(candidates) <= 1:
        return [(old, new) for old, new, _ in candidates]
    ranks = {new: rank for rank, new in enumerate(sorted({new for _, new, _ in candidates}), 1)}
    best = [(0.0, -1)] * (len(ranks) + 1)  # a Fenwick tree of (weight of a chain, its last link)
    links: list[tuple[int, int, int]] = []
    # Of those with one old node the rightmost come first, so that none hangs on another.
    for old, new, weight in sorted(candidates, key=lambda one: (one[0], -one[1])):
        rank = ranks[new]
        before, at = (0.0, -1), rank - 1
        while at:
            if best[at][0] > before[0]:
                before = best[at]
            at &= at - 1
        links.append((old, new, before[1]))
        chain = (before[0] + weight, len(links) - 1)
        while rank < len(best):
            if chain[0] > best[rank][0]:
                best[rank] = chain
            rank += rank & -rank
    return _followed(links, _heaviest(best))


def _heaviest(best: list[tuple[float, int]]) -> int:
    at, found = len(best) - 1, (0.0, -1)
    while at:
        if best[at][0] > found[0]:
            found = best[at]
        at &= at - 1
    return found[1]


def _followed(links: list[tuple[int, int, int]], link: int) -> list[tuple[int, int]]:
    chain = []
    while link >= 0:
        old, new, link = links[link]
        chain.append((old, new))
    return chain[::-1]

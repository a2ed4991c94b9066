"""What two sequences have in common, in order, however long they are.

The most in common is found exactly where that is cheap. In long sequences what stands once in both
holds the rest apart first; where nothing stands once they are gone through in windows.
"""

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import pairwise

from rapidfuzz.distance import LCSseq

CELLS = 100_000_000  # the product of lengths up to which all is compared with all
WINDOW = 6_000
Block = tuple[int, int, int]


def matching(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Block]:
    """Return runs in common as (start in old, start in new, length), in order and apart."""
    if len(old) * len(new) <= CELLS:
        return _exactly(old, new)
    blocks: list[Block] = []
    for start_old, start_new, length in _matching(old, new, 0, 0):
        if blocks and sum(blocks[-1][::2]) == start_old and sum(blocks[-1][1:]) == start_new:
            before = blocks.pop()
            blocks.append((before[0], before[1], before[2] + length))
        elif length:
            blocks.append((start_old, start_new, length))
    return blocks


def _exactly(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Block]:
    """Return the most in common; the kernel trims both ends by itself."""
    return [
        (one, other, length)
        for one, other, length in LCSseq.editops(old, new).as_matching_blocks()
        # The kernel compares hashes, and two of them may be the same by chance.
        if length and old[one : one + length] == new[other : other + length]
    ]


def _matching(
    old: Sequence[Hashable], new: Sequence[Hashable], at_old: int, at_new: int
) -> Iterator[Block]:
    """Yield runs in common, with the offsets at which these parts stand in the whole."""
    shorter = min(len(old), len(new))
    head = 0
    while head < shorter and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < shorter - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    yield at_old, at_new, head
    mid_old, mid_new = old[head : len(old) - tail], new[head : len(new) - tail]
    if mid_old and mid_new:
        if len(mid_old) * len(mid_new) <= CELLS:
            blocks: Iterable[Block] = _exactly(mid_old, mid_new)
        else:
            blocks = _roughly(mid_old, mid_new)
        for one, other, length in blocks:
            yield at_old + head + one, at_new + head + other, length
    yield at_old + len(old) - tail, at_new + len(new) - tail, tail


def _roughly(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[Block]:
    held = _held_by_single(old, new)
    if not held:
        yield from _by_windows(old, new)
        return
    for (one, other), (end_old, end_new) in pairwise([(-1, -1), *held, (len(old), len(new))]):
        if one >= 0:
            yield one, other, 1
        if one + 1 < end_old and other + 1 < end_new:
            yield from _matching(
                old[one + 1 : end_old], new[other + 1 : end_new], one + 1, other + 1
            )


def _held_by_single(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return the longest chain of elements that stand once in either sequence."""
    once = _once(new)
    pairs = [(at, once[one]) for one, at in sorted(_once(old).items(), key=_second) if one in once]
    tails: list[int] = []
    links: list[tuple[int, int]] = []
    ends: list[int] = []
    for link, (_, other) in enumerate(pairs):
        length = bisect_left(tails, other)
        links.append((link, ends[length - 1] if length else -1))
        if length == len(tails):
            tails.append(other)
            ends.append(link)
        else:
            tails[length], ends[length] = other, link
    chain = []
    link = ends[-1] if ends else -1
    while link >= 0:
        chain.append(pairs[link])
        link = links[link][1]
    return chain[::-1]


def _second(pair: tuple[Hashable, int]) -> int:
    return pair[1]


def _once(elements: Sequence[Hashable]) -> dict[Hashable, int]:
    found: dict[Hashable, int] = {}
    twice: set[Hashable] = set()
    for at, element in enumerate(elements):
        if element in found:
            twice.add(element)
        found[element] = at
    return {element: at for element, at in found.items() if element not in twice}


def _by_windows(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[Block]:
    """Yield runs in common window by window: of each, what begins in its first half stands."""
    one = other = 0
    while one < len(old) and other < len(new):
        last = one + WINDOW >= len(old) and other + WINDOW >= len(new)
        stands = WINDOW if last else WINDOW // 2
        end_old, end_new = one + stands, other + stands
        for start_old, start_new, length in _exactly(
            old[one : one + WINDOW], new[other : other + WINDOW]
        ):
            if start_old >= stands:
                break
            yield one + start_old, other + start_new, length
            end_old, end_new = one + start_old + length, other + start_new + length
        if last:
            return
        one, other = end_old, end_new

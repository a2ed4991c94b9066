"""Ranks: where things stand among their siblings, so that one more fits in without moving another.

A rank is a fraction between 0 and 1, written as its digits in base 36 without the '0.' and
without zeros at the end. Ranks sort as plain text, and between any two there is always another.
"""

from bisect import bisect_left
from collections.abc import Sequence

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
BASE = len(DIGITS)
# A place where many were put one by one: its siblings are ranked anew, all at once.
LONGEST = 60


def ranks_between(before: str | None, after: str | None, count: int) -> list[str]:
    """Return `count` ranks in order between two, spread evenly and as short as they can be.

    None stands for the very beginning and the very end. Raises ValueError if `before` does not
    come before `after`.
    """
    width = max(len(before or ""), len(after or ""), 1)
    low, high = _value(before, width), _value(after, width) if after else BASE**width
    if low >= high:
        raise ValueError(f"there is no room between the ranks {before!r} and {after!r}")
    while high - low <= count:
        width, low, high = width + 1, low * BASE, high * BASE
    room = high - low
    return [_written(low + room * at // (count + 1), width) for at in range(1, count + 1)]


def new_ranks(old: Sequence[str | None]) -> list[str]:
    """Return ranks for siblings in the order given, keeping as many as can be kept.

    `old` are the ranks they bear so far, None where one has none among these siblings.
    """
    kept = _longest_rise(old)
    ranks: list[str] = []
    before: str | None = None
    waiting = 0
    for at, rank in enumerate(old):
        if at not in kept:
            waiting += 1
            continue
        ranks += ranks_between(before, rank, waiting) if waiting else ()
        ranks.append(rank or "")
        before, waiting = rank, 0
    ranks += ranks_between(before, None, waiting) if waiting else ()
    if ranks and max(map(len, ranks)) > LONGEST:
        return ranks_between(None, None, len(old))
    return ranks


def _longest_rise(old: Sequence[str | None]) -> set[int]:
    """Return the places of a longest run of ranks that rise from left to right."""
    # Nearly always nothing has moved: then this is quicker than the search.
    if None not in old and list(old) == sorted(set(old)):  # type: ignore[type-var]
        return set(range(len(old)))
    tails: list[str] = []
    tail_places: list[int] = []
    previous: dict[int, int] = {}
    for at, rank in enumerate(old):
        if not rank:
            continue
        length = bisect_left(tails, rank)
        if length:
            previous[at] = tail_places[length - 1]
        tails[length : length + 1] = [rank]
        tail_places[length : length + 1] = [at]
    found: set[int] = set()
    at = tail_places[-1] if tail_places else -1
    while at >= 0:
        found.add(at)
        at = previous.get(at, -1)
    return found


def _value(rank: str | None, width: int) -> int:
    return int((rank or "").ljust(width, "0"), BASE)


def _written(value: int, width: int) -> str:
    digits = []
    for _ in range(width):
        value, digit = divmod(value, BASE)
        digits.append(DIGITS[digit])
    return "".join(reversed(digits)).rstrip("0")

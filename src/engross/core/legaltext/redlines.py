"""Both texts in one reading order: what a redline shows, on paper or on a page.

Left to right without what was inserted or moved here, the lines are the old text; without what was
deleted or moved away, the new one. That holds exactly, whatever was moved.
"""

from bisect import bisect_left
from collections.abc import Iterator
from typing import Literal, NamedTuple

from engross.core.legaltext.aligned import NONE, Aligned

Fate = Literal["kept", "inserted", "deleted", "moved-from", "moved-to"]


class RedlineLine(NamedTuple):
    """A provision or document in a redline, by its nodes in the old and the new text.

    A moved one has two lines, each with both nodes; `kept` says nothing of its wording.
    """

    fate: Fate
    old: int
    new: int


def redline(aligned: Aligned) -> list[RedlineLine]:
    """Return the lines of both texts where each stood or stands; what goes before what comes."""
    new_of, old_of = aligned.new_of, aligned.old_of
    lines: list[RedlineLine] = []
    at_old = at_new = 0
    ends = (len(new_of), len(old_of))
    for old, new in (*_in_place(aligned), ends):
        lines.extend(
            RedlineLine("deleted" if new_of[node] == NONE else "moved-from", node, new_of[node])
            for node in range(at_old, old)
        )
        lines.extend(
            RedlineLine("inserted" if old_of[node] == NONE else "moved-to", old_of[node], node)
            for node in range(at_new, new)
        )
        if (old, new) != ends:
            lines.append(RedlineLine("kept", old, new))
        at_old, at_new = old + 1, new + 1
    return lines


def _in_place(aligned: Aligned) -> Iterator[tuple[int, int]]:
    """Yield the most pairs that are in one order in both texts: all others have moved."""
    tails: list[int] = []
    tail_pairs: list[int] = []
    before: dict[int, int] = {}
    for old, new in enumerate(aligned.new_of):
        if new == NONE:
            continue
        at = bisect_left(tails, new)
        if at:
            before[old] = tail_pairs[at - 1]
        if at == len(tails):
            tails.append(new)
            tail_pairs.append(old)
        else:
            tails[at], tail_pairs[at] = new, old
    chain: list[int] = []
    at_pair = tail_pairs[-1] if tail_pairs else None
    while at_pair is not None:
        chain.append(at_pair)
        at_pair = before.get(at_pair)
    return ((old, aligned.new_of[old]) for old in reversed(chain))

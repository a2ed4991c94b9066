"""From shares of days to an interval: the fewest days that hold so many of all."""

from collections.abc import Sequence

import numpy as np

from engross.core.proposals.forecasting.samples import Numbers, Whole

NOT_WITHIN = -1
# What lies beyond the days that are told of lies further than any of them.
_FAR = 1_000_000
# A last day that so much fewer come by than was wanted is not told where none need be.
_MUCH_FEWER = 0.1


def interval_of(
    shares: Numbers, total: Numbers, wanted: Numbers, places: Sequence[int]
) -> tuple[Whole, Numbers]:
    """Return first, middle and last column of each row's interval, and the share that is in it.

    A column is NOT_WITHIN where it is beyond the days that are told of.

    Told are the fewest days, the middle one among them, that hold the share that is wanted; or,
    where that comes nearer to it, the heaviest of any fewer: a meeting or a release with a large
    share is neither always in nor always out. Who wants more is told no fewer days, and no less.

    Units: `total` the share that is decided some day, known or not; `wanted` a share for each row;
    `places` those of the columns in the row of Working Days, in order.
    """
    known = shares.sum(axis=1)
    # What nothing is known of lies beyond.
    beyond = np.where(np.maximum(total, known) > 1e-9, np.maximum(total - known, 0.0), 1.0)
    whole = np.concatenate([shares, beyond[:, None]], axis=1)
    divided = whole / whole.sum(axis=1, keepdims=True)
    until = np.concatenate([np.zeros((len(whole), 1)), np.cumsum(divided, axis=1)], axis=1)
    # Rounded, so that what sums up to the same in another order is the same.
    until = np.round(until, 9)
    middles = (until[:, 1:] >= 0.5).argmax(axis=1)
    at = np.array([*places, _FAR], dtype=np.int64)
    ends = np.empty((len(shares), 2), dtype=np.int64)
    for row, middle in enumerate(middles):
        kept = np.flatnonzero(divided[row] > 1e-12)
        ends[row] = _ends(until[row], at, kept, int(middle), wanted[row])
    rows = np.arange(len(shares))
    held = until[rows, ends[:, 1] + 1] - until[rows, ends[:, 0]]
    found = np.stack([ends[:, 0], middles, ends[:, 1]], axis=1)
    return np.where(found == shares.shape[1], NOT_WITHIN, found), held


def _ends(until: Numbers, at: Whole, kept: Whole, middle: int, wanted: float) -> tuple[int, int]:
    """Return the first and last column of the interval of one row, which has a share in those kept.

    `until[column]` is the share before a column, `at` the place of each.
    """
    starts, stops = kept[kept <= middle], kept[kept >= middle]
    enough = np.searchsorted(until[stops + 1], until[starts] + wanted - 1e-9)
    does = enough < len(stops)
    if not does.any():
        return int(starts[0]), int(stops[-1])
    firsts, lasts = starts[does], stops[enough[does]]
    length = at[lasts] - at[firsts]
    best = np.lexsort((firsts, until[firsts] - until[lasts + 1], length))[0]
    first, last = int(firsts[best]), int(lasts[best])
    fewer = _heaviest(until, at, starts, stops, shorter_than=int(length[best]))
    if fewer is None:
        return first, last
    over = until[last + 1] - until[first] - wanted
    under = wanted - (until[fewer[1] + 1] - until[fewer[0]])
    if at[last] == _FAR > at[fewer[1]] and under > _MUCH_FEWER:
        return first, last
    return fewer if under <= over + 1e-9 else (first, last)


def _heaviest(
    until: Numbers, at: Whole, starts: Whole, stops: Whole, *, shorter_than: int
) -> tuple[int, int] | None:
    """Return the ends of the columns that hold most among the shorter ones; None if none is."""
    within = np.searchsorted(at[stops], at[starts] + shorter_than, side="left") - 1
    fits = within >= 0
    if not fits.any():
        return None
    firsts, lasts = starts[fits], stops[within[fits]]
    best = (until[lasts + 1] - until[firsts]).argmax()
    return int(firsts[best]), int(lasts[best])


def wanted_of(evidence: Numbers, confidence: float) -> Numbers:
    """Return the share to take in, so that one more outcome falls in it with the confidence.

    The days are those that held most of what is known, so that of few exits they hold less of what
    comes: by as much as one more exit could move their ends.
    """
    known = np.maximum(evidence, 1.0)
    tail = ((1 - confidence) / 2 * (known + 1) - 0.5) / known
    return np.asarray(1 - 2 * np.clip(tail, 1e-9, 0.5))

"""From shares of days to days: the meetings and releases that a day must fall on, and intervals."""

from collections.abc import Sequence

import numpy as np

from engross.core.proposals.forecasting.exits import Numbers, Whole

NOT_WITHIN = -1


def on_meetings(decided: Numbers, meetings: Sequence[int]) -> Numbers:
    """Return the shares of days moved to meetings: each to the one that it is nearest to.

    What was counted are decisions that had waited for their meeting already: so the nearest,
    not the next. After the last meeting that is planned a day stands as it is.
    Units: `meetings` as places in the row of Working Days, in order; place 1 is column 0.
    """
    planned = np.array([each for each in meetings if 1 <= each <= decided.shape[1]], dtype=np.int64)
    if not len(planned):
        return decided
    places = planned - 1
    middles = (places[1:] + places[:-1] + 1) // 2
    gap = int(np.diff(places).mean()) if len(places) > 1 else 0
    end = min(int(places[-1]) + gap // 2 + 1, decided.shape[1])
    starts = np.concatenate([[0], middles])
    moved = decided.copy()
    moved[:, :end] = 0.0
    moved[:, places] += np.add.reduceat(decided[:, :end], starts, axis=1)
    return moved


def between(shares: Numbers, edges: Sequence[int]) -> Numbers:
    """Return the share that falls after each edge until the next, which is still of it.

    Units: `edges` as places, in order; the first part runs from place 1 to the first edge.
    """
    summed = np.concatenate([np.zeros((len(shares), 1)), np.cumsum(shares, axis=1)], axis=1)
    at = np.clip(np.array(edges, dtype=np.int64), 0, shares.shape[1])
    return np.diff(summed[:, at], axis=1, prepend=0.0)


def interval_of(
    shares: Numbers, total: Numbers, evidence: Numbers, confidence: float
) -> tuple[Whole, Numbers]:
    """Return first, middle and last place of each row's interval, and the share that is in it.

    A place is NOT_WITHIN where it is beyond the days that are told of.

    Days are taken in from the middle outwards, half of each day's share counting as before it
    and half as after, until the share that is taken in comes nearest to the confidence. So a
    meeting, on which a large share falls, is neither always in nor always out, and a greater
    confidence never gives fewer days. Where few exits are known more is taken in, as much as one
    more exit could move the ends.

    Units: `total` the share that is decided some day, known or not.
    """
    beyond = np.maximum(total - shares.sum(axis=1), 0.0)
    whole = np.concatenate([shares, beyond[:, None]], axis=1)
    divided = whole / np.maximum(whole.sum(axis=1), 1e-12)[:, None]
    until = np.cumsum(divided, axis=1)
    order = np.argsort(np.abs(until - divided / 2 - 0.5), axis=1, kind="stable")
    taken = np.cumsum(np.take_along_axis(divided, order, axis=1), axis=1)
    # Rounded, so that of two that come equally near it is always the smaller that is taken.
    count = np.round(np.abs(taken - _wanted(evidence, confidence)[:, None]), 9).argmin(axis=1)
    rank = np.empty_like(order)
    np.put_along_axis(rank, order, np.arange(order.shape[1])[None, :], axis=1)
    is_in = (rank <= count[:, None]) & (divided > 1e-12)
    first = is_in.argmax(axis=1)
    last = is_in.shape[1] - 1 - is_in[:, ::-1].argmax(axis=1)
    middle = (until >= 0.5 - 1e-12).argmax(axis=1)
    places = np.stack([np.minimum(first, middle), middle, np.maximum(last, middle)], axis=1)
    is_in = (np.arange(is_in.shape[1]) >= places[:, :1]) & (
        np.arange(is_in.shape[1]) <= places[:, 2:]
    )
    held = np.where(is_in, divided, 0.0).sum(axis=1)
    return np.where(places == shares.shape[1], NOT_WITHIN, places), held


def _wanted(evidence: Numbers, confidence: float) -> Numbers:
    """Return the share to take in, so that one more outcome falls in it with the confidence."""
    known = np.maximum(evidence, 1.0)
    tail = ((1 - confidence) / 2 * (known + 1) - 0.5) / known
    return np.asarray(1 - 2 * np.clip(tail, 1e-9, 0.5))

"""From shares of days to those of the meetings and releases that a day must fall on."""

from collections.abc import Sequence

import numpy as np

from engross.core.proposals.forecasting.readiness import Readiness
from engross.core.proposals.forecasting.samples import Numbers


def on_meetings(decided: Numbers, meetings: Sequence[int]) -> Numbers:
    """Return the shares of days moved to the meetings among them.

    What was counted are decisions that had waited for their meeting already, now longer, now
    shorter: so a meeting's share is as the share of the days close about it, a quarter of the way
    to the next meetings. Were all days up to half the way counted, the waiting would count twice.
    Where no meeting has any, each day goes to the one that it is nearest to. After the last meeting
    that is planned a day stands as it is.
    Units: `meetings` as places in the row of Working Days, in order; place 1 is column 0.
    """
    planned = np.array([each for each in meetings if 1 <= each <= decided.shape[1]], dtype=np.int64)
    if not len(planned):
        return decided
    places = planned - 1
    gap = int(np.diff(places).mean()) if len(places) > 1 else 0
    end = min(int(places[-1]) + gap // 2 + 1, decided.shape[1])
    until = np.concatenate([np.zeros((len(decided), 1)), np.cumsum(decided, axis=1)], axis=1)
    reach = max(gap // 4, 0)
    close = until[:, np.minimum(places + reach + 1, end)] - until[:, np.maximum(places - reach, 0)]
    edges = np.concatenate([[0], (places[1:] + places[:-1] + 1) // 2, [end]])
    nearest = np.diff(until[:, edges], axis=1)
    total, of_close = nearest.sum(axis=1, keepdims=True), close.sum(axis=1, keepdims=True)
    is_known = of_close > 0.1 * total
    moved = decided.copy()
    moved[:, :end] = 0.0
    moved[:, places] = np.where(
        is_known, close * np.divide(total, of_close, out=np.zeros_like(total), where=is_known),
        nearest,
    )  # fmt: skip
    return moved


def on_releases(
    decided: Numbers, readiness: Readiness, route: int, releases: Sequence[int]
) -> Numbers:
    """Return the shares that go live with each release to come: the first they are ready for.

    Units: `releases` as places in the row of Working Days, in order; place 1 is column 0.
    """
    days = np.arange(1, decided.shape[1] + 1)
    waits = np.array(releases, dtype=np.int64)[None, :] - days[:, None]
    until = decided @ readiness.ready_by(route, waits)
    return np.maximum(np.diff(until, axis=1, prepend=0.0), 0.0)

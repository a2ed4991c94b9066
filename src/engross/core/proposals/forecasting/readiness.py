"""How long before a release a proposal must be approved to go live with it.

All that is known of a proposal that went live is that it was not ready for the release before
its own, and was for its own: its readiness lies between. Of one that still waits it lies after the
last that it let pass. The curve under which such records are likeliest is Turnbull's.
"""

from dataclasses import dataclass

import numpy as np

from engross.core.proposals.forecasting.samples import Numbers, Whole, counted, weights_of

# Nobody takes longer than these to be ready: three years.
LONGEST = 750
_TURNS = 60


@dataclass(frozen=True)
class Waits:
    """Approved proposals: route, and after how long they were not ready, and were.

    `ready` is -1 for one that still waits; `seen_at` is how long it had waited when it was first
    watched, so that one that had been ready sooner would not be known. Units: Working Days.
    """

    route: Whole
    seen_at: Whole
    unready: Whole
    ready: Whole
    began: Whole


@dataclass(frozen=True)
class Readiness:
    """The share of approved proposals that are ready so long after: `until[route, wait]`.

    `kin` and the counts say, as those of a stage's exits do, on how many it rests.
    """

    until: Numbers
    waits: Waits
    weights: Numbers
    own_exits: Whole
    own_running: Whole
    kin: Numbers

    def ready_by(self, route: int, waits: Whole) -> Numbers:
        """Return the share that is ready after each wait; none is before the first day."""
        return np.asarray(self.until[route, np.clip(waits, 0, LONGEST)])

    def evidence(self, route: int, wait: int) -> float:
        """Return on how many that were ready after a wait it rests, as if all counted alike."""
        told = (self.waits.ready > wait) & (self.weights[route] > 0)
        some = self.weights[route][told]
        return float(some.sum() ** 2 / (some**2).sum()) if len(some) else 0.0


def readiness_of(waits: Waits, *, kin: Numbers, half_life: float, borrowed: float) -> Readiness:
    """Return how soon approved proposals were ready, for each route."""
    routes = len(kin)
    plain = weights_of(waits.began, half_life)
    of_all = kin @ counted((waits.route,), plain, (routes,))
    share = np.divide(borrowed, of_all, out=np.zeros_like(of_all), where=of_all > 0)
    own = waits.route[None, :] == np.arange(routes)[:, None]
    weights = plain * (own + share[:, None] * kin[:, waits.route])
    is_ready, ones = waits.ready >= 0, np.ones(len(plain))
    return Readiness(
        until=np.stack([_curve(waits, each) for each in weights]),
        waits=waits,
        weights=weights,
        own_exits=counted((waits.route,), ones, (routes,), is_ready).astype(np.int64),
        own_running=counted((waits.route,), ones, (routes,), ~is_ready).astype(np.int64),
        kin=kin,
    )


def _curve(waits: Waits, weights: Numbers) -> Numbers:
    """Return the share ready by each wait, from 0 to the longest.

    Each record is shared out over the waits that it allows, as the curve has it, and the curve
    drawn anew from the shares. What was not known because it was ready too soon is added.
    """
    # Of what was never seen to be ready nothing is known but that it was not until then.
    latest = min(int(waits.ready.max(initial=0)), LONGEST)
    share = np.full(LONGEST + 2, 1.0 / (latest + 1))
    share[0] = share[latest + 1 : -1] = 0.0
    if not weights.sum():
        return np.zeros(LONGEST + 1)
    low = np.minimum(waits.unready, LONGEST)
    high = np.where(waits.ready < 0, LONGEST + 1, np.minimum(waits.ready, LONGEST + 1))
    late, nought = waits.seen_at > 0, np.zeros_like(low)
    for _ in range(_TURNS):
        until = np.cumsum(share)
        found = _shared(low, high, weights / _some(until[high] - until[low]))
        if late.any():
            unseen = weights[late] / _some(until[-1] - until[waits.seen_at[late]])
            found += _shared(nought[late], waits.seen_at[late], unseen)
        share = share * found
        share /= share.sum()
    return np.asarray(np.cumsum(share)[:-1])


def _some(shares: Numbers) -> Numbers:
    return np.maximum(shares, 1e-6)


def _shared(low: Whole, high: Whole, weights: Numbers) -> Numbers:
    """Return for each wait the weights of the records that allow it: after low, until high."""
    first = np.bincount(low + 1, weights=weights, minlength=LONGEST + 3)
    after = np.bincount(high + 1, weights=weights, minlength=LONGEST + 3)
    return np.asarray(np.cumsum(first - after)[:-1])

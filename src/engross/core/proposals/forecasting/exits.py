"""How long spells last and which way they end: Kaplan and Meier's estimate, by way of leaving.

All is counted in weights: a spell counts the less the longer ago it began, so that what has
changed over the years tells less. A route with few spells of its own borrows those of routes
that are its kin in the stage, which together count as much as `BORROWED` of its own.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engross.core.proposals.forecasting.samples import Numbers, Sample, Whole, at_risk, counted
from engross.core.proposals.forecasting.trends import WORKING_DAYS_A_YEAR, trends_of, years_ago

# A spell that began so many Working Days before another counts half as much: three years.
HALF_LIFE = 750
# What is borrowed counts, all together, as much as so many spells of a route's own.
BORROWED = 5.0
# With fewer at risk one exit would empty the stage: where watching began late, it is passed over.
FEWEST_AT_RISK = 3


@dataclass(frozen=True)
class Exits:
    """How spells of a stage ended, by route: `leaving[route, way, age]`, `staying[route, age]`.

    `leaving` is the share of all that left in this way at this age, `staying` the share still
    there after it. `evidence[route, age]` says on how many exits at this age and after it they
    rest, in spells that count whole.
    """

    leaving: Numbers
    staying: Numbers
    evidence: Numbers
    own_exits: Whole
    own_running: Whole
    kin: Numbers


def exits_of(
    sample: Sample, *, kin: Numbers, ways: int, length: int, half_life: float, borrowed: float
) -> Exits:
    """Return how the spells of a stage ended, for each route; ages run from 0 to `length` - 1.

    `kin[route, other]` is 1 where a route may borrow the spells of the other, itself among them.
    """
    routes = len(kin)
    weights = sample.weights(half_life)
    inside = sample.age < length
    way = np.where(inside, sample.way, -1)
    age = np.minimum(sample.age, length - 1)
    is_exit = way >= 0
    left = counted((sample.route, way, age), weights, (routes, ways, length), is_exit)
    there = _as_today(sample, weights, routes=routes, length=length)
    own = counted((sample.route,), weights, (routes,))
    of_all = kin @ own
    share = np.divide(borrowed, of_all, out=np.zeros_like(of_all), where=of_all > 0)
    there_with = there + share[:, None] * (kin @ there)
    left_with = left + share[:, None, None] * np.einsum("rs,swa->rwa", kin, left)
    if sample.seen_at.any():
        left_with = left_with * _enough(sample, age, length)
    hazard = np.divide(left_with, there_with[:, None, :], out=np.zeros_like(left_with),
                       where=there_with[:, None, :] > 1e-12)  # fmt: skip
    hazard = hazard / np.maximum(hazard.sum(axis=1, keepdims=True), 1.0)
    staying = np.cumprod(1.0 - hazard.sum(axis=1), axis=1)
    before = np.concatenate([np.ones((routes, 1)), staying[:, :-1]], axis=1)
    squares = counted((sample.route, age), weights**2, (routes, length), is_exit)
    return Exits(
        leaving=hazard * before[:, None, :],
        staying=staying,
        evidence=_evidence(left.sum(axis=1), squares, share[:, None], kin),
        own_exits=counted((sample.route,), np.ones(len(age)), (routes,), is_exit).astype(np.int64),
        own_running=counted((sample.route,), np.ones(len(age)), (routes,), ~is_exit).astype(
            np.int64
        ),
        kin=kin,
    )


def _as_today(sample: Sample, weights: Numbers, *, routes: int, length: int) -> Numbers:
    """Return how many were there at each age, so that they leave at the pace of today."""
    trends = trends_of(sample, weights, routes=routes, length=length)
    pace = np.exp(trends[sample.route] * years_ago(sample))
    since = np.exp(trends[:, None] * np.arange(length) / WORKING_DAYS_A_YEAR)
    return at_risk(sample, weights * pace, routes=routes, length=length) * since


def _enough(sample: Sample, age: Whole, length: int) -> NDArray[np.bool_]:
    """Return at which ages enough spells were watched."""
    steps = np.bincount(sample.seen_at, minlength=length + 1)[: length + 1]
    steps = steps - np.bincount(age + 1, minlength=length + 1)[: length + 1]
    return np.asarray(np.cumsum(steps)[:length] >= FEWEST_AT_RISK)


def _evidence(left: Numbers, squares: Numbers, share: Numbers, kin: Numbers) -> Numbers:
    """Return how many exits from each age on there are, as if all counted alike: Kish's number."""
    total = left + share * (kin @ left)
    squared = (1 + 2 * share) * squares + share**2 * (kin @ squares)
    after, after_squared = (_from(each) for each in (total, squared))
    return np.divide(after**2, after_squared, out=np.zeros_like(after), where=after_squared > 1e-12)


def _from(values: Numbers) -> Numbers:
    """Return the sum of each place and what comes after it; after the last there is nothing."""
    summed = np.cumsum(values[:, ::-1], axis=1)[:, ::-1]
    return np.concatenate([summed, np.zeros((len(values), 1))], axis=1)

"""Whether spells grow longer or shorter over the years: Cox's estimate, held back by a doubt."""

from dataclasses import dataclass

import numpy as np

from engross.core.proposals.forecasting.samples import Numbers, Sample, at_risk, counted

WORKING_DAYS_A_YEAR = 252
# Before anything is known, the pace in a stage is taken to change by some five per cent a year,
# and that of a route to differ from it by as much.
USUAL_CHANGE = 0.05
# None is taken to change faster, and nothing to have changed for longer than these.
LARGEST_CHANGE, LONGEST_YEARS = 0.2, 8.0
_STEPS = 2


def years_ago(sample: Sample) -> Numbers:
    """Return the day on which each spell began, in years: less than 0 before the day of asking."""
    return np.clip(sample.began / WORKING_DAYS_A_YEAR, -LONGEST_YEARS, 0.0)


def trends_of(sample: Sample, weights: Numbers, *, routes: int, length: int) -> Numbers:
    """Return by how much more of those still there leave on a day, year by year, for each route.

    The logarithm of it, that is: less than 0 where spells grow longer. Compared are spells that
    are equally old, on the same route. Of few, all routes together stay near 0, and each route
    near all of them.
    """
    doubt, common = 1 / USUAL_CHANGE**2, 0.0
    compared = _Compared.of(sample, weights, (routes, length))
    for _ in range(_STEPS):
        score, spread = compared.by_route(np.full(routes, common))
        step = (score.sum() - common * doubt) / (spread.sum() + doubt)
        common = float(np.clip(common + step, -LARGEST_CHANGE, LARGEST_CHANGE))
    own = np.full(routes, common)
    for _ in range(_STEPS):
        score, spread = compared.by_route(own)
        step = (score - (own - common) * doubt) / (spread + doubt)
        own = np.clip(own + step, -LARGEST_CHANGE, LARGEST_CHANGE)
    return own


@dataclass(frozen=True)
class _Compared:
    """Spells that left, beside those that were there at the same age on the same route."""

    sample: Sample
    weights: Numbers
    years: Numbers
    left: Numbers
    of_exits: Numbers

    @classmethod
    def of(cls, sample: Sample, weights: Numbers, shape: tuple[int, int]) -> "_Compared":
        routes, length = shape
        years, is_exit = years_ago(sample), (sample.way >= 0) & (sample.age < length)
        where = (sample.route, np.minimum(sample.age, length - 1))
        return cls(
            sample, weights, years, counted(where, weights, shape, is_exit),
            counted((sample.route,), weights * years, (routes,), is_exit),
        )  # fmt: skip

    def by_route(self, trends: Numbers) -> tuple[Numbers, Numbers]:
        """Return by how many years those that left began later than the trends say, and how sure.

        That is the slope of Cox's likelihood, and its bend.
        """
        routes, length = self.left.shape
        each = self.weights * np.exp(trends[self.sample.route] * self.years)
        none, one, two = (
            at_risk(self.sample, each * self.years**power, routes=routes, length=length)
            for power in range(3)
        )
        known = none > 1e-9
        mean = np.divide(one, none, out=np.zeros_like(one), where=known)
        square = np.divide(two, none, out=np.zeros_like(two), where=known)
        slope = self.of_exits - (self.left * mean).sum(axis=1)
        return slope, (self.left * (square - mean**2)).sum(axis=1)

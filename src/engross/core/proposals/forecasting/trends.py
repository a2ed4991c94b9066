"""Whether spells grow longer or shorter over the years: Cox's estimate, held back by a doubt."""

import numpy as np

from engross.core.proposals.forecasting.samples import Numbers, Sample, at_risk, counted

WORKING_DAYS_A_YEAR = 252
# Before anything is known, a stage's pace is taken to change by some five per cent a year.
USUAL_CHANGE = 0.05
# No stage is taken to change faster, and nothing to have changed for longer than these.
LARGEST_CHANGE, LONGEST_YEARS = 0.2, 8.0
_STEPS = 2


def years_ago(sample: Sample) -> Numbers:
    """Return the day on which each spell began, in years: less than 0 before the day of asking."""
    return np.clip(sample.began / WORKING_DAYS_A_YEAR, -LONGEST_YEARS, 0.0)


def trend_of(sample: Sample, weights: Numbers, *, routes: int, length: int) -> float:
    """Return by how much more of those that are still there leave on a day, year by year.

    The logarithm of it, that is: less than 0 where spells grow longer. Compared are spells that
    are equally old, on the same route; with few of them it stays near 0.
    """
    years, is_exit = years_ago(sample), (sample.way >= 0) & (sample.age < length)
    left = counted((sample.route, np.minimum(sample.age, length - 1)), weights,
                   (routes, length), is_exit)  # fmt: skip
    of_exits, found = float((weights * years)[is_exit].sum()), 0.0
    for _ in range(_STEPS):
        each = weights * np.exp(found * years)
        none, one, two = (
            at_risk(sample, each * years**power, routes=routes, length=length) for power in range(3)
        )
        known = none > 1e-9
        mean = np.divide(one, none, out=np.zeros_like(one), where=known)
        square = np.divide(two, none, out=np.zeros_like(two), where=known)
        score = of_exits - float((left * mean).sum()) - found / USUAL_CHANGE**2
        spread = float((left * (square - mean**2)).sum()) + 1 / USUAL_CHANGE**2
        found = float(np.clip(found + score / spread, -LARGEST_CHANGE, LARGEST_CHANGE))
    return found

"""Spells as rows of numbers, and what is counted of them: how many left, how many were there."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Sample:
    """Spells in one stage: route, age when first watched, age at the end, the way it ended.

    `way` is -1 for a spell that was still running, or left in a way that is no exit.
    Units: ages in Working Days; `began` too, from the day of asking, so mostly less than 0.
    """

    route: Whole
    seen_at: Whole
    age: Whole
    way: Whole
    began: Whole

    def weights(self, half_life: float) -> Numbers:
        """Return how much each counts, by how long before the day of asking it began."""
        return weights_of(self.began, half_life)


def weights_of(began: Whole, half_life: float) -> Numbers:
    """Return weights that halve with every half-life before the day of asking."""
    return np.asarray(0.5 ** (-np.minimum(began, 0) / half_life), dtype=np.float64)


def counted(
    where: tuple[Whole, ...], weights: Numbers, shape: tuple[int, ...],
    only: NDArray[np.bool_] | None = None,
) -> Numbers:  # fmt: skip
    """Return the weights added up by place."""
    if only is not None:
        where, weights = tuple(each[only] for each in where), weights[only]
    flat = np.ravel_multi_index(where, shape)
    size = int(np.prod(shape))
    summed = np.bincount(flat, weights=weights, minlength=size)
    return np.asarray(summed, dtype=np.float64).reshape(shape)


def at_risk(sample: Sample, weights: Numbers, *, routes: int, length: int) -> Numbers:
    """Return the weights of the spells that were watched at each age, by route."""
    shape = (routes, length + 1)
    begun = counted((sample.route, sample.seen_at), weights, shape)
    ended = counted((sample.route, np.minimum(sample.age, length - 1) + 1), weights, shape)
    return np.asarray(np.cumsum(begun - ended, axis=1)[:, :length])

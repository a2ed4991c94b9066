"""From the stage where a proposal is to its decision: the stages to come, one after another."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from engross.core.proposals.forecasting.exits import Exits
from engross.core.proposals.forecasting.samples import Numbers, Whole

# Proposals go back at times; more turns than these are too few to be seen in a share.
TURNS = 10
_AT_ONCE = 64


@dataclass(frozen=True)
class Chain:
    """The exits of every open stage. Ways are the open stages in order, then DECIDED, WITHDRAWN.

    Whether a proposal will be decided and when is told from where it is: the time already
    spent in a stage counts for that stage, the stages to come begin anew.
    """

    exits: tuple[Exits, ...]
    length: int

    @property
    def decided(self) -> int:
        """Return the way that is a decision."""
        return len(self.exits)

    @property
    def withdrawn(self) -> int:
        """Return the way that is a withdrawal."""
        return len(self.exits) + 1

    @cached_property
    def _size(self) -> int:
        """Return a length in which nothing that is folded comes round again."""
        return int(2 ** np.ceil(np.log2(2 * self.length)))

    @cached_property
    def from_entry(self) -> Numbers:
        """Return the share decided so many Working Days after entering: by stage, route, day."""
        leaving = [each.leaving for each in self.exits]
        ways = {
            (stage, to): np.fft.rfft(leaving[stage][:, to], self._size)
            for stage in range(self.decided)
            for to in range(self.decided)
            if leaving[stage][:, to].any()
        }
        at_once = np.stack([each[:, self.decided] for each in leaving])
        found = at_once
        for _ in range(TURNS):
            folded = np.fft.rfft(found, self._size)
            onward = at_once.copy()
            for (stage, to), way in ways.items():
                onward[stage] += np.fft.irfft(way * folded[to], self._size)[:, : self.length]
            settled = np.abs(onward - found).sum(axis=2).max() < 1e-6
            found = onward
            if settled:
                break
        return np.maximum(found, 0.0)

    @cached_property
    def withdrawn_from_entry(self) -> Numbers:
        """Return the share that is withdrawn some day: by stage, route."""
        shares = np.stack([each.leaving.sum(axis=2) for each in self.exits])
        found = shares[:, :, self.withdrawn]
        for _ in range(TURNS):
            onward = np.einsum("srt,tr->sr", shares[:, :, : self.decided], found)
            found = shares[:, :, self.withdrawn] + onward
        return np.asarray(found)

    def decided_from(self, stage: int, route: int, ages: Whole) -> tuple[Numbers, Numbers]:
        """Return what becomes of proposals that were so long in a stage of a route.

        First the share decided on each Working Day to come, the next one first, for each age;
        then the share that is withdrawn some day. What is left of 1 is not known.
        """
        exits = self.exits[stage]
        staying = exits.staying[route, ages]
        rows = self._to_come(exits.leaving[route], ages)
        share = np.divide(1.0, staying, out=np.zeros_like(staying), where=staying > 1e-9)
        onward = [to for to in range(self.decided) if exits.leaving[route, to].any()]
        folded = np.fft.rfft(self.from_entry[:, route], self._size)
        decided = np.array(rows[self.decided])
        for start in range(0, len(ages), _AT_ONCE):
            some = slice(start, start + _AT_ONCE)
            # A stage that is left on the next day may be followed on that day, not before.
            together = np.zeros((len(ages[some]), len(folded[0])), dtype=np.complex128)
            for to in onward:
                together += np.fft.rfft(rows[to][some], self._size) * folded[to]
            if onward:
                decided[some] += np.fft.irfft(together, self._size)[:, : self.length]
        gone = rows[self.withdrawn].sum(axis=1)
        for to in onward:
            gone = gone + rows[to].sum(axis=1) * self.withdrawn_from_entry[to, route]
        return np.maximum(decided, 0.0) * share[:, None], gone * share

    def _to_come(self, leaving: Numbers, ages: Whole) -> Mapping[int, NDArray[np.float64]]:
        """Return for each way the shares that leave after each age, the next day first."""
        padded = np.concatenate([leaving, np.zeros((len(leaving), self.length))], axis=1)
        views = np.lib.stride_tricks.sliding_window_view(padded, self.length, axis=1)
        return {way: views[way, ages + 1] for way in range(len(leaving))}

"""What is known on a day of how spells ended: the history, cut off at the end of that day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np

from engross.core.dates.working_days import WorkingDayCalendar
from engross.core.proposals.forecasting.days import HORIZON, DayRow
from engross.core.proposals.forecasting.exits import (
    BORROWED,
    HALF_LIFE,
    Exits,
    exits_of,
)
from engross.core.proposals.forecasting.passages import Passage, Ways
from engross.core.proposals.forecasting.readiness import LONGEST, Readiness, Waits, readiness_of
from engross.core.proposals.forecasting.samples import Numbers, Sample, Whole


@dataclass(frozen=True)
class History:
    """The passages of all proposals, and the days on which they may be decided or go live.

    `watched_from` is the day from which the register is kept: what ended before it is known by
    chance, and teaches nothing. `meetings` are those of the deciding body, by route; `releases`
    are all scheduled ones, past and to come. `deciders` says of each route who decides it: in the
    stages of `told_by_route` what follows depends on that, and a route is kin to those alone that
    have the same. Elsewhere, and where no route is recorded, all are kin.
    """

    passages: Sequence[Passage]
    ways: Ways
    calendar: WorkingDayCalendar
    watched_from: date | None = None
    releases: Sequence[date] = ()
    meetings: Mapping[str, Sequence[date]] = field(default_factory=dict)
    deciders: Mapping[str, Sequence[str]] = field(default_factory=dict)
    told_by_route: frozenset[str] = frozenset()
    half_life: float = HALF_LIFE
    borrowed: float = BORROWED

    @cached_property
    def routes(self) -> tuple[str, ...]:
        """Return the routes that were taken, in order."""
        return tuple(sorted({each.route for each in self.passages}))

    def kin(self, stage: str) -> Numbers:
        """Return which routes may borrow the spells of which others in a stage."""
        if stage not in self.told_by_route:
            return np.ones((len(self.routes), len(self.routes)))
        by = self.deciders.get
        rows = [[not one or by(one) == by(other) for other in self.routes] for one in self.routes]
        return np.array(rows, dtype=np.float64)

    @cached_property
    def table(self) -> "SpellTable":
        """Return every spell as a row of numbers."""
        return _table(self)


@dataclass(frozen=True)
class SpellTable:
    """Spells by column; days as numbers from 1, 0 where there is none; stages by their place.

    `stage` is -1 for one that is not in the list; `to` is a place too, the one after the last for
    such a stage, and -1 where it is not known.
    """

    route: Whole
    stage: Whole
    to: Whole
    entered: Whole
    left: Whole


def _table(history: History) -> SpellTable:
    ways = history.ways
    stages = {key: place for place, key in enumerate(places_of(ways))}
    routes = {key: place for place, key in enumerate(history.routes)}
    rows = [
        (
            routes[passage.route],
            stages.get(spell.stage, -1),
            stages.get(spell.to, len(stages)) if spell.to else -1,
            spell.entered_on.toordinal(),
            spell.left_on.toordinal() if spell.left_on else 0,
        )
        for passage in history.passages
        for spell in passage.spells
    ]
    columns = np.array(rows, dtype=np.int64).reshape(-1, 5).T
    return SpellTable(*columns)


def places_of(ways: Ways) -> tuple[str, ...]:
    """Return the stages in the order of their numbers: the open ones, then all others."""
    closed = sorted(ways.decided | ways.withdrawn)
    return (*ways.open, *closed)


@dataclass(frozen=True)
class Past:
    """How the spells of each open stage ended, and how soon approved ones were ready to go live."""

    stages: tuple[Exits, ...]
    readiness: Readiness


def past_of(history: History, row: DayRow) -> Past:
    """Return what the history teaches up to the end of the day that the row is seen from."""
    known = _KnownSpells.of(history, row)
    number = len(history.ways.open)
    return Past(
        stages=tuple(
            _exits(history, key, known.in_stage(stage, number), ways=number + 2, length=row.reach)
            for stage, key in enumerate(history.ways.open)
        ),
        readiness=readiness_of(
            known.until_live(),
            kin=history.kin(""),
            half_life=history.half_life,
            borrowed=history.borrowed,
        ),
    )


def _exits(history: History, stage: str, sample: Sample, *, ways: int, length: int) -> Exits:
    return exits_of(
        sample, kin=history.kin(stage), ways=ways, length=length,
        half_life=history.half_life, borrowed=history.borrowed,
    )  # fmt: skip


@dataclass(frozen=True)
class _KnownSpells:
    """The spells that began by the day; those that ended later, or are not over, run still."""

    history: History
    row: DayRow
    route: Whole
    stage: Whole
    to: Whole
    entered: Whole
    left: Whole
    watched: int

    @classmethod
    def of(cls, history: History, row: DayRow) -> "_KnownSpells":
        table, until = history.table, row.on.toordinal()
        is_over = (table.left > 0) & (table.left <= until)
        begun = table.entered <= until
        # One that ended nobody knows how, or when, says nothing.
        kept = begun & ~(is_over & (table.to < 0)) & (table.stage >= 0)
        days = np.concatenate([table.entered[kept], table.left[kept]])
        places = row.places(days)
        entered, left = places[: kept.sum()], places[kept.sum() :]
        watched = int(row.places([history.watched_from])[0]) if history.watched_from else None
        return cls(
            history, row, table.route[kept], table.stage[kept],
            np.where(is_over[kept], table.to[kept], -1),
            entered, np.where(is_over[kept], left, 0),
            -HORIZON * 100 if watched is None else watched,
        )  # fmt: skip

    def in_stage(self, stage: int, number: int) -> Sample:
        """Return the spells in an open stage; the ways are those of a chain."""
        chosen = self.stage == stage
        ways = np.full(len(places_of(self.history.ways)) + 1, -1)
        ways[:number] = np.arange(number)
        for place, key in enumerate(places_of(self.history.ways)):
            if key in self.history.ways.decided:
                ways[place] = number
            elif key in self.history.ways.withdrawn:
                ways[place] = number + 1
        entered, left = self.entered[chosen], self.left[chosen]
        seen_at = np.where(entered < self.watched, self.watched - entered + 1, 0)
        age = left - entered
        is_watched = (seen_at <= age) & (seen_at < self.row.reach)
        return Sample(
            route=self.route[chosen][is_watched],
            seen_at=seen_at[is_watched],
            age=age[is_watched],
            way=ways[self.to[chosen]][is_watched],
            began=entered[is_watched],
        )

    def until_live(self) -> Waits:
        """Return after how long approved proposals were not ready for a release, and were."""
        places = places_of(self.history.ways)
        chosen = np.isin(self.stage, [places.index(each) for each in self.history.ways.awaiting])
        releases = np.unique(self.row.places(self.history.releases)) if chosen.any() else _NONE
        if not len(releases):
            return Waits(_NONE, _NONE, _NONE, _NONE, _NONE)
        live = [places.index(each) for each in self.history.ways.live]
        entered, left, to = self.entered[chosen], self.left[chosen], self.to[chosen]
        is_live = np.isin(to, live)
        its = np.searchsorted(releases, left, side="left")
        # Nobody knows how many went by before the first release that is recorded.
        kept = (entered >= releases[0]) & ~(is_live & (its == len(releases)))
        passed = np.where(is_live, its, np.searchsorted(releases, left, side="right")) - 1
        unready = np.maximum(releases[np.maximum(passed, 0)] - entered, 0)
        ready = np.where(is_live, releases[np.minimum(its, len(releases) - 1)] - entered, -1)
        seen = releases[np.maximum(np.searchsorted(releases, self.watched, side="right") - 1, 0)]
        seen_at = np.where(entered < self.watched, np.clip(seen - entered, 0, LONGEST), 0)
        kept &= ~is_live | (ready > np.maximum(unready, seen_at))
        return Waits(
            route=self.route[chosen][kept], seen_at=seen_at[kept],
            unready=np.maximum(unready, seen_at)[kept], ready=ready[kept], began=entered[kept],
        )  # fmt: skip


_NONE = np.array([], dtype=np.int64)

"""Forecasts of open proposals: when each will be decided and go live, or why nobody can say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from engross.core.proposals.forecasting.chains import Chain
from engross.core.proposals.forecasting.days import DayRow
from engross.core.proposals.forecasting.exits import Exits
from engross.core.proposals.forecasting.intervals import NOT_WITHIN, interval_of, wanted_of
from engross.core.proposals.forecasting.outlooks import on_meetings, on_releases
from engross.core.proposals.forecasting.past import History, past_of
from engross.core.proposals.forecasting.readiness import Readiness
from engross.core.proposals.forecasting.samples import Numbers, Whole
from engross.core.proposals.forecasting.standing import Standing, standing
from engross.core.proposals.forecasting.told import Forecast, Interval, RestsOn, Why

CONFIDENCE = 0.8
# From fewer exits after the time already spent, nothing is told.
FEWEST_EXITS = 5.0
# Where fewer of a route's own are known, the forecast is said to rest on all routes.
OWN_ENOUGH = 30


def forecasts(history: History, on: date, *, confidence: float = CONFIDENCE) -> list[Forecast]:
    """Return a forecast of every proposal that is open, or awaits its release, on a day.

    They come in the order of the passages. Nothing that happened after the day is used.

    Units: `confidence` a share, at least a half and less than 1.
    Raises ValueError if it is not.
    """
    if not 0.5 <= confidence < 1:
        raise ValueError(f"confidence must be from 0.5 to below 1, not {confidence}")
    if not history.passages:
        return []
    telling = _Telling.of(history, DayRow(on, history.calendar), confidence)
    groups: dict[tuple[str, int], list[Standing]] = {}
    for each in standing(history, telling.row):
        groups.setdefault((each.spell.stage, each.route), []).append(each)
    found: dict[int, Forecast] = {}
    for (stage, route), group in groups.items():
        is_open = stage in history.ways.open
        told = telling.open(stage, route, group) if is_open else telling.awaiting(route, group)
        found |= zip((each.place for each in group), told, strict=True)
    return [found[place] for place in sorted(found)]


@dataclass(frozen=True)
class _Telling:
    """What the forecasts of one day are told from.

    `releases` are those to come by their place in the row of Working Days: one of them may be
    on no Working Day, and is told by its own.
    """

    history: History
    row: DayRow
    confidence: float
    chain: Chain
    readiness: Readiness
    past_releases: Whole
    releases: Mapping[int, date]

    @classmethod
    def of(cls, history: History, row: DayRow, confidence: float) -> "_Telling":
        past = past_of(history, row)
        ahead = sorted(each for each in history.releases if each > row.on)
        return cls(
            history, row, confidence, Chain(past.stages, row.reach), past.readiness,
            _places(row, [each for each in history.releases if each <= row.on]),
            {int(place): day for place, day in zip(row.places(ahead), ahead, strict=True)
             if 1 <= place <= row.reach},
        )  # fmt: skip

    # Those before a decision

    def open(self, stage: str, route: int, group: Sequence[Standing]) -> list[Forecast]:
        """Return the forecasts of proposals that stand in one open stage on one route."""
        place = self.history.ways.open.index(stage)
        exits = self.chain.exits[place]
        ages = [min(each.waited, self.row.reach - 1) for each in group]
        different, which = np.unique(np.array(ages, dtype=np.int64), return_inverse=True)
        told = self._of_ages(place, route, different)
        rests_on = _rests_on(exits, route)
        found = []
        for each, at in zip(group, which, strict=True):
            decision, live, gone = told[at]
            if each.is_held:
                decision = live = Why.ON_HOLD
            found.append(_forecast(each, rests_on, decision, live, gone))
        return found

    def _of_ages(
        self, place: int, route: int, ages: Whole
    ) -> list[tuple[Interval | Why, Interval | Why, float | None]]:
        """Return decision, going live and the share withdrawn, for each time spent in a stage."""
        decided, gone = self.chain.decided_from(place, route, ages)
        shares = on_meetings(decided, self._meetings(route))
        total = np.maximum(1.0 - gone, 0.0)
        evidence = self.chain.exits[place].evidence[route, ages + 1]
        days = range(1, shares.shape[1] + 1)
        wanted = wanted_of(evidence, self.confidence)
        decisions, within = interval_of(shares, total, wanted, days)
        live = self._live(route, shares, total)
        found: list[tuple[Interval | Why, Interval | Why, float | None]] = []
        for at in range(len(ages)):
            if evidence[at] < FEWEST_EXITS:
                found.append((Why.TOO_FEW, Why.TOO_FEW, None))
            elif shares[at].sum() < 1e-6:
                found.append((Why.NO_DECISION, Why.NO_DECISION, float(gone[at])))
            else:
                decision = self._interval(decisions[at], within[at], self._days)
                found.append((decision, live[at], float(gone[at])))
        return found

    def _meetings(self, route: int) -> list[int]:
        """Return the places of the meetings to come that decide proposals of a route."""
        planned = self.history.meetings.get(self.history.routes[route], ())
        ahead = _places(self.row, [each for each in planned if each > self.row.on])
        return [int(each) for each in ahead]

    @cached_property
    def _days(self) -> list[tuple[int, date]]:
        return list(enumerate(self.row.ahead, start=1))

    def _interval(
        self, places: Whole, share: float, days: Sequence[tuple[int, date]]
    ) -> Interval | Why:
        """Return an interval by the places of its days among those that may be."""
        if places[0] == NOT_WITHIN:
            return Why.BEYOND
        first_in, first = days[int(places[0])]
        (middle_in, middle), (last_in, last) = (
            days[int(each)] if each != NOT_WITHIN else (None, None) for each in places[1:]
        )
        return Interval(first, middle, last, first_in, middle_in, last_in, float(share))

    # Going live

    def _live(self, route: int, shares: Numbers, total: Numbers) -> list[Interval | Why]:
        """Return when proposals go live that are decided with these shares on the days to come."""
        if not self.releases or self.readiness.evidence(route, 0) < FEWEST_EXITS:
            return [Why.TOO_FEW if self.releases else Why.NO_RELEASE] * len(shares)
        ahead = list(self.releases)
        live = on_releases(shares, self.readiness, route, ahead)
        return self._on_releases(live, total)

    def _on_releases(self, live: Numbers, total: Numbers) -> list[Interval | Why]:
        """Return the releases that hold the confidence; they are too few to be chosen by chance."""
        releases = list(self.releases.items())
        wanted = np.full(len(live), self.confidence)
        places, within = interval_of(live, total, wanted, list(self.releases))
        return [
            self._interval(each, share, releases)
            for each, share in zip(places, within, strict=True)
        ]

    def awaiting(self, route: int, group: Sequence[Standing]) -> list[Forecast]:
        """Return the forecasts of approved proposals on one route that await their release."""
        rests_on = _rests_on(self.readiness, route)
        told = {entered: self._live_after(route, entered) for entered in
                {each.entered for each in group}}  # fmt: skip
        return [
            _forecast(each, rests_on, None, Why.ON_HOLD if each.is_held else told[each.entered],
                      None)
            for each in group
        ]  # fmt: skip

    def _live_after(self, route: int, entered: int) -> Interval | Why:
        """Return when one goes live that was approved on a day, and was ready for no release yet.

        Units: `entered` as a place in the row of Working Days.
        """
        if not self.releases:
            return Why.NO_RELEASE
        ahead = list(self.releases)
        passed = self.past_releases[self.past_releases > entered]
        unready = int(passed[-1]) - entered if len(passed) else 0
        evidence = self.readiness.evidence(route, unready)
        waits = np.array([unready, *(each - entered for each in ahead)], dtype=np.int64)
        until = self.readiness.ready_by(route, waits)
        staying = 1.0 - until[0]
        if evidence < FEWEST_EXITS or staying < 1e-6:
            return Why.TOO_FEW
        return self._on_releases(np.diff(until)[None, :] / staying, np.ones(1))[0]


def _places(row: DayRow, days: Sequence[date]) -> Whole:
    """Return the places of days in order, each once."""
    return np.unique(row.places(days))


def _rests_on(exits: Exits | Readiness, route: int) -> RestsOn:
    own, kin = int(exits.own_exits[route]), exits.kin[route]
    return RestsOn(
        exits=own, running=int(exits.own_running[route]), all_exits=int(kin @ exits.own_exits),
        all_running=int(kin @ exits.own_running), is_pooled=own < OWN_ENOUGH,
    )  # fmt: skip


def _forecast(
    each: Standing, rests_on: RestsOn, decision: Interval | Why | None, live: Interval | Why,
    withdrawn: float | None,
) -> Forecast:  # fmt: skip
    return Forecast(
        proposal=each.passage.proposal, route=each.passage.route, stage=each.spell.stage,
        since=each.spell.entered_on, waited=each.waited, decision=decision, go_live=live,
        withdrawn_share=withdrawn, rests_on=rests_on,
    )  # fmt: skip

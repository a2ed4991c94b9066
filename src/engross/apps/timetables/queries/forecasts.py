"""Forecasts of the register's own proposals, told from what became of those before them."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Any

from engross.apps.audit.queries import latest_event_hash
from engross.apps.dates.queries import calendar_of_the_code
from engross.apps.meetings.queries import meetings_between
from engross.apps.proposals.queries import passages
from engross.apps.registers.queries import Asked, active_code, kept_spans, last_kept_day
from engross.apps.registers.registers import register_named
from engross.apps.releases.queries import releases_asked, windows_ahead
from engross.core.proposals.forecasting.forecasts import forecasts
from engross.core.proposals.forecasting.hindsight import Held, held_of, outcomes, told_on
from engross.core.proposals.forecasting.passages import Passage, Ways
from engross.core.proposals.forecasting.past import History
from engross.core.proposals.forecasting.told import Forecast
from engross.core.proposals.histories import stages_of

STAGES = "proposal-stages"
TOLD_FROM = (
    "proposals", STAGES, "proposal-holds", "meetings", "releases", "kept-registers",
    "holiday-corrections",
)  # fmt: skip
FIRST_DAY = date(1900, 1, 1)
# How far meetings and releases are looked for: what is told of lies within it.
FURTHEST = timedelta(days=6 * 366)
WINDOWS_A_YEAR = 12
# Bodies that decide meet every month: after a longer gap not all meetings are planned yet.
LONGEST_GAP = timedelta(days=45)
# Hindsight: forecasts of so many days before are held against what came about.
LOOKED_BACK = tuple(timedelta(days=197 * step) for step in range(1, 5))


@dataclass(frozen=True)
class Forecasts:
    """The forecasts of a day, and how such forecasts of the days before it turned out.

    `asked_on` is the day that was asked for: the records may end before it.
    """

    on: date
    history: History
    rows: tuple[Forecast, ...]

    @cached_property
    def by_proposal(self) -> dict[str, Forecast]:
        """Return the forecasts by the proposals' lasting keys."""
        return {each.proposal: each for each in self.rows}

    @cached_property
    def hindsight(self) -> Held | None:
        """Return how often decisions fell into what was told before, as far as that is known.

        Days of which the register is not kept are left out.
        """
        first = self.history.watched_from or date.min
        days = [self.on - back for back in LOOKED_BACK if self.on - back > first]
        told = told_on(self.history, days)
        known = [each for each in outcomes(self.history, told) if each.came_on]
        return held_of(each for each in known if each.came_on and each.came_on <= self.on)


def forecasts_on(day: date) -> Forecasts:
    """Return what is to be expected of every open proposal, told from what was known by a day.

    A day after the last one of which the register is kept is taken for that one, and a day before
    all calendars for their first. Kept in this process until one of the registers that it is told
    from has another row: under the hash of all that was ever recorded, then under what they hold.
    """
    on = max(last_kept_day(STAGES, day), FIRST_DAY)
    return _recorded(latest_event_hash(), active_code().key, on)


@lru_cache(maxsize=8)
def _recorded(_everything: str, code: str, on: date) -> Forecasts:
    return _told(tuple(_state_of(register) for register in TOLD_FROM), code, on)


@lru_cache(maxsize=4)
def _told(_registers: tuple[object, ...], _code: str, on: date) -> Forecasts:
    history = history_on(on)
    return Forecasts(on, history, tuple(forecasts(history, on)))


def _state_of(register: str) -> object:
    """Return what changes with every change of a register: rows are added or superseded only."""
    rows: Any = register_named(register).model.objects
    last = rows.order_by("-pk").values_list("pk", "entry").first()
    return last, rows.count(), rows.filter(superseded_at__isnull=False).count()


def history_on(on: date) -> History:
    """Return the register's history with the days on which proposals may be decided or go live.

    A constant number of queries, however long it is.
    """
    code, found = active_code(), passages()
    return History(
        passages=found,
        ways=Ways.of(stages_of(code)),
        calendar=calendar_of_the_code(),
        watched_from=_watched_from(on),
        releases=_release_days(on, found),
        meetings=_meetings(on),
        deciders={
            route.key: route.texts("decided_by") for route in code.options("proposal_routes")
        },
        told_by_route=frozenset(
            each.key
            for each in code.options("proposal_stages")
            if each.flag("is_open") and len(each.texts("decided_by")) > 1
        ),
    )


def _watched_from(on: date) -> date | None:
    """Return the day from which moves are kept without a gap until a day; None if none says so."""
    for first, until in kept_spans().get(STAGES, ()):
        if first <= on and (until is None or until > on):
            return first
    return None


def _release_days(on: date, found: Sequence[Passage]) -> tuple[date, ...]:
    """Return the days of scheduled releases: as recorded, and in other months as the rule has it.

    None before the first move that is known.
    """
    scheduled = {each.key for each in active_code().options("release_kinds")
                 if each.flag("is_scheduled")}  # fmt: skip
    rows = releases_asked(Asked()).values_list("kind", "released_on")
    recorded = {day for kind, day in rows if kind in scheduled}
    entered = [spell.entered_on for each in found for spell in each.spells]
    first, last = min([*entered, on]), on + FURTHEST
    count = (last.year - first.year + 1) * WINDOWS_A_YEAR
    months = {(day.year, day.month) for day in recorded}
    by_rule = {each.on for each in windows_ahead(on=first, count=count)}
    ruled = {day for day in by_rule if (day.year, day.month) not in months}
    days = sorted(recorded | ruled)
    return tuple(days[bisect_left(days, first) : bisect_left(days, last)])


def _meetings(on: date) -> dict[str, tuple[date, ...]]:
    """Return the coming meetings of the body that decides each route, as far as planned."""
    days: dict[str, list[date]] = {}
    for each in meetings_between(on + timedelta(days=1), on + FURTHEST):
        days.setdefault(each.body, []).append(each.held_on)
    return {
        route.key: _unbroken(
            on, sorted(day for body in route.texts("decided_by") for day in days.get(body, ()))
        )
        for route in active_code().options("proposal_routes")
    }


def _unbroken(on: date, days: Sequence[date]) -> tuple[date, ...]:
    """Return the days until the first gap that is too long, from a day on."""
    found: list[date] = []
    for day in days:
        if day - (found[-1] if found else on) > LONGEST_GAP:
            break
        found.append(day)
    return tuple(found)

"""Forecasts: how long all of a large register take, and whether what they tell comes about.

The registers are made by a generator that works, queues and withdraws (`proposal_passages`), not
by the curves that are estimated. Its seeds were used for nothing else: what a forecast takes as
given, such as the half-life of history, was chosen on other ones.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache

import numpy as np

from benchmarks import benchmark, cpu_milliseconds, temporary_database, wall_milliseconds
from benchmarks.proposal_passages import WAYS, bodies, deciding_meetings, passages
from engross.core.dates.spans import Ends
from engross.core.dates.working_days import WorkingDayCalendar
from engross.core.proposals.forecasting.forecasts import forecasts
from engross.core.proposals.forecasting.hindsight import (
    Held,
    Outcome,
    decided_on,
    held_by_route,
    held_of,
    live_on,
    outcomes,
    told_on,
)
from engross.core.proposals.forecasting.past import History

FIRST, LAST = date(2012, 1, 1), date(2024, 1, 1)
ASKED_FROM = date(2018, 3, 1)
# Days that fall on all parts of a month, of a year, and of the time between two releases; each
# register is asked on others, as all have their meetings and releases on the same ones.
ASKED = tuple(ASKED_FROM + timedelta(days=65 * step) for step in range(18))
LARGE, SMALL = 400, 60
LARGE_SEEDS, SMALL_SEEDS = range(4010, 4016), range(4020, 4080)


def asked_of(seed: int, *, is_large: bool) -> list[date]:
    """Return the days on which a register is asked: a small one on a single day."""
    later = timedelta(days=11 * (seed % 6))
    days = ASKED if is_large else ASKED[seed % len(ASKED) :][:1]
    return [each + later for each in days]


def history_of(seed: int, *, yearly: float) -> History:
    """Return a register of twelve years, with the meetings and releases that were planned."""
    made = passages(seed=seed, first=FIRST, last=LAST, yearly=yearly)
    calendar = WorkingDayCalendar.of("england-and-wales")
    return History(
        made, WAYS, calendar, releases=bodies().releases, meetings=deciding_meetings()
    )  # fmt: skip


@dataclass(frozen=True)
class Told:
    """What was told and came about on all registers, and the naive width of each route."""

    outcomes: list[Outcome]
    naive: Mapping[str, float]


@cache
def told(*, is_large: bool) -> tuple[Told, Told]:
    """Return what was told of decisions, and of going live."""
    found = [Told([], {}), Told([], {})]
    widths: list[dict[str, list[float]]] = [{}, {}]
    for seed in LARGE_SEEDS if is_large else SMALL_SEEDS:
        history = history_of(seed, yearly=LARGE if is_large else SMALL)
        asked = asked_of(seed, is_large=is_large)
        forecast = told_on(history, asked)
        for is_live in (False, True):
            found[is_live].outcomes.extend(outcomes(history, forecast, of_going_live=is_live))
            for route, width in naive_widths(history, asked, of_going_live=is_live).items():
                widths[is_live].setdefault(route, []).append(width)
    decided, live = (
        Told(each.outcomes, {route: float(np.mean(width)) for route, width in wide.items()})
        for each, wide in zip(found, widths, strict=True)
    )
    return decided, live


def naive_widths(
    history: History, asked: Iterable[date], *, of_going_live: bool = False
) -> Mapping[str, float]:
    """Return by route the middle 80 % of how long ones took that are over, in Working Days."""
    spans: dict[str, list[tuple[date, date]]] = {}
    until, came = max(asked), live_on if of_going_live else decided_on
    for passage in history.passages:
        ended = came(passage, history.ways)
        if ended and ended <= until:
            spans.setdefault(passage.route, []).append((passage.spells[0].entered_on, ended))
    widths = {}
    for route, each in spans.items():
        starts, ends = zip(*each, strict=True)
        days = history.calendar.count_working_days_each(starts, ends, inclusive=Ends.END)
        low, high = np.percentile(days.filled(0), [10, 90])
        widths[route] = float(high - low)
    return widths


def open_ones(found: Iterable[Outcome]) -> list[Outcome]:
    """Return what was told of proposals that were not decided yet."""
    return [each for each in found if each.forecast.decision is not None]


def waiting_ones(found: Iterable[Outcome]) -> list[Outcome]:
    """Return what was told of approved proposals that waited for their release."""
    return [each for each in found if each.forecast.decision is None]


def _printed(
    title: str, told: Sequence[Outcome], naive: Mapping[str, float]
) -> dict[str, Held]:  # fmt: skip
    proposals = len({each.forecast.proposal for each in told if each.is_told and each.came_on})
    print(f"  {title}: {proposals:,} proposals")
    by_route = held_by_route(told)
    for route, held in by_route.items():
        wide = f", naive {naive[route]:.0f}" if route in naive else ""
        print(
            f"    {route}: {held.share:.1%} of {held.outcomes:,} held, {held.told_share:.1%} told,"
            f" {held.width_working_days or 0:.0f} Working Days wide{wide}; {held.without_last}"
            " without a last day"
        )
    return by_route


def _furthest(by_route: Mapping[str, Held]) -> float:
    """Return how far the share of a route is from 80 %, at the most, in points."""
    return max(abs(each.share - 0.8) for each in by_route.values()) * 100


def _widest(told: Iterable[Outcome], naive: Mapping[str, float]) -> float:
    """Return how wide an interval of a route is against the naive one, at the most."""
    by_route = held_by_route(told)
    return max((each.width_working_days or 0) / naive[route] for route, each in by_route.items())


@benchmark("forecast of all open ones of 10,000 proposals", unit="ms", budget=1000)
def forecast_all() -> float:
    """Return milliseconds for forecasting every open proposal of a large register on a day."""
    history = history_of(1, yearly=830)
    day = date(2021, 6, 15)
    number = len(forecasts(history, day))
    print(f"  {len(history.passages):,} proposals, {number:,} forecasts")
    return wall_milliseconds(lambda: forecasts(history, day))


@benchmark("the same, read from the registers", unit="ms", budget=1000)
def read_and_forecast() -> float:
    """Return milliseconds of CPU for reading 10,000 proposals' moves and forecasting the open."""
    day = date(2021, 6, 15)
    with temporary_database():
        record_passages(history_of(1, yearly=830))
        from engross.apps.timetables.queries.forecasts import history_on

        return cpu_milliseconds(lambda: forecasts(history_on(day), day), repeat=3, warm_up=1)


def record_passages(history: History) -> None:
    """Record what a history tells of proposals, their moves and holds."""
    from engross.apps.proposals.models import HoldSpell, Proposal, ProposalDetails, StageMove

    at = datetime(2024, 1, 1, tzinfo=UTC)
    proposals = Proposal.objects.bulk_create(
        Proposal(key=each.proposal, label=each.proposal) for each in history.passages
    )
    paired = list(zip(proposals, history.passages, strict=True))
    ProposalDetails.objects.bulk_create(
        ProposalDetails(proposal=proposal, title="A change", route=each.route, recorded_at=at)
        for proposal, each in paired
    )
    StageMove.objects.bulk_create(
        StageMove(proposal=proposal, stage=stage, moved_on=on, recorded_at=at)
        for proposal, each in paired
        for stage, on in dict.fromkeys((spell.stage, spell.entered_on) for spell in each.spells)
    )
    HoldSpell.objects.bulk_create(
        HoldSpell(proposal=proposal, held_from=on, held_until=until, recorded_at=at)
        for proposal, each in paired
        for on, until in {held.held_from: held.held_until for held in each.holds}.items()
        if until is None or until > on
    )


@benchmark("decision, 80 %: furthest that a route is from it", unit="points", budget=5)
def decisions_held() -> float:
    """Return how far the share of decisions within their interval is from 80 %, at the most."""
    decided, _ = told(is_large=True)
    return _furthest(_printed("decisions", decided.outcomes, decided.naive))


@benchmark("decision: widest of a route against the naive interval", unit="times", budget=1)
def decisions_narrow() -> float:
    """Return how wide an interval is against the naive one of its route, at the most."""
    decided, _ = told(is_large=True)
    return _widest(decided.outcomes, decided.naive)


@benchmark("going live, 80 %: furthest that a route is from it", unit="points", budget=5)
def going_live_held() -> float:
    """Return how far the share of open ones that went live in their interval is from 80 %."""
    _, live = told(is_large=True)
    return _furthest(_printed("going live, of open ones", open_ones(live.outcomes), live.naive))


@benchmark("going live: widest of a route against the naive interval", unit="times", budget=1)
def going_live_narrow() -> float:
    """Return how wide an interval is against the naive one of its route, at the most."""
    _, live = told(is_large=True)
    return _widest(open_ones(live.outcomes), live.naive)


@benchmark("going live, waiting: furthest from what was told", unit="points", budget=5)
def waiting_held() -> float:
    """Return how far the share of waiting ones is from the share told, at the most by route.

    What waits for its release goes with the next one nine times of ten: no set of releases holds
    80 %, so that the share that is told is what is held to.
    """
    _, live = told(is_large=True)
    by_route = _printed("going live, of approved ones that wait", waiting_ones(live.outcomes), {})
    _printed("going live, of both", live.outcomes, {})
    return max(abs(each.share - each.told_share) for each in by_route.values()) * 100


@benchmark("decision, registers of 60 a year: all routes from 80 %", unit="points", budget=5)
def small_registers_decided() -> float:
    """Return how far the share is from 80 % on small registers, of all routes together."""
    decided, _ = told(is_large=False)
    _printed("decisions of small registers", decided.outcomes, decided.naive)
    return _of_all_from_80(decided.outcomes)


@benchmark("going live, registers of 60 a year: the same", unit="points", budget=5)
def small_registers_live() -> float:
    """Return how far the share of open ones is from 80 % on small registers, of all routes."""
    _, live = told(is_large=False)
    found = open_ones(live.outcomes)
    _printed("going live of small registers, of open ones", found, live.naive)
    return _of_all_from_80(found)


def _of_all_from_80(found: Iterable[Outcome]) -> float:
    held = held_of(found)
    return abs(held.share - 0.8) * 100 if held else 100.0

"""Forecasts: how long all of a large register take, and whether what they tell comes about.

The registers are made by a generator that works, queues and withdraws (`proposal_passages`), not
by the curves that are estimated. Its seeds were used for nothing else: what a forecast takes as
given, such as the half-life of history, was chosen on other ones.
"""

from collections.abc import Iterable, Mapping, Sequence
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
    outcomes,
)
from engross.core.proposals.forecasting.past import History

FIRST, LAST = date(2012, 1, 1), date(2024, 1, 1)
ASKED_FROM = date(2018, 3, 1)
# Days that fall on all parts of a month and of a year.
ASKED = tuple(ASKED_FROM + timedelta(days=197 * step) for step in range(6))
LARGE, SMALL = 400, 60
LARGE_SEEDS, SMALL_SEEDS = range(10, 16), range(20, 50)


def history_of(seed: int, *, yearly: float) -> History:
    """Return a register of twelve years, with the meetings and releases that were planned."""
    made = passages(seed=seed, first=FIRST, last=LAST, yearly=yearly)
    calendar = WorkingDayCalendar.of("england-and-wales")
    return History(
        made, WAYS, calendar, releases=bodies().releases, meetings=deciding_meetings()
    )  # fmt: skip


@cache
def told(*, of_going_live: bool, is_large: bool) -> tuple[list[Outcome], dict[str, float]]:
    """Return what was told and came about on all registers, and the naive widths by route."""
    found, widths = list[Outcome](), dict[str, list[float]]()
    for seed in LARGE_SEEDS if is_large else SMALL_SEEDS:
        history = history_of(seed, yearly=LARGE if is_large else SMALL)
        asked = ASKED if is_large else ASKED[seed % len(ASKED) :][:1]
        found += outcomes(history, asked, of_going_live=of_going_live)
        if not of_going_live:
            for route, width in naive_widths(history, asked).items():
                widths.setdefault(route, []).append(width)
    return found, {route: float(np.mean(each)) for route, each in widths.items()}


def naive_widths(history: History, asked: Iterable[date]) -> Mapping[str, float]:
    """Return by route the middle 80 % of how long decided ones took, in Working Days."""
    spans: dict[str, list[tuple[date, date]]] = {}
    until = max(asked)
    for passage in history.passages:
        ended = decided_on(passage, history.ways)
        if ended and ended <= until:
            spans.setdefault(passage.route, []).append((passage.spells[0].entered_on, ended))
    widths = {}
    for route, each in spans.items():
        starts, ends = zip(*each, strict=True)
        days = history.calendar.count_working_days_each(starts, ends, inclusive=Ends.END)
        low, high = np.percentile(days.filled(0), [10, 90])
        widths[route] = float(high - low)
    return widths


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
    found, naive = told(of_going_live=False, is_large=True)
    by_route = _printed("decisions", found, naive)
    return max(abs(each.share - 0.8) for each in by_route.values()) * 100


@benchmark("decision: widest of a route against the naive interval", unit="times", budget=1)
def decisions_narrow() -> float:
    """Return how wide an interval is against the naive one of its route, at the most."""
    found, naive = told(of_going_live=False, is_large=True)
    by_route = held_by_route(found)
    return max((each.width_working_days or 0) / naive[route] for route, each in by_route.items())


@benchmark("going live: furthest that a route is from what was told", unit="points", budget=5)
def going_live_held() -> float:
    """Return how far the share that went live in time is from the share told, at the most.

    A release is months from the next: no days hold just 80 %, so each interval tells its own.
    """
    found, _ = told(of_going_live=True, is_large=True)
    by_route = _printed("going live", found, {})
    return max(abs(each.share - each.told_share) for each in by_route.values()) * 100


@benchmark("decision, registers of 60 a year: all routes from 80 %", unit="points", budget=5)
def small_registers_held() -> float:
    """Return how far the share is from 80 % on small registers, of all routes together."""
    found, naive = told(of_going_live=False, is_large=False)
    _printed("decisions of small registers", found, naive)
    held = held_of(found)
    return abs(held.share - 0.8) * 100 if held else 100.0

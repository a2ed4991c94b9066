"""Timetables of a large register, worked out anew from every history."""

from datetime import date, timedelta

from benchmarks import benchmark, wall_milliseconds
from benchmarks.bench_framework import (
    CALENDAR,
    CODE,
    FRAMEWORKS,
    PROPOSALS,
    TODAY,
    histories,
)
from engross.core.proposals.framework.states import state_after
from engross.core.proposals.planning.expecting import Planner
from engross.core.proposals.planning.plans import Gates

BODIES = ("csc", "change-board", "working-group")


def _gates() -> Gates:
    """Return a meeting of each body every 28 days, and releases of four years."""
    meetings = {
        body: [TODAY + timedelta(days=28 * month + 3 * place) for month in range(50)]
        for place, body in enumerate(BODIES)
    }
    releases = [date(year, month, 25) for year in range(2026, 2030) for month in (2, 6, 11)]
    return Gates(meetings, releases)


@benchmark(f"all timetables of a register of {PROPOSALS:,}", unit="s", budget=2)
def timetables() -> float:
    """Return seconds until each that has not ended has its days, its state being known."""
    stories = [(events, state_after(FRAMEWORKS, events)) for events in histories()]
    final = {each.key for each in CODE.options("proposal_stages") if each.flag("is_final")}
    stories = [each for each in stories if each[1].stage not in final]
    gates = _gates()

    def told() -> None:
        planner = Planner(CODE, FRAMEWORKS, CALENDAR, gates, TODAY)
        for events, state in stories:
            planner.expected(stage=state.stage, route=state.route, events=events, facts=())

    return wall_milliseconds(told, repeat=3) / 1000

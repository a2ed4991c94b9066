"""The framework of a code run over a large register: every history told again, every move asked."""

import random
from datetime import date, timedelta
from functools import cache

from benchmarks import benchmark, wall_milliseconds
from engross.adapters.code_folder import load_code
from engross.core.dates.working_days import WorkingDayCalendar
from engross.core.proposals.framework.deadlines import deadlines_of
from engross.core.proposals.framework.facts import Fact
from engross.core.proposals.framework.openings import Asked, openings
from engross.core.proposals.framework.rules import Frameworks
from engross.core.proposals.framework.states import Event, State, state_after, step

PROPOSALS = 10_000
CODE = load_code("sec")
FRAMEWORKS = Frameworks(CODE)
CALENDAR = WorkingDayCalendar.of("england-and-wales")
FIRST = date(2019, 1, 7)
TODAY = date(2026, 1, 5)
ON_FILE = tuple(Fact(each.key, date.min) for each in CODE.options("move_requirements")
                if not each.flag("tells_outcome"))  # fmt: skip
VOTED = Fact("vote-counted", date.min)


@cache
def histories() -> tuple[tuple[Event, ...], ...]:
    """Return histories walked at random through the moves that were open, until they ended."""
    chance = random.Random(20)  # noqa: S311  (a benchmark)
    return tuple(_history(chance) for _ in range(PROPOSALS))


def _history(chance: random.Random) -> tuple[Event, ...]:
    day = FIRST + timedelta(days=chance.randrange(2300))
    events = [Event(1, day, "raise")]
    state = step(FRAMEWORKS.on(day), State(), events[0])
    while day < TODAY:
        framework = FRAMEWORKS.on(day)
        roles = frozenset(framework.roles)
        asked = Asked(roles, day, day, (*ON_FILE, VOTED), dict.fromkeys(state.clocks, day))
        usual = [each.move for each in openings(framework, state, asked) if each.is_open]
        if not usual:
            return tuple(events)
        move = chance.choice(usual)
        route = (
            chance.choice(["self-governance", "authority-determined"]) if move.asks_route else ""
        )
        event = Event(len(events) + 1, day, move.key, route=route)
        events.append(event)
        state = step(framework, state, event)
        day += timedelta(days=chance.randrange(1, 90))
    return tuple(events)


def _states() -> list[State]:
    return [state_after(FRAMEWORKS, events) for events in histories()]


@benchmark(f"{PROPOSALS:,} histories told again", unit="s", budget=5)
def told_again() -> float:
    """Return seconds until every proposal's state is known from its moves."""
    histories()
    return wall_milliseconds(_states, repeat=3) / 1000


@benchmark(f"deadlines of {PROPOSALS:,} proposals", unit="s", budget=2)
def deadlines() -> float:
    """Return seconds until every clock that runs has its day."""
    states = _states()
    framework = FRAMEWORKS.on(TODAY)

    def told() -> None:
        for state in states:
            deadlines_of(state, framework, code=CODE, calendar=CALENDAR, on=TODAY)

    return wall_milliseconds(told, repeat=3) / 1000

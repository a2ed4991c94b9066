"""The list of proposals as a tracker, among 10,000 proposals with their moves and priorities."""

import atexit
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from typing import Any

from benchmarks import benchmark, cpu_milliseconds, temporary_database
from benchmarks.bench_pages import STAGES, asking

PROPOSALS = 10_000
ROUTES = ("self-governance", "authority-determined", "")
CATEGORIES = ("critical", "high", "standard", "low")
ANSWERS = "complexity: low; importance: high; time-sensitivity: medium"


@cache
def _recorded() -> bool:
    """Make a database with 10,000 proposals, once; one in six is open, as in a long register."""
    database = temporary_database()
    database.__enter__()
    atexit.register(database.__exit__, None, None, None)
    from tests.factories import record

    for register, rows in (("proposals", _proposals), ("proposal-stages", _moves),
                           ("priority-determinations", _priorities)):  # fmt: skip
        record(register, rows())
    return True


def _names() -> Iterator[tuple[int, str]]:
    return enumerate(f"MP{number}{part}" for number in range(100, 5100) for part in ("", "A"))


def _proposals() -> Iterator[dict[str, Any]]:
    for place, name in _names():
        yield {"proposal": name, "title": f"A change to the code, {name}",
               "raised_on": f"20{14 + place % 8}-02-01", "route": ROUTES[place % 3]}  # fmt: skip


def _moves() -> Iterator[dict[str, Any]]:
    for place, name in _names():
        reached = 1 + place % 3 if place % 6 == 0 else len(STAGES)
        for step, stage in enumerate(STAGES[:reached]):
            yield {"proposal": name, "stage": stage,
                   "moved_on": f"20{14 + place % 8}-{3 + step:02}-10"}  # fmt: skip


def _priorities() -> Iterator[dict[str, Any]]:
    for place, name in _names():
        if place % 6 == 0:
            yield {"proposal": name, "category": CATEGORIES[place // 6 % 4],
                   "determined_on": "2026-05-29", "answers": ANSWERS,
                   "grounds": "As the criteria say"}  # fmt: skip


def _asking(query: str) -> Callable[[], bytes]:
    return _asking_page(f"/proposals/{query}")


def _asking_page(address: str) -> Callable[[], bytes]:
    _recorded()
    return asking(address)


@benchmark("tracker of 10,000 proposals, 60 rows", unit="ms", budget=12)
def tracker() -> float:
    """Return milliseconds of CPU for the first page of all."""
    return cpu_milliseconds(_asking(""))


@benchmark("the same, open ones", unit="ms", budget=12)
def tracker_open() -> float:
    """Return milliseconds of CPU for the first page of those that are open."""
    return cpu_milliseconds(_asking("?open=on"))


@benchmark("the same, open ones that wait on a body, by priority", unit="ms", budget=20)
def tracker_by_priority() -> float:
    """Return milliseconds of CPU for a page that is filtered and sorted by what is looked up."""
    return cpu_milliseconds(_asking("?open=on&waits_on=csc&sort=priority"))


@benchmark("its last page", unit="ms", budget=14)
def tracker_last() -> float:
    """Return milliseconds of CPU for the last page, which is far into the order."""
    return cpu_milliseconds(_asking("?page=999"))


@benchmark("what waits on a body, among 10,000 proposals, 60 rows", unit="ms", budget=12)
def whose_move() -> float:
    """Return milliseconds of CPU for a page of what waits on a body, once it is worked out."""
    return cpu_milliseconds(_asking_page("/whose-move/csc/"), repeat=10, warm_up=1)


@benchmark("the same of all open ones, worked out anew", unit="ms", budget=1000)
def work() -> float:
    """Return milliseconds of CPU for what is worked out once after each change of the records."""
    from engross.apps.proposals.models import Proposal
    from engross.apps.proposals.queries import open_stages
    from engross.apps.timetables.queries.work import work_on

    _recorded()
    rows = Proposal.objects.filter(stage__in=open_stages())
    keys = list(rows.values_list("pk", flat=True))
    return cpu_milliseconds(lambda: work_on(date(2026, 5, 29), proposals=keys), repeat=3, warm_up=1)


@benchmark("forecasts of 10,000 proposals, 60 rows", unit="ms", budget=12)
def forecasts() -> float:
    """Return milliseconds of CPU for a page of forecasts, once they are worked out."""
    return cpu_milliseconds(_asking_page("/forecasts/"), repeat=10, warm_up=1)

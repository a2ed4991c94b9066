"""Whose move each open proposal is, since when, and when it is due."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from engross.apps.audit.queries import latest_event_hash
from engross.apps.dates.queries import calendar_of_the_code
from engross.apps.proposals.models import Proposal
from engross.apps.proposals.queries import counted_to, open_stages
from engross.apps.proposals.queries.analysts import analysts_of
from engross.apps.proposals.queries.awaited import awaited_in
from engross.apps.proposals.queries.courses import Course
from engross.apps.proposals.queries.registered import waited_working_days
from engross.apps.registers.queries import active_code
from engross.apps.timetables.queries.plans import TimetableSeen, timetables_of
from engross.core.dates.working_days import WorkingDayCalendar
from engross.core.proposals.framework.deadlines import Deadline


@dataclass(frozen=True)
class Work:
    """An open proposal: on whom it waits, since when, when that is due, who looks after it.

    Units: `waited` in Working Days, to the last day of which the register is kept; None where
    nobody knows since when.
    """

    timetable: TimetableSeen
    bodies: tuple[str, ...]
    since: date | None
    waited: int | None
    deadline: Deadline | None
    due_on: date | None
    next_step: str
    analyst: str
    is_late: bool

    @property
    def course(self) -> Course:
        """Return what happened with the proposal so far."""
        return self.timetable.course

    @property
    def label(self) -> str:
        """Return how the proposal is called."""
        return self.course.proposal.label


def work_on(
    day: date, *, bodies: Collection[str] = (), proposals: Collection[int] | None = None
) -> list[Work]:
    """Return the open proposals, those late first, then by when they are due.

    `bodies` narrows them to those that wait on one of these; `proposals` to these. All of them
    are kept in this process until something else is recorded.
    """
    if proposals is not None:
        found = _told(_open().filter(pk__in=proposals), day)
    else:
        found = _everything(latest_event_hash(), active_code().key, day)
    return [each for each in found if not bodies or set(bodies) & set(each.bodies)]


@lru_cache(maxsize=2)
def _everything(_recorded: str, code: str, day: date) -> list[Work]:
    return _told(_open(), day)


def _open() -> Any:
    return Proposal.objects.filter(stage__in=open_stages()).order_by("key")


def _told(proposals: Any, day: date) -> list[Work]:
    keys = list(proposals.values_list("pk", flat=True))
    seen = timetables_of(keys, on=day)
    analysts = {pk: str(user) for pk, user in analysts_of(keys, on=day).items()}
    calendar, counted = calendar_of_the_code(), counted_to(day)
    found = [
        _work(each, analysts.get(pk, ""), calendar, day, counted.of(each.course.proposal.label))
        for pk, each in seen.items()
    ]
    return sorted(found, key=lambda each: (
        not each.is_late, not each.course.details.is_urgent, each.due_on or date.max,
        each.course.proposal.key,
    ))  # fmt: skip


def _work(
    seen: TimetableSeen, analyst: str, calendar: WorkingDayCalendar, day: date, until: date
) -> Work:
    course = seen.course
    deadlines = [
        each for each in course.deadlines(day, calendar=calendar) if not each.clock.is_window
    ]
    deadline = deadlines[0] if deadlines else None
    ahead = seen.ahead[0] if seen.ahead else None
    awaited = awaited_in(course, calendar, on=day)
    due_on = deadline.due_on if deadline else (ahead.planned.last if ahead else None)
    return Work(
        timetable=seen,
        bodies=awaited.bodies,
        since=awaited.since,
        waited=waited_working_days(calendar, awaited.since, until),
        deadline=deadline,
        due_on=due_on,
        next_step=ahead.step.name if ahead else "",
        analyst=analyst,
        is_late=due_on is not None and due_on < until,
    )  # fmt: skip


def load_by_analyst(found: Iterable[Work]) -> list[tuple[str, int, int]]:
    """Return for each analyst how many open proposals they have, and how many are late."""
    counts: dict[str, list[int]] = {}
    for each in found:
        count = counts.setdefault(each.analyst, [0, 0])
        count[0] += 1
        count[1] += each.is_late
    return sorted((name, total, late) for name, (total, late) in counts.items())

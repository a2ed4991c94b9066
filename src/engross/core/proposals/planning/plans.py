"""A timetable: each step's first and last day, told forward from a day."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from engross.core.dates.spans import Ends
from engross.core.proposals.planning.steps import Step, StepKind
from engross.core.refusals import Refused

if TYPE_CHECKING:  # The tables of holidays take long to load.
    from engross.core.dates.working_days import WorkingDayCalendar


# Why no day can be told of a step that follows one of which none can.
AFTER_THAT = "After that"


@dataclass(frozen=True)
class Span:
    """When something began and ended; None where it has not, or where no day can be told."""

    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Planned:
    """A step and its days. `why_not` says why none can be told; `is_done` that it has ended.

    `begun_on` is the day on which it did begin, if it has.
    """

    step: Step
    span: Span
    is_done: bool = False
    why_not: str = ""
    begun_on: date | None = None


@dataclass(frozen=True)
class Gates:
    """The days that plans wait for: planned meetings by body, and release days, each in order."""

    meetings: Mapping[str, Sequence[date]] = field(default_factory=dict)
    releases: Sequence[date] = ()


@dataclass(frozen=True)
class Plan:
    """Every step of a proposal's timetable, in order."""

    steps: tuple[Planned, ...]

    def day_of(self, step: str) -> date | None:
        """Return the last day of a step; None if it is not in the plan or cannot be told."""
        return next((each.span.last for each in self.steps if each.step.key == step), None)

    @property
    def ends_on(self) -> date | None:
        """Return the day on which all of it is done, None if that cannot be told."""
        return self.steps[-1].span.last if self.steps else None


def plan(
    steps: Sequence[Step],
    start: date,
    *,
    calendar: "WorkingDayCalendar",
    gates: Gates,
    actual: Mapping[str, Span] | None = None,
    lengths: Mapping[str, int] | None = None,
    left_out: Iterable[str] = (),
) -> Plan:
    """Return the timetable of these steps from a day on.

    `actual` is when steps began and ended that have: what slipped moves the rest. A step that
    ended late or was begun is taken as it is, and what is left of it ends on `start`, or the next
    Working Day, at the earliest. `lengths` are other lengths than the code's, in Working Days, and
    `left_out` steps that this proposal does not take. Nothing but what has happened lies before
    `start`.
    """
    told, gone = actual or {}, set(left_out)
    ready, why_not = start, ""
    found: list[Planned] = []
    for step in steps:
        if step.key in gone:
            continue
        known = told.get(step.key, Span())
        if known.last is not None:
            found.append(Planned(step, known, is_done=True, begun_on=known.first))
            ready = max(ready, known.last)
            continue
        if why_not:
            found.append(Planned(step, known, why_not=AFTER_THAT, begun_on=known.first))
            continue
        length = (lengths or {}).get(step.key, step.working_days)
        planned = _placed(step, known, ready, start, length=length, calendar=calendar, gates=gates)
        found.append(replace(planned, begun_on=known.first))
        ready, why_not = planned.span.last or ready, planned.why_not
    return Plan(tuple(found))


def _placed(
    step: Step, known: Span, ready: date, start: date, *, length: int,
    calendar: "WorkingDayCalendar", gates: Gates,
) -> Planned:  # fmt: skip
    first = known.first or ready
    if step.kind in (StepKind.WORK, StepKind.CONSULTATION):
        last = calendar.add_working_days_if_known(first, length)
        soonest = calendar.add_working_days_if_known(start - timedelta(days=1), 1)
        if last is None or soonest is None:
            return Planned(step, Span(first), why_not="The published holidays do not reach so far")
        return Planned(step, Span(first, max(last, soonest)))
    days = gates.releases if step.kind is StepKind.RELEASE else gates.meetings.get(step.body, ())
    day = _first_gate(days, ready, max(ready, start), length, calendar)
    if day is None:
        what = "release" if step.kind is StepKind.RELEASE else "meeting"
        last_known = f" after {days[-1]}" if days else ""
        return Planned(step, Span(first), why_not=f"No {what} is planned{last_known}")
    return Planned(step, Span(first, day))


def _first_gate(
    days: Sequence[date], ready: date, earliest: date, lead: int, calendar: "WorkingDayCalendar"
) -> date | None:
    """Return the first day of a gate for which what comes before is ready in time."""
    for day in days[bisect_left(days, earliest):]:  # fmt: skip
        try:
            due = calendar.subtract_working_days(day, lead) if lead else day
        except Refused:
            return None
        if ready <= due:
            return day
    return None


@dataclass(frozen=True)
class Slip:
    """A step that ends later than was planned. Units: `by` in Working Days."""

    step: Step
    planned_on: date
    expected_on: date
    by: int


def slips_between(planned: Plan, expected: Plan, *, calendar: "WorkingDayCalendar") -> list[Slip]:
    """Return the steps that end later than an earlier plan said, in order."""
    found = []
    for each in expected.steps:
        before, now = planned.day_of(each.step.key), each.span.last
        if before is not None and now is not None and before < now:
            by = calendar.count_working_days(before, now, inclusive=Ends.END)
            found.append(Slip(each.step, before, now, by))
    return found

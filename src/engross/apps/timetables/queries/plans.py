"""Timetables of proposals: as approved, as expected now, and as it went."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from engross.apps.dates.queries import calendar_of_the_code
from engross.apps.meetings.queries import meetings_between
from engross.apps.proposals.queries.courses import Course, courses_of, frameworks
from engross.apps.registers.queries import active_code
from engross.apps.releases.queries import windows_ahead
from engross.apps.timetables.models import Timetable
from engross.core.dates.working_days import WorkingDayCalendar
from engross.core.proposals.planning.clashes import Clash, Timetabled, clashes_among
from engross.core.proposals.planning.expecting import Planner
from engross.core.proposals.planning.plans import Gates, Plan, Planned, Slip, Span
from engross.core.proposals.planning.plans import slips_between as slips
from engross.core.proposals.planning.steps import Step, StepKind

# How far meetings and release windows are looked for.
FURTHEST = timedelta(days=3 * 366)
WINDOWS = 9


@dataclass(frozen=True)
class StepSeen:
    """A step of a timetable: as approved, as expected now, and whether it is done."""

    planned: Span
    expected: Planned

    @property
    def step(self) -> Step:
        """Return the step itself."""
        return self.expected.step


@dataclass(frozen=True)
class TimetableSeen:
    """A proposal's timetable on a day: every step, what slipped, and the approved one, if any."""

    course: Course
    on: date
    steps: tuple[StepSeen, ...]
    expected: Plan
    slips: tuple[Slip, ...]
    approved: Timetable | None

    @property
    def ahead(self) -> tuple[StepSeen, ...]:
        """Return the steps that are not done."""
        return tuple(each for each in self.steps if not each.expected.is_done)


def gates_on(day: date) -> Gates:
    """Return the meetings that are planned after a day, by body, and the coming releases."""
    meetings: dict[str, list[date]] = {}
    for each in meetings_between(day, day + FURTHEST):
        meetings.setdefault(each.body, []).append(each.held_on)
    return Gates(meetings, [each.on for each in windows_ahead(on=day, count=WINDOWS)])


def planner_on(day: date) -> Planner:
    """Return what every timetable of a day rests on."""
    return Planner(active_code(), frameworks(), calendar_of_the_code(), gates_on(day), day)


def timetable_of(course: Course, *, on: date) -> TimetableSeen | None:
    """Return a proposal's timetable on a day; None if it is decided and live, or has no steps."""
    approved = Timetable.objects.filter(proposal=course.proposal).order_by("-number").first()
    return _seen(course, approved, planner_on(on))


def planned_with(course: Course, timetable: Timetable, *, on: date) -> TimetableSeen | None:
    """Return a proposal's timetable as one that is not stored yet would have it."""
    return _seen(course, timetable, planner_on(on))


def timetables_of(proposals: Collection[int], *, on: date) -> dict[int, TimetableSeen]:
    """Return many proposals' timetables on a day, by row number, in few queries."""
    planner = planner_on(on)
    approved = {
        each.proposal_id: each
        for each in Timetable.objects.filter(proposal__in=proposals).order_by("number")
    }
    seen = {
        pk: _seen(course, approved.get(pk), planner)
        for pk, course in courses_of(proposals, on=on).items()
    }
    return {pk: each for pk, each in seen.items() if each is not None}


def _seen(course: Course, approved: Timetable | None, planner: Planner) -> TimetableSeen | None:
    state = course.state
    option = planner.code.option("proposal_stages", state.stage) if state.stage else None
    if option is None or option.flag("is_final") or not planner.steps(state.route):
        return None
    expected = planner.expected(
        stage=state.stage, route=state.route, events=course.events, facts=course.facts,
        lengths={key: int(days) for key, days in approved.lengths.items()} if approved else {},
        left_out=approved.left_out if approved else (),
    )  # fmt: skip
    baseline = planned_spans(approved)
    return TimetableSeen(
        course=course,
        on=planner.on,
        steps=tuple(StepSeen(baseline.get(each.step.key, Span()), each) for each in expected.steps),
        expected=expected,
        slips=tuple(_slips(baseline, expected, planner.calendar)),
        approved=approved,
    )


def planned_spans(approved: Timetable | None) -> dict[str, Span]:
    """Return each step's days as approved."""
    if approved is None:
        return {}
    return {
        key: Span(first and date.fromisoformat(first), last and date.fromisoformat(last))
        for key, first, last in approved.steps
    }


def _slips(
    baseline: Mapping[str, Span], expected: Plan, calendar: WorkingDayCalendar
) -> Sequence[Slip]:
    before = Plan(tuple(Planned(each.step, baseline[each.step.key])
                        for each in expected.steps if each.step.key in baseline))  # fmt: skip
    return slips(before, expected, calendar=calendar)


def clashes_on(day: date, timetables: Mapping[int, TimetableSeen]) -> list[Clash]:
    """Return what cannot hold among the timetables of open proposals."""
    code = active_code()
    assessed = {
        option.key: option.key
        for option in code.options("timetable_steps", day)
        if option.text("kind") == StepKind.WORK and _is_assessed(option)
    }
    plans = [
        Timetabled(
            proposal=each.course.proposal.label, plan=each.expected,
            is_urgent=each.course.details.is_urgent,
        )
        for each in timetables.values()
    ]  # fmt: skip
    return clashes_among(
        plans, assessed=assessed,
        at_once=int(str(code.parameter("assessments_at_once", on=day))),
        items=int(str(code.parameter("proposals_at_a_meeting", on=day))),
    )  # fmt: skip


def _is_assessed(option: Any) -> bool:
    return option.key in {each.key for each in active_code().options("assessment_kinds")}

"""The assessments of a proposal as at a day, with the times in which their clocks stood still."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from engross.apps.proposals.models import Assessment as AssessmentRow
from engross.apps.proposals.models import MoveMade
from engross.apps.proposals.queries.courses import (
    Course,
    course_about,
    courses_of,
    frameworks,
)
from engross.apps.proposals.queries.registered import days_between
from engross.apps.proposals.registers import assessments
from engross.apps.registers.queries import RowsAbout, active_code
from engross.core.codes.codes import Option
from engross.core.proposals.durations import Convention, convention_named, target_day
from engross.core.proposals.framework.deadlines import days_stood
from engross.core.proposals.framework.states import Clock, clocks_run

if TYPE_CHECKING:  # The tables of holidays take long to load.
    from engross.core.dates.working_days import WorkingDayCalendar


@dataclass(frozen=True)
class AssessmentSeen:
    """An assessment as at a day, counted as published and in true Working Days.

    `days` and `working_days` run until it was returned, or until the day; None where a day is
    not known. The Working Days are those of its clock, without `stood`, in which that stood still
    since a query waited for its answer; they tell whether it is late.
    """

    kind: Option
    sequence: int
    accepted_on: date | None
    returned_on: date | None
    target: int
    days: int | None
    working_days: int | None
    stood: int
    convention: Option
    is_late: bool
    basis: str


def assessments_seen(
    about: RowsAbout,
    course: Course | None,
    day: date,
    until: date,
    calendar: "WorkingDayCalendar",
) -> tuple[AssessmentSeen, ...]:
    """Return the assessments that had begun by a day, those without a day first.

    Days are counted until another, the last of which records are kept.
    """
    rows: Iterable[AssessmentRow] = sorted(
        about.rows(assessments),
        key=lambda row: (row.accepted_on or date.min, row.kind, row.sequence),
    )
    clocks = _assessment_clocks(about, course, day) if about.is_named_in(MoveMade) else {}
    return tuple(
        _assessment_seen(row, max(until, row.accepted_on or until), calendar,
                         clocks.get((row.kind, row.accepted_on)))
        for row in rows
        if row.accepted_on is None or row.accepted_on <= day
    )  # fmt: skip


def due_days(
    rows: Sequence[AssessmentRow], *, on: date, calendar: "WorkingDayCalendar"
) -> dict[int, date | None]:
    """Return when assessments underway reach their targets, by row number.

    Later by the days in which their clocks have stood still; None where holidays are not
    published so far.
    """
    made = MoveMade.objects.filter(proposal__in={row.proposal_id for row in rows})
    moved = set(made.order_by().values_list("proposal_id", flat=True))
    courses = courses_of(moved, on=on, with_facts=False) if moved else {}
    clocks = {pk: _clocks_of(course, on) for pk, course in courses.items()}
    found: dict[int, date | None] = {}
    for row in rows:
        counting = convention_named(active_code(), row.convention)
        clock = clocks.get(row.proposal_id, {}).get((row.kind, row.accepted_on))
        stood = days_stood(clock, counting, calendar, on=on) if clock else 0
        found[row.pk] = row.accepted_on and target_day(
            row.accepted_on, row.target_working_days, counting, calendar, stood=stood
        )
    return found


def _assessment_clocks(
    about: RowsAbout, course: Course | None, day: date
) -> dict[tuple[str, date | None], Clock]:
    known = course or (course_about(about, on=day) if about.rows(assessments) else None)
    return _clocks_of(known, day) if known else {}


def _clocks_of(course: Course, day: date) -> dict[tuple[str, date | None], Clock]:
    """Return the clock of each assessment, by its kind and the day on which it was accepted."""
    ran = clocks_run(frameworks(), course.events)
    kinds = {key: move.assessment for move in frameworks().on(day).moves.values()
             if move.assessment for key in move.starts}  # fmt: skip
    return {(kinds[key], start): clock for (key, start), clock in ran.items() if key in kinds}


def _assessment_seen(
    row: AssessmentRow, day: date, calendar: "WorkingDayCalendar", clock: Clock | None
) -> AssessmentSeen:
    code = active_code()
    returned_on = row.returned_on if row.returned_on and row.returned_on <= day else None
    option = code.option("counting_conventions", row.convention)
    convention = Convention.of(option)
    start, end = row.accepted_on, returned_on or day
    days = days_between(start, end, convention, calendar)
    truly = convention.in_working_days
    working_days = days_between(start, end, truly, calendar)
    stood = days_stood(clock, truly, calendar, on=end) if clock and working_days else 0
    stood_as_published = days_stood(clock, convention, calendar, on=end) if clock and days else 0
    return AssessmentSeen(
        kind=code.option("assessment_kinds", row.kind),
        sequence=row.sequence,
        accepted_on=row.accepted_on,
        returned_on=returned_on,
        target=row.target_working_days,
        days=days,
        working_days=working_days and working_days - stood,
        stood=stood,
        convention=option,
        is_late=days is not None and days - stood_as_published > row.target_working_days,
        basis=row.basis,
    )

"""The calculator of Working Days: a count between two days, or a day so many later."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from engross.apps.accounts.queries import may_change_registers
from engross.apps.dates import queries
from engross.apps.dates.forms import CalculatorForm, place_name
from engross.core.dates.spans import Ends
from engross.core.dates.working_days import Holiday, WorkingDayCalendar
from engross.core.refusals import Refused


@dataclass(frozen=True)
class Counted:
    """What was asked between two days, in numbers."""

    start: date
    end: date
    working_days: int
    weekdays: int
    days: int
    holidays: tuple[Holiday, ...]
    is_inclusive: bool


@dataclass(frozen=True)
class Reached:
    """The day that so many Working Days lead to, after the start or before it."""

    start: date
    count: int
    day: date
    is_before: bool


def calculator(request: HttpRequest) -> HttpResponse:
    """Count Working Days between two days, or add some to one; show the year's holidays."""
    today = timezone.localdate()
    form = CalculatorForm(request.GET, today=today)
    form.is_valid()
    asked = form.cleaned_data
    calendar = queries.calendar_of_the_code(asked.get("nation") or None)
    start = asked.get("start") or today
    counted, reached, refused = _answer(calendar, start, asked, is_valid=form.is_valid())
    year = (reached.day if reached else counted.end if counted else start).year
    context = {
        "title": "Working Days",
        "lead": "A Working Day is a day that is neither weekend nor bank holiday. One calendar "
        "stands behind every deadline, page, feed and report here.",
        "form": form,
        "counted": counted,
        "reached": reached,
        "refused": refused,
        "place": place_name(calendar.nation or calendar.country),
        "year": year,
        "holidays": _holidays_of(calendar, year),
        "corrections": _shown_corrections(year),
        "may_change": may_change_registers(request.user),
    }
    status = 422 if form.errors or refused else 200
    return render(request, "dates/calculator.html", context, status=status)


def _answer(
    calendar: WorkingDayCalendar, start: date, asked: dict[str, Any], *, is_valid: bool
) -> tuple[Counted | None, Reached | None, Refused | None]:
    """Return the count, or the day reached, or why there is none; all None if nothing is asked."""
    if not is_valid:
        return None, None, None
    try:
        if asked.get("days") is not None:
            return None, _reached(calendar, start, asked["days"]), None
        if asked.get("end"):
            is_inclusive = bool(asked["inclusive"])
            return _counted(calendar, start, asked["end"], is_inclusive=is_inclusive), None, None
    except Refused as refused:
        return None, None, refused
    return None, None, None


def _reached(calendar: WorkingDayCalendar, start: date, count: int) -> Reached:
    move = calendar.add_working_days if count >= 0 else calendar.subtract_working_days
    return Reached(start, abs(count), move(start, abs(count)), is_before=count < 0)


def _counted(
    calendar: WorkingDayCalendar, start: date, end: date, *, is_inclusive: bool
) -> Counted:
    ends = Ends.BOTH if is_inclusive else Ends.END
    off = calendar.holidays_between(start, end)
    return Counted(
        start=start,
        end=end,
        working_days=calendar.count_working_days(start, end, inclusive=ends),
        weekdays=calendar.count_weekdays(start, end, inclusive=ends),
        days=(end - start).days + is_inclusive,
        holidays=tuple(each for each in off if not calendar.is_weekend(each.day)),
        is_inclusive=is_inclusive,
    )


def _holidays_of(calendar: WorkingDayCalendar, year: int) -> tuple[Holiday, ...]:
    """Return the holidays of a year; none if the calendar does not know it."""
    try:
        return calendar.holidays_between(date(year, 1, 1), date(year, 12, 31))
    except Refused:
        return ()


def _shown_corrections(year: int) -> list[dict[str, Any]]:
    return [
        {
            "row": row,
            "href": reverse("registers:entry", args=["holiday-corrections", row.entry]),
        }
        for row in queries.corrections_of_year(year)
    ]

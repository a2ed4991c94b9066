"""The calendar by which figures count Working Days."""

from typing import TYPE_CHECKING

from engross.apps.dates.queries import calendar_of_the_code
from engross.apps.registers.figures import once
from engross.core.reports.figures import Asking

if TYPE_CHECKING:
    from engross.core.dates.working_days import WorkingDayCalendar


def calendar_for(asking: Asking) -> "WorkingDayCalendar":
    """Return the code's Working Days as known at the moment asked about."""
    return once(asking, _read_calendar)


def _read_calendar(asking: Asking) -> "WorkingDayCalendar":
    return calendar_of_the_code(known_at=asking.known_at)

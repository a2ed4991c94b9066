"""When a step that slips is news, so that nobody is told the same each day."""

from datetime import date
from typing import NamedTuple

from engross.core.dates.spans import Ends
from engross.core.dates.working_days import WorkingDayCalendar
from engross.core.proposals.planning.plans import Slip


class SlipTold(NamedTuple):
    """A slip as it was told: the key of its step, when that was planned and when expected."""

    step: str
    planned_on: date
    expected_on: date


def is_news(slip: Slip, told: SlipTold | None, *, least: int, calendar: WorkingDayCalendar) -> bool:
    """Say whether a slip is told after another was.

    A step that is overdue is expected a day later each day: it is told of again only once it is
    expected `least` Working Days later than was told, or once its planned day is another.
    """
    if told is None or (told.step, told.planned_on) != (slip.step.key, slip.planned_on):
        return True
    if slip.expected_on <= told.expected_on:
        return False
    grown = calendar.count_working_days(told.expected_on, slip.expected_on, inclusive=Ends.END)
    return grown >= least

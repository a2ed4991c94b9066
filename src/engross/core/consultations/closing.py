"""On which day and at which moment a consultation closes."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from engross.core.dates.spans import Ends
from engross.core.dates.working_days import WorkingDayCalendar
from engross.core.refusals import Reason, Refused


@dataclass(frozen=True)
class Length:
    """How long a kind of consultation is open at the least, in Working Days, and who says so."""

    working_days: int | None
    clause: str = ""
    # The Authority sets the timetable of what is urgent.
    is_urgent: bool = False

    @property
    def least(self) -> int:
        """The fewest Working Days that it may be open, the day of opening not counted."""
        return 1 if self.working_days is None or self.is_urgent else self.working_days


def read_time(text: str) -> time:
    """Return a time of day as a code writes it, such as 17:00; raises ValueError if it is none."""
    return time.fromisoformat(text)


def closing_moment(closes_on: date, closing_time: time, time_zone: str) -> datetime:
    """Return the moment at which what closes on a day closes, whatever the clocks did before.

    An answer at that very moment is in time; a second later it is late.
    """
    return datetime.combine(closes_on, closing_time, ZoneInfo(time_zone))


def is_late(at: datetime, closes_at: datetime) -> bool:
    """Say whether what came at a moment came after the close."""
    return at > closes_at


def usual_closing_day(opens_on: date, length: Length, calendar: WorkingDayCalendar) -> date | None:
    """Return the day on which a consultation closes if nobody says otherwise; None if free."""
    if length.working_days is None:
        return None
    return calendar.add_working_days(opens_on, length.working_days)


def reasons_against_closing_day(
    closes_on: date, *, opens_on: date, length: Length, calendar: WorkingDayCalendar
) -> list[Reason]:
    """Return why a consultation that opens on a day cannot close on another.

    The day of opening never counts: 15 Working Days from a Tuesday end on a Tuesday.
    """
    try:
        return [
            *_not_working(closes_on, calendar),
            *_too_short(closes_on, opens_on, length, calendar),
        ]
    except Refused as refused:
        return list(refused.reasons)


def _not_working(day: date, calendar: WorkingDayCalendar) -> list[Reason]:
    if calendar.is_working_day(day):
        return []
    why = calendar.holiday_name(day) or f"a {day:%A}"
    following = calendar.next_working_day(day)
    what = f"{_written(day)} is no Working Day: it is {why}"
    return [Reason(what, f"Close it on {_written(following)}, the next Working Day")]


def _too_short(
    closes_on: date, opens_on: date, length: Length, calendar: WorkingDayCalendar
) -> list[Reason]:
    first = calendar.add_working_days(opens_on, length.least)
    if closes_on >= first:
        return []
    if closes_on <= opens_on:
        what = f"It would close on {_written(closes_on)}, but opens on {_written(opens_on)}"
    else:
        open_for = calendar.count_working_days(opens_on, closes_on, inclusive=Ends.END)
        what = f"It would be open for {open_for} Working Days of {length.least}"
    return [Reason(what, f"Close it on {_written(first)} or later", length.clause)]


def _written(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"

"""The code's Working Days: the published holidays with what staff have corrected."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.utils import timezone

from engross.apps.dates.models import HolidayCorrection
from engross.apps.registers.queries import active_code
from engross.core.codes import Code
from engross.core.dates.places import settle_place, uk_nation_named
from engross.core.dates.spans import Ends
from engross.core.dates.working_days import Correction, WorkingDayCalendar
from engross.core.refusals import Refused

# Nation as written, day, moment of recording, whether a holiday, name, reason.
_Row = tuple[str, date, datetime, bool, str, str]


def calendar_of_the_code(
    nation: str | None = None, *, known_at: datetime | None = None
) -> WorkingDayCalendar:
    """Return the Working Days where the code holds, as known at a moment.

    `nation` is another part of the code's country; without it the code's own. The corrections
    are read anew with one query, so that one recorded a second ago counts; a calendar already
    made from the same corrections is used again. A correction of another nation, or of a day
    beyond the published table, changes nothing.
    Raises Refused if the country has no such nation.
    """
    return calendar_of(active_code(), nation, known_at=known_at)


def calendar_of(
    code: Code, nation: str | None = None, *, known_at: datetime | None = None
) -> WorkingDayCalendar:
    """Return what `calendar_of_the_code` does, for a code that the caller holds."""
    own = code.calendar
    place = settle_place(own.country, nation or own.nation)
    return _made(place, settle_place(own.country, own.nation), recorded_corrections(known_at))


def working_days_left(calendar: WorkingDayCalendar, day: date, until: date) -> int | None:
    """Return how many Working Days come after `day` until `until`, which counts.

    None if `until` is `day` or past, or if the calendar does not reach so far.
    """
    if until <= day:
        return None
    try:
        return calendar.count_working_days(day, until, inclusive=Ends.END)
    except Refused:
        return None


@dataclass(frozen=True)
class SeenCorrection:
    """A correction as a page shows it."""

    entry: str
    day: date
    nation: str
    name: str
    is_holiday: bool
    announced_on: date
    basis: str


def corrections_of_year(year: int) -> list[SeenCorrection]:
    """Return what staff have corrected in a year for any nation, in order of days."""
    rows = HolidayCorrection.objects.known_at(None).filter(day__year=year)
    fields = ("entry", "day", "nation", "name", "is_holiday", "announced_on", "basis")
    listed = rows.order_by("day", "nation", "entry").values_list(*fields)
    return [SeenCorrection(str(entry), *rest) for entry, *rest in listed]


def recorded_corrections(known_at: datetime | None = None) -> tuple[_Row, ...]:
    """Return what staff have corrected for any nation, as known at a moment, by day."""
    rows = HolidayCorrection.objects.known_at(known_at).order_by("day", "nation", "entry")
    fields = ("nation", "day", "recorded_at", "is_holiday", "name", "reason")
    return tuple(rows.values_list(*fields))


@lru_cache(maxsize=64)
def _made(
    place: tuple[str, str | None], own: tuple[str, str | None], rows: tuple[_Row, ...]
) -> WorkingDayCalendar:
    published = WorkingDayCalendar(*place)
    chosen: dict[date, Correction] = {}
    # A row that names the nation comes after one that leaves it out, and so outweighs it.
    for written, day, recorded_at, is_holiday, name, reason in sorted(rows, key=lambda row: row[0]):
        if _place_of(written, own) == place and published.first_day <= day <= published.last_day:
            recorded_on = day_of(recorded_at)
            chosen[day] = Correction(day, recorded_on, is_holiday, name, reason or "As recorded")
    return WorkingDayCalendar(*place, corrections=tuple(chosen.values()))


def _place_of(written: str, own: tuple[str, str | None]) -> tuple[str, str | None] | None:
    """Return the place that a correction's nation means; None if there is no such nation."""
    if not written:
        return own
    try:
        return settle_place(own[0], uk_nation_named(written) or written)
    except Refused:
        return None


def day_of(moment: datetime) -> date:
    """Return the day on which a moment falls where the code holds."""
    return moment.astimezone(timezone.get_current_timezone()).date()

"""Working Days: the one calendar behind every form, page, mail, feed and report.

A Working Day is a day that is neither weekend nor holiday where the code holds. Days are plain
dates, local to the code; a moment must be turned into its day first.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import IntEnum
from functools import lru_cache
from hashlib import sha256

import numpy as np

from engross.core.dates.column_counts import add_each, count_each, is_working_each
from engross.core.dates.corrections import (
    Correction,
    corrections_in_force,
    reasons_against_corrections,
)
from engross.core.dates.day_columns import Counts, DayColumn, Days, WholeNumbers, YesNo
from engross.core.dates.day_table import DayTable, build_day_table
from engross.core.dates.places import settle_place, split_place
from engross.core.dates.spans import Ends
from engross.core.refusals import Reason, Refused

__all__ = ["Correction", "Ends", "Holiday", "Weekday", "WorkingDayCalendar"]


class Weekday(IntEnum):
    """A day of the week, numbered as `date.weekday` does."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


@dataclass(frozen=True)
class Holiday:
    """A day off by name; `by_correction` if staff added it to the published table."""

    day: date
    name: str
    by_correction: bool


@dataclass(frozen=True)
class WorkingDayCalendar:
    """The Working Days of one place, with what staff have corrected.

    Calendars made from the same settings are equal, hash alike and bear the same `version`.
    `observes_holidays=False` makes a calendar that knows weekends only.
    Raises Refused for an unknown place, or corrections that contradict one another.
    """

    country: str
    nation: str | None = None
    extra_weekend: frozenset[Weekday] = frozenset()
    corrections: tuple[Correction, ...] = ()
    observes_holidays: bool = field(default=True, kw_only=True)

    def __post_init__(self) -> None:
        country, nation = settle_place(self.country, self.nation)
        corrections = tuple(sorted(set(self.corrections)))
        if reasons := reasons_against_corrections(corrections):
            raise Refused(reasons)
        object.__setattr__(self, "country", country)
        object.__setattr__(self, "nation", nation)
        object.__setattr__(self, "extra_weekend", frozenset(map(Weekday, self.extra_weekend)))
        object.__setattr__(self, "corrections", corrections)
        _table(self)  # So that a correction out of range is refused here and not at first use.

    @classmethod
    def of(
        cls,
        place: str,
        *,
        extra_weekend: Iterable[Weekday] = (),
        corrections: Iterable[Correction] = (),
    ) -> "WorkingDayCalendar":
        """Return the calendar of a place named in one: 'scotland', 'IE', 'DE-BY'.

        Raises Refused if there is no such place.
        """
        country, nation = split_place(place)
        return cls(country, nation, frozenset(extra_weekend), tuple(corrections))

    @property
    def place(self) -> str:
        """Return the place in one: 'GB-england-and-wales', 'IE', 'DE-BY'."""
        return f"{self.country}-{self.nation}" if self.nation else self.country

    @property
    def first_day(self) -> date:
        """Return the first day that this calendar knows."""
        return _table(self).first_day

    @property
    def last_day(self) -> date:
        """Return the last day that this calendar knows."""
        return _table(self).last_day

    @property
    def version(self) -> str:
        """Return a name for exactly these Working Days, to store with a deadline.

        It changes with any setting or correction, and when the published holidays change.
        """
        return _version(self)

    def weekdays_only(self) -> "WorkingDayCalendar":
        """Return the same calendar without its holidays."""
        return replace(self, observes_holidays=False)

    def known_on(self, day: date) -> "WorkingDayCalendar":
        """Return the calendar as it stood on `day`: without corrections recorded later."""
        kept = tuple(c for c in self.corrections if c.recorded_on <= day)
        return replace(self, corrections=kept)

    # One day

    def is_working_day(self, day: date) -> bool:
        """Return whether `day` is a Working Day.

        Raises Refused if the calendar does not know `day`, TypeError if it is not a date.
        """
        table = _table(self)
        return bool(table.is_working[table.position_of(day)])

    def is_weekend(self, day: date) -> bool:
        """Return whether `day` belongs to the weekend; some countries work on a few of those.

        Raises as `is_working_day` does.
        """
        table = _table(self)
        return bool(table.is_weekend[table.position_of(day)])

    def holiday_name(self, day: date) -> str | None:
        """Return what holiday `day` is, on a weekend too, or None.

        Raises as `is_working_day` does.
        """
        table = _table(self)
        table.position_of(day)
        return table.holiday_names.get(day)

    def add_working_days(self, start: date, count: int) -> date:
        """Return the day that falls `count` Working Days after `start`.

        The start itself never counts: one Working Day after a Friday is the Monday. None after
        `start` is `start`, even on a holiday.

        Units: `count` in whole Working Days, 0 or more (to go back, `subtract_working_days`).
        Raises ValueError if `count` is negative, Refused if the calendar does not reach so far.
        """
        table = _table(self)
        position = table.position_of(start)
        if _checked_count(count) == 0:
            return start
        found = int(table.working_before[position + 1]) + count - 1
        if found >= len(table.working_positions):
            raise Refused(_out_of_reach(table, f"{count} Working Days after {start}"))
        return table.day_at(int(table.working_positions[found]))

    def add_working_days_if_known(self, start: date, count: int) -> date | None:
        """Return what `add_working_days` does; None where the published holidays end before.

        Raises ValueError if `count` is negative.
        """
        try:
            return self.add_working_days(start, count)
        except Refused:
            return None

    def subtract_working_days(self, end: date, count: int) -> date:
        """Return the day that falls `count` Working Days before `end`, which never counts.

        Units and Raises as in `add_working_days`.
        """
        table = _table(self)
        position = table.position_of(end)
        if _checked_count(count) == 0:
            return end
        found = int(table.working_before[position]) - count
        if found < 0:
            raise Refused(_out_of_reach(table, f"{count} Working Days before {end}"))
        return table.day_at(int(table.working_positions[found]))

    def next_working_day(self, day: date, *, or_same: bool = False) -> date:
        """Return the first Working Day after `day`, or `day` itself if `or_same` and it is one.

        Raises Refused if the calendar does not reach so far.
        """
        if or_same and self.is_working_day(day):
            return day
        return self.add_working_days(day, 1)

    def previous_working_day(self, day: date, *, or_same: bool = False) -> date:
        """Return the last Working Day before `day`, or `day` itself if `or_same` and it is one.

        Raises Refused if the calendar does not reach so far.
        """
        if or_same and self.is_working_day(day):
            return day
        return self.subtract_working_days(day, 1)

    # A span

    def count_working_days(self, start: date, end: date, *, inclusive: Ends) -> int:
        """Return how many Working Days lie from `start` to `end`, counting the ends as told.

        Which ends count has no default: a published figure keeps the way it was counted. With
        `Ends.END` it is the number that `add_working_days` needs to come from start to end.

        Units: whole Working Days, 0 or more.
        Raises Refused if `end` is before `start` or the calendar does not know one of them.
        """
        table = _table(self)
        first, last = table.positions_of_span(start, end)
        low, high = first + inclusive.skips_start, last + inclusive.counts_end
        return max(0, int(table.working_before[high]) - int(table.working_before[low]))

    def count_weekdays(self, start: date, end: date, *, inclusive: Ends) -> int:
        """Return how many days from `start` to `end` are not weekend, holidays or not.

        Units and Raises as in `count_working_days`.
        """
        return self.weekdays_only().count_working_days(start, end, inclusive=inclusive)

    def working_days_between(self, start: date, end: date) -> tuple[date, ...]:
        """Return the Working Days from `start` to `end`, both included, in order.

        Raises as `count_working_days` does.
        """
        table = _table(self)
        first, last = table.positions_of_span(start, end)
        low, high = table.working_before[first], table.working_before[last + 1]
        return tuple(table.day_at(int(at)) for at in table.working_positions[low:high])

    def holidays_between(self, start: date, end: date) -> tuple[Holiday, ...]:
        """Return the holidays from `start` to `end`, both included, in order, weekends too.

        Raises as `count_working_days` does.
        """
        table = _table(self)
        table.positions_of_span(start, end)
        added = {c.day for c in corrections_in_force(self.corrections) if c.is_holiday}
        return tuple(
            Holiday(day, name, by_correction=day in added)
            for day, name in table.holiday_names.items()
            if start <= day <= end
        )

    # Columns of a register: lists with None, or arrays of datetime64[D]; one day goes with all.
    # They give masked arrays: `tolist` has None in each gap, `mean` leaves the gaps out.

    def is_working_day_each(self, days: Days) -> YesNo:
        """Return for each of `days` whether it is a Working Day, with a gap for a gap.

        Raises as `is_working_day` does, naming every row that is wrong.
        """
        return is_working_each(_table(self), days)

    def add_working_days_each(self, starts: Days, counts: Counts) -> DayColumn:
        """Return for each start the day `count` Working Days after it, with a gap for a gap.

        Units and Raises as in `add_working_days`, naming every row that is wrong.
        """
        return add_each(_table(self), starts, counts)

    def count_working_days_each(self, starts: Days, ends: Days, *, inclusive: Ends) -> WholeNumbers:
        """Return for each pair how many Working Days lie in it, with a gap where a day is missing.

        Units and Raises as in `count_working_days`, naming every row that is wrong.
        """
        return count_each(_table(self), starts, ends, inclusive=inclusive)

    def count_weekdays_each(self, starts: Days, ends: Days, *, inclusive: Ends) -> WholeNumbers:
        """Return for each pair how many of its days are not weekend, with a gap for a gap.

        Units and Raises as in `count_working_days_each`.
        """
        return count_each(_table(self.weekdays_only()), starts, ends, inclusive=inclusive)


@lru_cache(maxsize=64)
def _table(calendar: WorkingDayCalendar) -> DayTable:
    return build_day_table(
        calendar.country,
        calendar.nation,
        place=calendar.place,
        extra_weekend=calendar.extra_weekend,
        corrections=corrections_in_force(calendar.corrections),
        observes_holidays=calendar.observes_holidays,
    )


@lru_cache(maxsize=64)
def _version(calendar: WorkingDayCalendar) -> str:
    table = _table(calendar)
    settings = {
        "place": calendar.place,
        "extra_weekend": sorted(calendar.extra_weekend),
        "observes_holidays": calendar.observes_holidays,
        "corrections": [
            [str(c.day), str(c.recorded_on), c.is_holiday, c.name, c.reason]
            for c in calendar.corrections
        ],
        "first_day": str(table.first_day),
    }
    digest = sha256(json.dumps(settings, sort_keys=True).encode())
    digest.update(np.packbits(table.is_working).tobytes())
    return f"{calendar.place}:{digest.hexdigest()[:12]}"


def _checked_count(count: int) -> int:
    if type(count) is not int:
        raise TypeError(f"count must be a whole number of Working Days, not {count!r}")
    if count < 0:
        raise ValueError(f"count must be 0 or more Working Days, not {count}")
    return count


def _out_of_reach(table: DayTable, what: str) -> Reason:
    remedy = f"Stay within {table.days_known}"
    return Reason(f"The calendar of {table.place} does not reach {what}", remedy)

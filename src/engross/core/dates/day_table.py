"""Every day that a calendar knows, laid out so that counting is two look-ups and a subtraction.

Position 0 is the first day known. `working_before[i]` is the number of Working Days at positions
below `i`, and `working_positions` lists where the Working Days are. Both serve one day as well
as a column of a million.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from engross.core.dates.corrections import Correction
from engross.core.dates.places import PublishedDays, published_days
from engross.core.dates.spans import check_day, reasons_against_span
from engross.core.refusals import Reason, Refused


@dataclass(frozen=True, eq=False)
class DayTable:
    """What a calendar knows of each day from `first_day` to `last_day`, both included."""

    place: str
    first_day: date
    last_day: date
    is_weekend: NDArray[np.bool_]
    is_working: NDArray[np.bool_]
    working_before: NDArray[np.int64]
    working_positions: NDArray[np.int64]
    holiday_names: Mapping[date, str]

    @property
    def first_ordinal(self) -> int:
        return self.first_day.toordinal()

    @property
    def days_known(self) -> str:
        return f"{self.first_day} to {self.last_day}"

    def day_at(self, position: int) -> date:
        """Return the day at `position`."""
        return self.first_day + timedelta(days=position)

    def position_of(self, day: date) -> int:
        """Return where `day` is.

        Raises Refused if it is not known, TypeError if it is no date or has a time.
        """
        check_day(day, named="A day")
        if not self.first_day <= day <= self.last_day:
            what = f"{day} is outside the calendar of {self.place}"
            raise Refused(Reason(what, f"Give a day from {self.days_known}"))
        return day.toordinal() - self.first_ordinal

    def positions_of_span(self, start: date, end: date) -> tuple[int, int]:
        """Return where both ends of a span are.

        Raises as `position_of` does, and Refused if the span runs backwards.
        """
        positions = self.position_of(start), self.position_of(end)
        if reasons := reasons_against_span(start, end):
            raise Refused(reasons)
        return positions


def build_day_table(
    country: str,
    nation: str | None,
    *,
    place: str,
    extra_weekend: Iterable[int],
    corrections: Iterable[Correction],
    observes_holidays: bool,
) -> DayTable:
    """Return the days of a place, with further weekend days and corrections applied.

    Raises Refused if a correction lies outside the days known, or if no Working Day is left.
    """
    published = published_days(country, nation)
    is_weekend = published.is_weekend.copy()
    for weekday in extra_weekend:
        is_weekend[(weekday - published.first_day.weekday()) % 7 :: 7] = True
    names = _corrected_names(published, corrections)
    is_working = ~is_weekend
    if observes_holidays:
        is_working[_positions(published, published.works_at_weekend)] = True
        is_working[_positions(published, names)] = False
    if not is_working.any():
        raise Refused(Reason(f"The calendar of {place} has no Working Day", "Shorten its weekend"))
    return DayTable(
        place=place,
        first_day=published.first_day,
        last_day=published.last_day,
        is_weekend=is_weekend,
        is_working=is_working,
        # One longer than the days, so that a count up to and with the last day is no exception.
        working_before=np.concatenate(([0], np.cumsum(is_working, dtype=np.int64))),
        working_positions=np.flatnonzero(is_working).astype(np.int64),
        holiday_names=MappingProxyType(names if observes_holidays else {}),
    )


def _corrected_names(
    published: PublishedDays, corrections: Iterable[Correction]
) -> dict[date, str]:
    names = dict(published.holiday_names)
    outside = []
    for correction in corrections:
        if not published.first_day <= correction.day <= published.last_day:
            outside.append(correction.day)
        elif correction.is_holiday:
            names[correction.day] = correction.name
        else:
            names.pop(correction.day, None)
    if outside:
        remedy = f"Correct a day from {published.first_day} to {published.last_day}"
        raise Refused(Reason(f"A correction of {day} is out of reach", remedy) for day in outside)
    return dict(sorted(names.items()))


def _positions(published: PublishedDays, days: Iterable[date]) -> NDArray[np.int64]:
    first = published.first_day.toordinal()
    return np.fromiter((day.toordinal() - first for day in days), dtype=np.int64)

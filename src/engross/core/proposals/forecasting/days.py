"""Days as places in the row of Working Days, which is what durations are counted in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from engross.core.dates.spans import Ends
from engross.core.dates.working_days import WorkingDayCalendar

Places = NDArray[np.int64]

# The furthest that a forecast looks: six years.
HORIZON = 1_500
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True)
class DayRow:
    """The Working Days of a calendar, seen from a day: it has place 0, those before less.

    A day that is no Working Day has the place of the one before it.
    """

    on: date
    calendar: WorkingDayCalendar

    def places(self, days: Iterable[date] | Places) -> Places:
        """Return the place of each day; one that the calendar does not know has that of its end.

        Days may be given as numbers too, as `date.toordinal` gives them.
        """
        if isinstance(days, np.ndarray):
            known = (days - _EPOCH).astype("datetime64[D]")
        else:
            known = np.array(list(days), dtype="datetime64[D]")
        first, last = np.datetime64(self.calendar.first_day), np.datetime64(self.calendar.last_day)
        known = np.clip(known, first, last)
        before = np.minimum(known, np.datetime64(self.on))
        after = np.maximum(known, np.datetime64(self.on))
        behind = self.calendar.count_working_days_each(before, self.on, inclusive=Ends.END)
        ahead = self.calendar.count_working_days_each(self.on, after, inclusive=Ends.END)
        return np.asarray(ahead.filled(0) - behind.filled(0), dtype=np.int64)

    @cached_property
    def reach(self) -> int:
        """Return how many Working Days ahead can be told: those that the calendar knows, at most.

        Units: Working Days, never more than the horizon.
        """
        last = min(self.calendar.last_day, self.on + timedelta(days=2 * HORIZON))
        known = self.calendar.count_working_days(self.on, last, inclusive=Ends.END)
        return min(HORIZON, known)

    @cached_property
    def ahead(self) -> list[date]:
        """Return the Working Days that come, as far as can be told; the first has place 1."""
        counts = np.arange(1, self.reach + 1)
        days = self.calendar.add_working_days_each(self.on, counts)
        found: list[date] = days.tolist()
        return found

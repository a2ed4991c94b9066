"""Working Days by the column, as registers count them."""

import numpy as np

from benchmarks import benchmark, wall_milliseconds

ROWS = 1_000_000


@benchmark("a million counts of Working Days", unit="ms", budget=50)
def count_a_column() -> float:
    """Return milliseconds for counting the Working Days of a million spans."""
    from engross.core.dates.spans import Ends
    from engross.core.dates.working_days import WorkingDayCalendar

    calendar = WorkingDayCalendar.of("england-and-wales")
    starts = np.datetime64("2015-01-01") + np.arange(ROWS) % 3000
    ends = starts + np.arange(ROWS) % 400
    return wall_milliseconds(
        lambda: calendar.count_working_days_each(starts, ends, inclusive=Ends.BOTH)
    )

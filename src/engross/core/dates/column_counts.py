"""The arithmetic of Working Days on whole columns of a register, naming every row that is wrong."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engross.core.dates.day_columns import (
    Counts,
    DayColumn,
    Days,
    WholeNumbers,
    YesNo,
    as_days,
    read_counts,
    read_days,
)
from engross.core.dates.day_table import DayTable
from engross.core.dates.spans import Ends
from engross.core.refusals import Reason, Refused

_ROWS_NAMED = 20  # Of a column that is wrong throughout, no one reads more.


def is_working_each(table: DayTable, days: Days) -> YesNo:
    """Return for each day whether it is a Working Day.

    Raises Refused if a row is not known.
    """
    positions, is_missing = _positions(table, days)
    return np.ma.MaskedArray(table.is_working[positions], mask=is_missing)


def add_each(table: DayTable, starts: Days, counts: Counts) -> DayColumn:
    """Return for each start the day that falls so many Working Days after it.

    Raises Refused if a row is not known or runs past the table, ValueError if a count is negative.
    """
    positions, has_no_start = _positions(table, starts)
    column = read_counts(counts)
    is_missing = has_no_start | column.is_missing
    found = table.working_before[positions + 1] + column.numbers - 1
    last = len(table.working_positions) - 1
    is_beyond = (found > last) & (column.numbers > 0) & ~is_missing
    _refuse_rows(is_beyond, f"runs past {table.last_day}", "Give an earlier start or fewer days")
    reached = table.working_positions[np.clip(found, 0, last)]
    landed = np.where(column.numbers == 0, positions, reached)
    return as_days(landed + table.first_ordinal, is_missing)


def count_each(table: DayTable, starts: Days, ends: Days, *, inclusive: Ends) -> WholeNumbers:
    """Return for each pair how many Working Days lie in it.

    Raises Refused if a row is not known or runs backwards.
    """
    first, has_no_start = _positions(table, starts)
    last, has_no_end = _positions(table, ends)
    is_missing = has_no_start | has_no_end
    remedy = "Give an end on the day of the start or later"
    _refuse_rows((last < first) & ~is_missing, "ends before it starts", remedy)
    low, high = first + inclusive.skips_start, last + inclusive.counts_end
    counted = table.working_before[high] - table.working_before[low]
    return np.ma.MaskedArray(np.maximum(counted, 0), mask=is_missing)


def _positions(table: DayTable, days: Days) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    column = read_days(days, in_gaps=table.first_day)
    positions = column.numbers - table.first_ordinal
    is_outside = (positions < 0) | (positions >= len(table.is_working))
    what = f"holds a day outside the calendar of {table.place}"
    _refuse_rows(is_outside, what, f"Give days from {table.days_known}")
    return positions, column.is_missing


def _refuse_rows(is_wrong: NDArray[np.bool_], what: str, remedy: str) -> None:
    if not is_wrong.any():
        return
    rows: list[Any] = np.flatnonzero(is_wrong).tolist()
    reasons = [Reason(f"Row {row + 1} {what}", remedy) for row in rows[:_ROWS_NAMED]]
    if (more := len(rows) - _ROWS_NAMED) > 0:
        reasons.append(Reason(f"The same is wrong in {more} further rows", remedy))
    raise Refused(reasons)

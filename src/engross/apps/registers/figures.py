"""What the figures of every app share: days and months to count in, and reading only once."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

from engross.core.codes.codes import Code, Option
from engross.core.dates.months import Month
from engross.core.reports.figures import Asking, NoRecords
from engross.core.reports.tables import ColumnKind, ColumnSpec

T = TypeVar("T")

USUAL_SPAN_MONTHS = 12


def once(asking: Asking, read: Callable[[Asking], T]) -> T:
    """Return what `read` finds in the registers, read at most once in a round of questions."""
    # Kept with the round itself, so that it goes when the round does.
    found = vars(asking).setdefault("_found", {})
    if read not in found:
        found[read] = read(asking)
    return found[read]  # type: ignore[no-any-return]


def days_of_month(asking: Asking) -> tuple[date, date]:
    """Return the first and last day to count in the month, both included.

    A month that is not over at the day asked about is counted up to that day.
    """
    return asking.month.first_day, min(asking.month.last_day, asking.as_at)


def months_told(asking: Asking) -> tuple[Month, ...]:
    """Return the months that charts and averages reach back over, this one included.

    How many there are is the code's parameter `report_span`.
    """
    count = USUAL_SPAN_MONTHS
    if "report_span" in asking.code.parameters:
        count = int(str(asking.code.parameter("report_span", on=asking.month.last_day)))
    return asking.month.last_months(count)


def span_told(asking: Asking) -> tuple[date, date]:
    """Return the first and last day of the months that averages reach back over."""
    return months_told(asking)[0].first_day, days_of_month(asking)[1]


def months_without(asking: Asking, *registers: str) -> frozenset[Month]:
    """Return which of the months told have no records in one of the registers."""
    return frozenset(
        month
        for month in months_told(asking)
        if any(asking.no_records(register, month) for register in registers)
    )


def count_by_month(
    days: Iterable[date], months: Iterable[Month], *, without: frozenset[Month] = frozenset()
) -> list[int | None]:
    """Return how many days fall in each month; None for a month without records."""
    counts: dict[Month, int] = {}
    for day in days:
        month = Month.of(day)
        counts[month] = counts.get(month, 0) + 1
    return [None if month in without else counts.get(month, 0) for month in months]


def month_columns(months: Iterable[Month]) -> tuple[ColumnSpec, ...]:
    """Return one column of whole numbers for each month, named as '2021-09'."""
    return tuple(ColumnSpec(str(each), each.short_name, ColumnKind.WHOLE) for each in months)


def sum_known(values: Iterable[int | None]) -> int | None:
    """Return the sum of the known values; None if none is known."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def keys_counted_as(code: Code, listed: str, counted_as: str) -> frozenset[str]:
    """Return the keys of the entries of a list that count as something."""
    return frozenset(
        each.key for each in code.options(listed) if each.text("counted_as") == counted_as
    )


def called(code: Code, listed: str, key: str) -> str:
    """Return the name of an entry of a list; its key if the code no longer has it."""
    found = option_or_none(code, listed, key)
    return found.name if found else key


def option_or_none(code: Code, listed: str, key: str) -> Option | None:
    """Return an entry of a list by its key, or None if the code no longer has it."""
    try:
        return code.option(listed, key)
    except LookupError:
        return None


def need_kept(asking: Asking, register: str) -> None:
    """Raise NoRecords unless a register is kept over the whole month."""
    if asking.no_records(register, asking.month):
        raise NoRecords(register)

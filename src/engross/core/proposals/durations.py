"""How long things took, by the convention in which a figure was or is counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, TypeAlias

from engross.core.codes.codes import Code, Option
from engross.core.dates.spans import Ends

if TYPE_CHECKING:  # The tables of holidays take long to load.
    from engross.core.dates.working_days import WorkingDayCalendar

Span: TypeAlias = tuple[date | None, date | None]


@dataclass(frozen=True)
class Convention:
    """A way of counting days: bank holidays too or not, the first day too or not."""

    weekdays_only: bool
    is_inclusive: bool

    @classmethod
    def of(cls, option: Option) -> "Convention":
        """Return the convention that an entry of the code's list describes."""
        return cls(option.flag("weekdays_only"), option.flag("is_inclusive"))

    @property
    def in_working_days(self) -> "Convention":
        """Return the same ends counted in true Working Days."""
        return replace(self, weekdays_only=False)


def convention_named(code: Code, key: str) -> Convention:
    """Return a convention of the code by its key; raises LookupError if there is none."""
    return Convention.of(code.option("counting_conventions", key))


def published_convention(code: Code, on: date) -> Convention:
    """Return how the code's monthly report counted on a day, by its parameter.

    Raises LookupError if the code does not say.
    """
    return convention_named(code, str(code.parameter("published_count_convention", on=on)))


def convention_key(code: Code, convention: Convention) -> str:
    """Return the key under which the code lists a convention, or a plain name for it."""
    options = code.options("counting_conventions")
    return next((each.key for each in options if Convention.of(each) == convention), "working days")


def days_taken(
    spans: Sequence[Span], convention: Convention, calendar: "WorkingDayCalendar"
) -> list[int | None]:
    """Return how many days each span took; None where an end is missing or they are reversed.

    Units: days as the convention counts them.
    """
    starts = [start if _is_whole(start, end) else None for start, end in spans]
    ends = [end if _is_whole(start, end) else None for start, end in spans]
    if not any(starts):
        return [None for _ in spans]
    kind = Ends.BOTH if convention.is_inclusive else Ends.END
    used = calendar.weekdays_only() if convention.weekdays_only else calendar
    counted: list[int | None] = used.count_working_days_each(starts, ends, inclusive=kind).tolist()
    return counted


def target_day(
    start: date,
    target: int,
    convention: Convention,
    calendar: "WorkingDayCalendar",
    *,
    stood: int = 0,
) -> date | None:
    """Return the day on which a target is reached; None where holidays are not published so far.

    Units: `target`, and `stood` for how long it stood still, in days of the convention.
    """
    used = calendar.weekdays_only() if convention.weekdays_only else calendar
    return used.add_working_days_if_known(start, max(target - convention.is_inclusive + stood, 0))


def _is_whole(start: date | None, end: date | None) -> bool:
    return start is not None and end is not None and start <= end


def mean_half_up(values: Iterable[int | None]) -> int | None:
    """Return the mean of the known values as a whole number, a half rounded up; None of nothing."""
    known = [value for value in values if value is not None]
    if not known:
        return None
    mean = Decimal(sum(known)) / len(known)
    return int(mean.quantize(Decimal(1), rounding=ROUND_HALF_UP))

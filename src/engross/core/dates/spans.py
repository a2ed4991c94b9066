"""What a span of days is, before anyone counts in it."""

from datetime import date, datetime
from enum import StrEnum

from engross.core.refusals import Reason


class Ends(StrEnum):
    """Which ends of a span are counted, where they are Working Days.

    END is the rule of a deadline: the day it runs from never counts, the day it falls on does.
    """

    BOTH = "both"
    START = "start"
    END = "end"
    NEITHER = "neither"

    @property
    def skips_start(self) -> bool:
        return self in (Ends.END, Ends.NEITHER)

    @property
    def counts_end(self) -> bool:
        return self in (Ends.END, Ends.BOTH)


def check_day(value: object, *, named: str) -> None:
    """Raise TypeError unless `value` is a date without time.

    A moment is a date to Python, but which day it falls on depends on a time zone.
    """
    if not isinstance(value, date) or isinstance(value, datetime):
        raise TypeError(f"{named} must be a date without time, not {value!r}")


def reasons_against_span(start: date, end: date) -> list[Reason]:
    """Return why nothing can be counted from `start` to `end`: it would run backwards."""
    if start <= end:
        return []
    what = f"The span ends on {end}, before it starts on {start}"
    return [Reason(what, "Give an end on the day of the start or later")]

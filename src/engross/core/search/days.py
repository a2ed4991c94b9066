"""Days as a filter writes them: a year, a month, a day, or from one to another."""

import re
from datetime import date, timedelta
from typing import NamedTuple

_PART = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


class DayRange(NamedTuple):
    """From a day until the first day after; an end that is None is open."""

    start: date | None = None
    until: date | None = None


def day_range(text: str) -> DayRange:
    """Return the days that a filter names: 2021, 2021-09, 2021-09-22, 2021-09..2021-11, 2021...

    Raises ValueError where they are not days.
    """
    first, dots, last = text.strip().partition("..")
    if not dots:
        return _span(first)
    if not (first or last):
        raise ValueError(f"{text!r} names no day")
    start = _span(first).start if first else None
    until = _span(last.strip(".")).until if last.strip(".") else None
    if start and until and until <= start:
        raise ValueError(f"{text!r} ends before it begins")
    return DayRange(start, until)


def _span(text: str) -> DayRange:
    match = _PART.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{text!r} is not a year, a month or a day, such as 2021-09")
    year, month, day = (int(part) if part else 0 for part in match.groups())
    if not 1000 <= year < date.max.year:
        raise ValueError(f"{text!r} is not a year")
    if day:
        only = date(year, month, day)
        return DayRange(only, only + timedelta(days=1))
    if month:
        start = date(year, month, 1)
        return DayRange(start, date(year + month // 12, month % 12 + 1, 1))
    return DayRange(date(year, 1, 1), date(year + 1, 1, 1))

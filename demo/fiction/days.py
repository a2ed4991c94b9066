"""Days of the demonstration: weekdays only, as the published papers count."""

from collections.abc import Iterator
from datetime import date, timedelta

SATURDAY = 5
ONE_DAY = timedelta(days=1)


def weekdays(start: date, end: date) -> int:
    """Return how many weekdays lie from `start` to `end`, both counted, holidays too."""
    days = (end - start).days + 1
    full, rest = divmod(days, 7)
    return full * 5 + sum((start + n * ONE_DAY).weekday() < SATURDAY for n in range(rest))


def first_of(end: date, count: int) -> date:
    """Return the weekday from which there are `count` weekdays to `end`, both counted."""
    day = end + ONE_DAY
    while count:
        day -= ONE_DAY
        count -= day.weekday() < SATURDAY
    return day


def weekday(day: date) -> date:
    """Return the day itself, or the Monday after it if it is at a weekend."""
    while day.weekday() >= SATURDAY:
        day += ONE_DAY
    return day


def months(first: str, last: str) -> Iterator[date]:
    """Yield the first day of each month from `first` to `last`, written as 2021-09."""
    day, end = date.fromisoformat(f"{first}-01"), date.fromisoformat(f"{last}-01")
    while day <= end:
        yield day
        day = (day + 31 * ONE_DAY).replace(day=1)

"""How often a person is told what is new, and on which days."""

from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum


class Rhythm(StrEnum):
    """How soon news is told by mail; NONE follows on the site alone."""

    INSTANT = "instant"
    DAILY = "daily"
    WEEKLY = "weekly"
    NONE = "none"

    @property
    def label(self) -> str:
        """What a form calls it."""
        return _LABELS[self]


_LABELS = {
    Rhythm.INSTANT: "At once",
    Rhythm.DAILY: "Each Working Day",
    Rhythm.WEEKLY: "Once a week",
    Rhythm.NONE: "No mail",
}


def is_told_on(
    rhythm: Rhythm,
    day: date,
    *,
    last_told_on: date | None,
    is_working_day: Callable[[date], bool],
) -> bool:
    """Say whether news of a rhythm is told on a day, when it was last told on another.

    Daily news comes on each Working Day, once; weekly news on the first Working Day of the week
    from Monday on, or on the next if that one was missed. A week without one has no weekly news.
    """
    if rhythm is Rhythm.INSTANT:
        return True
    if rhythm is Rhythm.NONE or not is_working_day(day):
        return False
    begins = day if rhythm is Rhythm.DAILY else day - timedelta(days=day.weekday())
    return last_told_on is None or last_told_on < begins

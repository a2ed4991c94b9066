"""Release windows: the days on which scheduled releases go live, by rule and where they moved."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class WindowRule:
    """A window that comes every year: the first, second ... or last of a weekday in a month.

    `month` is 1 to 12, `weekday` 0 for Monday, `which` counts from 1, or from -1 for the last.
    `carries_systems` says whether changes to systems may ride it, or changes to text alone.
    """

    key: str
    name: str
    month: int
    weekday: int
    which: int
    carries_systems: bool

    def day_in(self, year: int) -> date:
        """Return the day of this window in a year, as the rule has it.

        Raises ValueError where the month has no such day, as a fifth Thursday.
        """
        last = calendar.monthrange(year, self.month)[1]
        days = [
            day
            for day in (date(year, self.month, number) for number in range(1, last + 1))
            if day.weekday() == self.weekday
        ]
        place = self.which - 1 if self.which > 0 else self.which
        if not -len(days) <= place < len(days):
            raise ValueError(f"{self.key} asks for day {self.which} of {len(days)}")
        return days[place]


@dataclass(frozen=True)
class MovedWindow:
    """A window of one year that went live on another day than the rule gives."""

    window: str
    year: int
    moved_to: date


@dataclass(frozen=True)
class WindowDay:
    """A window of one year: the day it is, and the day that the rule gives."""

    window: WindowRule
    on: date
    by_rule_on: date

    @property
    def is_moved(self) -> bool:
        """Whether the day is another than the rule gives."""
        return self.on != self.by_rule_on


def windows_between(
    rules: Iterable[WindowRule], moved: Iterable[MovedWindow], *, first: date, last: date
) -> list[WindowDay]:
    """Return the windows from one day to another, both included, in order of days."""
    elsewhere = {(each.window, each.year): each.moved_to for each in moved}
    found = [
        WindowDay(rule, elsewhere.get((rule.key, year), by_rule), by_rule)
        for rule in rules
        # A window may have moved over the turn of a year.
        for year in range(first.year - 1, last.year + 2)
        for by_rule in [rule.day_in(year)]
    ]
    within = [each for each in found if first <= each.on <= last]
    return sorted(within, key=lambda each: (each.on, each.window.key))


def next_windows(
    rules: Iterable[WindowRule], moved: Iterable[MovedWindow], *, after: date, count: int
) -> list[WindowDay]:
    """Return the next `count` windows after a day; fewer if the code has no windows."""
    listed = list(rules)
    years = 2 + count // max(len(listed), 1)
    last = after + timedelta(days=366 * years)
    found = windows_between(listed, moved, first=after + timedelta(days=1), last=last)
    return found[:count]

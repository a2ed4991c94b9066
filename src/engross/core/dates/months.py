"""A calendar month as a value: what a monthly report is about."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta

# Not `calendar.month_name`, which changes with the locale of the machine.
_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_WRITTEN = re.compile(r"([0-9]{4})-([0-9]{2})")


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """A month of a year; months sort in time, and `str` gives '2021-09'."""

    year: int
    number: int

    def __post_init__(self) -> None:
        for part in (self.year, self.number):
            if type(part) is not int:
                raise TypeError(f"A month is made of two whole numbers, not {part!r}")
        if not MINYEAR <= self.year <= MAXYEAR:
            raise ValueError(f"A year is {MINYEAR} to {MAXYEAR}, not {self.year}")
        if not 1 <= self.number <= 12:
            raise ValueError(f"A month is numbered 1 to 12, not {self.number}")

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Read a month written as '2021-09'.

        Raises ValueError if `text` is anything else.
        """
        written = _WRITTEN.fullmatch(text.strip())
        if written is None:
            raise ValueError(f"'{text}' is not a month: write year and month as 2021-09")
        return cls(int(written[1]), int(written[2]))

    @classmethod
    def of(cls, day: date) -> "Month":
        """Return the month that `day` falls in."""
        return cls(day.year, day.month)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    def __contains__(self, day: date) -> bool:
        return (day.year, day.month) == (self.year, self.number)

    @property
    def name(self) -> str:
        """Return the month as people write it: 'September 2021'."""
        return f"{_NAMES[self.number - 1]} {self.year}"

    @property
    def short_name(self) -> str:
        """Return the month as it fits under a chart: 'Sep 2021'."""
        return f"{_NAMES[self.number - 1][:3]} {self.year}"

    @property
    def first_day(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, self.number, self.length_days)

    @property
    def length_days(self) -> int:
        return monthrange(self.year, self.number)[1]

    @property
    def days(self) -> tuple[date, ...]:
        """Return every day of the month, first to last."""
        return tuple(self.first_day + timedelta(days=i) for i in range(self.length_days))

    @property
    def next(self) -> "Month":
        return self.plus(1)

    @property
    def previous(self) -> "Month":
        return self.plus(-1)

    def plus(self, months: int) -> "Month":
        """Return the month so many months later, or earlier if negative.

        Raises ValueError if that lies outside the years 1 to 9999.
        """
        year, before = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, before + 1)

    def months_since(self, earlier: "Month") -> int:
        """Return how many months lie from `earlier` to this one; negative if it is later."""
        return (self.year - earlier.year) * 12 + self.number - earlier.number

    def last_months(self, count: int = 12) -> tuple["Month", ...]:
        """Return the `count` months that end in this one, oldest first.

        Raises ValueError if `count` is below 1.
        """
        if count < 1:
            raise ValueError(f"count must be 1 or more months, not {count}")
        return tuple(self.plus(back) for back in range(1 - count, 1))


def months_between(first: Month, last: Month) -> Iterator[Month]:
    """Yield each month from `first` to `last`, both included; none if `last` is earlier."""
    for ahead in range(last.months_since(first) + 1):
        yield first.plus(ahead)

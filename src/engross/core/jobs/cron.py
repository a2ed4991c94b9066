"""Times that come again, as the five fields of cron: minute, hour, day, month, day of the week.

They are local times. On the day the clocks go forward, an hour that is named but does not come
is made up for at the moment the clocks change; on the day they go back, an hour that comes twice
counts once. Whoever asks for every hour gets the hours there are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

_WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_FIELDS = (("minute", 0, 59), ("hour", 0, 23), ("day", 1, 31), ("month", 1, 12), ("weekday", 0, 7))
# A 29 February comes within eight years, whatever the century.
_FARTHEST_DAYS = 8 * 366
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Cron:
    """A rule for times that come again."""

    text: str
    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    is_every_hour: bool

    @classmethod
    def parse(cls, text: str) -> "Cron":
        """Read cron text such as '0 7 * * mon-fri'.

        Raises ValueError if it is not such a text, or restricts both the day of the month and
        the day of the week: programs differ in what they take that for.
        """
        parts = text.lower().split()
        if len(parts) != len(_FIELDS):
            raise ValueError(f"'{text}' has {len(parts)} fields and not 5")
        if parts[2] != "*" and parts[4] != "*":
            raise ValueError(f"'{text}' names days of the month and of the week; name one kind")
        minutes, hours, days, months, weekdays = (
            _numbers(part, *field) for part, field in zip(parts, _FIELDS, strict=True)
        )
        return cls(
            text=text,
            minutes=tuple(sorted(minutes)),
            hours=tuple(sorted(hours)),
            days=frozenset(days),
            months=frozenset(months),
            weekdays=frozenset(number % 7 for number in weekdays),
            is_every_hour=parts[1] == "*",
        )

    def next_after(self, moment: datetime, zone: tzinfo) -> datetime:
        """Return the first of these times after `moment`, in UTC.

        Raises ValueError if none comes, as of 31 February.
        """
        day = moment.astimezone(zone).date()
        for ahead in range(_FARTHEST_DAYS):
            on = day + timedelta(days=ahead)
            if self._holds_on(on):
                later = [at for at in self._moments(on, zone) if at > moment]
                if later:
                    return min(later)
        raise ValueError(f"'{self.text}' never comes")

    def _holds_on(self, day: date) -> bool:
        weekday = day.isoweekday() % 7
        return day.day in self.days and day.month in self.months and weekday in self.weekdays

    def _moments(self, day: date, zone: tzinfo) -> Iterator[datetime]:
        for hour in self.hours:
            for minute in self.minutes:
                local = datetime.combine(day, time(hour, minute))
                first, second = (_moment(local, zone, fold=fold) for fold in (0, 1))
                if _is_there(local, first, zone):
                    yield first
                    if self.is_every_hour:
                        yield second
                elif not self.is_every_hour:
                    yield _clocks_change_before(first, zone)


def _numbers(part: str, field: str, least: int, most: int) -> set[int]:
    numbers: set[int] = set()
    for item in part.split(","):
        span, has_step, step = item.partition("/")
        first, has_last, last = span.partition("-")
        start = least if span == "*" else _number(first, field, least, most)
        end = most if span == "*" or (has_step and not has_last) else start
        end = _number(last, field, least, most) if has_last else end
        every = _number(step, field, 1, most) if has_step else 1
        if end < start:
            raise ValueError(f"The {field} '{item}' ends before it starts")
        numbers.update(range(start, end + 1, every))
    return numbers


def _number(text: str, field: str, least: int, most: int) -> int:
    if field == "weekday" and text in _WEEKDAYS:
        return _WEEKDAYS.index(text)
    number = int(text) if text.isascii() and text.isdigit() else -1
    if not least <= number <= most:
        raise ValueError(f"The {field} '{text}' is not from {least} to {most}")
    return number


def _moment(local: datetime, zone: tzinfo, *, fold: int) -> datetime:
    return local.replace(tzinfo=zone, fold=fold).astimezone(UTC)


def _is_there(local: datetime, moment: datetime, zone: tzinfo) -> bool:
    """Say whether the clocks show `local` at all; they skip an hour in spring."""
    return moment.astimezone(zone).replace(tzinfo=None) == local


def _clocks_change_before(moment: datetime, zone: tzinfo) -> datetime:
    """Return the latest moment up to `moment` at which the clocks changed, to the minute."""
    offset = moment.astimezone(zone).utcoffset()
    while (moment - _MINUTE).astimezone(zone).utcoffset() == offset:
        moment -= _MINUTE
    return moment

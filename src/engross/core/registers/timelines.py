"""What happened to one thing, told from the rows of many registers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from string import Formatter

FUTURE = "future"


@dataclass(frozen=True)
class Told:
    """One event of a timeline; `kind` is empty, or 'future' for what lies ahead.

    `register` and `row` are what tells it, if a register does. `key` is the lasting name under
    which it is told, `told_at` since when.
    """

    on: date | None
    title: str
    text: str = ""
    kind: str = ""
    basis: str = ""
    href: str = ""
    register: str = ""
    row: object = field(default=None, compare=False, repr=False)
    key: str = ""
    told_at: datetime | None = None


@dataclass(frozen=True)
class Telling:
    """How a day of a register's row is told: sentences with the names of columns in braces.

    A piece of `text` whose columns are all empty is left out. A row without the day is told
    too, as an event without a day, if `without_day`.
    """

    day: str
    title: str
    text: tuple[str, ...] = ()
    without_day: bool = False

    def tell(self, on: date | None, words: Mapping[str, str], *, basis: str = "") -> Told | None:
        """Return the event of a row whose columns read as `words`; None if it tells nothing."""
        if on is None and not self.without_day:
            return None
        pieces = [piece.format_map(words) for piece in self.text if _says_something(piece, words)]
        return Told(on, self.title.format_map(words), ". ".join(pieces), basis=basis)


def _says_something(piece: str, words: Mapping[str, str]) -> bool:
    names = [name for _, name, _, _ in Formatter().parse(piece) if name]
    return any(words[name] for name in names) or not names


def newest_first(events: Iterable[Told]) -> list[Told]:
    """Return events by day, the latest first and those without a day last.

    Those of one day come last told first: what was told on that very day by its moment, and
    before it, because it begins a matter, what was told on another.
    """
    backwards = list(events)[::-1]
    return sorted(backwards, key=_when, reverse=True)


def _when(event: Told) -> tuple[date, float]:
    is_of_its_day = event.told_at is not None and event.told_at.date() == event.on
    moment = event.told_at.timestamp() if event.told_at and is_of_its_day else 0.0
    return event.on or date.min, moment

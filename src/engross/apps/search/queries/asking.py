"""What a person asked: the words, and the filters as keys of the code, with what was not known."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from engross.apps.registers.queries import active_code
from engross.apps.search.registers import KINDS, kind_called
from engross.core.access import Reader
from engross.core.codes import Option
from engross.core.registers.addresses import nearest_keys
from engross.core.search import DayRange, Query, day_range, read_query

PER_PAGE = 20
# Nobody reads further; a machine takes the registers' files.
MOST_DEEP = 1000
RELEVANCE, NEWEST, OLDEST = "relevance", "newest", "oldest"
ANY_DAY = DayRange()
SORTS = (RELEVANCE, NEWEST, OLDEST)


@dataclass(frozen=True)
class Chosen:
    """Filters that were chosen beside the box, in the words of the grammar."""

    kinds: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    days: DayRange = ANY_DAY


@dataclass(frozen=True)
class Asked:
    """A question, ready to be answered by any back end.

    `on` is the day whose text is searched; `as_at` the day of all else, None for what is known
    now. `offset` is how many hits come before those asked for, `limit` how many these are.
    `behind` are sources of which nothing may be shown; `notes` say what was not understood.
    """

    text: str
    query: Query
    reader: Reader
    on: date
    as_at: date | None = None
    kinds: tuple[str, ...] = ()
    categories: tuple[Option, ...] = ()
    classes: tuple[str, ...] = ()
    days: DayRange = ANY_DAY
    sort: str = RELEVANCE
    offset: int = 0
    limit: int = PER_PAGE
    behind: frozenset[str] = frozenset()
    notes: tuple[str, ...] = field(default=(), compare=False)

    @property
    def is_empty(self) -> bool:
        """Say whether nothing was asked: no word, no filter."""
        filters = (*self.kinds, *self.categories, *self.classes, *filter(None, self.days))
        return not (self.query.required or self.query.excluded or filters)


def asked_for(
    text: str,
    *,
    reader: Reader,
    on: date,
    as_at: date | None = None,
    chosen: Chosen | None = None,
    sort: str = "",
    offset: int = 0,
    limit: int = PER_PAGE,
    behind: frozenset[str] = frozenset(),
) -> Asked:
    """Return what is asked by the text of the box and by what was chosen beside it."""
    query, chosen = read_query(text), chosen or Chosen()
    reading = _Reading()
    kinds = reading.kinds((*query.values_of("kind"), *chosen.kinds))
    categories = reading.categories((*query.values_of("category"), *chosen.categories))
    classes = reading.classes((*query.values_of("class"), *chosen.classes))
    days = reading.days(query, chosen.days)
    reading.excluded(query)
    default = RELEVANCE if query.required else NEWEST
    return Asked(
        text=text, query=query, reader=reader, on=as_at or on, as_at=as_at, kinds=kinds,
        categories=categories, classes=classes, days=days,
        sort=sort if sort in SORTS else default, offset=offset, limit=limit,
        behind=behind, notes=tuple(reading.notes),
    )  # fmt: skip


class _Reading:
    """Reads filters, and notes what it did not understand."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def kinds(self, values: Iterable[str]) -> tuple[str, ...]:
        found = []
        for value in values:
            if kind := kind_called(value):
                found.append(kind.key)
            else:
                self._unknown("kind", value, [each.key for each in KINDS])
        return tuple(dict.fromkeys(found))

    def categories(self, values: Iterable[str]) -> tuple[Option, ...]:
        found = list(self._options("party_categories", "Party Category", values))
        return tuple({option.key: option for option in found}.values())

    def classes(self, values: Iterable[str]) -> tuple[str, ...]:
        found = (option.key for option in self._options("paper_classes", "class", values))
        return tuple(dict.fromkeys(found))

    def _options(self, choices: str, what: str, values: Iterable[str]) -> Iterator[Option]:
        code = active_code()
        for value in values:
            option = code.match(choices, value) or code.match(choices, value.replace("-", " "))
            if option:
                yield option
            else:
                self._unknown(what, value, [each.key for each in code.options(choices)])

    def days(self, query: Query, chosen: DayRange) -> DayRange:
        """Return the days that every filter allows; chosen ones too."""
        ranges = [chosen]
        for name in ("date", "from", "until"):
            for value in query.values_of(name):
                try:
                    span = day_range(value)
                except ValueError as error:
                    self.notes.append(f"{error}. Write 2021, 2021-09 or 2021-09-22")
                    continue
                ranges.append(_end_of(name, span))
        starts = [each.start for each in ranges if each.start]
        ends = [each.until for each in ranges if each.until]
        return DayRange(max(starts, default=None), min(ends, default=None))

    def excluded(self, query: Query) -> None:
        for each in query.filters:
            if each.is_excluded:
                self.notes.append(f"A filter cannot be turned round: -{each.name}:{each.value}")

    def _unknown(self, what: str, value: str, known: list[str]) -> None:
        near = nearest_keys(value, known)
        remedy = f"Did you mean {' or '.join(near)}" if near else f"There is {', '.join(known)}"
        self.notes.append(f"There is no {what} '{value[:60]}'. {remedy}")


def _end_of(name: str, span: DayRange) -> DayRange:
    """Return the days from the first of a span, or until its last."""
    if name == "from":
        return DayRange(span.start, None)
    return DayRange(None, span.until) if name == "until" else span

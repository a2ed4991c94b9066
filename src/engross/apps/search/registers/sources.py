"""A source declared: which rows of a register can be found, and what an entry tells of one."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from engross.apps.registers.registers import Register, register_named
from engross.core.access import Marking

Row = Any  # a row of whichever register the source reads


@dataclass(frozen=True)
class Draft:
    """An entry as a source makes it; see `SearchEntry`."""

    key: str
    title: str
    href: str
    body: str = ""
    names: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    day_from: date | None = None
    day_until: date | None = None
    paper_class: str = ""
    marking: Marking = field(default_factory=Marking)


@dataclass(frozen=True)
class More:
    """What an entry tells that stands in other registers: words, names, Party Categories."""

    body: str = ""
    names: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    day: date | None = None


def _nothing_more(rows: Sequence[Row]) -> Mapping[int, More]:
    return {}


@dataclass(frozen=True)
class RegisterSource:
    """An entry for each live row of a register, by the register's name.

    `title` and `href` make them of a row; `body` are the columns whose words are found, options
    by what they are called. `names` are what leads straight to it when typed whole. `day` is the
    column with its day; rows that hold from a day until another need none. `more` gives, for many
    rows at once, what other registers tell, and `also` names these: a change of one makes the
    entry anew, where its column refers to what the named column here does.
    """

    register: str
    kind: str
    title: Callable[[Row], str]
    href: Callable[[Row], str]
    body: tuple[str, ...] = ()
    names: Callable[[Row], Iterable[str]] = lambda row: ()
    day: str = ""
    also: tuple[tuple[str, str], ...] = ()
    more: Callable[[Sequence[Row]], Mapping[int, More]] = _nothing_more
    weight: float = 1.0

    @property
    def name(self) -> str:
        """The name of the source: its register's."""
        return self.register

    @property
    def declared(self) -> Register:
        """The register that it reads."""
        return register_named(self.register)

    @property
    def registers(self) -> frozenset[str]:
        """Every register that its entries tell of."""
        return frozenset({self.register, *(name for name, _ in self.also)})


@dataclass(frozen=True)
class StandingSource:
    """Entries that come with the software or the code's data, which change with a new version."""

    name: str
    kind: str
    drafts: Callable[[], Iterable[Draft]]
    weight: float = 1.0


@dataclass(frozen=True)
class HappeningSource:
    """Entries of what stands in no register, made anew when an event of the audit names it.

    `actions` are those events, or how they begin; their subject is `subject/key`. `drafts` gives
    the entries of the things of these keys, of all things if None: the key of each entry is the
    thing's, or begins with it and a stroke.
    """

    name: str
    kind: str
    subject: str
    actions: tuple[str, ...]
    drafts: Callable[[Collection[str] | None], Iterable[Draft]]
    weight: float = 1.0


Source = RegisterSource | StandingSource | HappeningSource
_sources: dict[str, Source] = {}


def add_source(source: Source) -> None:
    """Make a source known; raises ValueError if there is one of that name already."""
    if source.name in _sources:
        raise ValueError(f"There is a source {source.name} already")
    _sources[source.name] = source


def all_sources() -> tuple[Source, ...]:
    """Return every source."""
    return tuple(_sources.values())

"""A code as data: its lists of options, its parameters, and what held on which day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TypeAlias, TypeVar

from engross.core.codes.problems import nearest

AttributeValue: TypeAlias = str | int | bool | date | tuple[str, ...] | tuple[int, ...] | None
ParameterValue: TypeAlias = str | int | bool | Decimal | tuple[str, ...] | tuple[int, ...]
T = TypeVar("T")

FOUND = "found"
ASSUMED = "assumed"


def folded(text: str) -> str:
    """Return `text` for comparing: one space between words, letter case ignored."""
    return " ".join(text.split()).casefold()


def is_held(on: date, *, held_from: date | None, held_until: date | None) -> bool:
    """Return whether `on` lies in a half-open period; an end that is None is open."""
    return (held_from is None or held_from <= on) and (held_until is None or on < held_until)


@dataclass(frozen=True)
class Option:
    """One entry of a list that a code sets, for the time that it holds.

    `held_from` is the first day, `held_until` the first day no longer; None leaves it open.
    `attributes` holds every attribute of the list's schema; one left out has its empty value.
    """

    key: str
    name: str
    plural: str
    aliases: tuple[str, ...]
    held_from: date | None
    held_until: date | None
    clause: str
    sure: str
    note: str
    attributes: Mapping[str, AttributeValue]

    def __str__(self) -> str:
        return self.name

    @property
    def is_assumed(self) -> bool:
        """Return whether this entry rests on an assumption and not on a source."""
        return self.sure == ASSUMED

    def is_held_on(self, day: date) -> bool:
        """Return whether this entry holds on `day`."""
        return is_held(day, held_from=self.held_from, held_until=self.held_until)

    def text(self, attribute: str) -> str:
        """Return a text attribute; raises TypeError if it is of another type."""
        return _typed(self, attribute, str)

    def flag(self, attribute: str) -> bool:
        """Return a yes-or-no attribute; raises TypeError if it is of another type."""
        return _typed(self, attribute, bool)

    def number(self, attribute: str) -> int:
        """Return a whole-number attribute; raises TypeError if it is of another type."""
        return _typed(self, attribute, int)

    def texts(self, attribute: str) -> tuple[str, ...]:
        """Return an attribute of several texts or keys; raises TypeError if it is another type."""
        return tuple(str(each) for each in _typed(self, attribute, tuple))


def _typed(option: Option, attribute: str, expected: type[T]) -> T:
    if attribute not in option.attributes:
        remedy = nearest(attribute, option.attributes)
        raise LookupError(f"'{option.key}' has no attribute '{attribute}'. {remedy}")
    value = option.attributes[attribute]
    if not isinstance(value, expected):
        raise TypeError(f"'{attribute}' of '{option.key}' is {value!r}, not {expected.__name__}")
    return value


@dataclass(frozen=True)
class OptionList:
    """A list that a code sets, such as its Party Categories, with all its entries ever."""

    name: str
    meaning: str
    clause: str
    sure: str
    assumptions: tuple[str, ...]
    options: tuple[Option, ...]

    def __iter__(self) -> Iterator[Option]:
        return iter(self.options)

    def __len__(self) -> int:
        return len(self.options)

    def held_on(self, on: date | None) -> tuple[Option, ...]:
        """Return the entries that hold on a day, or all ever if `on` is None, in file order."""
        if on is None:
            return self.options
        return tuple(option for option in self.options if option.is_held_on(on))

    def option(self, key: str, on: date | None = None) -> Option:
        """Return the entry with `key`; the latest if several spells bear it and `on` is None.

        Raises LookupError if there is none, or none that holds on that day.
        """
        spells = self._by_key.get(key, ())
        if not spells:
            raise LookupError(f"{self.name} has no '{key}'. {nearest(key, self._by_key)}")
        if found := _chosen(spells, on):
            return found
        raise LookupError(f"'{key}' of {self.name} does not hold on {on}")

    def match(self, text: str, on: date | None = None) -> Option | None:
        """Return the entry whose key, name, plural or alias is `text`, in any letter case."""
        return _chosen(self._by_word.get(folded(text), ()), on)

    @cached_property
    def _by_key(self) -> dict[str, tuple[Option, ...]]:
        found: dict[str, tuple[Option, ...]] = {}
        for option in self.options:
            found[option.key] = (*found.get(option.key, ()), option)
        return found

    @cached_property
    def _by_word(self) -> dict[str, tuple[Option, ...]]:
        found: dict[str, tuple[Option, ...]] = {}
        for option in self.options:
            for word in words_of(option):
                found[word] = (*found.get(word, ()), option)
        return found


def words_of(option: Option) -> frozenset[str]:
    """Return every word by which an entry may be called, folded for comparing."""
    words = (option.key, option.name, option.plural, *option.aliases)
    return frozenset(folded(word) for word in words)


def _chosen(spells: tuple[Option, ...], on: date | None) -> Option | None:
    if on is not None:
        return next((option for option in spells if option.is_held_on(on)), None)
    return max(spells, key=lambda option: option.held_from or date.min, default=None)


@dataclass(frozen=True)
class Parameter:
    """A number or text that a code sets, with the first day on which each value holds."""

    name: str
    meaning: str
    unit: str
    clause: str
    sure: str
    assumptions: tuple[str, ...]
    values: tuple[tuple[date, ParameterValue], ...]

    def on(self, day: date) -> ParameterValue:
        """Return the value in force on `day`; raises LookupError before the first value."""
        for first_day, value in reversed(self.values):
            if first_day <= day:
                return value
        raise LookupError(f"{self.name} has no value on {day}: its first is {self.values[0][0]}")


@dataclass(frozen=True)
class CodeCalendar:
    """Whose bank holidays and whose clock a code follows.

    `country` is an ISO 3166 code, `nation` a part of it, None for the whole country.
    """

    country: str
    nation: str | None
    time_zone: str


@dataclass(frozen=True)
class Code:
    """Everything that one industry code sets, as data."""

    key: str
    name: str
    short_name: str
    administrator: str
    jurisdiction: str
    regulator: str
    first_day: date
    calendar: CodeCalendar
    words: Mapping[str, str]
    theme: Mapping[str, str]
    licences: tuple[str, ...]
    lists: Mapping[str, OptionList]
    parameters: Mapping[str, Parameter]

    def __str__(self) -> str:
        return self.name

    def option_list(self, name: str) -> OptionList:
        """Return a list by its name, with its meaning, clause and all entries.

        Raises LookupError if no code can have a list of that name.
        """
        if name not in self.lists:
            raise LookupError(f"No code has a list '{name}'. {nearest(name, self.lists)}")
        return self.lists[name]

    def options(self, name: str, on: date | None = None) -> tuple[Option, ...]:
        """Return the entries of a list that hold on a day, or all ever if `on` is None."""
        return self.option_list(name).held_on(on)

    def option(self, name: str, key: str, on: date | None = None) -> Option:
        """Return one entry of a list by its key; raises LookupError if there is none."""
        return self.option_list(name).option(key, on)

    def match(self, name: str, text: str, on: date | None = None) -> Option | None:
        """Return the entry of a list that `text` calls by key, name, plural or alias."""
        return self.option_list(name).match(text, on)

    def parameter(self, name: str, *, on: date) -> ParameterValue:
        """Return the value of a parameter in force on a day.

        Raises LookupError if the code has no such parameter or no value that early.
        """
        if name not in self.parameters:
            raise LookupError(
                f"{self.key} has no parameter '{name}'. {nearest(name, self.parameters)}"
            )
        return self.parameters[name].on(on)

"""Figures: named, dated answers that a paper prints, each with the rows it counted."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from engross.core.codes.codes import Code
from engross.core.codes.problems import nearest
from engross.core.dates.months import Month
from engross.core.reports.tables import NO_RECORDS, Json, Table, json_cell

Value: TypeAlias = int | Decimal | str | None
Kept: TypeAlias = Callable[[str, date, date], bool]
Compute: TypeAlias = Callable[..., "Answer"]

_PART = r"[a-z0-9_-]+|\{[a-z0-9_]+\}"
_NAME = re.compile(rf"({_PART})(\.({_PART}))+")
_PLACE = re.compile(r"\{([a-z0-9_]+)\}")


class Span(StrEnum):
    """Over which days the needed registers must be kept, for a figure to be known.

    A series whose early months may be missing asks for `MONTH`, and leaves each cell without
    records empty by `asking.no_records`.
    """

    DAY = "on the day"
    MONTH = "in the month"
    TWELVE_MONTHS = "in the 12 months ending with the month"

    def days(self, asking: "Asking") -> tuple[date, date]:
        """Return the first and last day of the span, both included."""
        if self is Span.DAY:
            return asking.as_at, asking.as_at
        months = 1 if self is Span.MONTH else 12
        return asking.month.last_months(months)[0].first_day, asking.month.last_day


class State(StrEnum):
    """Whether a figure could be computed from what was kept."""

    KNOWN = "known"
    NO_RECORDS = NO_RECORDS


class NoRecords(Exception):
    """A figure cannot be known because what it asked for has no records."""


@dataclass(frozen=True)
class FigureSpec:
    """What a figure is: its dotted name, title, unit, method and the registers it needs.

    `paper_class` is the class of its rows, a key of the code's paper classes: nothing of a
    lower class may show them.

    A part of the name in braces, as in `assessments.{assessment_kinds}.open.total`, stands for
    each key of that list of the code; the function is called with the key.
    """

    name: str
    title: str
    unit: str
    method: str
    needs: tuple[str, ...] = ()
    span: Span = Span.MONTH
    paper_class: str = "white"

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise ValueError(f"'{self.name}' is not a dotted name such as 'parties.total'")
        if not (self.title.strip() and self.method.strip()):
            raise ValueError(f"{self.name} says neither what it is nor how it is counted")

    @property
    def places(self) -> tuple[str, ...]:
        """Return the lists of the code whose keys complete the name."""
        return tuple(_PLACE.findall(self.name))

    def for_keys(self, keys: tuple[str, ...], names: tuple[str, ...]) -> "FigureSpec":
        """Return the figure that the keys of a code complete."""
        return replace(
            self,
            name=_filled(self.name, keys),
            title=_filled(self.title, names),
            unit=_filled(self.unit, names),
            method=_filled(self.method, names),
        )


@dataclass(frozen=True)
class Answer:
    """What a figure's function gives back: the value, and the rows that it counted.

    `alternatives` holds the value by other conventions, by the convention's name.
    A figure that is a table has no value of its own. `is_at_least` says that the value is
    known only as a lower bound.
    """

    value: Value = None
    rows: Table | None = None
    bases: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()
    alternatives: Mapping[str, Value] = field(default_factory=dict)
    is_at_least: bool = False


@dataclass(frozen=True)
class Figure:
    """A figure answered: what was asked for, and the answer with all it rests on."""

    spec: FigureSpec
    state: State
    month: Month
    as_at: date
    known_at: datetime | None
    value: Value = None
    rows: Table | None = None
    bases: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()
    alternatives: Mapping[str, Value] = field(default_factory=dict)
    asked: tuple[str, ...] = ()
    is_at_least: bool = False

    @property
    def name(self) -> str:
        return self.spec.name

    @property
    def is_known(self) -> bool:
        return self.state is State.KNOWN

    @property
    def is_table(self) -> bool:
        """Return whether the figure is its rows, and has no single value."""
        return self.value is None and self.rows is not None

    def to_json(self) -> dict[str, Json]:
        """Return the figure as plain values, with everything a reader may want to open."""
        return {
            "name": self.name,
            "title": self.spec.title,
            "unit": self.spec.unit,
            "method": self.spec.method,
            "needs": list(self.spec.needs),
            "span": self.spec.span.value,
            "class": self.spec.paper_class,
            "state": self.state.value,
            "value": json_cell(self.value),
            "is_at_least": self.is_at_least,
            "alternatives": {key: json_cell(each) for key, each in self.alternatives.items()},
            "bases": [*sorted(self.bases)],
            "notes": list(self.notes),
            "asked": list(self.asked),
            "month": str(self.month),
            "as_at": self.as_at.isoformat(),
            "known_at": None if self.known_at is None else self.known_at.isoformat(),
            "rows": None if self.rows is None else self.rows.to_json(),
        }


class FigureRegistry:
    """All figures that the parts of the platform can answer, by their dotted names."""

    def __init__(self) -> None:
        self._computed: dict[str, tuple[FigureSpec, Compute]] = {}

    def register(self, spec: FigureSpec, compute: Compute) -> None:
        """Add a figure; raises ValueError if another bears its name."""
        if spec.name in self._computed:
            raise ValueError(f"Two figures are called '{spec.name}'")
        self._computed[spec.name] = (spec, compute)

    def specs(self, code: Code) -> dict[str, FigureSpec]:
        """Return every figure that can be asked of a code, by name, in order of their names."""
        found = {spec.name: spec for spec, _, _ in self._expanded(code)}
        return dict(sorted(found.items()))

    def find(self, name: str, code: Code) -> tuple[FigureSpec, Callable[["Asking"], Answer]]:
        """Return a figure and the function that answers it.

        Raises LookupError for an unknown name, with the nearest known one.
        """
        if name in self._computed and not self._computed[name][0].places:
            return self._computed[name]
        for spec, compute, keys in self._expanded(code):
            if spec.name == name:
                return spec, _with_keys(compute, keys)
        raise LookupError(f"No figure is called '{name}'. {nearest(name, self.specs(code))}")

    def _expanded(self, code: Code) -> Iterator[tuple[FigureSpec, Compute, tuple[str, ...]]]:
        for spec, compute in self._computed.values():
            for keys, names in _choices(spec.places, code):
                yield spec.for_keys(keys, names), compute, keys


FIGURES = FigureRegistry()


def figure(
    name: str,
    *,
    title: str,
    unit: str,
    method: str,
    needs: tuple[str, ...] = (),
    span: Span = Span.MONTH,
    paper_class: str = "white",
    registry: FigureRegistry = FIGURES,
) -> Callable[[Compute], Compute]:
    """Return a decorator that registers a function as the one that answers this figure."""
    spec = FigureSpec(name, title, unit, method, needs, span, paper_class)

    def register(compute: Compute) -> Compute:
        registry.register(spec, compute)
        return compute

    return register


@dataclass
class Asking:
    """One round of questions: about which month, as at which day, as known at which moment.

    `kept` says whether a register is kept from one day to another, both included. Figures are
    computed once in a round, however often they are asked for. `known_at` None is now.
    """

    code: Code
    month: Month
    as_at: date
    kept: Kept
    known_at: datetime | None = None
    registry: FigureRegistry = field(default_factory=lambda: FIGURES, repr=False)
    _answered: dict[str, Figure] = field(default_factory=dict, init=False, repr=False)
    _open: dict[str, list[Figure]] = field(default_factory=dict, init=False, repr=False)
    _above: "Asking | None" = field(default=None, init=False, repr=False)
    _months: dict[Month, "Asking"] = field(default_factory=dict, init=False, repr=False)

    def figure(self, name: str) -> Figure:
        """Return a figure, computed at most once in this round.

        Raises LookupError for an unknown name and RecursionError if it needs its own answer.
        """
        if name not in self._answered:
            with self._opened(name) as asked:
                self._answered[name] = self._answer(name, asked)
        self._note(self._answered[name])
        return self._answered[name]

    def value(self, name: str) -> int | Decimal | str:
        """Return a figure's value; without one, the figure that asks has no records either."""
        found = self.figure(name)
        if found.value is None:
            raise NoRecords(name)
        return found.value

    def rows(self, name: str) -> Table:
        """Return a figure's rows; without any kept, the figure that asks has no records either."""
        found = self.figure(name)
        if found.rows is None or not found.is_known:
            raise NoRecords(name)
        return found.rows

    def no_records(self, register: str, month: Month) -> bool:
        """Return whether a register is not kept over the whole of a month."""
        return not self.kept(register, month.first_day, month.last_day)

    def for_month(self, month: Month) -> "Asking":
        """Return the round of questions about another month, as at its last day."""
        if month == self.month:
            return self
        if month not in self._months:
            other = self._months[month] = Asking(
                code=self.code,
                month=month,
                as_at=month.last_day,
                kept=self.kept,
                known_at=self.known_at,
                registry=self.registry,
            )
            other._above = self
        return self._months[month]

    @property
    def answered(self) -> Mapping[str, Figure]:
        """Return every figure answered so far, by name."""
        return dict(sorted(self._answered.items()))

    def _note(self, found: Figure) -> None:
        if self._open:
            next(reversed(self._open.values())).append(found)
        elif self._above is not None:
            self._above._note(found)

    @contextmanager
    def _opened(self, name: str) -> Iterator[list[Figure]]:
        if name in self._open:
            raise RecursionError(f"{' asks '.join([*self._open, name])}: a figure needs itself")
        self._open[name] = []
        try:
            yield self._open[name]
        finally:
            del self._open[name]

    def _answer(self, name: str, asked: list[Figure]) -> Figure:
        spec, compute = self.registry.find(name, self.code)
        known, answer = self._is_kept(spec), Answer()
        if known:
            try:
                answer = compute(self)
            except NoRecords:
                known = False
        return Figure(
            spec=spec,
            state=State.KNOWN if known else State.NO_RECORDS,
            month=self.month,
            as_at=self.as_at,
            known_at=self.known_at,
            value=answer.value,
            rows=answer.rows,
            bases=answer.bases.union(*(each.bases for each in asked)),
            notes=answer.notes,
            alternatives=dict(answer.alternatives),
            asked=tuple(dict.fromkeys(each.name for each in asked)),
            is_at_least=answer.is_at_least,
        )

    def _is_kept(self, spec: FigureSpec) -> bool:
        first, last = spec.span.days(self)
        return all(self.kept(register, first, last) for register in spec.needs)


def _filled(text: str, words: tuple[str, ...]) -> str:
    left = list(words)
    return _PLACE.sub(lambda place: left.pop(0) if left else place[0], text)


def _choices(
    places: tuple[str, ...], code: Code
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    if not places:
        yield (), ()
        return
    latest = {option.key: option.name for option in code.options(places[0])}
    for key, name in latest.items():
        for keys, names in _choices(places[1:], code):
            yield (key, *keys), (name, *names)


def _with_keys(compute: Compute, keys: tuple[str, ...]) -> Callable[[Asking], Answer]:
    return lambda asking: compute(asking, *keys)

"""A register declared: its model, its columns, and which of them make its key."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from engross.apps.registers.models import Identity, KeptSpan, RecordedRow
from engross.core.refusals import Reason
from engross.core.registers.columns import Column, Kind, Value
from engross.core.registers.timelines import Telling

RECORDED, MADE_UP = "record", "fictional"
HELD_COLUMNS = (
    Column(
        "held_from",
        "First day this holds",
        Kind.DAY,
        required=True,
        example="2021-09-01",
    ),
    Column("held_until", "First day it no longer holds; empty while it holds", Kind.DAY),
)


BASIS_COLUMN = Column(
    "basis",
    "What the row rests on: a record, or derived, imported, or fictional for demonstration",
    Kind.CHOICE,
    choices="bases",
    default=RECORDED,
    example=RECORDED,
)


def basis_beside(basis: str) -> str:
    """Return on what a row rests that tells more of a thing: of what is made up, everything is."""
    return MADE_UP if basis == MADE_UP else RECORDED


@dataclass(frozen=True)
class MarkedBy:
    """Where the rows of a register say who may read them.

    `column` holds an option of the list `classes`: a class of paper, or something whose options
    have a `paper_class`. `parties` are the columns that name the Parties whose own a row is.
    `body` is the column that tells for which body it was written: it holds the body, or refers
    to a register with a column `body`, or holds a key of what `bodies` returns.
    """

    column: str
    classes: str = "paper_classes"
    parties: tuple[str, ...] = ()
    body: str = ""
    bodies: Callable[[], Mapping[str, str]] | None = None


@dataclass(frozen=True)
class Register:
    """A register: what it is called, what its rows hold and how they are told apart.

    `row_rules` gives the reasons against one row; `sheet_rules` those against the whole
    register after a change, for the identities touched (an overlap, say).
    `parse_identity` turns what is typed into an identity's key, or None; `after_change`
    keeps projections (labels) in step. `marked_by` tells who may read which row; None means
    that everybody may read all of them.
    `hidden_from_lists` are columns too long for a list; the entry's own page shows them.
    `tells` says how a timeline tells a row; empty means by its days and choices. What comes by
    the dozen on one day is not `on_timeline`: it would hide what happened.
    """

    name: str
    title: str
    meaning: str
    model: type[RecordedRow]
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    order: tuple[str, ...]
    day: str = ""
    filters: tuple[str, ...] = ()
    row_rules: Callable[[Mapping[str, Value]], Iterable[Reason]] = lambda values: ()
    sheet_rules: Callable[[set[int]], Iterable[Reason]] = lambda identities: ()
    identity: type[Identity] | None = None
    parse_identity: Callable[[str], str | None] | None = None
    new_identity: Callable[[str, Mapping[str, Value]], dict[str, Any]] | None = None
    after_change: Callable[[set[int]], None] = lambda identities: None
    marked_by: MarkedBy | None = None
    hidden_from_lists: tuple[str, ...] = ()
    tells: tuple[Telling, ...] = ()
    on_timeline: bool = True

    def __str__(self) -> str:
        return self.title

    @property
    def all_columns(self) -> tuple[Column, ...]:
        """The register's columns and those that every register has."""
        return (*self.columns, BASIS_COLUMN)

    @property
    def is_held(self) -> bool:
        """Say whether rows hold from a day until another."""
        return any(column.name == "held_from" for column in self.columns)

    def column(self, name: str) -> Column:
        """Return the column called `name`; raises LookupError if there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise LookupError(f"The register {self.name} has no column {name}")

    @property
    def references(self) -> tuple[Column, ...]:
        """The columns that point to an identity: their own, or another register's."""
        return tuple(c for c in self.columns if c.refers_to or c.identifies)

    @property
    def subject(self) -> Column | None:
        """The first column that points to an identity: whom or what the row is about."""
        return next(iter(self.references), None)


_registers: dict[str, Register] = {}


def add_register(register: Register) -> Register:
    """Make a register known; each app does so when it is loaded."""
    if register.name in _registers:
        raise ValueError(f"There is a register {register.name} already")
    _registers[register.name] = register
    return register


def register_named(name: str) -> Register:
    """Return the register called `name`; raises LookupError if there is none."""
    return _registers[name]


def all_registers() -> Sequence[Register]:
    """Return every register, those that others refer to first, so that imports can follow."""
    ordered: dict[str, Register] = {}

    def place(register: Register) -> None:
        for column in register.columns:
            if column.refers_to and column.refers_to != register.name:
                place(_registers[column.refers_to])
        ordered.setdefault(register.name, register)

    for register in _registers.values():
        place(register)
    return tuple(ordered.values())


kept_registers = add_register(
    Register(
        name="kept-registers",
        title="Registers kept",
        meaning="From which day each register is kept: before it there are no records, not 0",
        model=KeptSpan,
        columns=(
            Column("register", "Name of the register, or monthly-series/NAME", Kind.IDENTIFIER,
                   required=True, longest=120, example="party-events"),
            *HELD_COLUMNS,
            Column("note", "Where earlier records are, if anywhere"),
        ),
        key=("register", "held_from"),
        order=("register", "held_from"),
    )
)  # fmt: skip


def days_in_order(values: Mapping[str, Value], first: str, then: str) -> Iterable[Reason]:
    """Return the reason against a row whose later day comes before its earlier one."""
    start, end = values[first], values[then]
    if isinstance(start, date) and isinstance(end, date) and end < start:
        yield Reason(f"{then} {end} is before {first} {start}", f"{then} on {start} or later")

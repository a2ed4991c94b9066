"""One timeline of a thing, told from every register that names it, and by apps besides."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeAlias

from django.urls import reverse

from engross.apps.registers.models import Identity, RecordedRow
from engross.apps.registers.queries.about import RowsAbout
from engross.apps.registers.queries.codes import option_name
from engross.apps.registers.registers import MADE_UP, Register, all_registers, register_named
from engross.core.access import ANYONE, Reader
from engross.core.registers.columns import Kind
from engross.core.registers.timelines import FUTURE, Telling, Told, newest_first

# Handed of what it is asked to tell: as known at a moment, and to whom.
Teller: TypeAlias = Callable[[RowsAbout], Iterable[Told]]

_tellers: dict[tuple[str, str], Teller] = {}


def add_teller(owner: str, name: str, teller: Teller) -> None:
    """Make it known who tells of identities of the register `owner` what no register tells.

    A second one of the same name replaces the first. Each asks one query, or two, and none
    where its table does not name the identity (`is_named_in`).
    """
    _tellers[owner, name] = teller


def timeline_of(
    owner: str,
    identity: Identity,
    *,
    as_at: date | None = None,
    known_at: datetime | None = None,
    today: date | None = None,
    reader: Reader = ANYONE,
    about: RowsAbout | None = None,
) -> list[Told]:
    """Return all that registers tell of an identity of the register `owner`, newest first.

    Registers of upper apps tell theirs too: whatever has a column that refers to `owner`.
    As at a day, what happened later is left out, and what is planned for later is marked as
    ahead; so is, of all events, what comes after `today`. One query for each register that names
    it. Apps that keep something besides registers tell theirs last (`add_teller`).
    Rows that a caller has read of it are not read again if they are handed over as `about`.
    Of what is made up itself, all that is told besides is made up.
    """
    about = about or RowsAbout(owner, identity, known_at=known_at, reader=reader)
    told: list[Told] = []
    for register in all_registers():
        tells = register.tells or _default_tells(register)
        if register.on_timeline and tells and about.pointing(register):
            for row in about.rows(register):
                told += _told_by(register, tells, row, identity, as_at=as_at)
    basis = MADE_UP if _is_made_up(about) else ""
    told += [replace(each, basis=each.basis or basis)
             for each in _told_besides(about, as_at=as_at)]  # fmt: skip
    ahead_of = as_at or today
    return newest_first(
        replace(each, kind=FUTURE) if each.on and ahead_of and each.on > ahead_of else each
        for each in told
    )


def _is_made_up(about: RowsAbout) -> bool:
    register = register_named(about.owner)
    column = register.subject
    # Another's row may name this one, as one split from it does.
    return column is not None and any(
        row.basis == MADE_UP and getattr(row, f"{column.name}_id") == about.identity.pk
        for row in about.rows(register)
    )


def _told_besides(about: RowsAbout, *, as_at: date | None) -> Iterator[Told]:
    for (owner, _), teller in sorted(_tellers.items()):
        if owner == about.owner:
            yield from (each for each in teller(about)
                        if as_at is None or each.on is None or each.on <= as_at)  # fmt: skip


def told_of(register: Register, row: RecordedRow) -> list[Told]:
    """Return what one row tells of the thing that it is about; at least that it is there."""
    subject = register.subject
    identity = getattr(row, subject.name) if subject else None
    tells = register.tells or _default_tells(register)
    told = list(_told_by(register, tells, row, identity or row, as_at=None))
    if told:
        return told
    href = reverse("registers:entry", args=[register.name, row.entry])
    said = [column for column in register.columns if not (column.refers_to or column.identifies)]
    words = _Words(register, row)
    title = ", ".join(filter(None, (words[column.name] for column in said[:3]))) or register.title
    return [Told(None, title, basis=row.basis, href=href, register=register.name, row=row)]


def _default_tells(register: Register) -> tuple[Telling, ...]:
    """Return how a register's rows are told by its days and the names of its choices."""
    choices = [column.name for column in register.columns if column.kind is Kind.CHOICE]
    title = ", ".join(f"{{{name}}}" for name in choices) or register.title
    days = [register.day] if register.day else []
    tells = [Telling(day, title, without_day=True) for day in days]
    if register.is_held:
        tells = [Telling("held_from", title), Telling("held_until", f"{title}: ended")]
    return tuple(tells)


def _told_by(
    register: Register,
    tells: tuple[Telling, ...],
    row: Any,
    identity: Identity | RecordedRow,
    *,
    as_at: date | None,
) -> Iterator[Told]:
    happens = bool(register.day) or register.is_held
    words = _Words(register, row)
    subject = register.subject
    # A row may name this identity in passing, as one split from it does.
    of = getattr(row, f"{subject.name}_id") if subject else None
    is_about = of is None or of == identity.pk
    whose = "" if is_about or subject is None else f"{getattr(row, subject.name)}: "
    href = reverse("registers:entry", args=[register.name, row.entry])
    for telling in tells:
        on = getattr(row, telling.day)
        if as_at and happens and on and on > as_at:
            continue
        if told := telling.tell(on, words, basis=row.basis):
            yield replace(
                told, title=whose + told.title, href=href, register=register.name, row=row,
                key=f"{register.name}/{row.entry}", told_at=row.recorded_at,
            )  # fmt: skip


class _Words(dict[str, str]):
    """A row's columns as a person reads them, each worked out when it is asked for."""

    def __init__(self, register: Register, row: Any) -> None:
        super().__init__()
        self._register, self._row = register, row

    def __missing__(self, name: str) -> str:
        value = getattr(self._row, name)
        column = self._register.column(name)
        if value is None or value == "":
            return ""
        return option_name(column.choices, value) if column.choices else str(value)

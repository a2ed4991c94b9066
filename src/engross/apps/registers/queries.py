"""Reading registers: rows as at a day, as known at a moment, and what a cell may hold."""

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.models import DecimalField, Q, QuerySet
from django.urls import reverse

from engross.adapters.code_folder import load_code
from engross.apps.registers.models import HeldRow, Identity, KeptSpan, RecordedRow
from engross.apps.registers.registers import Register, all_registers, register_named
from engross.core.codes import Code
from engross.core.refusals import Reason
from engross.core.registers.cells import CellRefused, Lookup, Reader, reader_for
from engross.core.registers.columns import Column, Kind, Value
from engross.core.registers.timelines import FUTURE, Telling, Told, newest_first

# Databases refuse a list of too many values.
BATCH_IDS = 900


def active_code() -> Code:
    """Return the code that this deployment runs, as its folder says."""
    return _loaded(settings.ENGROSS_CODE)


@lru_cache(maxsize=4)
def _loaded(key: str) -> Code:
    return load_code(key)


def option_name(choices: str, key: str) -> str:
    """Return what an option of the code is called; its key if the code no longer has it."""
    try:
        return active_code().option(choices, key).name
    except LookupError:
        return key


def readers_for(
    register: Register, *, coming: Mapping[str, Collection[str]] = MappingProxyType({})
) -> dict[str, Reader]:
    """Return a reader for each column.

    `coming` gives by register the identities that are not stored yet but come with the files.
    """
    readers: dict[str, Reader] = {}
    for column in register.all_columns:
        read = reader_for(column, look_up=_look_up(register, column, coming))
        readers[column.name] = _within_field(register, column, read)
    return readers


def _within_field(register: Register, column: Column, read: Reader) -> Reader:
    """Return a reader that refuses a number for which the database has no room."""
    if not column.is_number:
        return read
    least, most = _room_of(register.model._meta.get_field(column.name))
    least = least if column.least is None else max(least, column.least)

    def read_cell(raw: object) -> Value:
        value = read(raw)
        if isinstance(value, int | Decimal) and not least <= value <= most:
            raise CellRefused(f"a number from {least:,} to {most:,}")
        return value

    return read_cell


def _room_of(field: Any) -> tuple[int, int]:
    """Return the least and the greatest whole number that a field takes on every database."""
    if isinstance(field, DecimalField):
        most = 10 ** ((field.max_digits or 0) - (field.decimal_places or 0)) - 1
        return -most, most
    return BaseDatabaseOperations.integer_field_ranges[field.get_internal_type()]


def _look_up(
    register: Register, column: Column, coming: Mapping[str, Collection[str]]
) -> Lookup | None:
    if column.kind is Kind.CHOICE:
        return _option_look_up(column.choices)
    if column.identifies:
        return register.parse_identity
    if column.refers_to:
        return _identity_look_up(column, coming.get(column.refers_to, ()))
    return None


def _option_look_up(choices: str) -> Lookup:
    code = active_code()

    @lru_cache(maxsize=2000)
    def key_of(text: str) -> str | None:
        option = code.match(choices, text)
        return option.key if option else None

    return key_of


def _identity_look_up(column: Column, coming: Collection[str]) -> Lookup:
    owner = register_named(column.refers_to)
    model: Any = owner.identity
    known = set(model.objects.order_by().values_list("key", flat=True))
    known |= set(coming)
    parse = owner.parse_identity or (lambda text: text)

    def key_of(text: str) -> str | None:
        key = parse(text)
        return key if key in known else None

    return key_of


@dataclass(frozen=True)
class Asked:
    """What a reader asked of a register: a day, a moment, filters, words, an order."""

    as_at: date | None = None
    known_at: datetime | None = None
    filters: Mapping[str, str] = field(default_factory=dict)
    words: str = ""
    sort: str = ""
    may_see_all: bool = False


def rows_of(register: Register, asked: Asked) -> QuerySet[RecordedRow]:
    """Return the register's rows that were asked for, in a certain order."""
    rows: Any = register.model.objects.known_at(asked.known_at)
    if not asked.may_see_all:
        rows = rows.filter(public_rows(register))
    if asked.as_at and register.is_held:
        rows = rows.held_on(asked.as_at)
    elif asked.as_at and register.day:
        rows = rows.filter(**{f"{register.day}__lte": asked.as_at})
    for name, value in asked.filters.items():
        rows = rows.filter(**_filter(register.column(name), value))
    for word in asked.words.casefold().split()[:8]:
        rows = rows.filter(holding(register, word))
    related = [column.name for column in register.references]
    found: QuerySet[RecordedRow] = rows.select_related(*related)
    return found.order_by(*_order(register, asked.sort))


def holding(register: Register, word: str) -> Q:
    """Return the condition for the rows that hold a word, in lower case.

    A row keeps the words it was recorded with; what it points to may bear another name by
    now, as a proposal does that has moved on, and is found by both.
    """
    found = Q(haystack__contains=word)
    for column in register.references:
        owner = register if column.identifies else register_named(column.refers_to)
        model: Any = owner.identity
        key = owner.parse_identity(word) if owner.parse_identity else None
        named = Q(label__icontains=word) | (Q(key=key) if key else Q())
        found |= Q(**{f"{column.name}__in": model.objects.filter(named).order_by().values("pk")})
    return found


def rows_to_export(register: Register, asked: Asked) -> QuerySet[RecordedRow]:
    """Return the rows that were asked for in the order of their keys.

    It does not depend on when rows were stored: two databases with one content export alike.
    """
    columns = {column.name: column for column in register.all_columns}
    keys = [_sorted_by(columns[name]) for name in register.key]
    return rows_of(register, asked).order_by(*keys, "entry", "recorded_at")


def public_rows(register: Register) -> Q:
    """Return the condition for the rows that everybody may read: those of class White."""
    if register.public_choice is None:
        return Q()
    name, choices = register.public_choice
    code = active_code()
    public = {each.key for each in code.options("paper_classes") if each.flag("is_public")}
    if choices == "paper_classes":
        return Q(**{f"{name}__in": sorted(public)})
    options = code.options(choices)
    keys = [each.key for each in options if each.text("paper_class") in public]
    return Q(**{f"{name}__in": sorted(keys)})


def in_batches(ids: Iterable[int]) -> Iterator[list[int]]:
    """Return the ids in lists that every database takes in one query."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), BATCH_IDS):
        yield ordered[start : start + BATCH_IDS]


def reasons_against_overlaps(
    model: type[HeldRow], subject: str, touched: set[int], title: str
) -> list[Reason]:
    """Return a reason for each two rows of one subject that hold on the same day."""
    reasons: list[Reason] = []
    for batch in in_batches(touched):
        rows = model.objects.known_at(None).filter(**{f"{subject}__in": batch})
        spans = rows.order_by(subject, "held_from").values_list(
            subject, "held_from", "held_until", f"{subject}__label"
        )
        for (same, since, until, _), (pk, start, _, label) in pairwise(spans):
            if same == pk and (until is None or until > start):
                what = f"{label} would have two {title} from {start}"
                remedy = f"End the one held from {since} on {start} or before"
                reasons.append(Reason(what, remedy))
    return reasons


def _filter(column: Column, value: str) -> dict[str, Any]:
    if column.refers_to or column.identifies:
        return {f"{column.name}__key": value}
    return {column.name: value}


def _order(register: Register, sort: str) -> list[str]:
    """Return the fields to sort by: what was asked, then the register's own order.

    Its own order takes a reference by its row, not by its name: an index serves that.
    """
    name = sort.removeprefix("-")
    known = {column.name: column for column in register.all_columns}
    order: list[str] = []
    if name in known:
        order.append(("-" if sort.startswith("-") else "") + _sorted_by(known[name]))
    back = "-" if register.day and not sort else ""
    fields = [_placed_by(known[each]) for each in register.order]
    order += [f"{back}{each}" if each == register.day else each for each in fields]
    return [*order, "entry", "recorded_at"]


def _sorted_by(column: Column) -> str:
    reference = column.refers_to or column.identifies
    return f"{column.name}__key" if reference else column.name


def _placed_by(column: Column) -> str:
    reference = column.refers_to or column.identifies
    return f"{column.name}_id" if reference else column.name


def values_of(register: Register, row: RecordedRow) -> dict[str, Value]:
    """Return a row's values as a file writes them, by column."""
    values: dict[str, Value] = {}
    for column in register.all_columns:
        value: Any = getattr(row, column.name)
        if column.refers_to or column.identifies:
            value = value.written if value else None
        values[column.name] = None if value == "" else value
    return values


def plain_rows(register: Register, rows: "QuerySet[RecordedRow]") -> Iterator[dict[str, Any]]:
    """Return rows as a file writes them, with their entry, without making model objects."""
    names = ["entry"]
    for column in register.all_columns:
        model = _identity_model(register, column)
        names.append(f"{column.name}__{model.written_field}" if model else column.name)
    titles = ["entry", *(column.name for column in register.all_columns)]
    for values in rows.values_list(*names).iterator(2000):
        yield dict(zip(titles, (None if each == "" else each for each in values), strict=True))


def _identity_model(register: Register, column: Column) -> type[Identity] | None:
    if column.identifies:
        return register.identity
    return register_named(column.refers_to).identity if column.refers_to else None


def versions_of(register: Register, entry: uuid.UUID) -> QuerySet[RecordedRow]:
    """Return the rows that an entry has had, newest first."""
    rows = register.model.objects.filter(entry=entry)
    related = [column.name for column in register.references]
    return rows.select_related("recorded_by", "import_run", *related).order_by(
        "-recorded_at", "-pk"
    )


def readable_versions(
    register: Register, entry: uuid.UUID, *, may_see_all: bool
) -> list[RecordedRow]:
    """Return the versions of an entry that the reader may see, newest first.

    What was ever of another class is not told, and neither is that it was.
    """
    versions = list(versions_of(register, entry))
    if may_see_all:
        return versions
    rows = register.model.objects.filter(public_rows(register), entry=entry)
    public = set(rows.order_by().values_list("pk", flat=True))
    return [row for row in versions if row.pk in public]


Spans = dict[str, list[tuple[date, date | None]]]


def kept_spans(known_at: datetime | None = None) -> Spans:
    """Return from when until when each register is kept, adjoining spans joined; one query."""
    rows = KeptSpan.objects.known_at(known_at).order_by("register", "held_from")
    spans: Spans = {}
    for register, start, until in rows.values_list("register", "held_from", "held_until"):
        own = spans.setdefault(register, [])
        if own and (own[-1][1] is None or own[-1][1] >= start):
            before = own[-1][1]
            joined = None if before is None or until is None else max(before, until)
            own[-1] = (own[-1][0], joined)
        else:
            own.append((start, until))
    return spans


def is_within(spans: Spans, register: str, start: date, end: date) -> bool:
    """Say whether a register is kept on every day from `start` to `end`, both included."""
    return any(
        first <= start and (until is None or until > end)
        for first, until in spans.get(register, ())
    )


def is_kept(register: str, start: date, end: date, *, known_at: datetime | None = None) -> bool:
    """Say whether the register is kept on every day from `start` to `end`, both included."""
    return is_within(kept_spans(known_at), register, start, end)


def last_kept_day(register: str, on: date) -> date:
    """Return the latest day up to `on` on which a register is kept; `on` if no span is known.

    What is open today is not told from records that ended years ago: it is told as at then.
    """
    ends = [
        on if until is None else min(until - timedelta(days=1), on)
        for start, until in kept_spans().get(register, ())
        if start <= on
    ]
    return max(ends, default=on)


def timeline_of(
    owner: str,
    identity: Identity,
    *,
    as_at: date | None = None,
    known_at: datetime | None = None,
    today: date | None = None,
    may_see_all: bool = False,
) -> list[Told]:
    """Return all that registers tell of an identity of the register `owner`, newest first.

    Registers of upper apps tell theirs too: whatever has a column that refers to `owner`.
    As at a day, what happened later is left out, and what is planned for later is marked as
    ahead; so is, of all events, what comes after `today`. One query for each register.
    """
    told: list[Told] = []
    for register in all_registers():
        pointing = [
            column for column in register.references if _owner_of(register, column) == owner
        ]
        tells = register.tells or _default_tells(register)
        if not pointing or not tells:
            continue
        about: Any = Q()
        for column in pointing:
            about |= Q(**{f"{column.name}_id": identity.pk})
        asked = Asked(as_at=None, known_at=known_at, may_see_all=may_see_all)
        for row in rows_of(register, asked).filter(about):
            told += _told_by(register, tells, row, identity, as_at=as_at)
    ahead_of = as_at or today
    return newest_first(
        replace(each, kind=FUTURE) if each.on and ahead_of and each.on > ahead_of else each
        for each in told
    )


def _owner_of(register: Register, column: Column) -> str:
    return register.name if column.identifies else column.refers_to


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
    identity: Identity,
    *,
    as_at: date | None,
) -> Iterator[Told]:
    happens = bool(register.day) or register.is_held
    words = _Words(register, row)
    subject = register.subject
    # A row may name this identity in passing, as one split from it does.
    is_about = subject is None or getattr(row, f"{subject.name}_id") == identity.pk
    whose = "" if is_about or subject is None else f"{getattr(row, subject.name)}: "
    href = reverse("registers:entry", args=[register.name, row.entry])
    for telling in tells:
        on = getattr(row, telling.day)
        if as_at and happens and on and on > as_at:
            continue
        if told := telling.tell(on, words, basis=row.basis):
            yield replace(told, title=whose + told.title, href=href)


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

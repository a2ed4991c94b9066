"""Reading registers: rows as at a day and as known at a moment, and an entry's versions."""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.db.models import F, Q, QuerySet

from engross.apps.registers.models import HeldRow, Identity, RecordedRow
from engross.apps.registers.queries.classes import may_read_rows, readable_rows
from engross.apps.registers.registers import Register, register_named
from engross.core.access import ANYONE, Reader
from engross.core.refusals import Reason
from engross.core.registers.columns import Column, Value

# Databases refuse a list of too many values.
BATCH_IDS = 900


@dataclass(frozen=True)
class Asked:
    """What is asked of a register: a day, a moment, filters, words, an order; and who asks."""

    as_at: date | None = None
    known_at: datetime | None = None
    filters: Mapping[str, str] = field(default_factory=dict)
    words: str = ""
    sort: str = ""
    reader: Reader = ANYONE


def rows_of(register: Register, asked: Asked) -> QuerySet[RecordedRow]:
    """Return the register's rows that were asked for, in a certain order."""
    rows: Any = register.model.objects.known_at(asked.known_at)
    rows = rows.filter(readable_rows(register, asked.reader))
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


def latest_rows(register: Register, count: int, *, reader: Reader) -> list[RecordedRow]:
    """Return the rows that were recorded last, as known now; of one moment the latest by day."""
    first = register.day or ("held_from" if register.is_held else "")
    days = [F(first).desc(nulls_last=True)] if first else []
    rows: Any = register.model.objects.known_at(None).filter(readable_rows(register, reader))
    related = [column.name for column in register.references]
    ordered = rows.select_related(*related).order_by("-recorded_at", *days, "-pk")
    return list(ordered[:count])


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


def readable_versions(register: Register, entry: uuid.UUID, *, reader: Reader) -> list[RecordedRow]:
    """Return the versions of an entry that the reader may read, newest first.

    What was ever of a class out of reach is not told, and neither is that it was.
    """
    versions = list(versions_of(register, entry))
    allowed = may_read_rows(register, versions, reader)
    return [row for row, is_allowed in zip(versions, allowed, strict=True) if is_allowed]

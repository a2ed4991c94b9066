"""The read API of every register: rows as at a day and as known at a moment."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from ninja import Field, Query, Router, Schema
from pydantic import create_model

from engross.apps.accounts.queries import who_reads
from engross.apps.registers import queries
from engross.apps.registers.api.asking import Searched, json_answer, plain
from engross.apps.registers.api.paging import PageOf, turn_to
from engross.apps.registers.api.problems import Problem
from engross.apps.registers.commands import log_rows_read
from engross.apps.registers.registers import Register
from engross.core.registers.columns import Kind

_TYPES: dict[Kind, Any] = {
    Kind.WHOLE: int,
    Kind.DECIMAL: str,
    Kind.FLAG: bool,
    Kind.DAY: date,
}
ASKED: Any = Query(...)  # type: ignore[type-arg]


def router_for(register: Register) -> Router:
    """Return the operations of one register: its list and one entry with its history."""
    router = Router(tags=["Registers"])
    asked_schema = _asked_schema(register)
    page_schema, entry_schema = _answer_schemas(register)
    slug = register.name.replace("-", "_")

    def listing(request: HttpRequest, asked: Any = ASKED) -> HttpResponse:
        return page_of(request, register, asked)

    def one(request: HttpRequest, entry: uuid.UUID) -> HttpResponse:
        return json_answer(entry_of(request, register, entry))

    listing.__annotations__["asked"] = asked_schema
    _name(listing, f"list_{slug}")
    _name(one, f"get_{slug}_entry")
    problems = {404: Problem, 422: Problem}
    router.get(
        "",
        response={200: page_schema, **problems},
        summary=register.title,
        description=register.meaning + ".",
        operation_id=f"list_{slug}",
    )(listing)
    router.get(
        "/{uuid:entry}",
        response={200: entry_schema, **problems},
        summary=f"{register.title}: one entry with its history",
        operation_id=f"get_{slug}_entry",
    )(one)
    return router


def _name(view: Callable[..., Any], name: str) -> None:
    view.__name__ = name


def _asked_schema(register: Register) -> type[Schema]:
    fields: dict[str, Any] = {
        name: (str, Field("", max_length=120, description=f"Only rows with this {name}: a key of "
                          f"the list {register.column(name).choices}"))
        for name in register.filters
    }  # fmt: skip
    return create_model(f"{_camel(register.name)}Asked", __base__=Searched, **fields)


def _answer_schemas(register: Register) -> tuple[type[Schema], type[Schema]]:
    fields: dict[str, Any] = {"entry": (uuid.UUID, ...), "url": (str, ...)}
    for column in register.all_columns:
        kind = _TYPES.get(column.kind, str)
        # A column may bear the name of one of a class's own methods.
        name = f"{column.name}_" if hasattr(Schema, column.name) else column.name
        about = Field(None, description=column.meaning, alias=column.name)
        fields[name] = (kind | None, about)
    row = create_model(f"{_camel(register.name)}Row", __base__=Schema, **fields)
    page = create_model(f"{_camel(register.name)}Page", __base__=PageOf, rows=(list[row], ...))
    version = create_model(
        f"{_camel(register.name)}Version", __base__=Schema, **fields, recorded_at=(datetime, ...),
        superseded_at=(datetime | None, None), reason=(str, ""),
    )  # fmt: skip
    entry = create_model(
        f"{_camel(register.name)}Entry", __base__=Schema, entry=(uuid.UUID, ...),
        versions=(list[version], ...),
    )  # fmt: skip
    return page, entry


def _camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("-"))


def page_of(request: HttpRequest, register: Register, asked: Any) -> HttpResponse:
    """Return one page of a register's rows."""
    turn = turn_to(request, asked)
    rows = queries.rows_of(
        register,
        queries.Asked(
            as_at=asked.as_at,
            known_at=turn.known_at,
            filters={name: value for name in register.filters if (value := getattr(asked, name))},
            words=asked.q,
            sort=asked.sort,
            reader=who_reads(request),
        ),
    )
    page = turn.page(_PlainRows(register, rows), lambda row: str(row["entry"]))
    read = rows.filter(entry__in=[row["entry"] for row in page.rows])
    log_rows_read(register, read, reader=who_reads(request), at=timezone.now())
    base, columns = f"/registers/{register.name}/", register.all_columns
    return page.answer([
        {"entry": str(row["entry"]), "url": f"{base}{row['entry']}/", **plain(columns, row)}
        for row in page.rows
    ])  # fmt: skip


@dataclass(frozen=True)
class _PlainRows:
    """A register's rows as a list of plain values, none of which is a model's object."""

    register: Register
    rows: Any

    def count(self) -> int:
        return self.rows.count()  # type: ignore[no-any-return]

    def __getitem__(self, part: slice) -> list[dict[str, Any]]:
        return list(queries.plain_rows(self.register, self.rows[part]))

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return queries.plain_rows(self.register, self.rows)


def entry_of(request: HttpRequest, register: Register, entry: uuid.UUID) -> dict[str, Any]:
    """Return an entry with every version of it that the reader may see; raises Http404."""
    reader = who_reads(request)
    versions = queries.readable_versions(register, entry, reader=reader)
    if not versions:
        raise Http404("There is no such entry")
    log_rows_read(register, versions, reader=reader, at=timezone.now())
    url = reverse("registers:entry", args=[register.name, entry])
    return {
        "entry": str(entry),
        "versions": [
            {
                "entry": str(entry),
                "url": url,
                **plain(register.all_columns, queries.values_of(register, row)),
                "recorded_at": row.recorded_at.isoformat(),
                "superseded_at": row.superseded_at.isoformat() if row.superseded_at else None,
                "reason": row.reason,
            }
            for row in versions
        ],
    }

"""The read API of every register: rows as at a day and as known at a moment."""

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone
from ninja import Field, Query, Router, Schema
from pydantic import create_model

from engross.apps.accounts.queries import is_staff
from engross.apps.registers import queries
from engross.apps.registers.registers import Register
from engross.core.registers.columns import Column, Kind

_TYPES: dict[Kind, Any] = {
    Kind.WHOLE: int,
    Kind.DECIMAL: str,
    Kind.FLAG: bool,
    Kind.DAY: date,
}
MOST_ROWS = 500
FIRST_MOMENT = datetime.min.replace(tzinfo=UTC) + timedelta(days=1)
LAST_MOMENT = datetime.max.replace(tzinfo=UTC) - timedelta(days=1)
ASKED: Any = Query(...)  # type: ignore[type-arg]


class Problem(Schema):
    """Why a request was not answered (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str


class AsAt(Schema):
    """Which state of the records is asked for."""

    as_at: date | None = Field(None, description="As things held on this day")
    known_at: datetime | None = Field(None, description="As things were known at this moment")


class Asked(AsAt):
    """What every list can be asked."""

    q: str = Field("", max_length=200, description="Words that the rows hold")
    sort: str = Field("", max_length=60, description="A column; with - before it, backwards")
    page: int = Field(1, ge=1, le=1_000_000)
    page_size: int = Field(100, ge=1, le=MOST_ROWS)


def router_for(register: Register) -> Router:
    """Return the operations of one register: its list and one entry with its history."""
    router = Router(tags=[register.title])
    asked_schema = _asked_schema(register)
    page_schema, entry_schema = _answer_schemas(register)
    slug = register.name.replace("-", "_")

    def listing(request: HttpRequest, asked: Any = ASKED) -> JsonResponse:
        return JsonResponse(page_of(request, register, asked))

    def one(request: HttpRequest, entry: uuid.UUID) -> JsonResponse:
        return JsonResponse(entry_of(request, register, entry))

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
    return create_model(f"{_camel(register.name)}Asked", __base__=Asked, **fields)


def _answer_schemas(register: Register) -> tuple[type[Schema], type[Schema]]:
    fields: dict[str, Any] = {"entry": (uuid.UUID, ...), "url": (str, ...)}
    for column in register.all_columns:
        kind = _TYPES.get(column.kind, str)
        # A column may bear the name of one of a class's own methods.
        name = f"{column.name}_" if hasattr(Schema, column.name) else column.name
        about = Field(None, description=column.meaning, alias=column.name)
        fields[name] = (kind | None, about)
    row = create_model(f"{_camel(register.name)}Row", __base__=Schema, **fields)
    page = create_model(
        f"{_camel(register.name)}Page",
        __base__=Schema,
        count=(int, ...),
        page=(int, ...),
        next=(str | None, None),
        previous=(str | None, None),
        rows=(list[row], ...),
    )
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


def page_of(request: HttpRequest, register: Register, asked: Any) -> dict[str, Any]:
    """Return one page of a register's rows as plain JSON values.

    Raises Http404 past the last page.
    """
    filters = {name: value for name in register.filters if (value := getattr(asked, name))}
    rows = queries.rows_of(
        register,
        queries.Asked(
            as_at=asked.as_at,
            known_at=aware(asked.known_at),
            filters=filters,
            words=asked.q,
            sort=asked.sort,
            may_see_all=is_staff(request.user),
        ),
    )
    paginator = Paginator(rows, asked.page_size)
    if asked.page > paginator.num_pages:
        raise Http404(f"There are {paginator.num_pages} pages")
    page = paginator.page(asked.page)
    base = f"/registers/{register.name}/"
    columns = register.all_columns
    return {
        "count": paginator.count,
        "page": asked.page,
        "next": page_link(request, asked.page + 1) if page.has_next() else None,
        "previous": page_link(request, asked.page - 1) if page.has_previous() else None,
        "rows": [
            {"entry": str(row["entry"]), "url": f"{base}{row['entry']}/", **plain(columns, row)}
            for row in queries.plain_rows(register, page.object_list)  # type: ignore[arg-type]
        ],
    }


def page_link(request: HttpRequest, page: int) -> str:
    """Return the address of another page of the same question."""
    query = request.GET.copy()
    query["page"] = str(page)
    return f"{request.path}?{query.urlencode()}"


def entry_of(request: HttpRequest, register: Register, entry: uuid.UUID) -> dict[str, Any]:
    """Return an entry with every version of it that the reader may see; raises Http404."""
    versions = queries.readable_versions(register, entry, may_see_all=is_staff(request.user))
    if not versions:
        raise Http404("There is no such entry")
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


def aware(moment: datetime | None) -> datetime | None:
    """Return a moment with a time zone: the code's own where none was given.

    It is given in UTC, as PostgreSQL knows no zone more than 16 hours away. A moment that lies in
    no year in some other time zone is drawn in by a day.
    """
    if moment is None:
        return None
    zoned = moment if timezone.is_aware(moment) else timezone.make_aware(moment)
    return min(max(zoned, FIRST_MOMENT), LAST_MOMENT).astimezone(UTC)


def plain(columns: tuple[Column, ...], row: dict[str, Any]) -> dict[str, Any]:
    """Return a row's values as JSON holds them: days and months as text, decimals exact."""
    values: dict[str, Any] = {}
    for column in columns:
        value = row[column.name]
        if isinstance(value, date):
            value = f"{value:%Y-%m}" if column.kind is Kind.MONTH else value.isoformat()
        elif isinstance(value, Decimal):
            value = str(value)
        values[column.name] = value
    return values


def plain_values(row: Any, *names: str) -> dict[str, Any]:
    """Return attributes as JSON holds them: days as text, an empty text as nothing."""
    values = {name: getattr(row, name) for name in names}
    return {name: value.isoformat() if isinstance(value, date) else None if value == "" else value
            for name, value in values.items()}  # fmt: skip

"""What every list and every record can be asked, and values as JSON holds them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import msgspec
from django.http import HttpResponse
from django.utils import timezone
from ninja import Field, Schema

from engross.core.registers.columns import Column, Kind

MOST_ROWS = 500
FIRST_MOMENT = datetime.min.replace(tzinfo=UTC) + timedelta(days=1)
LAST_MOMENT = datetime.max.replace(tzinfo=UTC) - timedelta(days=1)


class AsAt(Schema):
    """Which state of the records is asked for."""

    as_at: date | None = Field(None, description="As things held on this day")
    known_at: datetime | None = Field(None, description="As things were known at this moment; "
                                      "in the code's time zone if it names none")  # fmt: skip


class Turned(Schema):
    """Which page of a long list is asked for."""

    cursor: str = Field("", max_length=500, description="Where the next page begins: follow "
                        "next instead of making one")  # fmt: skip
    page_size: int = Field(100, ge=1, le=MOST_ROWS, description="Rows on a page")


class Paged(AsAt, Turned):
    """What a long list of records can be asked."""


class Searched(Paged):
    """What a list can be asked whose rows hold words and can be sorted."""

    q: str = Field("", max_length=200, description="Words that the rows hold")
    sort: str = Field("", max_length=60, description="A column; with - before it, backwards")


def json_answer(body: object, *, status: int = 200) -> HttpResponse:
    """Return what JSON holds as an answer: plain values, days and moments, or structs of a text."""
    content = msgspec.json.encode(body)
    return HttpResponse(content, status=status, content_type="application/json")


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

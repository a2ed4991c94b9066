"""The change feed: what changed since a position, for programs that keep a copy in step."""

import uuid
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Field, Query, Router, Schema

from engross.apps.accounts.queries import who_reads
from engross.apps.audit.queries import latest_event_id
from engross.apps.exchange import queries
from engross.apps.registers.api import (
    MOST_ROWS,
    PROBLEMS,
    ApiRefused,
    PageOf,
    Turned,
    json_answer,
    turn_to,
)
from engross.core.exchange import Kind

router = Router(tags=["Changes"])
LAST_POSITION = 2**63 - 1
KINDS = "; ".join(f"`{each.value}`: {each.meaning.lower()}" for each in Kind)


class ChangesAsked(Schema):
    """From where on changes are asked for."""

    since: int = Field(0, ge=0, le=LAST_POSITION, description="The position that the answer "
                       "before gave; 0 for the beginning")  # fmt: skip
    page_size: int = Field(100, ge=1, le=MOST_ROWS, description="Events looked at for one answer: "
                           "those that you are not told of leave fewer changes")  # fmt: skip


class ChangeRow(Schema):
    """A change: what of what, when, and where it can be read now."""

    position: int
    at: datetime
    kind: str = Field(description=KINDS)
    register_: str | None = Field(None, alias="register", description="The register that changed")
    entry: uuid.UUID | None = Field(None, description="The entry, where one row changed")
    url: str = Field(description="The page of it")
    api_url: str | None = Field(None, description="Where the entry, or the rows of an import, "
                                "can be had from the API")  # fmt: skip
    count: int = Field(description="How many rows or documents changed")
    about: dict[str, Any] = Field({}, description="What else there is to say of this kind")


class ChangePage(Schema):
    """The changes after a position, and the position to ask with next."""

    rows: list[ChangeRow]
    position: int = Field(description="Ask with this as `since` next time, also on the last page")
    latest: int = Field(description="The position of the latest event there is")
    next: str | None = Field(None, description="The address of what follows; null if nothing does")


class ImportedRow(Schema):
    """A row that an import brought."""

    entry: uuid.UUID
    url: str
    api_url: str


class ImportedPage(PageOf):
    """The rows that an import brought."""

    rows: list[ImportedRow]


@router.get(
    "",
    response={200: ChangePage, **PROBLEMS},
    summary="What changed since a position",
    operation_id="list_changes",
)
def list_changes(request: HttpRequest, asked: Query[ChangesAsked]) -> HttpResponse:
    """Changes in the order in which they became visible, from a position on.

    A position never changes its meaning: ask again with the last one whenever you like, and
    nothing is missed or told twice. Facts only: no persons, no reasons.
    """
    latest = latest_event_id()
    if asked.since > latest:
        detail = (
            f"The latest position is {latest}. If the site gave you a later one it was restored "
            "from a backup since: begin again at 0"
        )
        raise ApiRefused("not-understood", detail)
    found, position = queries.changes_after(
        asked.since, most=asked.page_size, reader=who_reads(request)
    )
    following = None
    if position < latest:
        following = f"{request.path}?since={position}&page_size={asked.page_size}"
    answer = json_answer({
        "rows": [each.as_json() for each in found],
        "position": position, "latest": latest, "next": following,
    })  # fmt: skip
    if following:
        answer["Link"] = f'<{following}>; rel="next"'
    return answer


@router.get(
    "/{int:position}/rows",
    response={200: ImportedPage, **PROBLEMS},
    summary="The rows that an import brought",
    operation_id="list_change_rows",
)
def list_change_rows(request: HttpRequest, position: int, asked: Query[Turned]) -> HttpResponse:
    """The entries that a change of the kind `rows.imported` added or corrected."""
    reader = who_reads(request)
    change = None
    if position <= LAST_POSITION:
        change = queries.change_at(position, reader=reader)
    if change is None or change.kind is not Kind.IMPORTED:
        raise Http404(f"No import stands at position {position}")
    rows = queries.rows_changed(change, reader=reader).values_list("entry", flat=True)
    page = turn_to(request, asked).page(rows, str)
    return page.answer([
        {
            "entry": str(entry),
            "url": reverse("registers:entry", args=[change.register, entry]),
            "api_url": f"/api/v1/registers/{change.register}/{entry}",
        }
        for entry in page.rows
    ])  # fmt: skip

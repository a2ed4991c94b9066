"""The read API of meetings: the list, and one with its papers and decisions."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from engross.apps.accounts.queries import who_reads
from engross.apps.dates.queries import calendar_of_the_code
from engross.apps.meetings import queries
from engross.apps.meetings.models import MeetingDetails
from engross.apps.registers.api import (
    PROBLEMS,
    AsAt,
    PageOf,
    Searched,
    aware,
    plain_values,
    turn_to,
)
from engross.apps.registers.commands import log_events_read, log_rows_read
from engross.apps.registers.queries import Asked, timeline_of
from engross.apps.registers.registers import register_named
from engross.core.dates.months import Month
from engross.core.registers.addresses import address_of

router = Router(tags=["Meetings"])


class MeetingsQuery(Searched):
    """What the list of meetings can be asked."""

    q: str = Field("", max_length=200, description="Words that the record holds")
    body: str = Field("", max_length=60, description="A key of the list bodies")
    category: str = Field("", max_length=60, description="A key of the list meeting_categories")
    month: str = Field("", pattern=r"^$|^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])$",
                       description="Only those of a month, as 2021-09")  # fmt: skip
    sort: str = Field("", max_length=60, description="A column of the register; with - before it, "
                      "backwards")  # fmt: skip


class MeetingItem(Schema):
    """A meeting in a list; options by their key."""

    meeting: str
    url: str
    body: str
    number: str | None = None
    title: str
    held_on: date
    is_cancelled: bool
    hosted_by: str | None = None
    summary: str | None = None
    link: str | None = None
    papers: int
    basis: str


class MeetingPage(PageOf):
    """A page of meetings."""

    rows: list[MeetingItem]


class MeetingEntry(MeetingItem):
    """A meeting with the agenda and papers that the reader may see, and what names it elsewhere."""

    agenda: list[dict[str, Any]]
    papers: list[dict[str, Any]]  # type: ignore[assignment]
    papers_due_on: date | None = None
    timeline: list[dict[str, Any]]


@router.get("", response={200: MeetingPage, **PROBLEMS}, summary="Meetings",
            operation_id="list_meetings_as_listed")  # fmt: skip
def list_meetings(request: HttpRequest, asked: Query[MeetingsQuery]) -> Any:
    """The meetings, the latest first, a month's in order; with a day, those held by then."""
    reader = who_reads(request)
    turn = turn_to(request, asked)
    plain = Asked(
        as_at=asked.as_at, known_at=turn.known_at, words=asked.q, sort=asked.sort,
        filters={"body": asked.body} if asked.body else {}, reader=reader,
    )  # fmt: skip
    month = Month.parse(asked.month) if asked.month else None
    found = queries.meetings_asked(plain, month=month, category=asked.category)
    page = turn.page(found, lambda row: str(row.entry))
    counts = queries.paper_counts([row.meeting_id for row in page.rows], reader=reader)
    return page.answer(
        [{**_item(row), "papers": counts.get(row.meeting_id, 0)} for row in page.rows]
    )


def _item(row: MeetingDetails) -> dict[str, Any]:
    key = row.meeting.key
    names = ("body", "number", "title", "held_on", "is_cancelled", "hosted_by", "summary", "link",
             "basis")  # fmt: skip
    url = reverse("meetings:meeting", args=[address_of(key)])
    return {"meeting": key, "url": url, **plain_values(row, *names)}


@router.get("/{path:name}", response={200: MeetingEntry, **PROBLEMS}, summary="One meeting",
            operation_id="get_meeting")  # fmt: skip
def get_meeting(request: HttpRequest, name: str, asked: Query[AsAt]) -> Any:
    """A meeting by its lasting name, with its papers and what names it elsewhere."""
    known_at, reader = aware(asked.known_at), who_reads(request)
    row = queries.meeting_at(name, known_at=known_at)
    if row is None:
        raise Http404("There is no such meeting, or it was not known then")
    papers = queries.papers_of(row.meeting_id, reader=reader, known_at=known_at)
    agenda = queries.agenda_of(row.meeting_id, reader=reader, known_at=known_at)
    due = queries.papers_due_on(row, calendar_of_the_code(known_at=known_at))
    told = timeline_of("meetings", row.meeting, as_at=asked.as_at, known_at=known_at,
                       today=timezone.localdate(), reader=reader)  # fmt: skip
    log_rows_read(register_named("papers"), papers, reader=reader, at=timezone.now())
    log_rows_read(register_named("agenda-items"), agenda, reader=reader, at=timezone.now())
    log_events_read(told, reader=reader, at=timezone.now())
    items = ("position", "title", "proposal", "paper", "action", "minutes", "paper_class", "basis")
    names = ("reference", "title", "paper_class", "action", "written_on", "link", "basis")
    return JsonResponse({
        **_item(row),
        "agenda": [plain_values(each, *items) for each in agenda],
        "papers": [plain_values(paper, *names) for paper in papers],
        "papers_due_on": due.isoformat() if due else None,
        "timeline": [{**plain_values(each, "on", "title", "text", "kind", "basis"),
                      "url": each.href} for each in told],
    })  # fmt: skip

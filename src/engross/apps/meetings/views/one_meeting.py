"""One meeting: its agenda, its papers, and what came of it."""

from collections.abc import Collection, Iterable
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from engross.apps.accounts.queries import may_change_registers, who_reads
from engross.apps.dates.queries import calendar_of_the_code, working_days_left
from engross.apps.files.queries import files_of_entries
from engross.apps.meetings import queries
from engross.apps.meetings.models import AgendaItem, MeetingDetails, MeetingPaper
from engross.apps.meetings.views.shown import (
    calendar_url,
    href_of_meeting,
    list_href,
    standing_mark,
)
from engross.apps.registers.commands import log_events_read, log_rows_read
from engross.apps.registers.queries import active_code, option_name, timeline_of
from engross.apps.registers.registers import register_named
from engross.core.access import Reader
from engross.core.registers.addresses import address_of, nearest_keys
from engross.design.navigation import address
from engross.design.parts import class_badge, link


def meeting(request: HttpRequest, name: str) -> HttpResponse:
    """Show a meeting: its papers as far as the reader may see them, and what it decided."""
    row = queries.meeting_at(name)
    if row is None:
        return _unknown(request, name)
    key = row.meeting.key
    if name != address_of(key):
        return redirect(href_of_meeting(key))
    today = timezone.localdate()
    reader = who_reads(request)
    papers = queries.papers_of(row.meeting_id, reader=reader)
    agenda = queries.agenda_of(row.meeting_id, reader=reader)
    told = timeline_of("meetings", row.meeting, today=today, reader=reader)
    log_rows_read(register_named("papers"), papers, reader=reader, at=timezone.now())
    log_rows_read(register_named("agenda-items"), agenda, reader=reader, at=timezone.now())
    log_events_read(told, reader=reader, at=timezone.now())
    own = reverse("registers:entry", args=["meetings", row.entry])
    before, after = queries.meetings_beside(row)
    context = {
        "title": row.title,
        "row": row,
        "body": option_name("bodies", row.body),
        "mark": standing_mark(row, today),
        "facts": _facts(row, today),
        "agenda": [_item(each) for each in agenda],
        "papers": list(_papers_by_class(papers, reader)),
        "page_class": _strictest(papers, agenda),
        "events": [each for each in told if each.href != own],
        "before": before,
        "before_href": href_of_meeting(before.meeting.key) if before else "",
        "after": after,
        "after_href": href_of_meeting(after.meeting.key) if after else "",
        "calendar_url": calendar_url(row.body),
        "api_url": f"/api/v1/meetings/{address_of(key)}",
        "commands": _commands(request, row),
    }
    return render(request, "meetings/meeting.html", context)


def _facts(row: MeetingDetails, today: date) -> list[tuple[str, Any]]:
    calendar = calendar_of_the_code()
    facts: list[tuple[str, Any]] = [
        ("Body", link(list_href(row.body), option_name("bodies", row.body))),
        ("Day", row.held_on),
        ("Weekday", f"{row.held_on:%A}"),
        ("Number", row.number),
    ]
    if row.hosted_by:
        facts.append(("Hosted by", row.hosted_by))
    if due := queries.papers_due_on(row, calendar):
        facts.append(("Papers due by", due))
    left = working_days_left(calendar, today, row.held_on)
    if left is not None and not row.is_cancelled:
        facts.append(("Working Days left", left))
    return facts


def _strictest(papers: Collection[MeetingPaper], agenda: Collection[AgendaItem]) -> str:
    """Return the class of the page: the strictest of what it shows."""
    order = {each.key: each.number("rank") for each in active_code().options("paper_classes")}
    shown = [each.paper_class for each in papers] + [each.paper_class for each in agenda]
    return max(shown, key=lambda each: order.get(each, len(order)), default="white")


def _item(row: AgendaItem) -> dict[str, Any]:
    proposals = address("proposals:list") if row.proposal else ""
    return {
        "row": row,
        "action": option_name("paper_actions", row.action) if row.action else "",
        "badge": class_badge(row.paper_class),
        "proposal_href": f"{proposals}{quote(row.proposal)}/" if proposals else "",
        "record": reverse("registers:entry", args=["agenda-items", row.entry]),
    }


def _papers_by_class(papers: Collection[MeetingPaper], reader: Reader) -> Iterable[dict[str, Any]]:
    files = files_of_entries("papers", [row.entry for row in papers], reader)
    for key, listed in groupby(papers, key=lambda row: row.paper_class):
        shown = [
            {
                "paper": row,
                "files": files.get(row.entry, ()),
                "action": option_name("paper_actions", row.action) if row.action else "",
                "record": reverse("registers:entry", args=["papers", row.entry]),
            }
            for row in listed
        ]
        caption = f"Papers of class {option_name('paper_classes', key)}"
        yield {"badge": class_badge(key), "caption": caption, "papers": shown}


def _commands(request: HttpRequest, row: MeetingDetails) -> list[tuple[str, str]]:
    """Return what staff may do here: words and addresses; nothing for anyone else."""
    if not may_change_registers(request.user):
        return []
    subject = urlencode({"meeting": row.meeting.key})
    return [
        ("Correct", reverse("registers:correct", args=["meetings", row.entry])),
        ("Withdraw", reverse("registers:withdraw", args=["meetings", row.entry])),
        (
            "Record an agenda item",
            f"{reverse('registers:record', args=['agenda-items'])}?{subject}",
        ),
        ("Record a paper", f"{reverse('registers:record', args=['papers'])}?{subject}"),
        ("Record a decision", f"{reverse('registers:record', args=['decisions'])}?{subject}"),
    ]


def _unknown(request: HttpRequest, name: str) -> HttpResponse:
    near = nearest_keys(name, queries.meeting_keys())
    context = {
        "title": f"There is no meeting {name[:60]}",
        "lead": "Nothing here bears that name.",
        "near": [(key, href_of_meeting(key)) for key in near],
        "all_url": reverse("meetings:list"),
        "all_label": "All meetings",
    }
    return render(request, "design/unknown.html", context, status=404)

"""The pages of meetings: a month of them, the bodies that meet, and one meeting."""

from collections.abc import Collection, Iterable
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import quote

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from engross.adapters.tables import CONTENT_TYPES, table_bytes
from engross.apps.accounts.queries import may_change_registers, who_reads
from engross.apps.dates.queries import calendar_of_the_code, working_days_left
from engross.apps.files.queries import files_of_entries
from engross.apps.meetings import queries
from engross.apps.meetings.forms import MeetingFilterForm
from engross.apps.meetings.models import AgendaItem, MeetingDetails, MeetingPaper
from engross.apps.registers.commands import log_events_read, log_rows_read
from engross.apps.registers.queries import active_code, option_name, plain_rows, timeline_of
from engross.apps.registers.registers import register_named
from engross.core.access import Reader
from engross.core.codes.codes import Option
from engross.core.dates.months import Month
from engross.core.registers.addresses import address_of, nearest_keys
from engross.design.navigation import address
from engross.design.parts import Column, basis, class_badge, link, status

ROWS_A_PAGE = 60
MOST_A_MONTH = 500
COLUMNS = (
    Column("title", "Meeting", "title", sort="title", link="href"),
    Column("held_on", "Day", "day", sort="held_on"),
    Column("body", "Body", sort="body"),
    Column("mark", "Standing"),
    Column("papers", "Papers", "number"),
)
BODY_COLUMNS = (
    Column("name", "Body", "title", link="href"),
    Column("short", "Short", "reference"),
    Column("category", "Category"),
    Column("rhythm", "Meets"),
    Column("last_on", "Last met", "day"),
    Column("next_on", "Next meets", "day"),
    Column("count", "Meetings", "number"),
    Column("seats", "Seats and votes"),
    Column("calendar", "Calendar"),
)


def tabs_of(current: str) -> list[dict[str, Any]]:
    """Return the ways into the meetings; votes too, where the site has them."""
    ways = [
        {"label": "By month", "href": reverse("meetings:list"), "is_current": current == "list"},
        {"label": "By body", "href": reverse("meetings:bodies"), "is_current": current == "bodies"},
        {"label": "Votes", "href": address("votes:list"), "is_current": current == "votes"},
    ]
    return [each for each in ways if each["href"]]


def meeting_list(request: HttpRequest) -> HttpResponse:
    """Show the meetings of a month by day, or those of every month that were asked for."""
    form = MeetingFilterForm(request.GET)
    reader = who_reads(request)
    asked = form.asked(sort=request.GET.get("sort", ""), reader=reader)
    today = timezone.localdate()
    month = form.month_shown(today)
    rows: Any = queries.meetings_asked(asked, month=month, category=form.category_key())
    size = MOST_A_MONTH if month else ROWS_A_PAGE
    page = Paginator(rows, size).get_page(request.GET.get("page"))
    shown = _shown(list(page.object_list), today, reader=reader)
    page.object_list = shown
    body = asked.filters.get("body", "")
    context = {
        "title": "Meetings",
        "lead": "Who meets when, which papers are published, and what came of it.",
        "tabs": tabs_of("list"),
        "body": active_code().option("bodies", body) if body else None,
        "filter_form": form,
        "page": page,
        "columns": COLUMNS,
        "noun": "meetings" if page.paginator.count != 1 else "meeting",
        "sorted_by": asked.sort,
        "downloads": {**_downloads(request), "ical": _calendar_url(body)},
        "may_change": may_change_registers(request.user),
        "empty_title": "No meeting is recorded yet." if not request.GET else None,
        **(_month_context(request, month, shown, today) if month else {}),
    }
    return render(request, "meetings/meetings.html", context)


def _shown(rows: list[MeetingDetails], today: date, *, reader: Reader) -> list[dict[str, Any]]:
    """Return meetings as a person reads them; papers of another class are not counted."""
    counts = queries.paper_counts([row.meeting_id for row in rows], reader=reader)
    bodies = {each.key: each.name for each in active_code().options("bodies")}
    return [
        {
            "title": row.title,
            "href": href_of_meeting(row.meeting.key),
            "held_on": row.held_on,
            "body": bodies.get(row.body, row.body),
            "mark": format_html("{} {}", standing_mark(row, today), basis(row.basis)),
            "is_plain": row.held_on < today and not row.is_cancelled,
            "papers": counts.get(row.meeting_id),
            "basis": basis(row.basis),
        }
        for row in rows
    ]


def standing_mark(row: MeetingDetails, today: date) -> SafeString | str:
    """Return whether a meeting was held, is today, lies ahead or was cancelled."""
    if row.is_cancelled:
        return status("Cancelled", "stopped")
    if row.held_on > today:
        return status("Ahead", "waiting")
    return status("Today", "open") if row.held_on == today else "Held"


def href_of_meeting(key: str) -> str:
    """Return the address of a meeting's page."""
    return reverse("meetings:meeting", args=[address_of(key)])


def _list_href(body: str) -> str:
    return f"{reverse('meetings:list')}?{urlencode({'body': body})}"


def _calendar_url(body: str) -> str:
    query = f"?{urlencode({'body': body})}" if body else ""
    return reverse("meetings:calendar") + query


def _downloads(request: HttpRequest) -> dict[str, str]:
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return {
        form: reverse("meetings:download", args=[form]) + query for form in ("csv", "xlsx", "json")
    }


def _month_context(
    request: HttpRequest, month: Month, rows: list[dict[str, Any]], today: date
) -> dict[str, Any]:
    """Return a month's days with their meetings, and the way to other months."""
    before, after = queries.months_beside(month)
    days = [
        {"on": on, "is_today": on == today, "meetings": list(held)}
        for on, held in groupby(rows, key=lambda row: row["held_on"])
    ]
    if today in month and not any(day["is_today"] for day in days):
        days = sorted([*days, {"on": today, "is_today": True, "meetings": []}], key=_day_of)
    return {
        "month": month,
        "days": days if rows else [],
        "before": before,
        "before_href": _month_href(request, before),
        "after": after,
        "after_href": _month_href(request, after),
        "is_this_month": today in month,
        "this_month_href": _month_href(request, Month.of(today)),
    }


def _day_of(day: dict[str, Any]) -> date:
    on: date = day["on"]
    return on


def _month_href(request: HttpRequest, month: Month | None) -> str:
    if month is None:
        return ""
    query = request.GET.copy()
    query["month"] = str(month)
    query.pop("page", None)
    return f"?{query.urlencode()}"


def download(request: HttpRequest, form: str) -> HttpResponse:
    """Send the meetings that were asked for as a file that an import takes back."""
    asking = MeetingFilterForm(request.GET)
    asked = asking.asked(sort=request.GET.get("sort", ""), reader=who_reads(request))
    month = asking.month_shown(timezone.localdate())
    rows = queries.meetings_asked(asked, month=month, category=asking.category_key())
    register = register_named("meetings")
    content = table_bytes(form, "meetings", register.all_columns, plain_rows(register, rows))
    response = HttpResponse(content, content_type=CONTENT_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="meetings.{form}"'
    return response


def bodies(request: HttpRequest) -> HttpResponse:
    """Show the bodies that meet: how often, when last and when next."""
    found = queries.bodies_that_meet(timezone.localdate())
    code = active_code()
    categories = {each.key: each.name for each in code.options("meeting_categories")}
    options = {each.key: each for each in code.options("bodies") if each.key in found}
    rows = [
        {
            "name": each.name,
            "href": _list_href(each.key),
            "short": each.text("abbreviation"),
            "category": categories.get(each.text("category"), ""),
            "rhythm": each.text("rhythm"),
            "last_on": found[each.key].last_on,
            "next_on": found[each.key].next_on,
            "count": found[each.key].count,
            "seats": _seats_link(each),
            "calendar": link(_calendar_url(each.key), "iCalendar"),
        }
        for each in options.values()
    ]
    context = {
        "title": "Bodies that meet",
        "lead": "Each with its meetings, and a calendar to subscribe to.",
        "tabs": tabs_of("bodies"),
        "columns": BODY_COLUMNS,
        "rows": rows,
    }
    return render(request, "meetings/bodies.html", context)


def _seats_link(body: Option) -> SafeString | str:
    seated = {each.text("body") for each in active_code().options("body_seats")}
    if body.key not in seated:
        return ""
    words = format_html('Seats<span class="unseen"> of {}</span>', body.name)
    return link(reverse("votes:body", args=[body.key]), words)


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
        "calendar_url": _calendar_url(row.body),
        "api_url": f"/api/v1/meetings/{address_of(key)}",
        "commands": _commands(request, row),
    }
    return render(request, "meetings/meeting.html", context)


def _facts(row: MeetingDetails, today: date) -> list[tuple[str, Any]]:
    calendar = calendar_of_the_code()
    facts: list[tuple[str, Any]] = [
        ("Body", link(_list_href(row.body), option_name("bodies", row.body))),
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

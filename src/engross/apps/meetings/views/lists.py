"""The lists of meetings: a month of them, the bodies that meet, and what they can be had as."""

from datetime import date
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from engross.adapters.tables import CONTENT_TYPES, table_bytes
from engross.apps.accounts.queries import may_change_registers, who_reads
from engross.apps.meetings import queries
from engross.apps.meetings.forms import MeetingFilterForm
from engross.apps.meetings.models import MeetingDetails
from engross.apps.meetings.views.shown import (
    calendar_url,
    href_of_meeting,
    list_href,
    standing_mark,
    tabs_of,
)
from engross.apps.registers.queries import active_code, plain_rows
from engross.apps.registers.registers import register_named
from engross.core.access import Reader
from engross.core.codes.codes import Option
from engross.core.dates.months import Month
from engross.design.parts import Column, basis, link

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
        "downloads": {**_downloads(request), "ical": calendar_url(body)},
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
            "href": list_href(each.key),
            "short": each.text("abbreviation"),
            "category": categories.get(each.text("category"), ""),
            "rhythm": each.text("rhythm"),
            "last_on": found[each.key].last_on,
            "next_on": found[each.key].next_on,
            "count": found[each.key].count,
            "seats": _seats_link(each),
            "calendar": link(calendar_url(each.key), "iCalendar"),
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

"""The pages of the audit: what was done, and one event with what it changed."""

import json
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from engross.apps.accounts.views import staff_read
from engross.apps.audit import queries
from engross.apps.audit.forms import EventFilter
from engross.apps.audit.models import Event
from engross.core.audit import FIELDS
from engross.design.parts import Column, moment

ROWS = 60
COLUMNS = (
    Column("position", "Event", "reference", link="href"),
    Column("happened_at", "When", "moment"),
    Column("by", "By whom"),
    Column("action", "What was done", "reference"),
    Column("subject", "To what"),
    Column("reason", "Why"),
)
CHANGES = (
    Column("name", "What"),
    Column("before", "Before"),
    Column("after", "After"),
)


@staff_read
def events(request: HttpRequest) -> HttpResponse:
    """Show what was done, newest first, found by words, person, action and days."""
    form = EventFilter(request.GET)
    found = queries.events_found(**form.asked())
    page: Any = Paginator(found, ROWS).get_page(request.GET.get("page"))
    page.object_list = [_row(each) for each in page.object_list]
    context = {
        "title": "Audit",
        "lead": "Who did what, when, by what right and from where. Nothing here can be changed.",
        "page": page,
        "columns": COLUMNS,
        "noun": "events",
        "filter_form": form,
    }
    return render(request, "audit/events.html", context)


def _row(event: Event) -> dict[str, Any]:
    return {
        "position": event.pk,
        "href": reverse("audit:event", args=[event.pk]),
        "happened_at": event.happened_at,
        "by": str(event.by) if event.by else "Nobody: it ran by itself",
        "action": event.action,
        "subject": event.subject,
        "reason": event.reason,
    }


@staff_read
def event(request: HttpRequest, position: str) -> HttpResponse:
    """Show one event: by whom, by what right, from where, and what was before and after."""
    found = Event.objects.select_related("by").filter(pk=int(position)).first()
    if found is None:
        raise Http404(f"There is no event {position}")
    context = {
        "title": f"Event {position}",
        "lead": str(found),
        "event": found,
        "facts": _facts(found),
        "columns": CHANGES,
        "changes": _changes(found),
        "details": json.dumps(found.details, indent=2, ensure_ascii=False),
    }
    return render(request, "audit/event.html", context)


def _facts(found: Event) -> list[tuple[str, Any]]:
    facts = [
        ("When", moment(found.happened_at)),
        ("By whom", str(found.by) if found.by else "Nobody: it ran by itself"),
        ("By what right", found.rule),
        ("From where", found.source),
        ("Why", found.reason),
        ("Emptied since", ", ".join(name for name in FIELDS if name in found.erased)),
        ("Hash", found.hash),
        ("Follows", found.previous),
    ]
    return [(label, value) for label, value in facts if value]


def _changes(found: Event) -> list[dict[str, str]]:
    """Return what changed, name by name, where the event tells what was before and after."""
    before, after = found.before or {}, found.after or {}
    return [
        {"name": name, "before": _plain(before.get(name)), "after": _plain(after.get(name))}
        for name in dict.fromkeys([*before, *after])
    ]


def _plain(value: Any) -> str:
    return "" if value is None else value if isinstance(value, str) else json.dumps(value)

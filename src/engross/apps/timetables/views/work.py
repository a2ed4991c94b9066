"""Whose move it is: a person's own work, what waits on a body, the load of each analyst."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from engross.apps.accounts.queries import who_reads
from engross.apps.accounts.views import person_of, staff_read
from engross.apps.meetings.queries import meetings_between
from engross.apps.proposals.queries.analysts import work_of
from engross.apps.proposals.queries.courses import frameworks
from engross.apps.proposals.queries.movers import bodies_acted_for
from engross.apps.registers.queries import active_code, option_name
from engross.apps.timetables.queries.plans import FURTHEST, clashes_on
from engross.apps.timetables.queries.work import Work, load_by_analyst, work_on
from engross.apps.timetables.views.shown import WORK_COLUMNS, work_rows

# A clash of many names some, and counts the others.
MOST_NAMED = 12
ROWS_A_PAGE = 60


@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """Show a person's own work: what they look after, and what waits on bodies they sit on."""
    user, today = person_of(request), timezone.localdate()
    everything = work_on(today)
    looked_after = work_of(user, on=today)
    own = [each for each in everything if each.course.proposal.pk in looked_after]
    bodies = bodies_acted_for(user, frameworks().on(today), on=today)
    theirs = [each for each in everything if set(each.bodies) & bodies]
    context = {
        "title": "Whose move it is",
        "columns": WORK_COLUMNS,
        "own": work_rows(own),
        "theirs": work_rows(theirs[:ROWS_A_PAGE]),
        "theirs_more": max(len(theirs) - ROWS_A_PAGE, 0),
        "bodies": [{"name": option_name("bodies", key), "href": href_of_body(key)}
                   for key in sorted({key for each in everything for key in each.bodies})],
        "is_staff": who_reads(request).is_staff,
    }  # fmt: skip
    return render(request, "timetables/mine.html", context)


def _page(request: HttpRequest, found: Sequence[Work]) -> Page[Any]:
    return Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))


def href_of_body(body: str) -> str:
    """Return where what waits on a body is shown."""
    return reverse("timetables:body", args=[body])


def of_body(request: HttpRequest, body: str) -> HttpResponse:
    """Show what waits on a body, and when it meets next."""
    code, today = active_code(), timezone.localdate()
    if body not in {each.key for each in code.options("bodies")}:
        raise Http404("There is no such body")
    meetings = [each for each in meetings_between(today, today + FURTHEST) if each.body == body]
    page = _page(request, work_on(today, bodies=[body]))
    is_within = who_reads(request).is_staff
    context = {
        "title": f"What waits on {option_name('bodies', body)}",
        "columns": WORK_COLUMNS if is_within else WORK_COLUMNS[:-1],
        "page": page,
        "rows": work_rows(page.object_list),
        "meeting": meetings[0] if meetings else None,
    }
    return render(request, "timetables/body.html", context)


@staff_read
def analysts(request: HttpRequest) -> HttpResponse:
    """Show the load of each analyst, and which timetables cannot all hold."""
    today = timezone.localdate()
    found = work_on(today)
    page = _page(request, found)
    context = {
        "title": "Analysts",
        "columns": WORK_COLUMNS,
        "page": page,
        "rows": work_rows(page.object_list),
        "loads": load_by_analyst(found),
        "clashes": [
            {
                "told": each,
                "named": each.proposals[:MOST_NAMED],
                "others": max(len(each.proposals) - MOST_NAMED, 0),
            }
            for each in clashes_on(
                today, {work.course.proposal.pk: work.timetable for work in found}
            )
        ],
    }
    return render(request, "timetables/analysts.html", context)

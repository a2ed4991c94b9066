"""The list of proposals, the tracker: filters, filters with a name, and the list as a file."""

from typing import Any
from urllib.parse import quote

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from engross.adapters.tables import CONTENT_TYPES, table_bytes
from engross.apps.accounts.models import User
from engross.apps.accounts.queries import may_change_registers
from engross.apps.proposals import queries
from engross.apps.proposals.forms import ProposalFilterForm, plain_query
from engross.apps.proposals.models import SavedFilter
from engross.apps.proposals.queries import ListedProposal
from engross.apps.proposals.views.pages import marks_of, query_of, stage_chip
from engross.apps.registers.queries import active_code
from engross.core.codes.codes import Code
from engross.core.registers.columns import Column as FileColumn
from engross.core.registers.columns import Kind
from engross.design.parts import Column

# What asks for every proposal, also of a person who has a filter for a start.
EVERYTHING = "all=on"
ROWS_A_PAGE = 60
COLUMNS = (
    Column("identifier", "Identifier", "reference", sort="identifier", link="href"),
    Column("title", "Title", "title", sort="title"),
    Column("stage", "Stage", sort="stage"),
    Column("since", "Since", "day", sort="since"),
    Column("priority", "Priority", sort="priority"),
    Column("waits_on", "Whose move"),
    Column("raised_on", "Raised", "day", sort="raised"),
    Column("proposer_category", "Raised by", sort="category"),
    Column("route", "Route", sort="route"),
    Column("marks", "Marks"),
)
FILE_COLUMNS = (
    FileColumn("identifier", "", Kind.IDENTIFIER),
    FileColumn("title", ""),
    FileColumn("stage", ""),
    FileColumn("since", "", Kind.DAY),
    FileColumn("raised_on", "", Kind.DAY),
    FileColumn("proposer", ""),
    FileColumn("proposer_category", ""),
    FileColumn("route", ""),
    FileColumn("priority", ""),
    FileColumn("waits_on", ""),
    FileColumn("is_urgent", "", Kind.FLAG),
    FileColumn("is_on_hold", "", Kind.FLAG),
    FileColumn("basis", ""),
)


def proposal_list(request: HttpRequest) -> HttpResponse:
    """Show the proposals that were asked for, in pages; a person's own filter for a start."""
    saved = _saved_of(request)
    start = next((each for each in saved if each.is_default), None)
    if start and not request.GET:
        return redirect(f"{reverse('proposals:list')}?{start.query}")
    today, staff = timezone.localdate(), may_change_registers(request.user)
    form = ProposalFilterForm(request.GET, shows_analysts=staff)
    asked = form.asked(on=today, sort=request.GET.get("sort", ""))
    page = Paginator(queries.ProposalList(asked), ROWS_A_PAGE).get_page(request.GET.get("page"))
    page.object_list = _shown(page.object_list, query_of(asked.as_at))
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    word = active_code().words.get("proposals", "Proposals")
    downloads = {each: f"/proposals.{each}{query}" for each in ("csv", "xlsx", "json")}
    context = {
        "title": word,
        "lead": "Every change to the code that was put forward: where it stands, since when, and "
        "whose move it is.",
        "filter_form": form,
        "page": page,
        "columns": COLUMNS,
        "noun": word if page.paginator.count != 1 else active_code().words.get("proposal", ""),
        "sorted_by": asked.sort,
        "as_at": asked.as_at,
        "downloads": {**downloads, "atom": reverse("proposals:feed")},
        "may_change": staff,
        "empty_title": None if query else "No proposal is recorded yet.",
        **_named(request, saved),
    }
    return render(request, "proposals/proposals.html", context)


def _saved_of(request: HttpRequest) -> list[SavedFilter]:
    return queries.saved_filters(request.user) if isinstance(request.user, User) else []


def _named(request: HttpRequest, saved: list[SavedFilter]) -> dict[str, Any]:
    """Return a person's filters as tabs, and where the one that is shown can be named."""
    if not isinstance(request.user, User):
        return {}
    shown, place = plain_query(request.GET), reverse("proposals:list")
    tabs = [
        {"label": each.name, "href": f"{place}?{each.query}", "is_current": each.query == shown}
        for each in saved
    ]
    is_saved = any(each["is_current"] for each in tabs)
    everything = {"label": "All", "href": f"{place}?{EVERYTHING}", "is_current": not shown}
    return {
        "saved_tabs": [everything, *tabs] if tabs else [],
        "save_url": f"{reverse('proposals:save-filter')}?{shown}" if shown and not is_saved else "",
    }


def _shown(proposals: Any, query: str) -> list[dict[str, Any]]:
    """Return listed proposals as a person reads them; each option's words are made once."""
    code = active_code()
    chips = {each.key: stage_chip(each) for each in code.options("proposal_stages")}
    unknown, place = stage_chip(None), reverse("proposals:list")
    categories, routes, priorities, bodies = _words_of(code)
    return [
        {
            "identifier": each.identifier,
            "href": f"{place}{quote(each.identifier)}/{query}",
            "title": each.title,
            "stage": chips.get(each.stage, unknown),
            "since": each.since,
            "priority": priorities.get(each.priority, each.priority),
            "waits_on": " or ".join(bodies[body] for body in each.waits_on),
            "raised_on": each.raised_on,
            "proposer_category": categories.get(each.proposer_category, each.proposer_category),
            "route": routes.get(each.route, each.route),
            "marks": marks_of(urgent=each.is_urgent, on_hold=each.is_on_hold, rests_on=each.basis),
        }
        for each in proposals
    ]


def _words_of(code: Code) -> tuple[dict[str, str], ...]:
    """Return what Party Categories, routes, priorities and bodies are called, by key."""
    names = [
        {each.key: each.name for each in code.options(choices)}
        for choices in ("party_categories", "proposal_routes", "priority_categories")
    ]
    return (*names, {each.key: each.text("abbreviation") or each.name
                     for each in code.options("bodies")})  # fmt: skip


def download(request: HttpRequest, form: str) -> HttpResponse:
    """Send the list that was asked for as a file."""
    staff = may_change_registers(request.user)
    asked = ProposalFilterForm(request.GET, shows_analysts=staff).asked(
        on=timezone.localdate(), sort=request.GET.get("sort", "")
    )
    stages = {each.key: each.name for each in active_code().options("proposal_stages")}
    rows = (_filed(each, stages) for each in queries.ProposalList(asked)[:])
    response = HttpResponse(
        table_bytes(form, "proposals", FILE_COLUMNS, rows), content_type=CONTENT_TYPES[form]
    )
    response["Content-Disposition"] = f'attachment; filename="proposals-list.{form}"'
    return response


def _filed(each: ListedProposal, stages: dict[str, str]) -> dict[str, Any]:
    words = {"stage": stages.get(each.stage), "waits_on": ", ".join(each.waits_on)}
    return {**vars(each), **words}

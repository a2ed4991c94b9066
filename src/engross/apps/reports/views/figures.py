"""Figures as pages: every one that can be asked, and one opened to the rows it counted."""

from dataclasses import replace
from datetime import datetime
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from engross.apps.accounts.queries import who_reads
from engross.apps.files.commands import log_read
from engross.apps.reports import queries
from engross.apps.reports.forms import FigureForm
from engross.apps.reports.views.refusing import cannot_be_made, month_or_404
from engross.core.access import Reader, may_read
from engross.core.refusals import Refused
from engross.core.reports.checks import checks_about, run_checks
from engross.core.reports.figures import Figure
from engross.core.reports.tables import Table


def figures(request: HttpRequest) -> HttpResponse:
    """Show every figure that can be asked, with its unit and how it is counted."""
    specs = list(queries.readable_figures(who_reads(request)).values())
    context = {"title": "Figures", "specs": specs, "month": request.GET.get("month", "")}
    return render(request, "reports/figures.html", context)


def figure(request: HttpRequest, name: str) -> HttpResponse:
    """Show one figure of a month: its value, the rows it counted, its method and its checks."""
    form = FigureForm(request.GET)
    today = timezone.localdate()
    month = (form.cleaned_data.get("month") if form.is_valid() else None) or str(
        queries.latest_reported_month(today)
    )
    known_at: datetime | None = form.cleaned_data.get("known_at") if form.is_valid() else None
    try:
        asking = queries.asking_for(month_or_404(month), on=today, known_at=known_at)
        found = asking.figure(name)
    except LookupError as error:
        raise Http404(str(error)) from error
    except Refused as refused:
        return cannot_be_made(request, name, refused)
    reader, marking = who_reads(request), queries.marking_of_figure(found.spec)
    if not may_read(reader, marking):
        raise Http404(f"No figure is called '{name}'")
    log_read(reader, kind="figure", title=found.spec.title, markings=[marking],
             at=timezone.now())  # fmt: skip
    asked = {"month": month} | ({"known_at": known_at.isoformat()} if known_at else {})
    context = {
        "title": found.spec.title,
        "figure": found,
        "rows": _linked(found.rows),
        "registers": _register_links(found),
        "bound": "known as a lower bound: so many or more" if found.is_at_least else "",
        "asked": [each for each in found.asked if _is_readable(asking.figure(each), reader)],
        "checks": checks_about(run_checks(asking, None), found),
        "form": FigureForm(initial={"month": month, "known_at": known_at}),
        "month": month,
        "as_at": found.as_at,
        "known_at": known_at,
        "page_class": found.spec.paper_class,
        "json_url": f"/api/v1/figures/{name}?{urlencode(asked)}",
    }
    return render(request, "reports/figure.html", context)


LINKED_ROWS = (
    ("proposal", "proposals:proposal"),
    ("party_key", "parties:party"),
    ("meeting_key", "meetings:meeting"),
    ("version", "releases:version"),
)


def _linked(rows: Table | None) -> Table | None:
    """Return a figure's rows, each leading to the page of what it is about, if there is one."""
    if rows is None or rows.row_links:
        return rows
    for column, route in LINKED_ROWS:
        # A version of a product list is none of the code's.
        if column in rows.names and "list_key" not in rows.names:
            keys = rows.cells(column)
            return replace(
                rows, row_links=tuple(reverse(route, args=[k]) if k else "" for k in keys)
            )
    return rows


def _register_links(figure: Figure) -> list[dict[str, str]]:
    """Return the registers that a figure needs, with the address of each as at the month's end."""
    links = []
    for need in figure.spec.needs:
        register, _, series = need.partition("/")
        query = f"?as_at={figure.as_at}" + (f"&series={series}" if series else "")
        links.append({"name": need, "href": reverse("registers:list", args=[register]) + query})
    return links


def _is_readable(figure: Figure, reader: Reader) -> bool:
    return may_read(reader, queries.marking_of_figure(figure.spec))

"""Papers and figures as pages: a month's paper, its files, and every figure opened to its rows."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.cache import cache, caches
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe

from engross.adapters.papers.charts import drawn_charts
from engross.adapters.papers.html import html_body, paper_css
from engross.adapters.papers.rendering import FORMATS
from engross.adapters.papers.rendering import render as drawn
from engross.apps.accounts.queries import is_staff, may_change_registers
from engross.apps.accounts.views import staff_only
from engross.apps.audit.queries import latest_event_id
from engross.apps.registers.queries import active_code
from engross.apps.reports import commands, queries
from engross.apps.reports.forms import FigureForm, IssueForm, MonthForm
from engross.apps.reports.models import IssuedPaper
from engross.core.dates.months import Month
from engross.core.refusals import Refused
from engross.core.reports.checks import checks_about, run_checks
from engross.core.reports.figures import FIGURES, Figure
from engross.core.reports.papers import Paper
from engross.core.reports.publication import Reconciled
from engross.core.reports.tables import Json, Table

CONTENT_TYPES = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
}
CACHED_SECONDS = 3600
PICTURE_FACES = "Public Sans, system-ui, Segoe UI, Helvetica, Arial, sans-serif"


def index(request: HttpRequest) -> HttpResponse:
    """Show the papers that can be made, and the months there are records for."""
    papers = [
        {"definition": each, "months": queries.reported_months(each.key)[:24]}
        for each in queries.paper_definitions()
    ]
    context = {"title": "Reports", "papers": papers, "form": MonthForm()}
    return render(request, "reports/index.html", context)


def open_month(request: HttpRequest) -> HttpResponse:
    """Lead to the month's paper that was asked for."""
    form = MonthForm(request.GET)
    if not form.is_valid():
        return render(request, "reports/index.html", {"title": "Reports", "form": form,
                      "papers": []}, status=422)  # fmt: skip
    return redirect("reports:paper", form.cleaned_data["paper"], form.cleaned_data["month"])


def paper(request: HttpRequest, paper: str, month: str) -> HttpResponse:
    """Show a month's paper; each number leads to its rows, its method and its checks."""
    try:
        made = _paper(paper, month)
    except Refused as refused:
        return _cannot_be_made(request, paper, refused)
    versions = queries.issued_versions(paper, made.head.month)
    context = {
        "title": made.head.full_title,
        "made": made,
        "body": mark_safe(_body(made)),  # noqa: S308  (the template that made it escapes)
        "files": {each: reverse("reports:file", args=[paper, month, each]) for each in FORMATS},
        "versions": versions,
        "slips": [check for check in made.checks if check.verdict != "agrees"],
        "agreeing": sum(check.verdict == "agrees" for check in made.checks),
        "may_issue": may_change_registers(request.user),
        "page_class": made.head.paper_class.key,
    }
    return render(request, "reports/paper.html", context)


def _cannot_be_made(request: HttpRequest, paper: str, refused: Refused) -> HttpResponse:
    context = {"title": "This paper cannot be made", "refused": refused, "paper": paper}
    return render(request, "reports/refused.html", context, status=404)


def _month(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError as error:
        raise Http404(str(error)) from error


def _paper(key: str, month: str) -> Paper:
    """Return a month's paper, from the cache as long as nothing was written in between.

    Raises Http404 for an unknown paper or a paper that is not White, Refused as the query does.
    """
    when = _month(month)
    try:
        definition = queries.paper_named(key)
    except LookupError as error:
        raise Http404(str(error)) from error
    today = timezone.localdate()
    place = f"paper:{key}:{when}:{latest_event_id()}:{min(today, when.last_day)}"
    made: Paper | None = cache.get(place)
    if made is None:
        made = queries.composed(key, when, on=today)
        cache.set(place, made, CACHED_SECONDS)
    if not queries.is_public_class(definition.class_key):
        raise Http404("There is no such paper")
    return made


def _body(made: Paper) -> str:
    head = made.head

    def figure_url(name: str) -> str:
        return f"{reverse('reports:figure', args=[name])}?month={head.month}"

    def chart_url(number: str) -> str:
        return reverse("reports:chart", args=[head.paper, str(head.month), number])

    charts = drawn_charts(made, queries.paper_theme())
    return html_body(made, charts, figure_url=figure_url, chart_url=chart_url)


def file(request: HttpRequest, paper: str, month: str, form: str) -> HttpResponse:
    """Send a month's paper as a file."""
    if form not in CONTENT_TYPES:
        raise Http404(f"A paper has no format {form}")
    try:
        made = _paper(paper, month)
    except Refused as refused:
        raise Http404(str(refused)) from refused
    response = HttpResponse(_drawn(made, form), content_type=CONTENT_TYPES[form])
    # Opened as a file of its own: its styles and pictures are inside, which this site's
    # own pages do not allow themselves.
    response["Content-Disposition"] = f'attachment; filename="{paper}-{month}.{form}"'
    return response


def _drawn(made: Paper, form: str) -> bytes:
    """Return a paper in one format, drawn once for all who ask as long as nothing moved."""
    head = made.head
    place = f"drawn:{head.paper}:{head.month}:{made.frozen_hash}:{latest_event_id()}:{form}"
    content: bytes | None = caches["drawn"].get(place)
    if content is None:
        template = queries.word_template()
        content = drawn(
            made,
            (form,),
            theme=queries.paper_theme(),
            word_template=template if template.exists() else None,
        )[form]
        caches["drawn"].set(place, content, CACHED_SECONDS)
    return content


def _pictures(made: Paper) -> dict[str, str]:
    """Return the paper's charts by number, as pictures that stand in a page."""
    head = made.head
    place = f"charts:{head.paper}:{head.month}:{made.frozen_hash}:{latest_event_id()}"
    pictures: dict[str, str] | None = caches["drawn"].get(place)
    if pictures is None:
        charts = drawn_charts(made, queries.paper_theme())
        # A picture in a page may not use the page's typeface: it names one the device has.
        face = f'"{PICTURE_FACES}"'
        pictures = {number: each.svg.replace('"Public Sans"', face)
                    for number, each in charts.items()}  # fmt: skip
        caches["drawn"].set(place, pictures, CACHED_SECONDS)
    return pictures


def chart(request: HttpRequest, paper: str, month: str, number: str) -> HttpResponse:
    """Send one chart of a month's paper as a picture."""
    try:
        made = _paper(paper, month)
    except Refused as refused:
        raise Http404(str(refused)) from refused
    pictures = _pictures(made)
    if number not in pictures:
        raise Http404(f"The paper has no Figure {number}")
    response = HttpResponse(pictures[number], content_type="image/svg+xml")
    # The picture carries its own styles; it can run nothing and fetch nothing.
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


def stylesheet(request: HttpRequest) -> HttpResponse:
    """Send the rules that set a paper."""
    response = HttpResponse(paper_css(), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = "public, max-age=3600"
    return response


def checks(request: HttpRequest, paper: str, month: str) -> HttpResponse:
    """Show how a month's figures tie together, and ours beside those published elsewhere."""
    try:
        made = _paper(paper, month)
    except Refused as refused:
        return _cannot_be_made(request, paper, refused)
    found = made.reconciliation
    context = {
        "title": f"Checks of {made.head.full_title}",
        "made": made,
        "reconciliation": found,
        "compared": [_compared(row) for row in found.rows] if found else [],
    }
    return render(request, "reports/checks.html", context)


def _compared(row: Reconciled) -> dict[str, Any]:
    """Return a published figure beside ours, lists as words."""
    return {"row": row, "ours": _shown(row.ours), "published": _shown(row.published)}


def _shown(value: Json) -> str:
    if value is None:
        return "–"
    return ", ".join(str(each) for each in value) if isinstance(value, list) else str(value)


@staff_only
def issue(request: HttpRequest, paper: str, month: str) -> HttpResponse:
    """Issue a month's paper: say what will be frozen, then freeze it."""
    made = _paper(paper, month)
    before = queries.issued_versions(paper, made.head.month)
    form = IssueForm(request.POST or None, is_first=not before)
    if request.method == "POST" and form.is_valid():
        try:
            issued = commands.issue_paper(
                paper, made.head.month, by=_person(request), at=timezone.now(),
                on=timezone.localdate(), reason=form.cleaned_data["reason"],
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, [str(reason) for reason in refused.reasons])
        else:
            messages.success(request, f"Issued as version {issued.version}.")
            return redirect("reports:version", paper, month, issued.version)
    failing = [check.statement for check in made.checks if check.verdict == "disagrees"]
    context = {
        "title": f"Issue {made.head.full_title}",
        "reference": made.head.reference,
        "form": form,
        "will": [
            f"Version {len(before) + 1} is kept with all its figures, their rows and this hash: "
            f"{made.frozen_hash}.",
            "It never changes. A later correction is issued as another version, with its reason.",
            *(f"A check disagrees: {statement}." for statement in failing),
        ],
        "action": "Issue it",
        "cancel_url": reverse("reports:paper", args=[paper, month]),
    }
    return render(request, "design/confirm.html", context, status=422 if form.errors else 200)


def _person(request: HttpRequest) -> Any:
    return request.user


def version(request: HttpRequest, paper: str, month: str, number: int) -> HttpResponse:
    """Show an issued version: its hash, why it was issued, and what moved since the one before."""
    issued = _issued(paper, month, number)
    versions = {each.version: each for each in queries.issued_versions(paper, _month(month))}
    before = versions.get(number - 1)
    context = {
        "title": f"{issued.content['head']['full_title']}, version {number}",
        "issued": issued,
        "paper": paper,
        "month": month,
        "moved": commands.moved_since(before, issued) if before else (),
        "before": before,
        "may_see_people": is_staff(request.user),
    }
    return render(request, "reports/version.html", context)


def version_json(request: HttpRequest, paper: str, month: str, number: int) -> HttpResponse:
    """Send an issued version as it was frozen."""
    from django.http import JsonResponse

    return JsonResponse(_issued(paper, month, number).content)


def _issued(paper: str, month: str, number: int) -> IssuedPaper:
    found = IssuedPaper.objects.filter(
        paper=paper, month=_month(month).first_day, version=number
    ).first()
    if found is None or not queries.is_public_class(found.content["head"]["class"]["key"]):
        raise Http404("There is no such version")
    return found


def figures(request: HttpRequest) -> HttpResponse:
    """Show every figure that can be asked, with its unit and how it is counted."""
    code = active_code()
    public = [spec for spec in FIGURES.specs(code).values()
              if queries.is_public_class(spec.paper_class)]  # fmt: skip
    context = {"title": "Figures", "specs": public, "month": request.GET.get("month", "")}
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
        asking = queries.asking_for(_month(month), on=today, known_at=known_at)
        found = asking.figure(name)
    except LookupError as error:
        raise Http404(str(error)) from error
    except Refused as refused:
        return _cannot_be_made(request, name, refused)
    if not queries.is_public_class(found.spec.paper_class) and not is_staff(request.user):
        raise Http404(f"No figure is called '{name}'")
    asked = {"month": month} | ({"known_at": known_at.isoformat()} if known_at else {})
    context = {
        "title": found.spec.title,
        "figure": found,
        "rows": _linked(found.rows),
        "registers": _register_links(found),
        "bound": "known as a lower bound: so many or more" if found.is_at_least else "",
        "asked": [each for each in found.asked if _is_readable(asking.figure(each))],
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


def _is_readable(figure: Figure) -> bool:
    return queries.is_public_class(figure.spec.paper_class)

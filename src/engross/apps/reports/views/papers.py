"""Papers as pages: a month's paper, its files and attachments, its issued versions."""

from typing import Any

from django.contrib import messages
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.text import slugify

from engross.adapters.papers.charts import drawn_charts
from engross.adapters.papers.html import html_body, paper_css
from engross.adapters.papers.rendering import FORMATS
from engross.adapters.papers.rendering import render as drawn
from engross.apps.accounts.queries import is_staff, may_change_registers, who_reads
from engross.apps.accounts.views import person_of, staff_only
from engross.apps.audit.queries import latest_event_hash
from engross.apps.files.commands import log_read
from engross.apps.reports import commands, queries
from engross.apps.reports.forms import IssueForm, MonthForm
from engross.apps.reports.models import IssuedPaper
from engross.apps.reports.views.refusing import cannot_be_made, month_or_404
from engross.core.access import Marking, may_read
from engross.core.refusals import Refused
from engross.core.reports.papers import Paper
from engross.core.reports.publication import Reconciled
from engross.core.reports.tables import Json

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
        for each in queries.readable_papers(who_reads(request))
    ]
    context = {"title": "Reports", "papers": papers, "form": MonthForm(reader=who_reads(request))}
    return render(request, "reports/index.html", context)


def open_month(request: HttpRequest) -> HttpResponse:
    """Lead to the month's paper that was asked for."""
    form = MonthForm(request.GET, reader=who_reads(request))
    if not form.is_valid():
        return render(request, "reports/index.html", {"title": "Reports", "form": form,
                      "papers": []}, status=422)  # fmt: skip
    return redirect("reports:paper", form.cleaned_data["paper"], form.cleaned_data["month"])


def paper(request: HttpRequest, paper: str, month: str) -> HttpResponse:
    """Show a month's paper; each number leads to its rows, its method and its checks."""
    try:
        made = _paper(request, paper, month)
    except Refused as refused:
        return cannot_be_made(request, paper, refused)
    versions = queries.issued_versions(paper, made.head.month)
    context = {
        "title": made.head.full_title,
        "made": made,
        "body": mark_safe(_body(made)),  # noqa: S308  (the template that made it escapes)
        "files": {each: reverse("reports:file", args=[paper, month, each]) for each in FORMATS},
        "attachments": _attachments(request, made),
        "versions": versions,
        "slips": [check for check in made.checks if check.verdict != "agrees"],
        "agreeing": sum(check.verdict == "agrees" for check in made.checks),
        "may_issue": may_change_registers(request.user),
        "page_class": made.head.paper_class.key,
    }
    return render(request, "reports/paper.html", context)


def _attachments(request: HttpRequest, made: Paper) -> list[dict[str, Any]]:
    """Return the attachments that the reader may read, each with its files."""
    definition = queries.paper_named(made.head.paper)
    month = made.head.month
    return [
        {
            "title": each.title,
            "class": each.class_key,
            "files": {
                form: reverse("reports:attachment", args=[definition.key, month, each.key, form])
                for form in FORMATS
            },
        }
        for each in queries.readable_attachments(definition, month, who_reads(request))
    ]


def _paper(request: HttpRequest, key: str, month: str) -> Paper:
    """Return a month's paper, from the cache as long as nothing was written in between.

    Raises Http404 for a paper that is unknown or that the reader may not read, Refused as the
    query does. That it was read is written down as far as its class asks.
    """
    when, marking = month_or_404(month), _readable(request, key)
    today = timezone.localdate()
    place = f"paper:{key}:{when}:{latest_event_hash()}:{min(today, when.last_day)}"
    made: Paper | None = caches["local"].get(place)
    if made is None:
        made = queries.composed(key, when, on=today)
        caches["local"].set(place, made, CACHED_SECONDS)
    _log(request, made.head.full_title, marking)
    return made


def _readable(request: HttpRequest, key: str, class_key: str = "") -> Marking:
    """Return how a paper is marked, or something of a class of its own that belongs to it.

    Raises Http404 for what is unknown and, alike, for what the reader may not read.
    """
    try:
        definition = queries.paper_named(key)
    except LookupError as error:
        raise Http404("There is no such paper") from error
    marking = queries.marking_of_class(class_key or definition.class_key, definition.body)
    if not may_read(who_reads(request), marking):
        raise Http404("There is no such paper")
    return marking


def _log(request: HttpRequest, title: str, marking: Marking) -> None:
    log_read(who_reads(request), kind="paper", title=title, markings=[marking], at=timezone.now())


def _body(made: Paper) -> str:
    """Return a paper as a page holds it, its charts drawn once as long as nothing moved."""
    head = made.head
    place = f"body:{head.paper}:{head.month}:{made.frozen_hash}:{latest_event_hash()}"
    body: str | None = caches["drawn"].get(place)
    if body is None:
        body = _drawn_body(made)
        caches["drawn"].set(place, body, CACHED_SECONDS)
    return body


def _drawn_body(made: Paper) -> str:
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
        made = _paper(request, paper, month)
    except Refused as refused:
        raise Http404(str(refused)) from refused
    response = HttpResponse(_drawn(made, form), content_type=CONTENT_TYPES[form])
    # Opened as a file of its own: its styles and pictures are inside, which this site's
    # own pages do not allow themselves.
    response["Content-Disposition"] = f'attachment; filename="{paper}-{month}.{form}"'
    return response


def attachment(request: HttpRequest, paper: str, month: str, key: str, form: str) -> HttpResponse:
    """Send an attachment of a month's paper, which has a class of its own, as a file."""
    _readable(request, paper)
    when, today = month_or_404(month), timezone.localdate()
    try:
        allowed = queries.readable_attachments(queries.paper_named(paper), when, who_reads(request))
        if form not in CONTENT_TYPES or key not in {each.key for each in allowed}:
            raise Http404("There is no such attachment")
        made = queries.composed_attachments(paper, when, on=today)[key]
    except Refused as refused:
        raise Http404(str(refused)) from refused
    _log(request, made.head.full_title, _readable(request, paper, made.head.paper_class.key))
    response = HttpResponse(_drawn(made, form), content_type=CONTENT_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{paper}-{month}-{key}.{form}"'
    return response


def _drawn(made: Paper, form: str) -> bytes:
    """Return a paper in one format, drawn once for all who ask as long as nothing moved."""
    head = made.head
    # An attachment may hold the figures of its paper: its title tells them apart.
    told = f"{slugify(head.full_title)}:{head.paper_class.key}"
    place = f"drawn:{told}:{head.month}:{made.frozen_hash}:{latest_event_hash()}:{form}"
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
    place = f"charts:{head.paper}:{head.month}:{made.frozen_hash}:{latest_event_hash()}"
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
        made = _paper(request, paper, month)
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
        made = _paper(request, paper, month)
    except Refused as refused:
        return cannot_be_made(request, paper, refused)
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
    made = _paper(request, paper, month)
    before = queries.issued_versions(paper, made.head.month)
    form = IssueForm(request.POST or None, is_first=not before)
    if request.method == "POST" and form.is_valid():
        try:
            issued = commands.issue_paper(
                paper, made.head.month, by=person_of(request), at=timezone.now(),
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


def version(request: HttpRequest, paper: str, month: str, number: int) -> HttpResponse:
    """Show an issued version: its hash, why it was issued, and what moved since the one before."""
    issued = _issued(request, paper, month, number)
    versions = {each.version: each for each in queries.issued_versions(paper, month_or_404(month))}
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
    return JsonResponse(_issued(request, paper, month, number).content)


def _issued(request: HttpRequest, paper: str, month: str, number: int) -> IssuedPaper:
    _readable(request, paper)
    found = IssuedPaper.objects.filter(
        paper=paper, month=month_or_404(month).first_day, version=number
    ).first()
    if found is None:
        raise Http404("There is no such version")
    head = found.content["head"]
    marking = _readable(request, paper, head["class"]["key"])
    _log(request, f"{head['full_title']}, version {number}", marking)
    return found

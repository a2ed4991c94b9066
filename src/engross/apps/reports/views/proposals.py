"""A proposal's report: as the record has it now, in each format, and as it was issued."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.safestring import mark_safe

from engross.adapters.papers.html import html_body
from engross.adapters.papers.rendering import render as rendered
from engross.apps.accounts.queries import may_change_registers
from engross.apps.accounts.views import person_of, staff_only
from engross.apps.people.views.acting import Act, Cleaned, perform
from engross.apps.proposals.models import ProposalDetails
from engross.apps.proposals.queries import proposal_called
from engross.apps.proposals.queries.courses import course_of
from engross.apps.registers.queries import option_name
from engross.apps.registers.registers import register_named
from engross.apps.reports import queries
from engross.apps.reports.commands import Issuing, issue_modification_report
from engross.apps.reports.forms import IssueReportForm
from engross.apps.reports.models import IssuedReport
from engross.apps.reports.queries.proposal_record import details_of
from engross.core.reports.papers import Paper

# Where staff record what a report lacks.
RECORDABLE = (
    "proposal-solutions", "proposal-impacts", "proposal-costs", "proposal-objectives",
    "alternative-proposals", "proposal-documents",
)  # fmt: skip
TYPES = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
}


def report(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """Show a proposal's report as a page; an old name of it leads to its new one."""
    details, kind = _details(identifier), _kind(request)
    label = details.proposal.label
    if identifier != label:
        return redirect(f"{reverse('proposal_reports:report', args=[label])}?{_query(kind)}")
    made = _composed(request, details, kind)
    files = {form: f"{reverse('proposal_reports:file', args=[label, form])}?{_query(kind)}"
             for form in TYPES}  # fmt: skip
    body = html_body(made, {}, figure_url=lambda name: files["json"], chart_url=str)
    may_issue = may_change_registers(request.user)
    context = {
        "title": made.head.title,
        "made": made,
        "label": label,
        # The template that made it escapes every word.
        "body": mark_safe(body),  # noqa: S308
        "files": files,
        "missing": _missing(made),
        "kinds": [{"label": option_name("document_kinds", each), "href": f"?{_query(each)}",
                   "is_current": each == kind} for each in queries.KINDS],
        "issued": [_told(each, may_name=may_issue) for each in _issued(details)],
        "issue_href": reverse("proposal_reports:issue", args=[label, kind]) if may_issue else "",
        "recordable": _recordable(label) if may_issue else (),
        "page_class": made.head.paper_class.key,
    }  # fmt: skip
    return render(request, "reports/proposal.html", context)


def _recordable(label: str) -> list[tuple[str, str]]:
    query = urlencode({"proposal": label})
    return [
        (register_named(name).title, f"{reverse('registers:record', args=[name])}?{query}")
        for name in RECORDABLE
    ]


def report_file(request: HttpRequest, identifier: str, form: str) -> HttpResponse:
    """Send a proposal's report in one of its formats."""
    details, kind = _details(identifier), _kind(request)
    template = queries.word_template()
    content = rendered(
        _composed(request, details, kind), [form], theme=queries.paper_theme(),
        word_template=template if template.exists() else None,
    )[form]  # fmt: skip
    answer = HttpResponse(content, content_type=TYPES[form])
    name = f"{details.proposal.key}-{kind}.{form}".lower().replace("/", "-")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def version_json(
    request: HttpRequest, identifier: str, kind: str, version: int
) -> JsonResponse:  # fmt: skip
    """Send a report as it was issued, with its tables."""
    found = next((each for each in _issued(_details(identifier))
                  if (each.kind, each.version) == (kind, version)), None)  # fmt: skip
    if found is None:
        raise Http404("There is no such version")
    return JsonResponse({
        "version": found.version, "issued_at": found.issued_at.isoformat(),
        "reason": found.reason, "sha256": found.sha256, **found.content,
    })  # fmt: skip


@staff_only
def issue(request: HttpRequest, identifier: str, kind: str) -> HttpResponse:
    """Issue a report: see what is missing and what will happen, then do it."""
    details = _details(identifier)
    if kind not in queries.KINDS:
        raise Http404("There is no such report")
    issued, label = _issued(details), details.proposal.label
    version = sum(each.kind == kind for each in issued) + 1
    name = option_name("document_kinds", kind)
    form = IssueReportForm(
        request.POST or None, is_first=version == 1, initial={"seen": len(issued)}
    )

    def will(cleaned: Cleaned) -> list[str]:
        made = _composed(request, details, kind, version=version)
        return _will(name, details, kind, version, _missing(made))

    def do(cleaned: Cleaned) -> object:
        return issue_modification_report(details.proposal, Issuing(
            kind, by=person_of(request), at=timezone.now(), on=timezone.localdate(),
            reason=cleaned["reason"], site=_site(request),
            seen=cleaned["seen"],
        ))  # fmt: skip

    act = Act(
        title=f"Issue the {name}, version {version}", reference=label, will=will, do=do,
        back=f"{reverse('proposal_reports:report', args=[label])}?{_query(kind)}",
        action="Issue it", done=f"Version {version} is issued.",
    )  # fmt: skip
    return perform(request, act, form)


def _will(
    name: str, details: ProposalDetails, kind: str, version: int, missing: list[str]
) -> list[str]:
    """Return what issuing will do, sentence by sentence."""
    today = timezone.localdate()
    will = [
        f"The {name} is frozen as version {version}: it never changes again.",
        "It is filed among the proposal's documents as PDF and Word, for everybody.",
    ]
    course = course_of(details.proposal, on=today)
    moves = course.framework(today).moves.values() if course else ()
    will += [f"The move '{each.name}' is made today." for each in moves if kind in each.files][:1]
    if missing:
        will.append(f"It says that it lacks: {', '.join(missing)}.")
    return will


def _details(identifier: str) -> ProposalDetails:
    found = proposal_called(identifier)
    details = details_of(found) if found else None
    if details is None:
        raise Http404(f"No proposal is called {identifier[:60]}")
    return details


def _kind(request: HttpRequest) -> str:
    kind = request.GET.get("kind", queries.MODIFICATION_REPORT)
    if kind not in queries.KINDS:
        raise Http404("There is no such report")
    return kind


def _query(kind: str) -> str:
    return urlencode({"kind": kind})


def _site(request: HttpRequest) -> str:
    """Return how the site's addresses begin, so that a file's sources can be opened too."""
    return request.build_absolute_uri("/").rstrip("/")


def _composed(
    request: HttpRequest, details: ProposalDetails, kind: str, *, version: int = 1
) -> Paper:
    asked = queries.ReportAsked(details, kind, timezone.localdate(), _site(request), version)
    return queries.proposal_report(asked)


def _missing(made: Paper) -> list[str]:
    rows = made.figures["proposal.parts"].rows
    return [str(row["part"]) for row in (rows.records() if rows else ())
            if row["standing"] == "Missing"]  # fmt: skip


def _issued(details: ProposalDetails) -> list[IssuedReport]:
    return queries.issued_reports(details.proposal.pk)


def _told(row: IssuedReport, *, may_name: bool) -> dict[str, Any]:
    return {
        "name": f"{option_name('document_kinds', row.kind)}, version {row.version}",
        "row": row,
        "by": row.issued_by if may_name else None,
        "record": reverse("registers:entry", args=["proposal-documents", row.document]),
        "json": reverse("proposal_reports:version",
                        args=[row.proposal.label, row.kind, row.version]),
    }  # fmt: skip

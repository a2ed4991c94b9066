"""The API of papers and figures."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, JsonResponse
from django.utils import timezone
from ninja import Router, Schema

from engross.adapters.papers.json_out import paper_data
from engross.apps.accounts.queries import who_reads
from engross.apps.files.commands import log_read
from engross.apps.registers.api import PROBLEMS, aware
from engross.apps.reports import queries
from engross.core.access import may_read
from engross.core.dates.months import Month
from engross.core.refusals import Refused

router = Router(tags=["Reports and figures"])


class FigureSummary(Schema):
    """A figure that can be asked."""

    name: str
    title: str
    unit: str
    method: str
    needs: list[str]


class PaperSummary(Schema):
    """A paper that can be made, and the months there are records for."""

    key: str
    title: str
    months: list[str]


@router.get("/reports", response=list[PaperSummary], operation_id="list_reports")
def list_reports(request: HttpRequest) -> list[dict[str, Any]]:
    """Every paper that the code describes."""
    return [
        {"key": each.key, "title": each.title,
         "months": [str(month) for month in queries.reported_months(each.key)]}
        for each in queries.readable_papers(who_reads(request))
    ]  # fmt: skip


@router.get("/reports/{paper}/{month}", response={200: dict[str, Any], **PROBLEMS},
            operation_id="get_report")  # fmt: skip
def get_report(
    request: HttpRequest, paper: str, month: str, known_at: datetime | None = None
) -> JsonResponse:
    """A month's paper: its parts, its figures with their rows, and its checks."""
    reader = who_reads(request)
    try:
        marking = queries.marking_of_paper(paper)
        if not may_read(reader, marking):
            raise Http404("There is no such paper")
        made = queries.composed(
            paper, _month(month), on=timezone.localdate(), known_at=aware(known_at)
        )
    except (LookupError, Refused) as error:
        raise Http404(str(error)) from error
    log_read(reader, kind="paper", title=made.head.full_title, markings=[marking],
             at=timezone.now())  # fmt: skip
    return JsonResponse(paper_data(made))


@router.get("/figures", response=list[FigureSummary], operation_id="list_figures")
def list_figures(request: HttpRequest) -> list[dict[str, Any]]:
    """Every figure that can be asked."""
    return [
        {"name": spec.name, "title": spec.title, "unit": spec.unit, "method": spec.method,
         "needs": list(spec.needs)}
        for spec in queries.readable_figures(who_reads(request)).values()
    ]  # fmt: skip


@router.get("/figures/{name}", response={200: dict[str, Any], **PROBLEMS},
            operation_id="get_figure")  # fmt: skip
def get_figure(
    request: HttpRequest, name: str, month: str, known_at: datetime | None = None
) -> JsonResponse:
    """One figure of a month, with the rows it counted and how."""
    try:
        asking = queries.asking_for(
            _month(month), on=timezone.localdate(), known_at=aware(known_at)
        )
        found = asking.figure(name)
    except (LookupError, Refused) as error:
        raise Http404(str(error)) from error
    reader, marking = who_reads(request), queries.marking_of_figure(found.spec)
    if not may_read(reader, marking):
        raise Http404(f"No figure is called '{name}'")
    log_read(reader, kind="figure", title=found.spec.title, markings=[marking],
             at=timezone.now())  # fmt: skip
    return JsonResponse(found.to_json())


def _month(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError as error:
        raise Http404(str(error)) from error

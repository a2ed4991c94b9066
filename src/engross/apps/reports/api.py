"""The API of papers and figures."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, JsonResponse
from django.utils import timezone
from ninja import Router, Schema

from engross.adapters.papers.json_out import paper_data
from engross.apps.accounts.queries import is_staff
from engross.apps.registers.api import Problem, aware
from engross.apps.registers.queries import active_code
from engross.apps.reports import queries
from engross.core.dates.months import Month
from engross.core.refusals import Refused
from engross.core.reports.figures import FIGURES

router = Router(tags=["Reports and figures"])
PROBLEMS = {404: Problem, 422: Problem}


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
        for each in queries.paper_definitions() if queries.is_public_class(each.class_key)
    ]  # fmt: skip


@router.get("/reports/{paper}/{month}", response={200: dict[str, Any], **PROBLEMS},
            operation_id="get_report")  # fmt: skip
def get_report(
    request: HttpRequest, paper: str, month: str, known_at: datetime | None = None
) -> JsonResponse:
    """A month's paper: its parts, its figures with their rows, and its checks."""
    try:
        definition = queries.paper_named(paper)
        made = queries.composed(
            paper, _month(month), on=timezone.localdate(), known_at=aware(known_at)
        )
    except (LookupError, Refused) as error:
        raise Http404(str(error)) from error
    if not queries.is_public_class(definition.class_key):
        raise Http404("There is no such paper")
    return JsonResponse(paper_data(made))


@router.get("/figures", response=list[FigureSummary], operation_id="list_figures")
def list_figures(request: HttpRequest) -> list[dict[str, Any]]:
    """Every figure that can be asked."""
    return [
        {"name": spec.name, "title": spec.title, "unit": spec.unit, "method": spec.method,
         "needs": list(spec.needs)}
        for spec in FIGURES.specs(active_code()).values()
        if queries.is_public_class(spec.paper_class)
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
    if not queries.is_public_class(found.spec.paper_class) and not is_staff(request.user):
        raise Http404(f"No figure is called '{name}'")
    return JsonResponse(found.to_json())


def _month(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError as error:
        raise Http404(str(error)) from error

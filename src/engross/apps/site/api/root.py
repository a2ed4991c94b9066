"""The root of the API: every app's operations, and what becomes of each error."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError

from engross.apps.consultations.api import router as consultations_router
from engross.apps.exchange.api import router as changes_router
from engross.apps.exchange.api import webhooks_router
from engross.apps.meetings.api import router as meetings_router
from engross.apps.parties.api import router as parties_router
from engross.apps.products.api import devices as devices_router
from engross.apps.products.api import lists as product_lists_router
from engross.apps.proposals.api import router as proposals_router
from engross.apps.reading.api import change_set_router, code_router
from engross.apps.registers.api import (
    ApiRefused,
    import_router,
    kind_of_status,
    problem,
    router_for,
)
from engross.apps.registers.registers import all_registers
from engross.apps.releases.api import compositions as compositions_router
from engross.apps.releases.api import releases as releases_router
from engross.apps.releases.api import versions as versions_router
from engross.apps.reports.api import router as reports_router
from engross.apps.search.api import router as search_router
from engross.apps.site.api.bodies import Bodies
from engross.apps.timetables.api import router as forecasts_router
from engross.apps.votes.api import bodies as bodies_router
from engross.apps.votes.api import router as votes_router
from engross.core.refusals import Reason, Refused

api = NinjaAPI(
    title="Engross",
    version="1",
    description="Every register, as at any day and as known at any moment. Reading needs no key.",
    docs_url=None,
    openapi_url=None,
    urls_namespace="api-v1",
    parser=Bodies(),
)


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem("not-found", str(error) or "There is nothing at this address")


@api.exception_handler(ApiRefused)
def _api_refused(request: HttpRequest, error: ApiRefused) -> HttpResponse:
    return problem(error.kind, str(error), error.reasons, **error.more)


@api.exception_handler(Refused)
def _refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return problem("conflict", str(error), error.reasons)


@api.exception_handler(ValidationError)
def _not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
    reasons = [
        Reason(f"{'.'.join(str(part) for part in each['loc'][1:])}: {each['msg']}", "Correct it")
        for each in error.errors
    ]
    return problem("not-understood", "; ".join(each.what for each in reasons), reasons)


@api.exception_handler(RequestDataTooBig)
def _too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024 // 1024
    return problem("too-large", f"A body may have {most} MB")


@api.exception_handler(HttpError)
def _said_otherwise(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(kind_of_status(error.status_code), str(error))


class RegisterColumn(Schema):
    """A column of a register."""

    name: str
    meaning: str
    kind: str
    required: bool


class RegisterSummary(Schema):
    """A register: its name, what it holds, its columns, and where its rows are."""

    name: str
    title: str
    meaning: str
    url: str
    columns: list[RegisterColumn]


@api.get("/registers", response=list[RegisterSummary], tags=["Registers"])
def list_registers(request: HttpRequest) -> list[dict[str, Any]]:
    """Every register that can be read here."""
    return [
        {
            "name": register.name,
            "title": register.title,
            "meaning": register.meaning,
            "url": f"/api/v1/registers/{register.name}",
            "columns": [
                {"name": each.name, "meaning": each.meaning, "kind": each.kind.value,
                 "required": each.required}
                for each in register.all_columns
            ],
        }
        for register in all_registers()
    ]  # fmt: skip


api.add_router("", reports_router)
api.add_router("/changes", changes_router)
api.add_router("/webhooks", webhooks_router)
api.add_router("/registers", import_router)
for _register in all_registers():
    api.add_router(f"/registers/{_register.name}", router_for(_register))
api.add_router("/proposals", proposals_router)
api.add_router("/forecasts", forecasts_router)
api.add_router("/consultations", consultations_router)
api.add_router("/parties", parties_router)
api.add_router("/code/versions", versions_router)
api.add_router("/code", code_router)
api.add_router("/change-sets", change_set_router)
# Before it a release's own address would be taken for a name with a '/'.
api.add_router("/releases", compositions_router)
api.add_router("/releases", releases_router)
api.add_router("/meetings", meetings_router)
api.add_router("/votes", votes_router)
api.add_router("/bodies", bodies_router)
api.add_router("/product-lists", product_lists_router)
api.add_router("/device-assurance", devices_router)
api.add_router("/search", search_router)

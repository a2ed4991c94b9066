"""The whole API: the registers' operations under one roof, with one form of error."""

from functools import cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError

from engross.apps.meetings.api import router as meetings_router
from engross.apps.parties.api import router as parties_router
from engross.apps.products.api import devices as devices_router
from engross.apps.products.api import lists as product_lists_router
from engross.apps.proposals.api import router as proposals_router
from engross.apps.registers.api import router_for
from engross.apps.registers.registers import all_registers
from engross.apps.releases.api import releases as releases_router
from engross.apps.releases.api import versions as versions_router
from engross.apps.reports.api import router as reports_router

api = NinjaAPI(
    title="Engross",
    version="1",
    description="Every register, as at any day and as known at any moment. Reading needs no key.",
    docs_url=None,
    openapi_url=None,
    urls_namespace="api-v1",
)

# Whatever is asked, an answer may be one of these (RFC 9457).
REFUSALS = (
    (400, "The address cannot be read"),
    (404, "There is nothing at this address"),
    (422, "A parameter is not understood"),
)


def _problem(request: HttpRequest, status: int, title: str, detail: str) -> JsonResponse:
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return JsonResponse(body, status=status, content_type="application/problem+json")


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return _problem(request, 404, "Not found", str(error) or "There is nothing at this address")


@api.exception_handler(ValidationError)
def _not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
    found = [f"{'.'.join(str(part) for part in each['loc'][1:])}: {each['msg']}"
             for each in error.errors]  # fmt: skip
    return _problem(request, 422, "Not understood", "; ".join(found))


@api.exception_handler(HttpError)
def _refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    return _problem(request, error.status_code, "Refused", str(error))


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
for _register in all_registers():
    api.add_router(f"/registers/{_register.name}", router_for(_register))
api.add_router("/proposals", proposals_router)
api.add_router("/parties", parties_router)
api.add_router("/code-versions", versions_router)
api.add_router("/releases", releases_router)
api.add_router("/meetings", meetings_router)
api.add_router("/product-lists", product_lists_router)
api.add_router("/device-assurance", devices_router)


@cache
def _openapi() -> dict[str, Any]:
    """Return the OpenAPI document, in which every operation says how it refuses."""
    document = dict(api.get_openapi_schema())
    for methods in document["paths"].values():
        for operation in methods.values():
            operation["responses"] |= {str(status): _refusal(says) for status, says in REFUSALS}
    return document


def _refusal(says: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": says, "content": {"application/problem+json": {"schema": schema}}}


def openapi(request: HttpRequest) -> HttpResponse:
    """Send the OpenAPI document."""
    return JsonResponse(_openapi())


def not_found(request: HttpRequest) -> HttpResponse:
    """Say that the API has nothing at this address, in the form of its other errors."""
    return _problem(request, 404, "Not found", "The API has nothing at this address")


def documentation(request: HttpRequest) -> HttpResponse:
    """Show every operation of the API, read from its own OpenAPI document."""
    operations = [
        {"method": method.upper(), "path": path, "summary": operation.get("summary", ""),
         "parameters": operation.get("parameters", [])}
        for path, methods in _openapi()["paths"].items()
        for method, operation in methods.items()
    ]  # fmt: skip
    context = {"title": "API", "operations": operations}
    return render(request, "site/api.html", context)

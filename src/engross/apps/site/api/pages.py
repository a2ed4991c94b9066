"""The API's own document, for programs and for people."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from engross.apps.registers.api import KINDS, problem
from engross.apps.site.api.document import openapi_document


def openapi(request: HttpRequest) -> HttpResponse:
    """Send the OpenAPI document."""
    return JsonResponse(openapi_document())


def not_found(request: HttpRequest) -> HttpResponse:
    """Say that the API has nothing at this address, in the form of its other errors."""
    return problem("not-found", "The API has nothing at this address")


def documentation(request: HttpRequest) -> HttpResponse:
    """Show every operation of the API, read from its own OpenAPI document."""
    context = {
        "title": "API",
        "site": settings.SITE_URL,
        "groups": _groups(),
        "problems": [{"key": key, "kind": kind} for key, kind in KINDS.items()],
        "limits": (settings.ENGROSS_API_ADDRESS_LIMIT, settings.ENGROSS_API_TOKEN_LIMIT),
    }
    return render(request, "site/api.html", context)


@cache
def _groups() -> list[dict[str, Any]]:
    """Return the operations by their group, in the order in which the groups come."""
    found: dict[str, list[dict[str, Any]]] = {}
    for each in _operations():
        found.setdefault(each["group"], []).append(each)
    return [
        {"name": name, "anchor": f"group-{place}", "operations": operations}
        for place, (name, operations) in enumerate(found.items(), 1)
    ]


def _operations() -> Iterator[dict[str, Any]]:
    for path, methods in openapi_document()["paths"].items():
        for method, operation in methods.items():
            answers = operation["responses"]
            content = answers.get("200", answers.get(200, {})).get("content", {})
            example = content.get("application/json", {}).get("example")
            yield {
                "id": operation["operationId"],
                "group": operation.get("tags", ["Other"])[0],
                "method": method.upper(),
                "path": path,
                "summary": operation.get("summary", ""),
                "description": operation.get("description", ""),
                "scope": operation.get("x-scope", ""),
                "parameters": operation["parameters"],
                "request": operation.get("x-example-request", ""),
                "example": json.dumps(example, indent=2, ensure_ascii=False) if example else "",
            }

"""The API's own document, for programs and for people."""

import json
import shlex
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from engross.apps.registers.api import KINDS, problem
from engross.apps.site.api.document import openapi_document
from engross.core.people.scopes import MEANINGS


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
        "site_url": settings.SITE_URL,
        "scopes": MEANINGS,
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
            yield {
                "id": operation["operationId"],
                "group": operation.get("tags", ["Other"])[0],
                "method": method.upper(),
                "path": path,
                "summary": operation.get("summary", ""),
                "description": _paragraphs(operation.get("description", "")),
                "scope": operation.get("x-scope", ""),
                "parameters": operation["parameters"],
                "statuses": [status for status in operation["responses"] if status < "400"],
                "request": _request(operation),
                "example": _example(operation),
            }


def _paragraphs(description: str) -> list[str]:
    """Return a description's paragraphs, each on one line and without the marks of code."""
    parts = description.replace("`", "").split("\n\n")
    return [" ".join(part.split()) for part in parts if part.strip()]


def _request(operation: dict[str, Any]) -> str:
    """Return an example of asking, as one types it; '' without one."""
    method, _, address = operation.get("x-example-request", "").partition(" ")
    if not address:
        return ""
    words = ["curl"]
    body = operation.get("x-example-body")
    if method != "GET":
        kind = "text/csv" if isinstance(body, str) else "application/json"
        sent = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
        words += ["-X", method, "-H 'Authorization: Bearer TOKEN'", f"-H 'Content-Type: {kind}'"]
        words += ["-H 'If-None-Match: *'"] if method == "PUT" else []
        words.append(f"--data-binary {shlex.quote(sent)}")
    return " ".join([*words, shlex.quote(f"{settings.SITE_URL}{address}")])


def _example(operation: dict[str, Any]) -> str:
    """Return the answer that an operation gives for example, as JSON to be read."""
    for answer in operation["responses"].values():
        for content in answer.get("content", {}).values():
            if "example" in content:
                return json.dumps(content["example"], indent=1, ensure_ascii=False)
    return ""

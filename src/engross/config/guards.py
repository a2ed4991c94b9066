"""What no page has to say for itself: which methods it takes, and what no address may hold."""

from collections.abc import Callable
from typing import Any

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseBase,
    HttpResponseNotAllowed,
)

from engross.apps.registers.api import problem

READING = ("GET", "HEAD", "OPTIONS")


class Guards:
    """Refuse what no page here understands, before any page sees it.

    A page reads, unless its view is marked with `writes`; then it takes forms too. What other
    packages serve (signing in, the API) looks after itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer 400 to a NUL in the address: PostgreSQL has no room for one in any text."""
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return _bad_request("An address holds no NUL", to_machine=_is_api(request))
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, arguments: Any, named: Any
    ) -> HttpResponse | None:
        """Answer 405 to a method that the page does not take."""
        if not str(getattr(view, "__module__", "")).startswith("engross."):
            return None
        allowed = (*READING, "POST") if getattr(view, "writes", False) else READING
        return None if request.method in allowed else HttpResponseNotAllowed(allowed)


def _is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def _bad_request(detail: str, *, to_machine: bool) -> HttpResponse:
    if to_machine:
        return problem("bad-request", detail)
    return HttpResponseBadRequest(f"{detail}.", content_type="text/plain")

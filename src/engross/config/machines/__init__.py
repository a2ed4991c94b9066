"""What programs that ask the API are owed, once for all operations.

Who asks is told from a token; how often anyone may ask is counted; what a program has already is
not sent again; other sites' pages may read what is public; and every error has one form.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from engross.apps.accounts.queries import who_reads
from engross.apps.registers.api import kind_of_status, problem
from engross.apps.registers.api.problems import MEDIA_TYPE
from engross.apps.site.api import not_found, reasons_against_question
from engross.config.machines.bearers import Bearer, bearer_of
from engross.config.machines.conditional import cache_rule, has_it_already, mark_of
from engross.config.machines.crossing import is_preflight, let_others_read, preflight
from engross.config.machines.limits import Allowance, allowance_of

HOME = "/api/"
LONGEST_QUERY = 8192
JSON = {"application/json", "application/*", "*/*"}
VARIES = "Authorization, Cookie, Origin"

Answering = Callable[[HttpRequest], HttpResponseBase]


class Machines:
    """Answer what comes to the API; the page that documents it is a page like any other."""

    def __init__(self, get_response: Answering) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as the operation does, with all that every answer of the API has."""
        if not request.path.startswith(HOME) or request.path == reverse("api"):
            return self.get_response(request)
        if is_preflight(request):
            return preflight()
        is_head = request.method == "HEAD"
        if is_head:
            request.method = "GET"
        bearer = bearer_of(request)
        allowance = allowance_of(request, bearer)
        answer = _in_one_form(self._answer(request, bearer, allowance))
        let_others_read(request, answer)
        for name, value in allowance.headers().items():
            answer[name] = value
        answer["Vary"] = _with(answer.get("Vary", ""), VARIES)
        return _without_body(answer) if is_head else answer

    def _answer(
        self, request: HttpRequest, bearer: Bearer | None, allowance: Allowance
    ) -> HttpResponseBase:
        if allowance.is_used_up:
            answer = problem("too-many-requests", allowance.said)
            answer["Retry-After"] = str(allowance.seconds)
            return answer
        if bearer is not None and bearer.fault:
            answer = problem("unknown-token", bearer.fault)
            answer["WWW-Authenticate"] = 'Bearer realm="Engross", error="invalid_token"'
            return answer
        if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
            return problem("address-too-long", f"Ask with {LONGEST_QUERY:,} characters at most")
        if request.method != "GET":
            return self.get_response(request)
        return self._read(request)

    def _read(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a question; only with 'not modified' to whom has the answer already."""
        mark = mark_of(request)
        if has_it_already(request, mark):
            return _not_modified(request, mark)
        answer = self.get_response(request)
        if answer.status_code != 200 or "no-store" in answer.get("Cache-Control", ""):
            return answer
        answer.setdefault("ETag", mark)
        answer.setdefault("Cache-Control", cache_rule(who_reads(request)))
        mark = answer["ETag"]  # it may be one of the operation's own
        has_it = has_it_already(request, mark, is_there=True)
        return _not_modified(request, mark) if has_it else answer

    def process_view(
        self, request: HttpRequest, view: Any, arguments: Any, named: Any
    ) -> HttpResponse | None:
        """Refuse what no operation is asked so: parameters it does not have, formats not made."""
        found = request.resolver_match
        if found is not None and found.url_name == "api-missing":
            # Whatever the method: it is not the method that is wrong.
            return not_found(request)
        if found is None or "api-v1" not in found.namespaces:
            return None
        if request.method == "OPTIONS":
            return preflight()
        asked = {
            part.split(";")[0].strip() for part in request.headers.get("Accept", "").split(",")
        }
        if asked - {""} and not asked & (JSON | {MEDIA_TYPE}):
            return problem("not-acceptable", "The API answers in application/json")
        reasons = reasons_against_question(request, found.route)
        return problem("not-understood", str(reasons[0]), reasons) if reasons else None


def _in_one_form(answer: HttpResponseBase) -> HttpResponseBase:
    """Return an answer; an error that is told to people, told in the form of the API's others."""
    if answer.status_code < 400 or answer.get("Content-Type", "").startswith(MEDIA_TYPE):
        return answer
    told = problem(kind_of_status(answer.status_code))
    for name in ("Allow", "Retry-After", "Content-Security-Policy"):
        if name in answer:
            told[name] = answer[name]
    return told


def _not_modified(request: HttpRequest, mark: str) -> HttpResponse:
    answer = HttpResponse(status=304)
    del answer["Content-Type"]
    answer["ETag"], answer["Cache-Control"] = mark, cache_rule(who_reads(request))
    return answer


def _without_body(answer: HttpResponseBase) -> HttpResponseBase:
    if isinstance(answer, HttpResponse):
        answer.setdefault("Content-Length", str(len(answer.content)))
        answer.content = b""
    return answer


def _with(told: str, more: str) -> str:
    """Return a list in a header with what else belongs into it, each once."""
    parts = [part.strip() for part in f"{told},{more}".split(",") if part.strip()]
    return ", ".join(dict.fromkeys(parts))

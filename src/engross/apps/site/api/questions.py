"""What an operation may be asked: a parameter that it does not have is refused, not passed over."""

import re
from collections.abc import Mapping
from functools import cache

from django.http import HttpRequest
from rapidfuzz.process import extractOne

from engross.apps.site.api.document import openapi_document
from engross.core.refusals import Reason

_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
_ALIKE = 60


def reasons_against_question(request: HttpRequest, route: str) -> list[Reason]:
    """Return a reason for each parameter of a request that the operation at `route` has not.

    A mistyped filter would otherwise be answered with the whole list.
    """
    known = _parameters().get((_PARAMETER.sub(r"{\1}", f"/{route}"), request.method or ""))
    if known is None:
        return []
    return [_unknown(name, known) for name in request.GET if name not in known]


def _unknown(name: str, known: frozenset[str]) -> Reason:
    what = f"There is no parameter '{name[:60]}' here"
    near = extractOne(name[:60], sorted(known), score_cutoff=_ALIKE)
    if near:
        return Reason(what, f"Write '{near[0]}'")
    return Reason(what, f"Use {', '.join(sorted(known))}" if known else "Ask without any")


@cache
def _parameters() -> Mapping[tuple[str, str], frozenset[str]]:
    """Return what every operation may be asked, by its path and method."""
    return {
        (path, method.upper()): frozenset(
            each["name"] for each in operation["parameters"] if each["in"] == "query"
        )
        for path, methods in openapi_document()["paths"].items()
        for method, operation in methods.items()
    }

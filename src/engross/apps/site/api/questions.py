"""What an operation may be asked: a parameter that it does not have is refused, not passed over."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from django.http import HttpRequest
from ninja.operation import Operation
from ninja.utils import normalize_path
from rapidfuzz.process import extractOne

from engross.apps.site.api.root import api
from engross.core.refusals import Reason

_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
_CONVERTER = re.compile(r"{[^}:]+:")
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
    """Return what every operation may be asked, by its path and method.

    Not read from the OpenAPI document, which takes a second to make.
    """
    return {
        (_path(bound.prefix, path), method): frozenset(_names(operation))
        for bound in api._get_bound_routers()
        for path, view in bound.path_operations.items()
        for operation in view.operations
        for method in operation.methods
    }


def _path(prefix: str, path: str) -> str:
    parts = "/".join(part for part in (prefix, path) if part)
    return _CONVERTER.sub("{", normalize_path(f"/{api.get_root_path({})}{parts}"))


def _names(operation: Operation) -> Iterator[str]:
    """Yield the names that a query of an operation may have."""
    for model in operation.models:
        if model.__ninja_param_source__ == "query":
            yield from model.__ninja_flatten_map__

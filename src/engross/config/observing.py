"""How many requests there were, how long they took, and how each ended: for Prometheus."""

from collections.abc import Callable
from time import perf_counter

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from prometheus_client import Counter, Histogram

REQUESTS = Counter(
    "engross_requests",
    "Requests answered, by the route's name, the method and the status.",
    ["route", "method", "status"],
)
SECONDS = Histogram(
    "engross_request_seconds",
    "How long answers took, in seconds, by the route's name.",
    ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Observed:
    """Count requests; by route, so that nobody's address or words become a label."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as the page does, and count it."""
        started = perf_counter()
        answer = self.get_response(request)
        route = request.resolver_match.view_name if request.resolver_match else "none"
        method = request.method if request.method in METHODS else "other"
        REQUESTS.labels(route or "unnamed", method, str(answer.status_code)).inc()
        SECONDS.labels(route or "unnamed").observe(perf_counter() - started)
        return answer

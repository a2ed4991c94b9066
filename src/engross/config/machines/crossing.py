"""Other sites' pages may read what is public; nothing that a browser adds of itself counts."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

SHOWN = "ETag, Link, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After"
ALLOWED = "GET, HEAD, OPTIONS"
# A page may say what it has and what it takes, not who it is: no Authorization.
MAY_SEND = "Accept, Content-Type, If-None-Match"
A_DAY = 86400


def is_preflight(request: HttpRequest) -> bool:
    """Say whether a browser asks on a page's behalf what the page may do."""
    asks = "Access-Control-Request-Method" in request.headers
    return request.method == "OPTIONS" and asks


def preflight() -> HttpResponse:
    """Return which methods and headers a page of another site may use."""
    answer = HttpResponse(status=204)
    del answer["Content-Type"]
    answer["Allow"] = ALLOWED
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Access-Control-Allow-Methods"] = ALLOWED
    answer["Access-Control-Allow-Headers"] = MAY_SEND
    answer["Access-Control-Max-Age"] = str(A_DAY)
    return answer


def let_others_read(request: HttpRequest, answer: HttpResponseBase) -> None:
    """Let any page read the answer to a question.

    With '*' a browser hands out nothing that it asked for with cookies: an answer for somebody
    who is signed in stays unread.
    """
    if request.method in {"GET", "HEAD"} and "Authorization" not in request.headers:
        answer["Access-Control-Allow-Origin"] = "*"
        answer["Access-Control-Expose-Headers"] = SHOWN

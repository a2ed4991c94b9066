"""From where a request comes, for whatever it brings about to be written down with."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from engross.core.audit import coming_from


class Sources:
    """Say of all that a request brings about by which door it came, and from which address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as the page does, with its source known to the audit."""
        door = "API" if request.path.startswith("/api/") else "page"
        with coming_from(f"{door} from {address_of(request)}"):
            return self.get_response(request)


def address_of(request: HttpRequest) -> str:
    """Return the network address that a request came from.

    Behind ENGROSS_PROXIES trusted proxies it is what the outermost of them saw; anything before
    that in X-Forwarded-For was written by the sender and says nothing.
    """
    direct = str(request.META.get("REMOTE_ADDR", ""))
    proxies: int = settings.ENGROSS_PROXIES
    told = [each.strip() for each in request.headers.get("X-Forwarded-For", "").split(",")]
    return told[-proxies][:64] if proxies and len(told) >= proxies and told[-proxies] else direct

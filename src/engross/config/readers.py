"""Who reads: each request carries a reader, made when the first rule asks for it."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from engross.apps.people.queries import reader_of


class Readers:
    """Put `reader`, a `core.access.Reader`, on each request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as the page does; whoever asks for `request.reader` learns who reads."""
        request.reader = SimpleLazyObject(  # type: ignore[attr-defined]
            lambda: reader_of(request.user, timezone.localdate())
        )
        answer = self.get_response(request)
        # Asked only where the page asked: a feed is the same for everybody, and says so.
        if request.session.accessed and request.user.is_authenticated:
            # Nor does whoever uses the machine next find it by going back.
            answer.setdefault("Cache-Control", "private, no-store")
        return answer

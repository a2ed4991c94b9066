"""Pages and the API's answers go out compressed; files that are packed already go as they are."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

PACKS_WELL = ("text/", "application/json", "application/xml", "application/atom+xml")


class Compressing(GZipMiddleware):
    """Compress text for whoever takes it; Django pads it, so that its length tells no secret."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Return the response, compressed if it is text."""
        if not response.get("Content-Type", "").startswith(PACKS_WELL):
            return response
        return super().process_response(request, response)

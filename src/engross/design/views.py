"""The page that shows every component, and the code's colours as a stylesheet."""

import hashlib

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.views.decorators.http import require_safe

from engross.design import sample, theme
from engross.design.context import active_code


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Show every component with sample content; `?sort=`, `?page=` and the filters work."""
    return render(request, "design/components.html", sample.page(request.GET))


@require_safe
def theme_stylesheet(request: HttpRequest) -> HttpResponse:
    """Serve the colours of the active code."""
    sheet = theme.stylesheet(active_code().theme)
    tag = f'"{hashlib.sha256(sheet.encode()).hexdigest()[:16]}"'
    if request.headers.get("If-None-Match", "").removeprefix("W/") == tag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(sheet, content_type="text/css; charset=utf-8")
    response["ETag"] = tag
    response["Cache-Control"] = "public, max-age=3600"
    return response

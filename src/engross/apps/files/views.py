"""A stored file as a download, and the page of who read what."""

import uuid
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from engross.apps.accounts.queries import who_reads
from engross.apps.files import commands, queries
from engross.apps.files.models import ReadLog
from engross.core.access import Reach
from engross.design.parts import Column

ROWS = 60
COLUMNS = (
    Column("read_at", "When", "moment"),
    Column("person", "Who"),
    Column("title", "What", link="href"),
    Column("kind", "Of", "reference"),
    Column("count", "How many", "number"),
    Column("source", "By what door, from where"),
)
# It is shown nowhere and runs nowhere, whatever is in it.
SHUT_IN = "default-src 'none'; sandbox"


@require_safe
def download(request: HttpRequest, key: uuid.UUID, name: str) -> HttpResponseBase:
    """Send a stored file to be kept, never shown here, to whom its class reaches."""
    reader = who_reads(request)
    stored = queries.file_of(key, reader)
    if stored is None:
        raise Http404("There is no such file")
    if name != stored.name:
        return redirect("files:download", stored.key, stored.name)
    marking = queries.markings_of_files([stored])[0]
    commands.log_read(reader, kind="file", title=stored.name, markings=[marking],
                      entries=[str(stored.key)], at=timezone.now())  # fmt: skip
    etag = quote_etag(stored.sha256)
    answer: Any = get_conditional_response(request, etag=etag)
    if answer is None:
        answer = FileResponse(
            stored.content.open("rb"), as_attachment=True, filename=stored.name,
            content_type=stored.content_type,
        )  # fmt: skip
        answer["Content-Length"] = stored.size
    answer["ETag"] = etag
    answer["Content-Security-Policy"] = SHUT_IN
    answer["X-Content-Type-Options"] = "nosniff"
    is_open = marking.reach is Reach.ANYONE
    answer["Cache-Control"] = "public, no-cache" if is_open else "private, no-store"
    return answer  # type: ignore[no-any-return]


@login_required
def reads(request: HttpRequest) -> HttpResponse:
    """Show who read what is Amber or Red: all of it to staff, a Party's own to who manages it."""
    reader = who_reads(request)
    page: Any = Paginator(queries.reads_shown_to(reader), ROWS).get_page(request.GET.get("page"))
    page.object_list = [_row(each) for each in page.object_list]
    context = {
        "title": "Who read what",
        "lead": "Each reading of what reaches only a circle or the persons named. "
        + _whose(sorted(reader.administers), handles_all=reader.handles_all),
        "page": page,
        "columns": COLUMNS,
        "noun": "reads" if page.paginator.count != 1 else "read",
        "empty_title": "Nobody has read any of it yet.",
    }
    return render(request, "files/reads.html", context)


def _whose(parties: list[str], *, handles_all: bool) -> str:
    if handles_all:
        return "You see every one of them, as staff with a second factor do."
    if parties:
        return f"You see those of what is the own of {', '.join(parties)}."
    return "Who administers a Party sees those of the Party's own; you administer none."


def _row(read: ReadLog) -> dict[str, Any]:
    return {
        "read_at": read.read_at,
        "person": str(read.person) if read.person else "A command on the machine",
        "title": read.title,
        "href": _href(read),
        "kind": read.kind,
        "count": read.count,
        "source": read.source,
    }


def _href(read: ReadLog) -> str:
    """Return the address of the one entry that was read; empty for a list, a paper, a figure."""
    if len(read.entries) != 1 or read.kind in {"file", "paper", "figure"}:
        return ""
    try:
        return reverse("registers:entry", args=[read.kind, read.entries[0]])
    except NoReverseMatch:
        return ""

"""What the pages of the text have in common: days asked for, editions, and files to take along."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from engross.apps.legaltext import queries
from engross.apps.legaltext.queries import TextEdition
from engross.apps.reading.queries.keeping import Kept

AS_A_DAY = "Write the day as 2021-09-30"
CONTENT_TYPES = {
    "json": "application/json",
    "akn": "application/akn+xml",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def day_asked(request: HttpRequest, day: str | None = None) -> date | None:
    """Return the day that `as_at`, else the address names; today for none, None for no day."""
    # The form of a page that is of a day already asks for another one.
    asked = request.GET.get("as_at", "") or day
    if not asked:
        return timezone.localdate()
    try:
        return date.fromisoformat(asked)
    except ValueError:
        return None


def place_of(slug: str, day: date | None) -> str:
    """Return the address of a document's or clause's page, on a day if one was asked for."""
    if day is None:
        return reverse("reading:document", kwargs={"slug": slug})
    return reverse("reading:document", kwargs={"slug": slug, "day": day.isoformat()})


def about_the_text() -> dict[str, Any]:
    """Return what every page of the text shows: what has to be said of it, and its editions."""
    return {"notices": queries.notices_of_text()}


def written_editions(editions: Iterable[TextEdition], today: date) -> SafeString:
    """Return the list of editions of the text as HTML: made once for the same ones and day."""
    name = (tuple(editions), today)
    return _editions.made(name, lambda: _written(*name))


_editions: Kept[tuple[tuple[TextEdition, ...], date], SafeString] = Kept(4)


def _written(editions: Iterable[TextEdition], today: date) -> SafeString:
    return render_to_string("reading/editions.html", {"editions": _shown(editions, today)})


def _shown(editions: Iterable[TextEdition], today: date) -> list[dict[str, Any]]:
    """Return the editions of the text, newest first, each with its page and its redline."""
    shown = []
    before: TextEdition | None = None
    for edition in editions:
        address = reverse("reading:contents")
        shown.append(
            {
                "label": f"Version {edition.version}" if edition.version else edition.reason,
                "effective_on": edition.effective_on,
                "published_on": timezone.localdate(edition.published_at),
                "is_to_come": edition.effective_on > today,
                "href": f"{address}?as_at={edition.effective_on.isoformat()}",
                "changes": reverse("reading:compare", args=[before.name, edition.name])
                if before
                else "",
            }
        )
        before = edition
    return shown[::-1]


def no_text(
    request: HttpRequest,
    *,
    title: str,
    why: str,
    remedy: str,
    near: Sequence[Mapping[str, str]] = (),
    status: int = 404,
) -> HttpResponse:
    """Show that there is no text at an address, why, what to do, and what stands near it."""
    context = {
        "title": title,
        "why": why,
        "remedy": remedy,
        "near": near,
        "contents": reverse("reading:contents"),
    }
    return render(request, "reading/no_text.html", context, status=status)


def file_answer(content: bytes, name: str, form: str) -> HttpResponse:
    """Answer with a file of the text."""
    answer = HttpResponse(content, content_type=CONTENT_TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer

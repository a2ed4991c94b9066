"""The documents that go with a document, with the numbers that say why."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.html import format_html, format_html_join

from engross.apps.accounts.queries import who_reads
from engross.apps.reading.queries import sets_seen, text_state
from engross.apps.reading.queries.related import MOST_TERMS, Related, related_documents
from engross.apps.reading.views.changes import located, page_class, shown_set
from engross.apps.reading.views.missing import nothing_at
from engross.apps.reading.views.shown import about_the_text, day_asked, place_of
from engross.core.legaltext.numbers.addresses import document_slug
from engross.design.parts import Column

COLUMNS = (
    Column("document", "Document", "title", link="href"),
    Column("percent", "Of 100", "number"),
    Column("refers", "References to it", "number"),
    Column("referred", "References from it", "number"),
    Column("shared", "Shared terms", "number"),
    Column("weight", "Their weight", "number"),
    Column("rarest", "The rarest of them"),
    Column("sets", "Changed together by"),
)
MOST_SHOWN = 12
MOST_IN_PLACE = 6


def related(request: HttpRequest, slug: str, day: str | None = None) -> HttpResponse:
    """Show the documents that go with one, on a page or in place."""
    on = day_asked(request, day)
    found = located(slug, on, text_state()) if on else None
    if on is None or found is None:
        return nothing_at(request, slug, on)
    code, address, _ = found
    in_place = bool(request.headers.get("HX-Request"))
    asked = on if day or request.GET.get("as_at") else None
    listed = related_documents(code, address.document, sets_seen(who_reads(request)))
    listed = listed[: MOST_IN_PLACE if in_place else MOST_SHOWN]
    titles = {one.document: one.title for one in code.places.code.documents}
    context = {
        "title": f"What goes with {address.document}",
        "name": address.document,
        "place": place_of(document_slug(address.document), asked),
        "columns": COLUMNS,
        "related": [_row(each, titles.get(each.document, ""), asked) for each in listed],
        "all_href": f"{place_of(document_slug(address.document), asked)}related/",
        "page_class": page_class(one for each in listed for one in each.sets),
        "as_at": asked,
        "on": on,
        **about_the_text(),
    }
    part = "reading/parts/related.html" if in_place else "reading/related.html"
    answer = render(request, part, context)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def _row(each: Related, title: str, asked: date | None) -> dict[str, Any]:
    terms = reverse("reading:terms")
    rarest = [(f"{terms}{entry.slug}/", entry.term) for entry in each.terms[:MOST_TERMS]]
    sets = [shown_set(one) for one in each.sets]
    return {
        "document": f"{each.document} {title}".strip(),
        "href": place_of(document_slug(each.document), asked),
        "percent": round(100 * each.score),
        "refers": each.refers,
        "referred": each.referred,
        "shared": len(each.terms),
        "weight": f"{each.weight:.1f}",
        "rarest": _links(rarest),
        "together": len(sets),
        "sets": _links((one["set_href"], one["label"]) for one in sets),
    }


def _links(named: Iterable[tuple[str, str]]) -> str:
    links = format_html_join(", ", '<a href="{}">{}</a>', named)
    return format_html("<span>{}</span>", links) if links else ""

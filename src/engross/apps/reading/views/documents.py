"""A document as it reads on any day, for everyone or for one Party Category."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from engross.apps.reading.queries import text_state
from engross.apps.reading.views.applying import asked_for
from engross.apps.reading.views.clauses import clause
from engross.apps.reading.views.document_parts import document_parts
from engross.apps.reading.views.kept_pages import document_page, page_with
from engross.apps.reading.views.missing import no_text_yet, not_a_day, nothing_at
from engross.apps.reading.views.proposed import class_of, related_href
from engross.apps.reading.views.shown import about_the_text, day_asked
from engross.apps.reading.views.surroundings import document_versions, files_of
from engross.apps.reading.views.switching import cannot_be_on, chosen_text
from engross.apps.reading.views.visits import Visit
from engross.core.legaltext.numbers.addresses import address_from_slug, document_slug
from engross.core.refusals import Refused


def document(request: HttpRequest, slug: str, day: str | None = None) -> HttpResponse:
    """Show a document, or one clause of it with what stands under it, as at a day."""
    on = day_asked(request, day)
    if on is None:
        return not_a_day(request)
    try:
        address = address_from_slug(slug)
    except ValueError:
        return nothing_at(request, slug, on)
    state = text_state()
    since = state.since(on)
    if since is None:
        return no_text_yet(request, address, on, state)
    try:
        chosen = chosen_text(request, on)
    except Refused as refused:
        return cannot_be_on(request, refused)
    page = (
        page_with(address.document, chosen.layers)
        if chosen
        else document_page(address.document, state=state, since=since)
    )
    asked = on if day or request.GET.get("as_at") else None
    if page is None:
        return nothing_at(request, slug, on, asked=asked)
    visit = Visit(request, address, page, state, on, asked, chosen)
    return clause(visit) if address.number else _whole(visit)


def _whole(visit: Visit) -> HttpResponse:
    page, slug = visit.page, document_slug(visit.page.name)
    asked = asked_for(visit.request.GET, visit)
    versions = document_versions(page.name, state=visit.state, on=visit.on)
    context = {
        "title": page.heading,
        "document": page,
        "visit": visit,
        "parts": document_parts(visit, asked, versions),
        "asked": asked,
        "version": versions.shown,
        "as_at": visit.asked,
        "on": visit.on,
        "until": visit.until,
        "files": files_of(slug, visit.on),
        "feed_url": reverse("reading:document-feed", kwargs={"slug": slug}),
        "related_href": related_href(visit),
        "page_class": class_of(visit),
        **about_the_text(),
    }
    return render(visit.request, "reading/document.html", context)

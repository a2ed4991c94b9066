"""A document as it reads on any day, for everyone or for one Party Category."""

from collections.abc import Iterator, Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString

from engross.adapters.legaltext.redlines.linked import html_of
from engross.apps.reading.queries import text_state
from engross.apps.reading.views.applying import Applied, applied, asked_for, filter_choices
from engross.apps.reading.views.clauses import clause
from engross.apps.reading.views.gutter import gutter_marks
from engross.apps.reading.views.kept_pages import document_page, page_with
from engross.apps.reading.views.missing import no_text_yet, not_a_day, nothing_at
from engross.apps.reading.views.paths import safe
from engross.apps.reading.views.proposed import proposed
from engross.apps.reading.views.shown import about_the_text, day_asked, place_of
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
    filtered = asked_for(visit.request.GET, visit)
    application = applied(visit, filtered)
    versions = document_versions(page.name, state=visit.state, on=visit.on)
    context = {
        "title": page.heading,
        "document": page,
        "visit": visit,
        "text": _text(visit, application, gutter_marks(visit)),
        "outline": safe(visit.shown(page.outline)),
        "application": application,
        "filter": filter_choices(filtered, visit),
        "version": next((each for each in versions if each["is_shown"]), None),
        "versions": versions,
        "href": place_of(slug, visit.asked),
        "as_at": visit.asked,
        "on": visit.on,
        "until": visit.until,
        "files": files_of(slug, visit.on),
        "feed_url": reverse("reading:document-feed", kwargs={"slug": slug}),
        **about_the_text(),
        **proposed(visit, versions),
    }
    return render(visit.request, "reading/document.html", context)


def _text(visit: Visit, application: Applied | None, gutter: Mapping[str, str]) -> SafeString:
    """Return the text of a document with what this visit puts between its blocks."""
    page = visit.page
    if application is None and not gutter:
        return safe(visit.shown(page.plain))
    if application is None:
        blocks = [html_of(block, before=gutter.get(block.key, "")) for block in page.blocks]
        return safe(visit.shown("".join(blocks)))
    return safe(visit.shown("".join(_filtered(visit, application, gutter))))


def _filtered(visit: Visit, application: Applied, gutter: Mapping[str, str]) -> Iterator[str]:
    """Yield the blocks with how each applies; what is left out is counted where it stood."""
    left_out = 0
    for block in visit.page.blocks:
        if application.is_left_out(block):
            left_out += 1
            continue
        if left_out:
            yield _gap(left_out)
            left_out = 0
        yield html_of(
            block,
            marks=application.marks(block),
            before=gutter.get(block.key, ""),
            after=application.after(block),
        )
    if left_out:
        yield _gap(left_out)


def _gap(count: int) -> str:
    noun = "provision" if count == 1 else "provisions"
    return f'<p class="redline-gap">{count} {noun} not shown</p>\n'

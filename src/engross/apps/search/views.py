"""One box over everything: what holds the words, or straight to what is called so."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe

from engross.apps.accounts.queries import who_reads
from engross.apps.registers.registers import register_named
from engross.apps.search.commands import catch_up, log_hits_read
from engross.apps.search.forms import SearchForm
from engross.apps.search.queries import (
    MOST_DEEP,
    PER_PAGE,
    Asked,
    Found,
    Jump,
    ShownHit,
    found_by,
    jump_for,
    public_class,
)
from engross.apps.search.registers import CLAUSE, KINDS, HappeningSource, all_sources
from engross.core.search import Piece
from engross.design.tables import query_with

EXAMPLES = (
    ("metering code", "both words, in any order and any form"),
    ('"due and payable"', "the words as they stand"),
    ("meter*", "every word that begins so"),
    ("meter -installation", "without what holds the second word"),
    ("kind:proposal date:2021-09", "a kind of thing, of a year, month or day"),
    ("category:large-supplier", "what names a Party Category"),
    ("D7.2(a)", "straight to the clause; a proposal, paper, version or Party by its name, too"),
)


def results(request: HttpRequest) -> HttpResponse:
    """Show what was found; an exact address or identifier leads straight to its page."""
    form = SearchForm(request.GET)
    if form.is_too_deep:
        return _too_deep(request, form)
    behind = catch_up()
    asked = form.asked(reader=who_reads(request), on=timezone.localdate(), behind=behind)
    jump = jump_for(asked) if asked.text and not asked.offset else None
    if jump and _may_jump(request):
        return _jumped(request, asked, jump)
    found = found_by(asked)
    log_hits_read(found.hits, reader=asked.reader, at=timezone.now())
    return render(request, "search/results.html", {
        **_context(request, form, asked, found), "jump": jump,
    })  # fmt: skip


def _may_jump(request: HttpRequest) -> bool:
    """Say whether only words were asked for: with a filter, or for all results, a list is meant.

    So it is while somebody is still typing.
    """
    return not request.headers.get("HX-Request") and not (
        {name for name, value in request.GET.items() if value} - {"q", "as_at"}
    )


def _jumped(request: HttpRequest, asked: Asked, jump: Jump) -> HttpResponse:
    """Lead to the one thing that is called so, with the way back to all results."""
    address = f"{reverse('search:results')}?{urlencode({'q': asked.text, 'all': '1'})}"
    words = 'You searched for “{}”. <a href="{}">See all results</a>'
    messages.info(request, format_html(words, asked.text, address))
    # Relative by construction: made by `reverse` when the entry was made.
    return HttpResponseRedirect(jump.href)


def _context(request: HttpRequest, form: SearchForm, asked: Asked, found: Found) -> dict[str, Any]:
    return {
        "title": "Search",
        "form": form,
        "asked": asked,
        "found": found,
        "page": _page(asked, found),
        "most": MOST_DEEP if found.total > MOST_DEEP else 0,
        "tabs": _tabs(request, asked, found),
        "hits": _shown_hits(found.hits),
        "behind": _titles(asked.behind),
        "examples": [
            (words, f"{request.path}?{urlencode({'q': words})}", why) for words, why in EXAMPLES
        ],
        "as_at": asked.as_at,
        "without_filters": f"{request.path}?{urlencode({'q': asked.text, 'all': '1'})}",
        "has_filters": form.is_filtered or bool(asked.kinds or asked.query.filters),
        "api_url": f"/api/v1/search?{urlencode({'q': asked.text})}",
    }


def _page(asked: Asked, found: Found) -> Page[int]:
    return Paginator(range(min(found.total, MOST_DEEP)), PER_PAGE).get_page(
        asked.offset // PER_PAGE + 1
    )


def _tabs(request: HttpRequest, asked: Asked, found: Found) -> list[dict[str, Any]]:
    """Return the kinds of which there is something, with how many, and all of them together."""
    counts = dict(found.counts)
    tabs = [_tab(request, "All", "", found.of_all_kinds, is_current=not asked.kinds)]
    for kind in KINDS:
        if kind.key in counts or kind.key in asked.kinds:
            is_current = asked.kinds == (kind.key,)
            count = counts.get(kind.key, 0)
            tabs.append(_tab(request, kind.title, kind.key, count, is_current=is_current))
    return tabs if len(tabs) > 1 else []


def _tab(
    request: HttpRequest, label: str, kind: str, count: int, *, is_current: bool
) -> dict[str, Any]:
    href = query_with(request, kind=kind or None, page=None, all=None if kind else "1")
    return {"label": label, "href": href, "count": count, "is_current": is_current}


def _shown_hits(hits: Iterable[ShownHit]) -> list[dict[str, Any]]:
    kinds, public = {kind.key: kind.name for kind in KINDS}, public_class()
    return [_shown(hit, kinds.get(hit.kind, hit.kind), public) for hit in hits]


def _shown(hit: ShownHit, kind: str, public: str) -> dict[str, Any]:
    return {
        "kind": kind,
        "title": _written(hit.title),
        "href": hit.href,
        "around": _written(hit.around),
        # A clause was in force from then on; of all else it is simply the day.
        "since": hit.day_from if hit.kind == CLAUSE else None,
        "on": hit.day_from if hit.kind != CLAUSE else None,
        "until": hit.day_until,
        "paper_class": hit.paper_class if hit.paper_class != public else "",
    }


def _written(pieces: Iterable[Piece]) -> SafeString:
    """Return pieces of a text as HTML, with what was looked for marked."""
    words = [(escape(piece.text), piece.is_hit) for piece in pieces]
    marked = "".join([f"<mark>{text}</mark>" if is_hit else text for text, is_hit in words])
    return mark_safe(marked)  # noqa: S308 every piece of it is escaped


def _titles(behind: frozenset[str]) -> list[str]:
    """Return what the registers are called that cannot be shown just now."""
    kinds = {kind.key: kind.title for kind in KINDS}
    own = {
        each.name: kinds[each.kind] for each in all_sources() if isinstance(each, HappeningSource)
    }
    titles = []
    for name in sorted(behind):
        try:
            titles.append(own.get(name) or register_named(name).title)
        except LookupError:
            continue
    return titles


def _too_deep(request: HttpRequest, form: SearchForm) -> HttpResponse:
    """Say that nobody reads so far, and what to do instead."""
    context = {
        "title": "Search",
        "form": form,
        "deep": MOST_DEEP,
        "first": query_with(request, page=None),
    }
    return render(request, "search/results.html", context, status=422)


def description(request: HttpRequest) -> HttpResponse:
    """Send the description by which a browser offers this search."""
    place = request.build_absolute_uri(reverse("search:results"))
    context = {"place": place, "answers": request.build_absolute_uri("/api/v1/search")}
    return render(
        request, "search/opensearch.xml", context,
        content_type="application/opensearchdescription+xml",
    )  # fmt: skip

"""The glossary: every defined term, what it means, and where it is used."""

from collections.abc import Iterable, Sequence
from datetime import date
from difflib import get_close_matches
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from engross.adapters.legaltext.redlines.linked import html_of
from engross.apps.reading.queries import (
    CodeLayers,
    Meaning,
    layers_as_at,
    meanings_of,
    term_named,
    terms_called,
    terms_matching,
    text_state,
    uses_of_term,
)
from engross.apps.reading.queries.keeping import Kept
from engross.apps.reading.views.changes import page_class
from engross.apps.reading.views.clauses import in_place, is_in_place
from engross.apps.reading.views.linking import elsewhere
from engross.apps.reading.views.missing import no_text_yet, not_a_day
from engross.apps.reading.views.paths import Paths, on_day, safe, with_query
from engross.apps.reading.views.shown import about_the_text, day_asked, no_text
from engross.apps.reading.views.switching import cannot_be_on, chosen_text
from engross.core.legaltext.terms import Entry
from engross.core.refusals import Refused

LONGEST_WORDS = 100
MOST_MEANT = 5
MOST_KEPT = 6


def terms(request: HttpRequest, day: str | None = None) -> HttpResponse:
    """Show the defined terms of the code from A to Z, or those that hold the words asked for."""
    on = day_asked(request, day)
    if on is None:
        return not_a_day(request)
    state = text_state()
    code = layers_as_at(on, state=state)
    if code is None:
        return no_text_yet(request, None, on, state)
    words = request.GET.get("q", "")[:LONGEST_WORDS]
    asked = on if day or request.GET.get("as_at") else None
    context = {
        "title": "Defined terms",
        "lead": "Every term that the code defines, with what it means and where it is used.",
        "glossary": _glossary(code, words, asked),
        "words": words,
        "as_at": asked,
        "on": on,
        **about_the_text(),
    }
    return render(request, "reading/terms.html", context)


_kept: Kept[tuple[str, date | None], SafeString] = Kept(MOST_KEPT)


def _glossary(code: CodeLayers, words: str, asked: date | None) -> SafeString:
    """Return the terms that hold words as HTML; all of them are kept for their text and day."""
    if words:
        return _written(code, words, asked)
    return _kept.made((code.key, asked), lambda: _written(code, "", asked))


def _written(code: CodeLayers, words: str, asked: date | None) -> SafeString:
    paths = Paths(code)
    listed = [
        {
            "term": entry.term,
            "href": on_day(paths.term(entry), asked),
            "within": entry.scope.document,
            "where": str(code.address_of(code.layers.definitions[entry.definitions[0]].node)),
        }
        for entry in terms_matching(code, words)
    ]
    context = {"groups": _by_letter(listed), "count": len(listed)}
    return render_to_string("reading/parts/glossary.html", context)


def _by_letter(listed: Iterable[dict[str, str]]) -> list[tuple[str, list[dict[str, str]]]]:
    def letter(each: dict[str, str]) -> str:
        first = each["term"][:1].upper()
        return first if first.isalpha() else "0-9"

    return [(name, list(those)) for name, those in groupby(listed, key=letter)]


def term(request: HttpRequest, slug: str, day: str | None = None) -> HttpResponse:
    """Show what a term means and where it is used; in place for a page that asks for that."""
    on = day_asked(request, day)
    if on is None:
        return not_a_day(request)
    state = text_state()
    try:
        chosen = chosen_text(request, on)
    except Refused as refused:
        return cannot_be_on(request, refused)
    code = chosen.layers if chosen else layers_as_at(on, state=state)
    if code is None:
        return no_text_yet(request, None, on, state)
    entry = term_named(code, slug, request.GET.get("in", ""))
    if entry is None:
        return _no_term(request, slug, code)
    asked = on if day or request.GET.get("as_at") else None
    telling = _Telling(code, asked, with_query(chosen.sets) if chosen else "")
    context = {
        "title": entry.term,
        "entry": entry,
        "meanings": [telling.meaning(each) for each in meanings_of(code, entry)],
        "page": telling.shown(telling.paths.term(entry)),
        "chosen": [each.label for each in chosen.sets] if chosen else [],
        "page_class": page_class(chosen.sets) if chosen else "white",
        "as_at": asked,
        "on": on,
        **about_the_text(),
    }
    if is_in_place(request):
        return in_place(request, "reading/term_in_place.html", context)
    context |= {
        "uses": telling.uses(entry),
        "others": [telling.other(each) for each in terms_called(code, slug) if each != entry],
    }
    return render(request, "reading/term.html", context)


def _no_term(request: HttpRequest, slug: str, code: CodeLayers) -> HttpResponse:
    names = {entry.slug: entry.term for entry in code.layers.entries}
    close = get_close_matches(slug[:LONGEST_WORDS], names, n=MOST_MEANT, cutoff=0.5)
    base = reverse("reading:terms")
    return no_text(
        request,
        title="Defined terms",
        why="The code defines no such term",
        remedy="See all terms",
        near=[{"name": names[each], "href": f"{base}{each}/"} for each in close]
        or [{"name": "All terms", "href": base}],
    )


class _Telling:
    """Tells terms of one text with the links of one day; `query` is what they keep besides."""

    def __init__(self, code: CodeLayers, asked: date | None, query: str) -> None:
        self.code, self.asked, self.query = code, asked, query
        self.paths = Paths(code)

    def shown(self, html: str) -> str:
        """Return HTML or an address as it leads on that day."""
        return on_day(html, self.asked, self.query)

    def meaning(self, meaning: Meaning) -> dict[str, Any]:
        """Return a definition: where it stands, its text, and what it points at."""
        return {
            "kind": meaning.kind,
            "where": str(self.code.address_of(meaning.node)),
            "href": self.shown(self.paths.place(meaning.node)),
            "text": self._text(meaning.nodes),
            "quoted": self._text(meaning.quoted),
            "quoted_where": str(self.code.address_of(meaning.quoted[0])) if meaning.quoted else "",
            "quoted_href": self.shown(self.paths.page(meaning.quoted[0])) if meaning.quoted else "",
        }

    def _text(self, nodes: Sequence[int]) -> str:
        if not nodes:
            return ""
        blocks = elsewhere(self.code, nodes, with_referrers=False)
        shift = blocks[0].depth - 1
        written = [html_of(each, shift=shift, is_quoted=True) for each in blocks]
        return safe(self.shown("".join(written)))

    def uses(self, entry: Entry) -> dict[str, Any]:
        """Return how often a term is used in each document, and the first places of each."""
        found = uses_of_term(self.code, entry)
        places = self.code.places
        by_document: dict[str, list[dict[str, str]]] = {}
        for node in found.nodes:
            name = places.documents[node].document
            by_document.setdefault(name, []).append(
                {"name": places.shown(node), "href": self.shown(self.paths.place(node))}
            )
        return {
            "total": found.total,
            "documents": [
                {"name": name, "count": count, "places": by_document.get(name, [])}
                for name, count in found.by_document.items()
            ],
        }

    def other(self, entry: Entry) -> dict[str, str]:
        """Return another term of the same name, by where it binds."""
        where = entry.scope.document or "the whole code"
        return {"where": where, "href": self.shown(self.paths.term(entry))}

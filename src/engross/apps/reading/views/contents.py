"""The contents of the code: its documents by family, each with its clauses as a tree."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from engross.adapters.legaltext.redlines.linked import WRITING
from engross.apps.legaltext import queries
from engross.apps.legaltext.queries import DocumentStanding
from engross.apps.reading.queries import TextState, layers_as_at, layers_key, text_state
from engross.apps.reading.queries.keeping import Kept, named, shared
from engross.apps.reading.views.kept_pages import LOOK
from engross.apps.reading.views.missing import not_a_day
from engross.apps.reading.views.outlines import headings_in, outline_of
from engross.apps.reading.views.paths import Paths, on_day, safe
from engross.apps.reading.views.shown import (
    about_the_text,
    day_asked,
    place_of,
    written_editions,
)
from engross.core.dates.wording import day_in_words
from engross.core.legaltext.numbers.addresses import FAMILIES, document_slug

PLURALS = {"Section": "Sections", "Schedule": "Schedules", "Appendix": "Appendices",
           "Annex": "Annexes"}  # fmt: skip
MOST_KEPT = 6
MOST_HEADINGS = 2_500  # on one page; a longer code shows those of a document on its own page


def contents(request: HttpRequest) -> HttpResponse:
    """Show the documents of the code as at a day with their clauses, and every version."""
    on = day_asked(request)
    if on is None:
        return not_a_day(request)
    asked = on if request.GET.get("as_at") else None
    state = text_state()
    families, count = _families(state, on, asked)
    context = {
        "title": "The code",
        "lead": "The text of the code as it reads on any day.",
        "as_at": asked,
        "on": on,
        "begins": day_in_words(state.days[0]) if state.days else "",
        "families": families,
        "count": count,
        "editions": written_editions(queries.text_editions(), timezone.localdate()),
        "files": {
            form: f"{reverse('reading:download-code', args=[form])}?as_at={on.isoformat()}"
            for form in ("docx", "json", "akn")
        },
        **about_the_text(),
    }
    return render(request, "reading/contents.html", context)


_kept: Kept[tuple[str, date | None], tuple[SafeString, int]] = Kept(MOST_KEPT)


def _families(state: TextState, on: date, asked: date | None) -> tuple[SafeString, int]:
    """Return the documents of a day by family as HTML, and how many they are.

    What all processes share knows no day that was asked for; what this one keeps does.
    """
    since = state.since(on)
    if since is None:
        return SafeString(""), 0
    name = named(f"contents {layers_key(state, since)} {WRITING} {LOOK}")
    return _kept.made((name, asked), lambda: _written(name, state, since, asked))


def _written(
    name: str, state: TextState, since: date, asked: date | None
) -> tuple[SafeString, int]:
    documents = shared(name, list[tuple[DocumentStanding, str]], lambda: _made(state, since))
    families = _by_family(documents, asked)
    return render_to_string("reading/parts/families.html", {"families": families}), len(documents)


def _made(state: TextState, since: date) -> list[tuple[DocumentStanding, str]]:
    code = layers_as_at(since, state=state)
    if code is None:
        return []
    paths = Paths(code)
    is_short = headings_in(code) <= MOST_HEADINGS
    return [
        (each, outline_of(code, each.name, paths.place) if is_short else "")
        for each in queries.documents_on(since)
    ]


def _by_family(
    documents: Iterable[tuple[DocumentStanding, str]], asked: date | None
) -> list[dict[str, Any]]:
    def family(each: tuple[DocumentStanding, str]) -> str:
        kind = each[0].name.partition(" ")[0]
        return PLURALS[kind] if kind in FAMILIES else "Other documents"

    return [
        {"name": name, "documents": [_row(standing, tree, asked) for standing, tree in those]}
        for name, those in groupby(documents, key=family)
    ]


def _row(standing: DocumentStanding, tree: str, asked: date | None) -> dict[str, Any]:
    return {
        "name": standing.name,
        "href": place_of(document_slug(standing.name), asked),
        "title": standing.title,
        "number": standing.number,
        "effective_from": standing.effective_from,
        "provisions": standing.provisions,
        "tree": safe(on_day(tree, asked)),
    }

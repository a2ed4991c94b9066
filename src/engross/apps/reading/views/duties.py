"""What the whole code says to one Party Category: its obligations and rights, by document."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from engross.apps.legaltext.queries import applicability_decisions
from engross.apps.reading.queries import (
    CodeLayers,
    Counted,
    applications_for,
    categories_on,
    layers_as_at,
    obligations_by_document,
    text_state,
)
from engross.apps.reading.views.applying import SENSES, senses_asked, why_words
from engross.apps.reading.views.missing import no_text_yet, not_a_day
from engross.apps.reading.views.paths import Paths, on_day
from engross.apps.reading.views.shown import about_the_text, day_asked, no_text, place_of
from engross.core.legaltext.applicability import Sense
from engross.core.legaltext.numbers.addresses import document_slug

MOST_LISTED = 400  # provisions of the whole code; beyond that documents are counted, not listed
MOST_IN_DOCUMENT = 60


def choose_category(request: HttpRequest) -> HttpResponse:
    """Show the Party Categories whose obligations can be read."""
    on = day_asked(request)
    if on is None:
        return not_a_day(request)
    context = {
        "title": "Just my obligations",
        "lead": "What the code obliges each Party Category to do, and entitles it to.",
        "categories": [
            (name, reverse("reading:obligations", args=[key]))
            for key, name in categories_on(on).items()
        ],
        **about_the_text(),
    }
    return render(request, "reading/obligations_choice.html", context)


def obligations(request: HttpRequest, category: str) -> HttpResponse:
    """Show what the code obliges a Party Category to do, document by document, with counts."""
    on = day_asked(request)
    if on is None:
        return not_a_day(request)
    names = categories_on(on)
    if category not in names:
        near = [
            {"name": name, "href": reverse("reading:obligations", args=[key])}
            for key, name in names.items()
        ]
        why = "There is no such Party Category"
        return no_text(request, title="Obligations", why=why, remedy="Choose one", near=near)
    state = text_state()
    code = layers_as_at(on, state=state)
    if code is None:
        return no_text_yet(request, None, on, state)
    senses = senses_asked(request.GET, otherwise=(Sense.OBLIGES,))
    asked = on if request.GET.get("as_at") else None
    telling = _Duties(code, category, senses, asked)
    context = {
        "title": f"{names[category]}: {_said(senses)}",
        "lead": f"What the code says to {names[category]}, document by document.",
        "category": category,
        "categories": list(names.items()),
        "senses": [(sense.value, sense in senses) for sense in SENSES],
        "total": telling.total,
        "totals": telling.totals,
        "is_counted": telling.total > MOST_LISTED,
        "documents": telling.documents(),
        "as_at": asked,
        "on": on,
        **about_the_text(),
    }
    return render(request, "reading/obligations.html", context)


def _said(senses: tuple[Sense, ...]) -> str:
    words = {Sense.OBLIGES: "obligations", Sense.ENTITLES: "rights", Sense.MENTIONS: "mentions"}
    return " and ".join(words[sense] for sense in senses)


class _Duties:
    """What is said to one Party Category in the senses that are asked for."""

    def __init__(
        self, code: CodeLayers, category: str, senses: tuple[Sense, ...], asked: Any
    ) -> None:
        self.code, self.category, self.senses, self.asked = code, category, senses, asked
        self.paths, self.decided = Paths(code), applicability_decisions()
        self.counted = obligations_by_document(code, category, SENSES)
        self.totals = [
            (sense.value, sum(each.counts[sense] for each in self.counted)) for sense in SENSES
        ]
        self.total = sum(count for sense, count in self.totals if Sense(sense) in senses)

    def documents(self) -> list[dict[str, Any]]:
        """Return the documents that say anything, with their counts and what they say."""
        found = [self._document(each) for each in self.counted]
        return [each for each in found if each["count"]]

    def _document(self, counted: Counted) -> dict[str, Any]:
        count = sum(counted.counts[sense] for sense in self.senses)
        root = self.code.roots[counted.document]
        query = urlencode(
            {"for": self.category, "show": ",".join(self.senses), "rest": "hide"}, doseq=True
        )
        listed = self._lines(counted.document) if count and self.total <= MOST_LISTED else []
        return {
            "name": counted.document,
            "title": self.code.heading_of(root),
            "count": count,
            "href": f"{place_of(document_slug(counted.document), self.asked)}?{query}",
            "lines": listed[:MOST_IN_DOCUMENT],
            "more": max(0, len(listed) - MOST_IN_DOCUMENT),
        }

    def _lines(self, document: str) -> list[dict[str, Any]]:
        applications = applications_for(self.code, document, self.category, self.decided)
        return [
            {
                "name": self.code.places.shown(node),
                "href": on_day(self.paths.place(node), self.asked),
                "sense": application.sense.value,
                "text": self.code.places.provision(node).text or self.code.heading_of(node),
                "words": why_words(self.code, application),
                "inherited": application.inherited,
            }
            for node, application in applications.items()
            if application.sense in self.senses
        ]

"""What stands around a text beside the text itself: how it stands, what is open, what is near."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone

from engross.apps.reading.queries.clause_history import clause_history
from engross.apps.reading.queries.text_standing import (
    TextStanding,
    days_of_history,
    text_standing,
)
from engross.apps.reading.views.changes import page_class, shown_set
from engross.apps.reading.views.shown import place_of
from engross.apps.reading.views.switching import switching
from engross.apps.reading.views.visits import Visit
from engross.core.legaltext.numbers.addresses import Address, document_slug

MOST_COMING = 6


def proposed(
    visit: Visit, versions: Iterable[Mapping[str, Any]], node: int | None = None
) -> dict[str, Any]:
    """Return what the page of a document, or of the clause at a node, shows around its text.

    `versions` are those of the document.
    """
    address = visit.address
    return {
        **switching(visit),
        "standing": _standing(visit, versions, node),
        "changes_href": _below(visit, address, "changes"),
        "history_href": _below(visit, address, "history") if address.number else "",
        "related_href": related_href(visit),
        "page_class": class_of(visit),
    }


def class_of(visit: Visit) -> str:
    """Return the class of a page that names the change sets which the reader may see."""
    return page_class((*visit.changes.sets, *(visit.chosen.sets if visit.chosen else ())))


def related_href(visit: Visit) -> str:
    """Return where the documents are that go with the one that is shown."""
    return _below(visit, Address(visit.address.document), "related")


def _below(visit: Visit, address: Address, page: str) -> str:
    return f"{place_of(address.slug, visit.asked)}{page}/"


def _standing(
    visit: Visit, versions: Iterable[Mapping[str, Any]], node: int | None
) -> dict[str, Any]:
    today = timezone.localdate()
    editions = list(versions)
    marks = visit.changes.marks
    keys: Iterable[str] = visit.page.keys & marks.keys()
    ident = None
    days = [each["effective_from"] for each in editions]
    if node is not None:
        places = visit.code.places
        keys = [places.keys[each] for each in range(node, places.end_of(node))]
        ident = places.keys[node]
    own = {mark.change_set.name: mark.change_set for key in keys for mark in marks.get(key, ())}
    open_here = [own[name] for name in sorted(own)]
    found = text_standing(days, on=visit.on, today=today, open_here=open_here)
    return {
        "of": found,
        "today": today,
        "now_href": place_of(visit.address.slug, None),
        "since_href": _since(visit, found),
        "coming": [each for each in editions if each["effective_from"] in found.comes_on][::-1][
            :MOST_COMING
        ],
        "approved": [shown_set(each) for each in found.approved],
        "open": len(open_here),
        "clause": _clause(visit, ident) if ident and found.is_past else None,
    }


def _since(visit: Visit, found: TextStanding) -> str:
    """Return where the document is compared with what it is today."""
    place = reverse("reading:compare", args=[visit.on.isoformat(), found.today.isoformat()])
    return f"{place}?document={document_slug(visit.page.name)}"


def _clause(visit: Visit, ident: str) -> TextStanding | None:
    """Return how the clause itself stands, where its document changed since."""
    told = clause_history(ident, visit.reader)
    if told is None:
        return None
    days = days_of_history(told)
    return text_standing(days, on=visit.on, today=timezone.localdate(), open_here=())

"""What open proposals would make of a clause: a page, and a part opened in place in the text."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from engross.adapters.legaltext.redlines import QuotedLines
from engross.apps.accounts.queries import who_reads
from engross.apps.proposals.views import stage_chip
from engross.apps.reading.queries import CodeLayers, TextState, layers_as_at, text_state
from engross.apps.reading.queries.clause_changes import ChangesAt, ClauseChange, changes_at
from engross.apps.reading.queries.keeping import Kept
from engross.apps.reading.queries.open_changes import open_changes
from engross.apps.reading.queries.open_sets import SetSeen
from engross.apps.reading.views.missing import nothing_at
from engross.apps.reading.views.paths import safe, with_query
from engross.apps.reading.views.shown import about_the_text, day_asked, place_of
from engross.apps.registers.queries import active_code
from engross.core.legaltext.numbers.addresses import Address, address_from_slug
from engross.core.legaltext.provisions import body_of
from engross.design.parts import CLASSES, class_badge

MOST_KEPT = 400  # change sets


def clause_changes(request: HttpRequest, slug: str, day: str | None = None) -> HttpResponse:
    """Show what open proposals would make of a clause, each as a redline of it alone.

    `at` names one provision under the clause by its permanent id: then only that is shown.
    """
    on = day_asked(request, day)
    state = text_state()
    found = located(slug, on, state) if on else None
    if on is None or found is None:
        return nothing_at(request, slug, on)
    code, address, node = found
    node = _at(code, node, request.GET.get("at", ""))
    changes = open_changes(who_reads(request), state=state)
    at = changes_at(code.places.keys[node], changes, state=state)
    asked = on if day or request.GET.get("as_at") else None
    context = {
        "title": f"What would change in {code.places.shown(node)}",
        "name": code.places.shown(node),
        "address": address,
        "place": place_of(address.slug, asked),
        "changes": [shown_change(each, address, asked) for each in at.changes] if at else [],
        "reads_otherwise": _reads_otherwise(code, node, at),
        "newest": at.newest.since if at else None,
        "both": _all_on(at.changes, address, asked) if at else "",
        "page_class": page_class(each.change_set for each in at.changes) if at else "white",
        "as_at": asked,
        "on": on,
        **about_the_text(),
    }
    part = "reading/parts/changes.html" if request.headers.get("HX-Request") else ""
    answer = render(request, part or "reading/changes.html", context)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def located(slug: str, on: date, state: TextState) -> tuple[CodeLayers, Address, int] | None:
    """Return the text of a day with the address that a path names, and its node; None for none."""
    try:
        address = address_from_slug(slug)
    except ValueError:
        return None
    code = layers_as_at(on, state=state)
    node = code.node_at(address) if code else None
    return (code, address, node) if code and node is not None else None


def _at(code: CodeLayers, node: int, key: str) -> int:
    """Return the node of a key, if it stands under another node; else that node."""
    found = code.places.find(key) if key else None
    return found if found in range(node, code.places.end_of(node)) else node  # type: ignore[return-value]


def _reads_otherwise(code: CodeLayers, node: int, at: ChangesAt | None) -> bool:
    """Say whether the newest text of a clause is another than that of the day that is shown."""
    own, newest = code.places.provisions[node], at.provision if at else None
    if own is None or newest is None:
        return False
    return (own.number, body_of(own)) != (newest.number, body_of(newest))


def shown_change(change: ClauseChange, address: Address, asked: date | None) -> dict[str, Any]:
    """Return what one open change set would make of a clause, as a page shows it."""
    return {
        **shown_set(change.change_set),
        "does": [(name, ", ".join(said)) for name, said in change.does],
        # Written by `redlines`, which escapes every word of the text.
        "blocks": safe("".join(QuotedLines(change.aligned, only_changes=True))),
        "reasons": [str(reason) for reason in change.reasons],
        "notes": [note.says for note in change.notes],
        "switched_on": switched_on(address, [change.change_set], asked),
    }


def shown_set(each: SetSeen) -> dict[str, Any]:
    """Return an open change set as a page names it: its proposal, where that stands, its text."""
    name = (active_code().key, each)
    return dict(_shown.made(name, lambda: _named(each)))


_shown: Kept[tuple[str, SetSeen], dict[str, Any]] = Kept(MOST_KEPT)


def _named(each: SetSeen) -> dict[str, Any]:
    stage = None
    if each.stage:
        options = active_code().options("proposal_stages")
        stage = next((option for option in options if option.key == each.stage), None)
    return {
        "name": each.name,
        "label": each.label,
        "says": each.says,
        "href": reverse("proposals:proposal", args=[each.proposal]) if each.proposal else "",
        "set_href": reverse("releases:change-set", args=[each.name]),
        "stage": stage_chip(stage) if each.proposal else "",
        "base_version": each.base_version,
        "badge": class_badge(each.paper_class) if each.paper_class in CLASSES else "",
    }


def page_class(sets: Iterable[SetSeen]) -> str:
    """Return the class of a page that shows change sets: the narrowest of theirs."""
    ranks = {each.key: each.number("rank") for each in active_code().options("paper_classes")}
    classes = [each.paper_class for each in sets if each.paper_class in ranks]
    return max(classes, key=lambda key: ranks[key], default="white")


def _all_on(changes: Iterable[ClauseChange], address: Address, asked: date | None) -> str:
    sets = [change.change_set for change in changes]
    return switched_on(address, sets, asked) if len(sets) > 1 else ""


def switched_on(address: Address, sets: Iterable[SetSeen], asked: date | None) -> str:
    """Return where a clause is shown as it would read with change sets switched on."""
    return f"{place_of(address.slug, asked)}?{with_query(sets)}"

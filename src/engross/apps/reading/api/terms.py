"""The defined terms of the code, and one with its meanings and uses."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from ninja import Field, Query

from engross.apps.reading import queries
from engross.apps.reading.api.texts import (
    DayAsked,
    Layer,
    code_router,
    layers_asked,
    place_of,
    url_of,
)
from engross.apps.reading.queries import CodeLayers, Meaning
from engross.apps.reading.schemas import TermEntry, TermPage
from engross.apps.registers.api import PROBLEMS, ApiRefused, json_answer, turn_to
from engross.core.legaltext.numbers.addresses import Address
from engross.core.legaltext.places import Places
from engross.core.legaltext.terms import Entry
from engross.core.refusals import Reason
from engross.core.registers.addresses import nearest_keys


class TermsAsked(Layer):
    """Which terms are asked for."""

    q: str = Field("", max_length=200, description="Words that the term holds")


@code_router.get(
    "/terms",
    response={200: TermPage, **PROBLEMS},
    summary="Defined terms",
    operation_id="list_terms",
)
def list_terms(request: HttpRequest, asked: Query[TermsAsked]) -> Any:
    """The defined terms as at a day, from A to Z; local ones after those that bind everywhere."""
    turn = turn_to(request, asked)
    on, code = layers_asked(asked)
    page = turn.page(queries.terms_matching(code, asked.q), _anchor)
    return page.answer([_item(code, each, on) for each in page.rows], as_at=on)


def _anchor(entry: Entry) -> str:
    return f"{entry.slug} {entry.term} {entry.scope.document} {entry.scope.number}"


def _item(code: CodeLayers, entry: Entry, on: date) -> dict[str, Any]:
    defined = code.layers.definitions[entry.definitions[0]].node
    return {
        "term": entry.term, "slug": entry.slug, "url": _page(code, entry, defined, on),
        "scope": str(Address(*entry.scope)) if entry.is_local else None,
        "definitions": len(entry.definitions),
    }  # fmt: skip


def _page(code: CodeLayers, entry: Entry, node: int, on: date) -> str:
    """Return the page of a term; where it has none, that of the clause which defines it."""
    try:
        return reverse("reading:term", kwargs={"slug": entry.slug})
    except NoReverseMatch:
        return url_of(code.address_of(node).slug, on)


class TermAsked(DayAsked):
    """Which of the terms of one slug is asked for."""

    within: str = Field("", max_length=120, description="The slug of the document whose local "
                        "term is meant")  # fmt: skip


@code_router.get(
    "/terms/{slug}",
    response={200: TermEntry, **PROBLEMS},
    summary="One defined term with its uses",
    operation_id="get_term",
)
def get_term(request: HttpRequest, slug: str, asked: Query[TermAsked]) -> Any:
    """A defined term as at a day: what it means, and where the code uses it."""
    on, code = layers_asked(asked)
    entry = queries.term_named(code, slug, asked.within)
    if entry is None:
        near = nearest_keys(slug, (each.slug for each in code.layers.entries))
        remedy = f"Nearest are {', '.join(near)}" if near else "Look in the list"
        reason = Reason(f"There is no term {slug[:80]!r} on {on.isoformat()}", remedy)
        raise ApiRefused("not-found", str(reason), [reason])
    uses = queries.uses_of_term(code, entry)
    return json_answer({
        **_item(code, entry, on), "as_at": on,
        "meanings": [_meaning(code.places, each, on) for each in queries.meanings_of(code, entry)],
        "uses": uses.total, "uses_by_document": uses.by_document,
        "used_at": [place_of(code.places, node, on) for node in uses.nodes],
    })  # fmt: skip


def _meaning(places: Places, meaning: Meaning, on: date) -> dict[str, Any]:
    return {
        "kind": meaning.kind, "defined_at": place_of(places, meaning.node, on),
        "texts": [places.provision(node).text for node in meaning.nodes],
        "pointed_at": [places.provision(node).text for node in meaning.quoted],
    }  # fmt: skip

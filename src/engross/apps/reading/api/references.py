"""The cross references of the code: what a clause refers to, and what refers to it."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Query

from engross.apps.reading import queries
from engross.apps.reading.api.texts import (
    Layer,
    code_router,
    layers_asked,
    nothing_at,
    place_of,
)
from engross.apps.reading.queries import CodeLayers
from engross.apps.reading.schemas import ReferencePage
from engross.apps.registers.api import PROBLEMS, ApiRefused, turn_to
from engross.core.legaltext.numbers.addresses import Address, address_from_slug
from engross.core.legaltext.references import Link


class ReferencesAsked(Layer):
    """Which references are asked for; without a filter, all of the code."""

    source: str = Field("", alias="from", max_length=120, description="Only those in this clause "
                        "and what stands under it: its slug, as section/D/7")  # fmt: skip
    target: str = Field("", alias="to", max_length=120, description="Only those to this clause and "
                        "what stands under it: its slug")  # fmt: skip
    status: Literal[
        "", "resolved", "unresolved", "heading mismatch", "not used", "external"
    ] = Field("", description="Only those that stand so")  # fmt: skip


@code_router.get(
    "/references",
    response={200: ReferencePage, **PROBLEMS},
    summary="Cross references",
    operation_id="list_references",
)
def list_references(request: HttpRequest, asked: Query[ReferencesAsked]) -> Any:
    """The cross references as at a day, in reading order, each with what it names."""
    turn = turn_to(request, asked)
    on, code = layers_asked(asked)
    found = [link for link in _links(code, asked, on) if asked.status in {"", link.status}]
    page = turn.page(found, lambda link: f"{code.places.keys[link.node]} {link.reference.start}")
    return page.answer([_item(code, each, on) for each in page.rows], as_at=on)


def _links(code: CodeLayers, asked: ReferencesAsked, on: date) -> Iterable[Link]:
    if asked.target:
        found = queries.references_to(code, _address(code, asked.target, on))
        if not asked.source:
            return found
        node = code.node_at(_address(code, asked.source, on)) or 0
        within = range(node, code.places.end_of(node))
        return [link for link in found if link.node in within]
    if asked.source:
        return queries.references_from(code, _address(code, asked.source, on))
    return code.layers.links


def _address(code: CodeLayers, slug: str, on: date) -> Address:
    try:
        address = address_from_slug(slug)
    except ValueError as error:
        detail = f"{slug[:80]!r} is not the path of a clause: write it as section/D/7.2"
        raise ApiRefused("not-understood", detail) from error
    if code.node_at(address) is None:
        raise nothing_at(address, on)
    return address


def _item(code: CodeLayers, link: Link, on: date) -> dict[str, Any]:
    places, said = code.places, link.reference
    names = str(Address(said.document, said.number)) if said.document else said.number or said.label
    return {
        "source": place_of(places, link.node, on), "start": said.start, "end": said.end,
        "words": places.provision(link.node).text[said.start : said.end],
        "kind": said.kind, "status": link.status, "names": names,
        "targets": [place_of(places, node, on) for node in link.targets],
    }  # fmt: skip

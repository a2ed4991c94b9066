"""The provisions of the code: found by place or id, and one with all that became of it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Field, Query

from engross.apps.accounts.queries import who_reads
from engross.apps.reading.api.texts import (
    TextAsked,
    TextPaged,
    TextSeen,
    code_router,
    nothing_at,
    text_asked,
)
from engross.apps.reading.queries.clause_history import ClauseStep, clause_history
from engross.apps.reading.schemas import ProvisionEntry, ProvisionPage
from engross.apps.registers.api import PROBLEMS, ApiRefused, json_answer, turn_to
from engross.core.legaltext.numbers.addresses import Address, address_from_slug, parse_address
from engross.core.legaltext.provisions import body_hash
from engross.core.refusals import Reason

MOST_IDS = 100


class ProvisionsAsked(TextPaged):
    """Which provisions are asked for; without a filter, all of the code."""

    document: str = Field("", max_length=120, description="Only of this document: its slug, as "
                          "section/D, or its name")  # fmt: skip
    address: str = Field("", max_length=120, description="Only this clause and what stands under "
                         "it: D7.2, 'Appendix L, 5.1', or section/D/7.2")  # fmt: skip
    id: str = Field("", max_length=4000, description=f"Only these: up to {MOST_IDS} permanent "
                    "ids, with commas between")  # fmt: skip


@code_router.get(
    "/provisions",
    response={200: ProvisionPage, **PROBLEMS},
    summary="Provisions of the code",
    operation_id="list_provisions",
)
def list_provisions(request: HttpRequest, asked: Query[ProvisionsAsked]) -> Any:
    """Provisions in reading order, each without what stands under it."""
    turn, seen = turn_to(request, asked), text_asked(request, asked)
    found = [node for node in _nodes(seen, asked) if seen.places.provisions[node] is not None]
    page = turn.page(found, lambda node: seen.places.keys[node])
    rows = [_row(seen, node) for node in page.rows]
    return page.answer(rows, as_at=seen.on, switched_on=seen.switched_on)


def _nodes(seen: TextSeen, asked: ProvisionsAsked) -> Iterable[int]:
    places = seen.places
    nodes: Iterable[int] = range(len(places))
    if asked.address:
        node = _addressed(seen, asked.address)
        nodes = range(node, places.end_of(node))
    if asked.document:
        root = seen.root(asked.document)
        within = range(root, places.end_of(root))
        nodes = [each for each in nodes if each in within]
    if asked.id:
        idents = list(dict.fromkeys(filter(None, asked.id.split(","))))
        if len(idents) > MOST_IDS:
            raise ApiRefused("not-understood", f"Ask for {MOST_IDS} ids at most")
        named = {places.find(ident) for ident in idents}
        nodes = [each for each in nodes if each in named]
    return nodes


def _addressed(seen: TextSeen, written: str) -> int:
    """Return the node of an address, as people or as web addresses write it."""
    try:
        address = _parsed(written)
    except ValueError as error:
        raise ApiRefused("not-understood", f"{written[:80]!r} is no address of a clause") from error
    if not address.number:
        return seen.root(address.document)
    places = seen.places
    for node, provision in enumerate(places.provisions):
        is_it = provision is not None and provision.number == address.number
        if is_it and places.documents[node].document == address.document:
            return node
    raise nothing_at(address, seen.on)


def _parsed(written: str) -> Address:
    try:
        return address_from_slug(written)
    except ValueError:
        return parse_address(written)


def _row(seen: TextSeen, node: int) -> dict[str, Any]:
    places = seen.places
    provision, above = places.provision(node), places.parents[node]
    depth, up = 1, above
    while places.parents[up] >= 0:
        depth, up = depth + 1, places.parents[up]
    return {
        **seen.place(node), "id": provision.id, "document": places.documents[node].document,
        "number": provision.number, "parent": places.keys[above], "depth": depth,
        "heading": provision.heading, "text": provision.text,
        "inlines": provision.inlines or None, "table": provision.table or None,
        "hash": body_hash(provision),
    }  # fmt: skip


@code_router.get(
    "/provisions/{ident}",
    response={200: ProvisionEntry, **PROBLEMS},
    summary="One provision with its history",
    operation_id="get_provision",
)
def get_provision(request: HttpRequest, ident: str, asked: Query[TextAsked]) -> Any:
    """A provision by its permanent id: as at a day with what stands under it, and its history."""
    history = clause_history(ident, who_reads(request))
    seen = text_asked(request, asked)
    node = seen.places.find(ident)
    if history is None and node is None:
        reason = Reason(f"No provision ever had the id {ident[:80]!r}",
                        "Find it in /api/v1/code/provisions by its address")  # fmt: skip
        raise ApiRefused("not-found", str(reason), [reason])
    return json_answer({
        "id": ident, "as_at": seen.on,
        "standing": None if node is None else seen.place(node),
        "provision": None if node is None else seen.places.provisions[node],
        "switched_on": seen.switched_on,
        "history": [_step(each) for each in history.steps] if history else [],
    })  # fmt: skip


def _step(step: ClauseStep) -> dict[str, Any]:
    because = step.because
    proposals: tuple[str, ...] = because.proposals
    until: date | None = step.until
    return {
        "since": step.since, "until": until, "happened": step.happened,
        "address": str(step.address), "heading": step.provision.heading,
        "text": step.provision.text, "version": because.version or None, "proposals": proposals,
        "change_sets": [each.name for each in because.sets], "reason": step.reason or None,
    }  # fmt: skip

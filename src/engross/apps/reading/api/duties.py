"""What the text does to a Party Category: obliges, entitles or mentions it, and by which words."""

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Query

from engross.apps.legaltext.queries import applicability_decisions
from engross.apps.reading import queries
from engross.apps.reading.api.texts import Layer, code_router, layers_asked, no_document, place_of
from engross.apps.reading.queries import CodeLayers
from engross.apps.reading.schemas import DutyPage
from engross.apps.registers.api import PROBLEMS, ApiRefused, turn_to
from engross.core.legaltext.applicability import Application, Decision, Sense
from engross.core.legaltext.numbers.addresses import document_slug
from engross.core.legaltext.places import Places
from engross.core.refusals import Reason
from engross.core.registers.addresses import nearest_keys


class DutiesAsked(Layer):
    """Whom the text is to be told for."""

    category: str = Field(max_length=60, description="A Party Category: a key of the list "
                          "party_categories")  # fmt: skip
    document: str = Field("", max_length=120, description="Only in this document: its slug or name")
    sense: Literal["", "obliges", "entitles", "mentions"] = Field(
        "", description="Only what does this"
    )


@code_router.get(
    "/applicability",
    response={200: DutyPage, **PROBLEMS},
    summary="What applies to a Party Category",
    operation_id="list_duties",
)
def list_duties(request: HttpRequest, asked: Query[DutiesAsked]) -> Any:
    """The provisions that oblige, entitle or mention a Party Category, and why."""
    turn = turn_to(request, asked)
    on, code = layers_asked(asked)
    names = [_named(code, asked.document, on)] if asked.document else list(code.roots)
    decided = applicability_decisions()
    rows = [row for name in names for row in duties(code, name, asked.category, on, decided)]
    counts: dict[str, dict[str, int]] = {name: dict.fromkeys(Sense, 0) for name in names}
    documents = code.places.documents
    for row in rows:
        name = documents[code.places.nodes[row["key"]]].document
        counts[name][row["sense"]] += 1
    chosen = [row for row in rows if not asked.sense or row["sense"] == asked.sense]
    page = turn.page(chosen, lambda row: str(row["key"]))
    return page.answer(page.rows, as_at=on, category=asked.category, counts=counts)


def duties(
    code: CodeLayers, document: str, category: str, on: date, decided: tuple[Decision, ...]
) -> list[dict[str, Any]]:
    """Return what of a document applies to a Party Category, as JSON; raises ApiRefused."""
    known = queries.categories_on(on)
    if category not in known:
        near = nearest_keys(category, known) or list(known)
        reason = Reason(f"There is no Party Category {category[:60]!r}",
                        f"Use {', '.join(near)}")  # fmt: skip
        raise ApiRefused("not-understood", str(reason), [reason])
    found = queries.applications_for(code, document, category, decided)
    return [_duty(code.places, node, found[node], on) for node in sorted(found)]


def _duty(places: Places, node: int, said: Application, on: date) -> dict[str, Any]:
    evidence = None
    if said.evidence is not None:
        text = places.provision(said.evidence.node).text
        start, end = said.evidence.start, said.evidence.end
        evidence = {"address": places.shown(said.evidence.node), "start": start, "end": end,
                    "words": text[start:end]}  # fmt: skip
    return {
        **place_of(places, node, on), "sense": said.sense, "inherited": said.inherited,
        "reason": said.reason or None, "decided_on": said.decided_on, "evidence": evidence,
    }  # fmt: skip


def _named(code: CodeLayers, document: str, on: date) -> str:
    """Return the document that a slug or name means; raises ApiRefused."""
    for name in code.roots:
        if document in {name, document_slug(name)}:
            return name
    raise no_document(document, code.roots, on)

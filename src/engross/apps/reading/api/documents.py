"""The documents of the code, and one with its text."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query

from engross.apps.legaltext.queries import (
    applicability_decisions,
    document_as_at,
    documents_on,
    notices_of_text,
)
from engross.apps.reading import queries
from engross.apps.reading.api.duties import duties
from engross.apps.reading.api.texts import (
    TextAsked,
    TextPaged,
    code_router,
    no_document,
    switched_on,
    text_switched,
    url_of,
)
from engross.apps.reading.schemas import DocumentEntry, DocumentPage
from engross.apps.registers.api import PROBLEMS, aware, json_answer, turn_to
from engross.core.legaltext.numbers.addresses import document_slug
from engross.core.legaltext.provisions import Document, provisions_of, text_hash


@code_router.get(
    "/documents",
    response={200: DocumentPage, **PROBLEMS},
    summary="Documents of the code",
    operation_id="list_documents",
)
def list_documents(request: HttpRequest, asked: Query[TextPaged]) -> Any:
    """The Sections, Schedules and Appendices as at a day, in the order of the code."""
    turn = turn_to(request, asked)
    on, known_at = asked.as_at or turn.today, aware(asked.known_at)
    rows = {each.name: _item(each, on) for each in documents_on(on, known_at=known_at)}
    if asked.switched_on:
        merged = text_switched(request, asked.switched_on, on=on, known_at=known_at)
        rows = {one.document: {**rows.get(one.document, {}), **_head(one, on)}
                for one in merged.code.documents}  # fmt: skip
    page = turn.page(list(rows.values()), lambda row: str(row["slug"]))
    return page.answer(page.rows, as_at=on)


def _item(standing: Any, on: Any) -> dict[str, Any]:
    slug = document_slug(standing.name)
    return {
        "document": standing.name, "slug": slug, "url": url_of(slug, on), "title": standing.title,
        "number": standing.number or None, "effective_from": standing.effective_from,
        "provisions": standing.provisions,
    }  # fmt: skip


def _head(text: Document, on: Any) -> dict[str, Any]:
    slug = document_slug(text.document)
    return {
        "document": text.document, "slug": slug, "url": url_of(slug, on), "title": text.title,
        "provisions": sum(1 for _ in provisions_of(text)),
    }  # fmt: skip


class DocumentAsked(TextAsked):
    """Which document is asked for, and whom what stands in it is to be told for."""

    category: str = Field(
        "", alias="for", max_length=60,
        description="A Party Category (a key of the list party_categories): adds what obliges, "
        "entitles or mentions it in the text as known now, without with",
    )  # fmt: skip


@code_router.get(
    "/documents/{path:slug}",
    response={200: DocumentEntry, **PROBLEMS},
    summary="One document with its text",
    operation_id="get_document",
)
def get_document(request: HttpRequest, slug: str, asked: Query[DocumentAsked]) -> Any:
    """A document as it reads on a day, in canonical JSON; its slug is as `section/D`."""
    on, known_at = asked.as_at or timezone.localdate(), aware(asked.known_at)
    listed = {document_slug(each.name): each for each in documents_on(on, known_at=known_at)}
    merged = None
    if asked.switched_on:
        merged = text_switched(request, asked.switched_on, on=on, known_at=known_at)
        texts = {document_slug(one.document): one for one in merged.code.documents}
        text = texts.get(slug)
    else:
        text = _text(listed[slug].name, on, known_at) if slug in listed else None
    if text is None:
        raise no_document(slug, (each.name for each in listed.values()), on)
    standing = _item(listed[slug], on) if slug in listed else {}
    return json_answer({
        **standing, **_head(text, on), "as_at": on, "known_at": known_at, "hash": text_hash(text),
        "notices": notices_of_text(), "switched_on": switched_on(merged) if merged else None,
        "applies": _applies(text.document, asked.category, on) if asked.category else None,
        "text": text,
    })  # fmt: skip


def _text(name: str, on: Any, known_at: Any) -> Document | None:
    if known_at is not None:
        return document_as_at(name, on=on, known_at=known_at)
    standing = queries.standing_text(on)
    texts = standing.code.documents if standing else ()
    return next((one for one in texts if one.document == name), None)


def _applies(document: str, category: str, on: Any) -> list[dict[str, Any]]:
    layers = queries.layers_as_at(on)
    decided = applicability_decisions()
    return duties(layers, document, category, on, decided) if layers else []

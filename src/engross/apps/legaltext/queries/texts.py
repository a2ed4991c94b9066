"""Reading the text as at a day, as known at a moment."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from engross.apps.legaltext.models import DocumentVersion, Placement, Recording
from engross.core.legaltext.placements import Worded, document_of
from engross.core.legaltext.provisions import Code, Document

WORDED = (
    "provision_id", "parent_id", "rank", "label", "begins_with_parent",
    "text__heading", "text__text", "text__inlines", "text__table",
)  # fmt: skip


def document_as_at(name: str, *, on: date, known_at: datetime | None = None) -> Document | None:
    """Return a document as it reads on a day, as known at a moment; None if there is none.

    `name` is what it is called on that day: 'Section D'.
    """
    versions = DocumentVersion.objects.holding(on=on, known_at=known_at).filter(name=name)
    head = versions.order_by("rank").first()
    if head is None:
        return None
    return document_of(head_of(head), _rows([head.document_id], on=on, known_at=known_at))


def code_as_at(*, on: date, known_at: datetime | None = None) -> Code:
    """Return the whole text as it reads on a day, as known at a moment; documents in order."""
    return documents_as_at(None, on=on, known_at=known_at)


def documents_as_at(
    documents: Collection[int] | None, *, on: date, known_at: datetime | None = None
) -> Code:
    """Return documents as they read on a day, by their rows in storage; all of them if None."""
    heads = DocumentVersion.objects.holding(on=on, known_at=known_at).order_by("rank", "pk")
    if documents is not None:
        heads = heads.filter(document__in=documents)
    listed = list(heads)
    by_document: dict[int, list[Worded]] = {head.document_id: [] for head in listed}
    chosen = None if documents is None else list(by_document)
    rows = _numbered_rows(chosen, on=on, known_at=known_at)
    for row in rows:
        by_document.setdefault(row[0], []).append(Worded(*row[1:]))
    return Code(tuple(document_of(head_of(head), by_document[head.document_id]) for head in listed))


def document_names(*, on: date, known_at: datetime | None = None) -> list[str]:
    """Return what the documents of the code are called on a day, in order."""
    heads = DocumentVersion.objects.holding(on=on, known_at=known_at)
    return list(heads.order_by("rank", "pk").values_list("name", flat=True))


def code_of_version(number: str) -> Code | None:
    """Return the whole text as a version of the code made it, as it was published.

    None if no text was published under that number. Later corrections are not in it: for the
    text as known now, ask `code_as_at` for the day on which the version took effect.
    """
    # A correction of single texts names the version that it corrects, and no text as a whole.
    whole = Recording.objects.standing().filter(version__key=number).exclude(text_hash="")
    made = whole.order_by("-recorded_at", "-pk").first()
    if made is None:
        return None
    return code_as_at(on=made.effective_on, known_at=made.recorded_at)


def head_of(version: DocumentVersion) -> Document:
    """Return a document with no provisions: what it is called by a version."""
    return Document(version.name, version.title, version.language)


def _rows(
    documents: Collection[int] | None, *, on: date, known_at: datetime | None
) -> list[Worded]:
    return [Worded(*row[1:]) for row in _numbered_rows(documents, on=on, known_at=known_at)]


def _numbered_rows(
    documents: Collection[int] | None, *, on: date, known_at: datetime | None
) -> list[Any]:
    placements = Placement.objects.holding(on=on, known_at=known_at).order_by()
    if documents is not None:
        placements = placements.filter(document__in=documents)
    return list(placements.values_list("document_id", *WORDED))

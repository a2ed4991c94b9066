"""What became of a provision and of a document, day by day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from engross.apps.legaltext.models import Document, DocumentVersion, Placement
from engross.core.legaltext.placements import Worded, provision_of
from engross.core.legaltext.provisions import Provision


@dataclass(frozen=True)
class HistoryEntry:
    """What a provision bore from one day until another, and what made and ended it.

    `version` is the code's version that made it, '' for an import; `closed_at` is the moment at
    which it was taken back as wrong, with `closed_because` saying why. `placed` is where it
    stood, `wording` what it said there, without its number; `ended_by` is the code's version
    that ended it, '' where none did.
    """

    effective_from: date
    effective_until: date | None
    document: str
    label: str
    heading: str | None
    text: str
    version: str
    reason: str
    recorded_from: datetime
    closed_at: datetime | None
    closed_because: str
    provision: str
    document_row: int
    placed: Worded
    wording: Provision
    ended_by: str


@dataclass(frozen=True)
class DocumentEdition:
    """A version of a document: its number, its days, and the code's version that made it."""

    number: str
    name: str
    title: str
    effective_from: date
    effective_until: date | None
    version: str
    recorded_from: datetime


def provision_history(
    ident: str, *, known_at: datetime | None = None, with_closed: bool = False
) -> list[HistoryEntry]:
    """Return what a provision bore, earliest first, as known at a moment.

    `with_closed` adds what was once known and taken back. An unknown id has no history.
    """
    return provision_histories([ident], known_at=known_at, with_closed=with_closed)


def provision_histories(
    idents: Collection[str], *, known_at: datetime | None = None, with_closed: bool = False
) -> list[HistoryEntry]:
    """Return what each of some provisions bore, as `provision_history` does: one query."""
    rows = Placement.objects.filter(provision__in=idents)
    if not with_closed:
        rows = rows.known_at(known_at)
    joined = rows.select_related(
        "text", "opened_by__version", "ended_by__version", "closed_by", "document"
    )
    listed = joined.order_by("effective_from", "recorded_from", "pk")
    return [_entry(row, known_at) for row in listed]


def _entry(row: Placement, known_at: datetime | None) -> HistoryEntry:
    made, closed, ended = row.opened_by, row.closed_by, row.ended_by
    text = row.text
    placed = Worded(
        row.provision_id, row.parent_id, row.rank, row.label, row.begins_with_parent,
        text.heading, text.text, text.inlines, text.table,
    )  # fmt: skip
    return HistoryEntry(
        effective_from=row.effective_from,
        effective_until=end_as_known(row, known_at),
        document=row.document.first_name,
        label=row.label,
        heading=row.text.heading,
        text=row.text.text,
        version=made.version.key if made.version else "",
        reason=made.reason,
        recorded_from=row.recorded_from,
        closed_at=row.recorded_until,
        closed_because=closed.reason if closed else "",
        provision=row.provision_id,
        document_row=row.document_id,
        placed=placed,
        wording=provision_of(placed, ""),
        ended_by=ended.version.key if ended and ended.version else "",
    )


def end_as_known(row: Placement | DocumentVersion, known_at: datetime | None) -> date | None:
    """Return the day a row ends as known at a moment; None while no end was known."""
    known_later = row.until_recorded_at and known_at and row.until_recorded_at > known_at
    return None if known_later else row.effective_until


def versions_of(name: str, *, known_at: datetime | None = None) -> list[DocumentEdition]:
    """Return the versions of a document, earliest first, by any name it ever bore."""
    documents = DocumentVersion.objects.filter(name=name).order_by().values("document")
    rows: QuerySet[DocumentVersion, Any] = DocumentVersion.objects.known_at(known_at)
    listed = rows.filter(document__in=documents).select_related("opened_by__version")
    return [
        DocumentEdition(
            number=row.number,
            name=row.name,
            title=row.title,
            effective_from=row.effective_from,
            effective_until=end_as_known(row, known_at),
            version=row.opened_by.version.key if row.opened_by.version else "",
            recorded_from=row.recorded_from,
        )
        for row in listed.order_by("effective_from", "document", "pk")
    ]


def document_row(name: str) -> Document | None:
    """Return the document that bears a name now, else the last that bore it; None if none did."""
    live = DocumentVersion.objects.known_at(None).filter(name=name)
    last = live.order_by("-effective_from").select_related("document").first()
    return last.document if last else None

"""What stands in storage in the documents that are to be written, locked until it is written."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import chain

from engross.apps.legaltext.models import Document, DocumentVersion, Placement
from engross.apps.legaltext.queries.texts import WORDED, documents_as_at, head_of
from engross.core.legaltext.dating import Standing
from engross.core.legaltext.placements import Bearing, Placed, Worded, document_of
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code, provisions_of
from engross.core.refusals import Reason, Refused

_PLACED = ("pk", "document_id", "text__hash", "effective_from", "effective_until")


@dataclass
class Stored:
    """Some documents as they stand on a day, as known now; documents are told by their rows.

    `heads` are the versions that hold on the day; `ends` says for each document the next day on
    which it is known to change; `names` gives the document that a name of the new text means.
    `places` is the text to compare with: as it stands on the day, and of a document that does not
    stand then, as it stands on the day nearest to it. `last_numbers` are the documents' own version
    numbers by then, `later_numbers` those of versions that are known to take effect later.
    """

    on: date
    heads: dict[int, DocumentVersion]
    ends: dict[int, date | None]
    last_numbers: dict[int, str]
    later_numbers: dict[int, set[str]]
    names: dict[str, int]
    rows: dict[int, list[Standing[Placed]]]
    places: Places

    @cached_property
    def bearings(self) -> dict[str, Bearing]:
        """Where every provision stands on the day and what it says, by its id."""
        said = {row.key: row.said for row in chain.from_iterable(self.rows.values())}
        return {
            each.id: Bearing(said[each.id], each)
            for each in provisions_of(self.places.code)
            if each.id in said
        }

    @cached_property
    def document_names(self) -> dict[str, int]:
        """The document of every name in the text to compare with."""
        return {self.heads[pk].name: pk for pk in self.heads} | self.names


def stored_for(names: Collection[str], *, on: date, whole: bool, at: datetime) -> Stored:
    """Return what stands in the documents called `names`, locked; with all others if `whole`.

    Raises Refused if something in them was recorded after `at`.
    """
    located = _located(names, on=on)
    scope = set(located.values())
    if whole:
        holding = DocumentVersion.objects.holding(on=on).order_by()
        scope |= set(holding.values_list("document_id", flat=True))
    _lock(scope, at=at)
    versions = list(DocumentVersion.objects.known_at(None).filter(document__in=scope))
    heads = {row.document_id: row for row in versions if _holds(row, on)}
    fetched, rows = _standing(sorted(heads), on=on)
    nearest = _nearest(versions, scope - set(heads), on=on)
    documents = [
        document_of(head_of(head), fetched.get(pk, ()))
        for pk, head in sorted(heads.items(), key=lambda item: (item[1].rank, item[0]))
    ]
    for day, absent in nearest.items():
        documents += documents_as_at(absent, on=day).documents
    return Stored(
        on=on,
        heads=heads,
        ends={pk: _next_change(versions, pk, on=on) for pk in scope},
        last_numbers=_last_numbers(versions, on=on),
        later_numbers=_later_numbers(versions, on=on),
        names=located,
        rows=rows,
        places=Places(Code(tuple(documents))),
    )


def _located(names: Collection[str], *, on: date) -> dict[str, int]:
    """Return the document that each name means: that of the day, else the nearest in time."""
    live = DocumentVersion.objects.known_at(None).filter(name__in=names)
    found: dict[str, tuple[tuple[int, int], int]] = {}
    for row in live.order_by("pk"):
        place = (_distance(row, on), row.document_id)
        if row.name not in found or place[0] < found[row.name][0]:
            found[row.name] = place
    return {name: document for name, (_, document) in found.items()}


def _distance(row: DocumentVersion, on: date) -> tuple[int, int]:
    if _holds(row, on):
        return 0, 0
    if row.effective_from > on:
        return 1, (row.effective_from - on).days
    return 2, (on - (row.effective_until or on)).days


def _holds(row: DocumentVersion, on: date) -> bool:
    return row.effective_from <= on and (row.effective_until is None or on < row.effective_until)


def _lock(documents: Iterable[int], *, at: datetime) -> None:
    """Make others wait who write these documents, so that none builds on what is about to go."""
    locked = Document.objects.select_for_update().filter(pk__in=documents).order_by("pk")
    for document in locked:
        if document.last_recorded_at > at:
            last = f"{document.last_recorded_at:%-d %B %Y, %H:%M} UTC"
            what = f"The text of {document} was last recorded on {last}, after this one"
            raise Refused(Reason(what, "Record texts in the order in which they became known"))


def _standing(
    documents: Sequence[int], *, on: date
) -> tuple[dict[int, list[Worded]], dict[int, list[Standing[Placed]]]]:
    worded: dict[int, list[Worded]] = {pk: [] for pk in documents}
    standing: dict[int, list[Standing[Placed]]] = {pk: [] for pk in documents}
    placements = Placement.objects.holding(on=on).filter(document__in=documents).order_by()
    for pk, document, text, since, until, *rest in placements.values_list(*_PLACED, *WORDED):
        row = Worded(*rest)
        said = Placed(document, row.parent, row.rank, row.label, row.begins, text)
        worded[document].append(row)
        standing[document].append(Standing(pk, row.provision, said, since, until))
    return worded, standing


def _nearest(
    versions: Iterable[DocumentVersion], absent: set[int], *, on: date
) -> dict[date, list[int]]:
    """Return the days nearest to one on which documents stand that do not stand on it."""
    best: dict[int, DocumentVersion] = {}
    for row in versions:
        pk = row.document_id
        if pk in absent and (pk not in best or _distance(row, on) < _distance(best[pk], on)):
            best[pk] = row
    days: dict[date, list[int]] = {}
    for pk, row in best.items():
        days.setdefault(row.effective_from, []).append(pk)
    return days


def _next_change(versions: Iterable[DocumentVersion], document: int, *, on: date) -> date | None:
    days = {
        day
        for row in versions
        if row.document_id == document
        for day in (row.effective_from, row.effective_until)
        if day is not None and day > on
    }
    return min(days, default=None)


def _later_numbers(versions: Iterable[DocumentVersion], *, on: date) -> dict[int, set[str]]:
    later: dict[int, set[str]] = {}
    for row in versions:
        if row.effective_from > on:
            later.setdefault(row.document_id, set()).add(row.number)
    return later


def _last_numbers(versions: Iterable[DocumentVersion], *, on: date) -> dict[int, str]:
    begun = sorted((row for row in versions if row.effective_from <= on),
                   key=lambda row: row.effective_from)  # fmt: skip
    return {row.document_id: row.number for row in begun}

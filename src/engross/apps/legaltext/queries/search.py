"""Finding provisions by their words, as placed on a day."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

import msgspec
from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from msgspec import UNSET

from engross.apps.legaltext.models import DocumentVersion, Placement, ProvisionText, Recording
from engross.core.legaltext.numbers.addresses import Address
from engross.core.legaltext.provisions import Inline, Provision, root_label
from engross.core.search import Term, words_in
from engross.core.search.expressions import LANGUAGES
from engross.core.search.grammar import MOST_WORDS

_marks = msgspec.json.Decoder(tuple[Inline, ...])

# The wordings that answer a question in the database's language, and how well each does.
WORDINGS_MATCHING = {
    "sqlite": (
        "SELECT rowid AS id, -bm25(legaltext_words, 4.0, 1.0, 1.0) AS score"
        " FROM legaltext_words WHERE legaltext_words MATCH %s"
    ),
    "postgresql": (
        "SELECT id, ts_rank(words, asked, 1) AS score"
        " FROM legaltext_provisiontext, to_tsquery('engross', %s) asked WHERE words @@ asked"
    ),
}


@dataclass(frozen=True)
class Hit:
    """A provision that holds the words asked for, as it stands on the day.

    `placement` is the row that places it there, and `effective_from` since when it reads so.
    """

    placement: int
    provision: str
    document: str
    number: str
    heading: str | None
    text: str
    cells: str
    effective_from: date

    @property
    def address(self) -> Address:
        """Where it stands; the document's own address for a provision without a number."""
        return Address(self.document, self.number)


def texts_matching(
    words: str, *, on: date, known_at: datetime | None = None, most: int = 100
) -> list[Hit]:
    """Return the provisions placed on a day whose heading, text or table holds all the words.

    The words may be anything a person typed: only letters and digits count, upper or lower case,
    and another ending of an English word is found too ('party', 'parties'). At most 32 words are
    taken and `most` provisions given, document by document.
    """
    terms = [Term((word,)) for word in words_in(words)[:MOST_WORDS]]
    if not terms:
        return []
    placements = placements_on(on, known_at=known_at).filter(text__in=wordings_with(terms))
    rows = placements.order_by("document", "rank", "provision")[:most]
    return _hits(rows, on=on, known_at=known_at)


def placements_on(on: date, *, known_at: datetime | None = None) -> "QuerySet[Placement]":
    """Return where provisions stand on a day, for a search to choose from."""
    return Placement.objects.holding(on=on, known_at=known_at)


def wordings_with(terms: Iterable[Term], *, all_of: bool = True) -> RawSQL:
    """Return the ids of the wordings that hold all of the terms, or any of them."""
    language = LANGUAGES[connection.vendor]
    asked = language.all_of(terms) if all_of else language.any_of(terms)
    matching = f"SELECT id FROM ({WORDINGS_MATCHING[connection.vendor]}) matching"  # noqa: S608
    return RawSQL(matching, [asked])  # noqa: S611 our own statement


def hits_of(
    placements: Collection[int], *, on: date, known_at: datetime | None = None
) -> dict[int, Hit]:
    """Return by placement what stands there on a day, with its whole number."""
    rows = Placement.objects.filter(pk__in=placements).order_by("pk")
    return {hit.placement: hit for hit in _hits(rows, on=on, known_at=known_at)}


def stands_at(address: Address, *, on: date) -> bool:
    """Say whether there is a document, or a provision of that number in it, on a day."""
    heads = DocumentVersion.objects.holding(on=on).filter(name=address.document)
    document = heads.values_list("document", flat=True).first()
    if document is None or not address.number:
        return document is not None
    number = address.number[:200]
    # What its own label may be: the number is that of those above it, and its own label.
    labels = [number[at:] for at in range(len(number))]
    rows = Placement.objects.holding(on=on).filter(document=document, label__in=labels)
    numbers = _numbers(_placed(rows), {document: address.document}, on=on, known_at=None)
    return number in numbers.values()


def wordings_after(last: int, *, most: int) -> list[tuple[int, str]]:
    """Return the next wordings after one, by their ids, each with all its words."""
    rows = ProvisionText.objects.filter(pk__gt=last).order_by("pk")[:most]
    return [
        (pk, f"{heading or ''} {text} {cells}")
        for pk, heading, text, cells in rows.values_list("pk", "heading", "text", "cells")
    ]


class Recorded(NamedTuple):
    """A placement that a recording began, ended or closed, with the provision it places.

    The provision has no number here; `is_live` is False where the placement is no longer known.
    """

    placement: int
    provision: Provision
    cells: str
    effective_from: date
    effective_until: date | None
    is_live: bool


def latest_recording() -> int:
    """Return the id of the latest recording of text; 0 if there is none."""
    return Recording.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def recorded_after(recording: int) -> Iterator[Recorded]:
    """Return what the recordings after one did to placements, in order of these."""
    touched = Q(opened_by__gt=recording) | Q(ended_by__gt=recording) | Q(closed_by__gt=recording)
    # What a withdrawal puts back bears what opened it long ago.
    kind = Recording.Kind.WITHDRAWAL
    for at in _moments(Recording.objects.filter(pk__gt=recording, kind=kind)):
        touched |= Q(recorded_from=at)
    rows = Placement.objects.filter(touched).order_by("pk").values_list(
        "pk", "text__heading", "text__text", "text__inlines", "text__cells",
        "effective_from", "effective_until", "recorded_until",
    )  # fmt: skip
    for pk, heading, text, inlines, cells, start, until, closed in rows.iterator(2000):
        marks = _marks.decode(inlines) if inlines else UNSET
        provision = Provision(heading=heading, text=text, inlines=marks)
        yield Recorded(pk, provision, cells, start, until, closed is None)


def _moments(recordings: "QuerySet[Recording]") -> list[datetime]:
    return list(recordings.order_by("pk").values_list("recorded_at", flat=True))


class _Placed(NamedTuple):
    """What a number is made of: where a provision stands, and what its label is."""

    pk: int
    provision: str
    parent: str | None
    document: int
    label: str
    begins_with_parent: bool


_PLACED = ("pk", "provision", "parent", "document", "label", "begins_with_parent")
_WORDS = ("effective_from", "text__heading", "text__text", "text__cells")


def _placed(rows: "QuerySet[Placement]") -> list[_Placed]:
    return [_Placed(*row) for row in rows.values_list(*_PLACED)]


def _hits(rows: "QuerySet[Placement]", *, on: date, known_at: datetime | None) -> list[Hit]:
    listed: list[Any] = list(rows.values_list(*_PLACED, *_WORDS))
    placed = [_Placed(*row[: len(_PLACED)]) for row in listed]
    names = _names({each.document for each in placed}, on=on, known_at=known_at)
    numbers = _numbers(placed, names, on=on, known_at=known_at)
    return [
        Hit(each.pk, each.provision, names.get(each.document, ""), numbers[each.provision],
            heading, text, cells, since)
        for each, (since, heading, text, cells) in zip(
            placed, (row[len(_PLACED) :] for row in listed), strict=True
        )
    ]  # fmt: skip


def _names(documents: set[int], *, on: date, known_at: datetime | None) -> dict[int, str]:
    heads = DocumentVersion.objects.holding(on=on, known_at=known_at)
    return dict(heads.filter(document__in=documents).values_list("document", "name"))


def _numbers(
    rows: list[_Placed], names: dict[int, str], *, on: date, known_at: datetime | None
) -> dict[str, str]:
    """Return the whole numbers of provisions, from those above them: a query for each level."""
    found = {row.provision: row for row in rows}
    missing = {row.parent for row in rows} - {None, *found}
    while missing:
        above = Placement.objects.holding(on=on, known_at=known_at).filter(provision__in=missing)
        fetched = {row.provision: row for row in _placed(above.order_by())}
        found |= fetched
        missing = {row.parent for row in fetched.values()} - {None, *found}
    return {row.provision: _number(row, found, names) for row in rows}


def _number(row: _Placed, found: dict[str, _Placed], names: dict[int, str]) -> str:
    if not row.begins_with_parent:
        return row.label
    return _stem(row, found, names) + row.label


def _stem(row: _Placed, found: dict[str, _Placed], names: dict[int, str]) -> str:
    """Return the number of the nearest numbered thing above a placement."""
    if row.parent is None:
        return root_label(names[row.document])
    above = found[row.parent]
    return _number(above, found, names) or _stem(above, found, names)

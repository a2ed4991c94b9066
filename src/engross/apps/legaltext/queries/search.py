"""Finding provisions by their words, as placed on a day."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models.expressions import RawSQL

from engross.apps.legaltext.models import DocumentVersion, Placement
from engross.core.legaltext.provisions import root_label

_WORD = re.compile(r"[^\W_]+")
MOST_WORDS = 32

_MATCHES = {
    "sqlite": "SELECT rowid FROM legaltext_words WHERE legaltext_words MATCH %s",
    "postgresql": (
        "SELECT id FROM legaltext_provisiontext WHERE words @@ plainto_tsquery('english', %s)"
    ),
}


@dataclass(frozen=True)
class Hit:
    """A provision that holds the words asked for, as it stands on the day."""

    provision: str
    document: str
    number: str
    heading: str | None
    text: str


def texts_matching(
    words: str, *, on: date, known_at: datetime | None = None, most: int = 100
) -> list[Hit]:
    """Return the provisions placed on a day whose heading, text or table holds all the words.

    The words may be anything a person typed: only letters and digits count, upper or lower case,
    and another ending of an English word is found too ('party', 'parties'). At most 32 words are
    taken and `most` provisions given, document by document.
    """
    asked = _WORD.findall(words)[:MOST_WORDS]
    if not asked:
        return []
    matching = RawSQL(_MATCHES[connection.vendor], [_query(asked)])  # noqa: S611 our own statement
    placements = Placement.objects.holding(on=on, known_at=known_at).filter(text__in=matching)
    rows = list(placements.select_related("text").order_by("document", "rank", "provision")[:most])
    numbers = _numbers(rows, on=on, known_at=known_at)
    names = _names({row.document_id for row in rows}, on=on, known_at=known_at)
    return [
        Hit(row.provision_id, names[row.document_id], numbers[row.provision_id],
            row.text.heading, row.text.text)
        for row in rows
    ]  # fmt: skip


def _query(words: Iterable[str]) -> str:
    """Return words as a question in the database's language; none of them is an operator in it."""
    if connection.vendor == "sqlite":
        return " ".join(f'"{word}"' for word in words)
    return " ".join(words)


def _names(documents: set[int], *, on: date, known_at: datetime | None) -> dict[int, str]:
    heads = DocumentVersion.objects.holding(on=on, known_at=known_at)
    return dict(heads.filter(document__in=documents).values_list("document", "name"))


def _numbers(rows: list[Placement], *, on: date, known_at: datetime | None) -> dict[str, str]:
    """Return the whole numbers of provisions, from those above them: a query for each level."""
    names = _names({row.document_id for row in rows}, on=on, known_at=known_at)
    found = {row.provision_id: row for row in rows}
    missing = {row.parent_id for row in rows} - {None, *found}
    while missing:
        above = Placement.objects.holding(on=on, known_at=known_at).filter(provision__in=missing)
        fetched = {row.provision_id: row for row in above}
        found |= fetched
        missing = {row.parent_id for row in fetched.values()} - {None, *found}
    return {row.provision_id: _number(row, found, names) for row in rows}


def _number(row: Placement, found: dict[str, Placement], names: dict[int, str]) -> str:
    if not row.begins_with_parent:
        return row.label
    return _stem(row, found, names) + row.label


def _stem(row: Placement, found: dict[str, Placement], names: dict[int, str]) -> str:
    """Return the number of the nearest numbered thing above a placement."""
    if row.parent_id is None:
        return root_label(names[row.document_id])
    above = found[row.parent_id]
    return _number(above, found, names) or _stem(above, found, names)

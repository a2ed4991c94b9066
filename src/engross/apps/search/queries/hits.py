"""What was found, ready to be shown: its title, where it is, and the words around."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from engross.apps.legaltext.queries import Hit, hits_of
from engross.apps.search.models import SearchEntry
from engross.apps.search.queries.access import may_find, public_class
from engross.apps.search.queries.asking import Asked
from engross.apps.search.queries.backends import ENTRY, TEXT, Ranked
from engross.apps.search.registers import CLAUSE
from engross.core.search import Piece, marked, snippet


@dataclass(frozen=True)
class ShownHit:
    """A thing that was found, for a page or an answer of the API.

    `title` and `around` are pieces, in which words that were looked for are marked. `day_until`
    is the first day on which it is so no longer. `source` and `key` name its entry; the text of
    the code has none.
    """

    kind: str
    title: tuple[Piece, ...]
    href: str
    around: tuple[Piece, ...] = ()
    day_from: date | None = None
    day_until: date | None = None
    paper_class: str = ""
    source: str = ""
    key: str = ""

    @property
    def plain_title(self) -> str:
        """The title without marks."""
        return "".join(piece.text for piece in self.title)

    @property
    def plain_around(self) -> str:
        """The words around without marks."""
        return "".join(piece.text for piece in self.around)


def shown_hits(asked: Asked, ranked: Iterable[Ranked]) -> list[ShownHit]:
    """Return what was found in its order, each checked once more against who reads."""
    listed = list(ranked)
    entries = _entries([each.pk for each in listed if each.where == ENTRY], asked)
    clauses = _clauses([each.pk for each in listed if each.where == TEXT], asked)
    found = [(entries if each.where == ENTRY else clauses).get(each.pk) for each in listed]
    return [hit for hit in found if hit is not None]


def _entries(ids: Sequence[int], asked: Asked) -> dict[int, ShownHit]:
    if not ids:
        return {}
    rows = SearchEntry.objects.filter(pk__in=ids).order_by("pk")
    return {entry.pk: _entry(entry, asked) for entry in may_find(rows, asked.reader)}


def _entry(entry: SearchEntry, asked: Asked) -> ShownHit:
    return ShownHit(
        kind=entry.kind,
        title=marked(entry.title, asked.query),
        href=entry.href,
        around=snippet(entry.body, asked.query) if entry.body else (),
        day_from=entry.day_from,
        day_until=entry.day_until,
        paper_class=entry.paper_class,
        source=entry.source,
        key=entry.key,
    )


def _clauses(ids: Sequence[int], asked: Asked) -> dict[int, ShownHit]:
    if not ids:
        return {}
    return {pk: _clause(hit, asked) for pk, hit in hits_of(ids, on=asked.on).items()}


def _clause(hit: Hit, asked: Asked) -> ShownHit:
    heading = f" {hit.heading}" if hit.heading else ""
    text = " ".join(filter(None, (hit.text, hit.cells)))
    return ShownHit(
        kind=CLAUSE,
        title=marked(f"{hit.address}{heading}", asked.query),
        href=href_of_clause(hit, asked.as_at),
        around=snippet(text, asked.query) if text else (),
        day_from=hit.effective_from,
        paper_class=public_class(),
    )


def href_of_clause(hit: Hit, as_at: date | None) -> str:
    """Return the page of a clause, on a day if one was asked for."""
    place = {"slug": hit.address.slug}
    if as_at:
        place["day"] = as_at.isoformat()
    return reverse("reading:document", kwargs=place)

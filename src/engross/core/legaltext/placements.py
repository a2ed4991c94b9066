"""A document taken apart into placements, one for each provision, and put together again.

A placement says where a provision stands and which text it bears there. It holds only what is its
own: its own label, not its whole number; its rank, not its place in a count. So a clause that is
renumbered or put elsewhere changes one placement, whatever stands under it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import (
    Document,
    Inline,
    Provision,
    Table,
    body_hash,
    body_of,
    root_label,
)
from engross.core.legaltext.ranks import new_ranks

_marks = msgspec.json.Decoder(tuple[Inline, ...])
_table = msgspec.json.Decoder(Table)


class Placed(NamedTuple):
    """Where a provision stands and what it bears: `parent` is a provision's id, `text` a hash.

    `begins` says that the whole number is that of the nearest numbered thing above and `label`.
    """

    document: int
    parent: str | None
    rank: str
    label: str
    begins: bool
    text: str


class Bearing(NamedTuple):
    """Where a provision stands so far, and what it says there."""

    placed: Placed
    provision: Provision


class Worded(NamedTuple):
    """A placement with its wording, as storage gives it; marks and table are JSON, '' for none."""

    provision: str
    parent: str | None
    rank: str
    label: str
    begins: bool
    heading: str | None
    text: str
    inlines: str
    table: str


def document_of(head: Document, rows: Iterable[Worded]) -> Document:
    """Return a document put together: `head` gives its name, title and language.

    A provision whose parent is not among the rows is left out with all under it.
    """
    under: dict[str | None, list[Worded]] = {}
    for row in rows:
        under.setdefault(row[1], []).append(row)
    for siblings in under.values():
        siblings.sort(key=lambda row: (row[2], row[0]))
    below: dict[str | None, list[Provision]] = {}
    order = _reading_order(under, root_label(head.document))
    # From the end, so that what stands under a provision is there before it.
    for row, number in reversed(order):
        made = provision_of(row, number, tuple(reversed(below.pop(row[0], ()))))
        below.setdefault(row[1], []).append(made)
    return replace(head, provisions=tuple(reversed(below.get(None, ()))))


def provision_of(row: Worded, number: str, children: tuple[Provision, ...] = ()) -> Provision:
    """Return what a placement places, under the whole number that it bears there."""
    marks = _marks.decode(row[7]) if row[7] else UNSET
    table = _table.decode(row[8]) if row[8] else UNSET
    return Provision(row[0], number, row[5], row[6], marks, table, children)


def _reading_order(
    under: Mapping[str | None, list[Worded]], root_number: str
) -> list[tuple[Worded, str]]:
    """Return the rows in reading order, each with its whole number."""
    order: list[tuple[Worded, str]] = []
    waiting = [(row, root_number) for row in reversed(under.get(None, ()))]
    while waiting:
        row, stem = waiting.pop()
        number = stem + row[3] if row[4] else row[3]
        order.append((row, number))
        below = under.get(row[0])
        if below:
            stem = number or stem
            waiting.extend([(child, stem) for child in reversed(below)])
    return order


def placed(
    places: Places, ids: Sequence[str | None], documents: Sequence[int], old: Mapping[str, Bearing]
) -> dict[str, Placed]:
    """Return where every provision of a text stands, by its id.

    `ids` and `documents` give the id of every node and the row of the document it stands in.
    `old` is how provisions are placed and worded so far: what can keep its rank keeps it, and
    a wording that stays is not hashed. Raises ValueError where a provision has no id.
    """
    found: dict[str, Placed] = {}
    labels = places.labels
    for node, below in enumerate(places.children):
        if not below:
            continue
        parent, document = ids[node], documents[node]
        siblings = [_needed(ids[child], places, child) for child in below]
        ranks = _ranks(document, parent, siblings, old)
        for child, ident, rank in zip(below, siblings, ranks, strict=True):
            text = _text(places.provision(child), old.get(ident))
            found[ident] = Placed(document, parent, rank, *labels[child], text)
    return found


def _needed(ident: str | None, places: Places, node: int) -> str:
    if not ident:
        raise ValueError(f"{places.shown(node)} has no permanent id")
    return ident


def _ranks(
    document: int,
    parent: str | None,
    siblings: list[str],
    old: Mapping[str, Bearing],
) -> list[str]:
    so_far: list[str | None] = []
    for ident in siblings:
        before = old.get(ident)
        stays = before and before.placed.document == document and before.placed.parent == parent
        so_far.append(before.placed.rank if before and stays else None)
    return new_ranks(so_far)


def _text(provision: Provision, before: Bearing | None) -> str:
    if before is not None and body_of(before.provision) == body_of(provision):
        return before.placed.text
    return body_hash(provision)


def json_or_nothing(part: Any) -> str:
    """Return marks or a table as JSON; '' where there are none."""
    return "" if part is UNSET or part == () else msgspec.json.encode(part).decode()

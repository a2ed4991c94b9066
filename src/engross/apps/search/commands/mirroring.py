"""Keeping an OpenSearch index in step with the entries and the text, if the settings name one.

It is told within the transaction and before its end: what the index holds too early is not in the
database, and is not shown.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from engross.apps.legaltext.queries import Recorded
from engross.apps.search.models import EntryKey, SearchEntry
from engross.apps.search.queries import index_named, public_class
from engross.apps.search.queries.backends import ENTRY, TEXT
from engross.apps.search.registers import CLAUSE
from engross.core.access import Reach

_LISTS = {
    EntryKey.Kind.NAME: "names",
    EntryKey.Kind.CATEGORY: "categories",
    EntryKey.Kind.PARTY: "parties",
    EntryKey.Kind.PERSON: "people",
}


def mirror_entries(
    entries: Sequence[SearchEntry], keys: Iterable[EntryKey], *, gone: Iterable[str] = ()
) -> None:
    """Tell the index of entries with their keys, and of the names of those that are gone."""
    index = index_named()
    if index is None:
        return
    documents = {str(entry): _of_entry(entry) for entry in entries}
    for key in keys:
        listed = documents[str(key.entry)].setdefault(_LISTS[EntryKey.Kind(key.kind)], [])
        listed.append(key.key)
    index.replace(documents, gone=gone)


def mirror_text(recorded: Sequence[Recorded]) -> None:
    """Tell the index of what recordings of the text did to placements."""
    index = index_named()
    if index is None:
        return
    public = public_class()
    documents = {_name(each): _of_text(each, public) for each in recorded if each.is_live}
    index.replace(documents, gone=[_name(each) for each in recorded if not each.is_live])


def clear_mirror() -> None:
    """Empty the index."""
    if index := index_named():
        index.clear()


def _name(recorded: Recorded) -> str:
    return f"{TEXT}/{recorded.placement}"


def _of_entry(entry: SearchEntry) -> dict[str, Any]:
    return {
        "where": ENTRY, "row": entry.pk, "kind": entry.kind, "source": entry.source,
        "title": entry.title, "body": entry.body, "day_from": _told(entry.day_from),
        "day_until": _told(entry.day_until), "paper_class": entry.paper_class,
        "reach": entry.reach, "body_key": entry.body_key, "weight": entry.weight,
    }  # fmt: skip


def _of_text(recorded: Recorded, public: str) -> dict[str, Any]:
    provision = recorded.provision
    return {
        "where": TEXT, "row": recorded.placement, "kind": CLAUSE, "source": CLAUSE,
        "title": provision.heading or "", "body": f"{provision.text} {recorded.cells}",
        "day_from": _told(recorded.effective_from), "day_until": _told(recorded.effective_until),
        "paper_class": public, "reach": Reach.ANYONE.value, "weight": 1.0,
    }  # fmt: skip


def _told(day: date | None) -> str | None:
    return day.isoformat() if day else None

"""Who is named for what."""

import uuid
from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from engross.apps.files.models import NamedReader


def entries_named_for(person: int, register: str) -> "QuerySet[Any, Any]":
    """Return the entries of a register that a person is named for, for use within a query."""
    named = NamedReader.objects.filter(register=register, person=person).order_by()
    return named.values("entry")


def people_named_for(
    register: str, entries: Collection[uuid.UUID]
) -> dict[uuid.UUID, frozenset[int]]:
    """Return by entry the persons named for it; an entry for which nobody is named is left out."""
    found: dict[uuid.UUID, frozenset[int]] = {}
    if not entries:
        return found
    rows = NamedReader.objects.filter(register=register, entry__in=entries).order_by()
    for entry, person in rows.values_list("entry", "person"):
        found[entry] = found.get(entry, frozenset()) | {person}
    return found

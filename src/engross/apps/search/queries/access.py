"""Who may find which entry: the rule of `core.access` in the database, and on entries at hand."""

from collections.abc import Iterable

from django.db.models import Q

from engross.apps.registers.queries import active_code
from engross.apps.search.models import EntryKey, SearchEntry
from engross.core.access import Marking, Reach, Reader, may_read


def readable_entries(reader: Reader) -> Q:
    """Return the condition for the entries that a reader may find."""
    if reader.handles_all:
        return Q()
    found = Q(reach=Reach.ANYONE.value)
    if reader.is_within and Reach.PARTIES in reader.reaches:
        found |= Q(reach=Reach.PARTIES.value)
    if reader.is_within and Reach.CIRCLE in reader.reaches:
        found |= Q(reach=Reach.CIRCLE.value) & _in_circle(reader)
    if reader.person is not None:
        named = Q(pk__in=_keyed(EntryKey.Kind.PERSON, [str(reader.person)]))
        found |= named & Q(reach__in=[each.value for each in reader.reaches])
    return found


def _in_circle(reader: Reader) -> Q:
    found = Q(pk__in=_keyed(EntryKey.Kind.PARTY, sorted(reader.parties)))
    found |= Q(body_key__in=sorted(reader.bodies - {""}))
    if reader.is_authority:
        marked = EntryKey.objects.filter(kind=EntryKey.Kind.PARTY).order_by().values("entry")
        found |= ~Q(pk__in=marked)
    return found


def _keyed(kind: EntryKey.Kind, keys: list[str]) -> object:
    return EntryKey.objects.filter(kind=kind, key__in=keys).order_by().values("entry")


def marking_of(entry: SearchEntry, keys: Iterable[EntryKey]) -> Marking:
    """Return how an entry is marked; `keys` are its own."""
    listed = list(keys)
    return Marking(
        reach=Reach(entry.reach),
        parties=frozenset(each.key for each in listed if each.kind == EntryKey.Kind.PARTY),
        body=entry.body_key,
        people=frozenset(int(each.key) for each in listed if each.kind == EntryKey.Kind.PERSON),
    )


def may_find(entries: Iterable[SearchEntry], reader: Reader) -> list[SearchEntry]:
    """Return those of the entries at hand that the reader may read; one query for their keys."""
    listed = list(entries)
    guarded = [entry.pk for entry in listed if entry.reach != Reach.ANYONE.value]
    keys: dict[int, list[EntryKey]] = {}
    if guarded:
        for key in EntryKey.objects.filter(entry__in=guarded).order_by("pk"):
            keys.setdefault(key.entry_id, []).append(key)
    return [
        entry for entry in listed if may_read(reader, marking_of(entry, keys.get(entry.pk, ())))
    ]


def public_class() -> str:
    """Return the code's class of paper that reaches anyone; empty if it has none."""
    options = active_code().options("paper_classes")
    reaching = (each.key for each in options if each.text("reach") == Reach.ANYONE.value)
    return next(reaching, "")

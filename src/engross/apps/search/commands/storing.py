"""Storing entries, and counting the words of those that everybody may read."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice

from django.db import connection
from django.db.models import Q

from engross.apps.search.commands.mirroring import clear_mirror, mirror_entries
from engross.apps.search.models import EntryKey, SearchEntry, SearchWord
from engross.apps.search.queries import public_class
from engross.apps.search.registers import Draft
from engross.core.access import Reach
from engross.core.search import folded_name, words_in

BATCH_ROWS = 900
_LONGEST_WORD = 40
_SHORTEST_WORD = 3
_TITLE, _HREF, _KEY = 600, 600, 200


def replace_entries(
    source: str, kind: str, drafts: Sequence[Draft], *, gone: Collection[str], weight: float = 1.0
) -> None:
    """Put entries in the place of those with the keys `gone`; the caller holds the transaction."""
    _forget(source, gone)
    public = public_class()
    made = SearchEntry.objects.bulk_create(
        [_entry(source, kind, draft, public, weight) for draft in drafts], batch_size=BATCH_ROWS
    )
    keys = [
        EntryKey(entry=entry, kind=kind_of_key, key=key)
        for entry, draft in zip(made, drafts, strict=True)
        for kind_of_key, key in dict.fromkeys(_keys(draft))
    ]
    EntryKey.objects.bulk_create(keys, batch_size=BATCH_ROWS)
    count_words((f"{each.title} {each.body}" for each in made if is_public(each)), by=1)
    mirror_entries(made, keys, gone=[f"{source}/{key}" for key in gone])


def _forget(source: str, keys: Collection[str]) -> None:
    """Drop the entries with these keys, and take their words off the count."""
    for batch in _batches(sorted(keys)):
        rows = SearchEntry.objects.filter(source=source, key__in=batch)
        known = list(rows.order_by("pk"))
        count_words((f"{each.title} {each.body}" for each in known if is_public(each)), by=-1)
        ids = [each.pk for each in known]
        EntryKey.objects.filter(entry__in=ids).delete()
        SearchEntry.objects.filter(pk__in=ids).delete()


def keys_below(source: str, names: Collection[str]) -> list[str]:
    """Return the keys of a source's entries that are those of things, or begin with one."""
    found: list[str] = []
    for name in sorted(names):
        rows = SearchEntry.objects.filter(source=source)
        own = rows.filter(Q(key=name) | Q(key__startswith=f"{name}/")).order_by("key")
        found += own.values_list("key", flat=True)
    return found


def forget_everything() -> None:
    """Drop all entries and all words."""
    EntryKey.objects.all().delete()
    SearchEntry.objects.all().delete()
    SearchWord.objects.all().delete()
    clear_mirror()


def is_public(entry: SearchEntry) -> bool:
    """Say whether everybody may read what an entry tells."""
    return entry.reach == Reach.ANYONE.value


def count_words(texts: Iterable[str], *, by: int) -> None:
    """Add to, or take off, the count of each word once for each text that holds it."""
    counted: Counter[str] = Counter()
    for text in texts:
        counted.update(set(filter(_is_kept, words_in(text))))
    statement = (
        "INSERT INTO search_searchword (word, uses) VALUES (%s, %s) "
        "ON CONFLICT (word) DO UPDATE SET uses = search_searchword.uses + excluded.uses"
    )
    # In order, so that two who count at once do not wait for each other.
    rows = [(word, by * count) for word, count in sorted(counted.items())]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(statement, rows)
    if by < 0:
        SearchWord.objects.filter(uses__lte=0).delete()


def _is_kept(word: str) -> bool:
    return _SHORTEST_WORD <= len(word) <= _LONGEST_WORD and word.isalpha()


def _entry(source: str, kind: str, draft: Draft, public: str, weight: float) -> SearchEntry:
    return SearchEntry(
        source=source, key=draft.key[:_KEY], kind=kind, title=draft.title[:_TITLE],
        body=draft.body, href=draft.href[:_HREF], day_from=draft.day_from,
        day_until=draft.day_until, paper_class=draft.paper_class or public,
        reach=draft.marking.reach.value, body_key=draft.marking.body, weight=weight,
    )  # fmt: skip


def _keys(draft: Draft) -> Iterator[tuple[str, str]]:
    for name in draft.names:
        if folded := folded_name(name)[:_KEY]:
            yield EntryKey.Kind.NAME, folded
    for key in draft.categories:
        yield EntryKey.Kind.CATEGORY, key
    for key in sorted(draft.marking.parties):
        yield EntryKey.Kind.PARTY, key
    for person in sorted(draft.marking.people):
        yield EntryKey.Kind.PERSON, str(person)


def _batches(keys: Sequence[str]) -> Iterator[list[str]]:
    left = iter(keys)
    while batch := list(islice(left, BATCH_ROWS)):
        yield batch

"""Where an exact address or identifier leads, without a list of what else holds its words."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from engross.apps.legaltext.queries import stands_at
from engross.apps.search.models import EntryKey, SearchEntry
from engross.apps.search.queries.access import may_find, readable_entries
from engross.apps.search.queries.asking import Asked
from engross.apps.search.registers import DEFINITION, RegisterSource, all_sources
from engross.core.legaltext.numbers.addresses import Address
from engross.core.search import folded_name, possible_addresses

_LONGEST = 200
_MOST = 20


@dataclass(frozen=True)
class Jump:
    """The one thing that is called what was typed, and its page."""

    title: str
    href: str


def jump_for(asked: Asked) -> Jump | None:
    """Return the one thing that is called exactly what was typed; None if none or several are."""
    text = asked.text.strip()
    if not text or len(text) > _LONGEST or asked.query.filters or asked.query.excluded:
        return None
    return _named(text, asked) or _clause(text, asked)


def _named(text: str, asked: Asked) -> Jump | None:
    """Return the entry of that name or identifier, in any form that its register reads."""
    names = {folded_name(text), *_identities(text)} - {""}
    called = EntryKey.objects.filter(kind=EntryKey.Kind.NAME, key__in=sorted(names))
    listed = list(called.order_by().values_list("entry", flat=True))
    if not listed:
        return None  # as of most words: nothing else is asked
    rows = SearchEntry.objects.filter(readable_entries(asked.reader), pk__in=listed)
    rows = rows.exclude(kind=DEFINITION)
    if asked.behind:
        rows = rows.exclude(source__in=sorted(asked.behind))
    found = {
        entry.href: entry.title
        for entry in may_find(rows.order_by("-weight", "day_from", "pk")[:_MOST], asked.reader)
    }
    if len(found) != 1:
        return None
    href, title = next(iter(found.items()))
    return Jump(title, _as_at(href, asked.as_at))


def _identities(text: str) -> set[str]:
    """Return the keys that registers read from a text: MP078 and DP078 are one proposal."""
    found = set()
    for source in all_sources():
        if isinstance(source, RegisterSource) and (read := source.declared.parse_identity):
            found.add(folded_name(read(text) or ""))
    return found


def _clause(text: str, asked: Asked) -> Jump | None:
    for address in possible_addresses(text):
        if stands_at(address, on=asked.on):
            return Jump(str(address), _page(address, asked.as_at))
    return None


def _page(address: Address, as_at: date | None) -> str:
    place = {"slug": address.slug}
    if as_at:
        place["day"] = as_at.isoformat()
    return reverse("reading:document", kwargs=place)


def _as_at(href: str, day: date | None) -> str:
    if day is None:
        return href
    return f"{href}{'&' if '?' in href else '?'}as_at={day.isoformat()}"

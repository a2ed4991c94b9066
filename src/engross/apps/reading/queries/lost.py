"""Addresses where nothing stands: what is near, when something stood there, and where it went."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches

from engross.apps.legaltext.models import DocumentVersion, Placement
from engross.apps.legaltext.queries import document_as_at
from engross.apps.reading.queries.layers import CodeLayers
from engross.core.legaltext.numbers import sort_key
from engross.core.legaltext.numbers.addresses import Address
from engross.core.legaltext.numbers.grammar import parts, split_last
from engross.core.legaltext.provisions import Document, Provision, provisions_of, root_label

MOST_NEAR = 6
MOST_DAYS = 40  # days of one document that are looked at for an address that is gone


@dataclass(frozen=True)
class Stood:
    """That something stood at an address: on which days, and where it stands on the day asked.

    `last_on` is a day on which it stood there; `until` is the first day on which it no longer
    did, None where it does today or will; `first_on` the first day, where that lies ahead.
    `now_at` is where the same provision stands on the day that was asked for, None if nowhere.
    """

    first_on: date
    last_on: date
    until: date | None
    now_at: Address | None
    is_to_come: bool = False


def stood_at(address: Address, *, on: date, code: CodeLayers | None) -> Stood | None:
    """Return when something stood at an address where nothing stands on a day; None if never.

    The time before that day is looked at first, from the latest on; then the time after it.
    """
    if not _has_labels(address):
        return None
    versions = DocumentVersion.objects.known_at(None).filter(name=address.document)
    days = sorted({*versions.values_list("effective_from", flat=True), *_days_of(address)})
    earlier = [day for day in reversed(days) if day <= on][:MOST_DAYS]
    later = [day for day in days if day > on][:MOST_DAYS]
    for day in (*earlier, *later):
        found = _at(address, day)
        if found is not None:
            stood = _stood(address, found, day, days, code)
            return replace(stood, is_to_come=day > on)
    return None


def _has_labels(address: Address) -> bool:
    """Say whether each part of a number was ever printed in its document: one query for most."""
    known = {part: {part, part.removeprefix(root_label(address.document))}
             for part in parts(address.number)}  # fmt: skip
    named = DocumentVersion.objects.filter(name=address.document).order_by().values("document")
    rows = Placement.objects.known_at(None).filter(document__in=named).order_by()
    asked = set().union(*known.values(), {address.number}) if known else set()
    found = set(rows.filter(label__in=asked).values_list("label", flat=True).distinct())
    return address.number in found or all(labels & found for labels in known.values())


def _days_of(address: Address) -> Iterator[date]:
    """Yield the days on which something with the last part of a number came to stand."""
    if not address.number:
        return
    last = split_last(address.number)[1]
    rows = Placement.objects.known_at(None).filter(label__in={last, address.number})
    named = DocumentVersion.objects.filter(name=address.document).order_by().values("document")
    spells = rows.filter(document__in=named).order_by()
    for begun, ended in spells.values_list("effective_from", "effective_until").distinct():
        yield begun
        if ended:
            yield ended


def _at(address: Address, day: date) -> Document | Provision | None:
    document = document_as_at(address.document, on=day)
    if document is None or not address.number:
        return document
    return next((one for one in provisions_of(document) if one.number == address.number), None)


def _stood(
    address: Address, found: Document | Provision, day: date, days: list[date],
    code: CodeLayers | None,
) -> Stood:  # fmt: skip
    last, until = day, None
    for following in days[days.index(day) + 1 :][:MOST_DAYS]:
        if _at(address, following) is None:
            until = following
            break
        last = following
    ident = found.id if isinstance(found, Provision) else None
    node = code.places.find(ident) if code and ident else None
    now_at = code.address_of(node) if code and node is not None else None
    return Stood(day, last, until or _end(address, last), now_at)


def _end(address: Address, last: date) -> date | None:
    """Return the day on which a document itself ended, if nothing later says it stood."""
    rows = DocumentVersion.objects.known_at(None).filter(name=address.document)
    ends = rows.filter(effective_from__lte=last).order_by("-effective_from")
    return ends.values_list("effective_until", flat=True).first()


def nearest_addresses(code: CodeLayers, slug: str, address: Address | None) -> list[Address]:
    """Return what stands near an address that names nothing: in its document, else documents."""
    if address is not None and address.document in code.roots and address.number:
        return _near_numbers(code, address)
    names = list(code.roots)
    wanted = address.document if address else slug.replace("/", " ")
    folded = {name.casefold(): name for name in names}
    close = get_close_matches(wanted.casefold(), folded, n=MOST_NEAR, cutoff=0.4)
    return [Address(folded[each]) for each in close] or [
        Address(each) for each in names[:MOST_NEAR]
    ]


def _near_numbers(code: CodeLayers, address: Address) -> list[Address]:
    """Return the numbers around one, and the nearest above it that there is."""
    document = address.document
    numbers = sorted((number for name, number in code.numbered if name == document), key=sort_key)
    found: list[str] = []
    above = split_last(address.number)[0]
    while above:
        if (document, above) in code.numbered:
            found.append(above)
            break
        above = split_last(above)[0]
    at = bisect_left([sort_key(number) for number in numbers], sort_key(address.number))
    found += numbers[max(0, at - 2) : at + 3]
    listed = list(dict.fromkeys(found))[:MOST_NEAR]
    return [Address(document, number) for number in sorted(listed, key=sort_key)]

"""Reading what was done."""

from collections.abc import Iterator
from datetime import UTC, date
from typing import Any

from django.db.models import Q, QuerySet

from engross.apps.audit.models import Event
from engross.core.audit import FIELDS, Fault, Link, faults_in

MOST_WORDS = 8


def events_about(subject: str) -> QuerySet[Event]:
    """Return what was done to `subject`, newest first."""
    return Event.objects.filter(subject=subject).select_related("by").order_by("-pk")


def end_of_chain() -> tuple[int, str]:
    """Return position and hash of the latest event; 0 and '' before any."""
    return Event.objects.order_by("-pk").values_list("pk", "hash").first() or (0, "")


def latest_event_id() -> int:
    """Return the id of the latest event: it changes whenever anything was written."""
    return end_of_chain()[0]


def latest_event_hash() -> str:
    """Return what names all that was ever done: the hash of the latest event, '' before any.

    What depends on records can be kept under it; an id alone may name another event elsewhere.
    """
    return end_of_chain()[1]


def events_after(position: int) -> QuerySet[Event]:
    """Return the events after a position, oldest first."""
    return Event.objects.filter(pk__gt=position).order_by("pk")


def events_found(
    *, words: str = "", action: str = "", by: str = "", first: date | None = None,
    last: date | None = None,
) -> QuerySet[Event]:  # fmt: skip
    """Return the events that hold every word, newest first.

    `action` is a name or the beginning of one, `by` part of a name or address, `first` and
    `last` days, both included.
    """
    found = Event.objects.select_related("by").order_by("-pk")
    if action:
        found = found.filter(action__startswith=action)
    if by:
        found = found.filter(Q(by__email__icontains=by) | Q(by__name__icontains=by))
    if first:
        found = found.filter(happened_at__date__gte=first)
    if last:
        found = found.filter(happened_at__date__lte=last)
    for word in words.split()[:MOST_WORDS]:
        held = Q(subject__icontains=word) | Q(action__icontains=word) | Q(reason__icontains=word)
        found = found.filter(held)
    return found


def actions_known() -> list[str]:
    """Return the names of everything that was ever done, in their order."""
    return list(Event.objects.order_by("action").values_list("action", flat=True).distinct())


def link_of(event: Event) -> Link:
    """Return an event as the chain sees it."""
    erases: Any = event.details.get("events", {}) if event.action == "audit.erase" else {}
    return Link(
        position=event.pk,
        happened_at=event.happened_at.astimezone(UTC).isoformat(),
        by=event.by_id,
        action=event.action,
        rule=event.rule,
        digests=event.digests,
        previous=event.previous,
        hash=event.hash,
        salts=event.salts,
        values={name: getattr(event, name) for name in FIELDS},
        erased=frozenset(event.erased),
        erases={int(position): frozenset(names) for position, names in erases.items()},
    )


def faults_of_audit() -> Iterator[Fault]:
    """Return where the chain of events does not hold; every event is read.

    Events written before there was a chain have no hash and come before its first link.
    """
    first = Event.objects.exclude(hash="").order_by("pk").values_list("pk", flat=True).first()
    if first is None:
        return iter(())
    links = (link_of(each) for each in events_after(first - 1).iterator(2000))
    return faults_in(links, begins_at=first)

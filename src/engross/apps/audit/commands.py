"""Writing down what somebody did, in the transaction that does it."""

import secrets
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from engross.apps.accounts.models import User
from engross.apps.audit.models import Event
from engross.apps.audit.queries import end_of_chain, link_of
from engross.core.audit import ERASED, ERASED_VALUE, FIELDS, digest_of, hash_of, source_now

ERASURE = "audit.erase"
# What names the lock of the chain among PostgreSQL's advisory locks.
CHAIN_LOCK = 0x656E6772


@transaction.atomic
def record_event(
    *,
    action: str,
    subject: str,
    by: User | None,
    at: datetime,
    reason: str = "",
    details: dict[str, Any] | None = None,
    rule: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> Event:
    """Add an event; the caller's transaction keeps it together with the change itself.

    `rule` says by what right it was done, such as 'staff with a second factor'. `before` and
    `after` are what changed where no register's history tells it. Call it last: it holds the
    chain until the transaction ends, and everybody else's writes wait.
    """
    position, previous = _next_link()
    event = Event(
        id=position, action=action, subject=subject[:200], by=by, happened_at=at, reason=reason,
        details=details or {}, rule=rule or _rule_of(by), source=source_now()[:200],
        before=before, after=after, previous=previous,
        salts={name: secrets.token_hex(8) for name in FIELDS},
    )  # fmt: skip
    event.digests = {
        name: digest_of(name, getattr(event, name), salt=event.salts[name]) for name in FIELDS
    }
    event.hash = hash_of(link_of(event))
    event.save(force_insert=True)
    return event


def _next_link() -> tuple[int, str]:
    """Return the next position and the hash to follow, with the chain held until commit.

    SQLite has one writer at a time; PostgreSQL is asked for a lock of the transaction's own.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
    position, link = end_of_chain()
    return position + 1, link


def _rule_of(by: User | None) -> str:
    if by is None:
        return "unattended"
    return "staff" if by.is_staff else "signed in"


@transaction.atomic
def erase_fields(
    events: Mapping[int, Collection[str]], *, by: User | None, at: datetime, reason: str
) -> Event:
    """Empty fields of events, by position, and add the event that says so.

    The digests stay, so that the chain still holds; the salts go, so that nobody can guess from a
    digest what the field held.

    Raises ValueError for a field that has to stay.
    """
    named = {str(position): sorted(names) for position, names in events.items() if names}
    for position, names in events.items():
        if unknown := set(names) - set(FIELDS):
            raise ValueError(f"{', '.join(sorted(unknown))} cannot be erased")
        _empty(Event.objects.get(pk=position), names)
    return record_event(
        action=ERASURE, subject="audit", by=by, at=at, reason=reason, details={"events": named}
    )


def _empty(event: Event, names: Collection[str]) -> None:
    for name in names:
        setattr(event, name, ERASED_VALUE if name in _JSON else ERASED)
        event.salts.pop(name, None)
    event.erased = sorted({*event.erased, *names})
    event.save(update_fields=[*names, "erased", "salts"])


_JSON = ("details", "before", "after")

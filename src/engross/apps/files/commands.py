"""Writing down who read what, storing files, and naming persons."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from engross.apps.files.models import ReadLog, ReadOwner
from engross.core.access import Marking, Reach, Reader
from engross.core.audit import source_now

LOGGED = frozenset({Reach.CIRCLE, Reach.NAMED})
# So many entries are told of a list; its count tells how many there were.
MOST_ENTRIES = 500


def log_read(
    reader: Reader,
    *,
    kind: str,
    title: str,
    markings: Collection[Marking],
    entries: Sequence[str] = (),
    at: datetime,
) -> None:
    """Write down that somebody read what reaches a circle or the persons named.

    `markings` are those of all that was read; what reaches further is not written down.
    """
    kept = [each for each in markings if each.reach in LOGGED]
    if not kept:
        return
    owners = sorted(frozenset[str]().union(*(each.parties for each in kept)))
    with transaction.atomic():
        read = ReadLog.objects.create(
            read_at=at, person_id=reader.person, kind=kind, title=title[:300], count=len(kept),
            entries=list(entries)[:MOST_ENTRIES], source=source_now()[:200],
        )  # fmt: skip
        ReadOwner.objects.bulk_create(ReadOwner(read=read, party=party) for party in owners)

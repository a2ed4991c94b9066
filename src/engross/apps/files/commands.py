"""Storing files, naming persons for what is Red, and writing down who read what."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import IO

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction

from engross.adapters.stored_files import look_at
from engross.apps.accounts.models import User
from engross.apps.audit.commands import record_event
from engross.apps.files.models import NamedReader, ReadLog, ReadOwner, StoredFile
from engross.apps.files.queries import active_code, persons_named, stored_names
from engross.core.access import Marking, Reach, Reader
from engross.core.audit import source_now
from engross.core.files import clean_name, reasons_against_declared
from engross.core.refusals import Reason, Refused

LOGGED = frozenset({Reach.CIRCLE, Reach.NAMED})
# So many entries are told of a list; its count tells how many there were.
MOST_ENTRIES = 500
FOLDER = "stored"
CHUNK_BYTES = 1024 * 1024
# An upload takes less time than that; what has no row by then never will.
STRAY_AFTER = timedelta(hours=1)


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


@dataclass(frozen=True)
class Belonging:
    """What a stored file goes with and whose it is: an entry, a Party's key, a body's key."""

    register: str = ""
    entry: uuid.UUID | None = None
    party: str = ""
    body: str = ""


def store_file(
    content: IO[bytes],
    *,
    name: str,
    paper_class: str,
    belonging: Belonging,
    declared_type: str = "",
    by: User | None,
    at: datetime,
) -> StoredFile:
    """Keep a file under a class, once its content is found to be what its name says.

    Raises Refused with every reason against it; nothing of it is kept then.
    """
    kept_name = clean_name(name)
    _check_class(paper_class)
    kind = look_at(kept_name, content)
    if reasons := list(reasons_against_declared(kind, declared_type)):
        raise Refused(reasons)
    size, digest = _measured(content)
    key = uuid.uuid4()
    place = default_storage.save(f"{FOLDER}/{key}.{kind.ending}", File(content))
    try:
        with transaction.atomic():
            stored = StoredFile.objects.create(
                key=key, name=kept_name, content=place, content_type=kind.content_type,
                size=size, sha256=digest, paper_class=paper_class, register=belonging.register,
                entry=belonging.entry, party=belonging.party, body=belonging.body,
                stored_at=at, stored_by=by,
            )  # fmt: skip
            details = {"sha256": digest, "size": size, "class": paper_class}
            record_event(action="file.store", subject=f"file {key}", by=by, at=at, details=details)
    except BaseException:
        default_storage.delete(place)
        raise
    return stored


def _check_class(key: str) -> None:
    classes = {each.key: each.name for each in active_code().options("paper_classes")}
    if key not in classes:
        what = f"There is no class '{key[:40]}'"
        raise Refused(Reason(what, f"Choose {' or '.join(classes.values())}"))


def _measured(content: IO[bytes]) -> tuple[int, str]:
    """Return a file's size and its SHA-256; raises Refused past the largest size."""
    most: int = settings.ENGROSS_LARGEST_FILE
    digest, size = sha256(), 0
    content.seek(0)
    while chunk := content.read(CHUNK_BYTES):
        size += len(chunk)
        if size > most:
            what = f"The file is larger than {most // 1024**2} MB"
            raise Refused(Reason(what, "Send it in parts, or say where it is published"))
        digest.update(chunk)
    content.seek(0)
    return size, digest.hexdigest()


@transaction.atomic
def withdraw_file(stored: StoredFile, *, by: User | None, at: datetime, reason: str) -> None:
    """Let nobody have a stored file any more; its row and content stay for the record."""
    stored.withdrawn_at = at
    stored.save(update_fields=["withdrawn_at"])
    record_event(action="file.withdraw", subject=f"file {stored.key}", by=by, at=at, reason=reason)


def delete_strays(*, at: datetime) -> int:
    """Delete what an upload left that was killed before its row was written; say how many."""
    count = 0
    for place in stored_names(FOLDER):
        is_old = default_storage.get_modified_time(place) < at - STRAY_AFTER
        if is_old and not StoredFile.objects.filter(content=place).exists():
            default_storage.delete(place)
            count += 1
    return count


@transaction.atomic
def keep_named(
    *, register: str, entry: uuid.UUID, persons: Collection[User], by: User | None, at: datetime
) -> None:
    """Let these persons be named for an entry, and nobody else."""
    before = persons_named(register, entry)
    named = [each for each in set(persons) - set(before) if _name(register, entry, each, by, at)]
    taken = [each for each in set(before) - set(persons) if _take_off(register, entry, each)]
    # All events after all rows: from the first one on, everybody else's writes wait.
    for action, readers in (("reader.name", named), ("reader.take-off", taken)):
        for person in readers:
            _record_reader(action, register, entry, person, by=by, at=at)


@transaction.atomic
def name_reader(
    *, register: str, entry: uuid.UUID, person: User, by: User | None, at: datetime
) -> None:
    """Name a person for an entry, so that what reaches the persons named reaches this one."""
    if _name(register, entry, person, by, at):
        _record_reader("reader.name", register, entry, person, by=by, at=at)


@transaction.atomic
def take_off_reader(
    *, register: str, entry: uuid.UUID, person: User, by: User | None, at: datetime
) -> None:
    """Name a person no longer for an entry; nothing happens if they were not named."""
    if _take_off(register, entry, person):
        _record_reader("reader.take-off", register, entry, person, by=by, at=at)


def _name(register: str, entry: uuid.UUID, person: User, by: User | None, at: datetime) -> bool:
    _, is_new = NamedReader.objects.get_or_create(
        register=register, entry=entry, person=person, defaults={"named_at": at, "named_by": by}
    )
    return is_new


def _take_off(register: str, entry: uuid.UUID, person: User) -> bool:
    named = NamedReader.objects.filter(register=register, entry=entry, person=person)
    return bool(named.delete()[0])


def _record_reader(
    action: str, register: str, entry: uuid.UUID, person: User, *, by: User | None, at: datetime
) -> None:
    record_event(
        action=action, subject=f"{register} {entry}", by=by, at=at, details={"person": person.pk}
    )

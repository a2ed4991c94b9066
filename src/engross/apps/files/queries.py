"""Who is named for what, which stored files a reader may have, and who read what."""

import uuid
from collections.abc import Collection, Iterator
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import Exists, OuterRef, QuerySet

from engross.adapters.code_folder import loaded_code
from engross.apps.accounts.models import User
from engross.apps.files.models import NamedReader, ReadLog, ReadOwner, StoredFile
from engross.core.access import Marking, Reach, Reader, may_read, reach_of
from engross.core.codes import Code

NO_ENTRY = uuid.UUID(int=0)


def active_code() -> Code:
    """Return the code that this deployment runs, as its folder says."""
    return loaded_code(settings.ENGROSS_CODE)


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


def persons_named(register: str, entry: uuid.UUID) -> list[User]:
    """Return the persons named for an entry, by address."""
    named = NamedReader.objects.filter(register=register, entry=entry).select_related("person")
    return [each.person for each in named.order_by("person__email")]


def markings_of_files(files: Collection[StoredFile]) -> list[Marking]:
    """Return how each stored file is marked: by its own class, and by whose its entry is."""
    code = active_code()
    reaches = [reach_of(code, each.paper_class) for each in files]
    kept = [each for each, reach in zip(files, reaches, strict=True) if reach is not Reach.ANYONE]
    named = {
        register: people_named_for(
            register, {each.entry for each in kept if each.entry and each.register == register}
        )
        for register in {each.register for each in kept}
    }
    return [
        Marking() if reach is Reach.ANYONE else
        Marking(reach, frozenset({each.party} - {""}), each.body,
                named[each.register].get(each.entry or NO_ENTRY, frozenset()))
        for each, reach in zip(files, reaches, strict=True)
    ]  # fmt: skip


def file_of(key: uuid.UUID, reader: Reader) -> StoredFile | None:
    """Return a stored file that the reader may have; None if there is none, and if it may not."""
    stored = StoredFile.objects.filter(key=key, withdrawn_at__isnull=True).first()
    return stored if stored and may_read(reader, markings_of_files([stored])[0]) else None


def files_of_entries(
    register: str, entries: Collection[uuid.UUID], reader: Reader
) -> dict[uuid.UUID, list[StoredFile]]:
    """Return by entry the stored files that go with it and that the reader may have, by name."""
    found: dict[uuid.UUID, list[StoredFile]] = {}
    rows = StoredFile.objects.filter(
        register=register, entry__in=list(entries), withdrawn_at__isnull=True
    )
    listed = list(rows.order_by("name", "pk"))
    for each, marking in zip(listed, markings_of_files(listed), strict=True):
        if may_read(reader, marking) and each.entry:
            found.setdefault(each.entry, []).append(each)
    return found


def reads_shown_to(reader: Reader) -> "QuerySet[ReadLog, ReadLog]":
    """Return what was read and by whom, newest first, as far as the reader may know.

    Staff who handle all know of every read; who administers a Party, of the reads of its own.
    """
    reads = ReadLog.objects.select_related("person").order_by("-read_at", "-pk")
    if reader.handles_all:
        return reads
    own = ReadOwner.objects.filter(read=OuterRef("pk"), party__in=sorted(reader.administers))
    return reads.filter(Exists(own))


def stored_names(folder: str = "") -> Iterator[str]:
    """Return the names of all files of the store, or of a folder of it, in their order.

    A folder that is not there holds none; a bucket has no folders that could be asked for.
    """
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(files):
        yield f"{folder}/{name}" if folder else name
    for name in sorted(folders):
        yield from stored_names(f"{folder}/{name}" if folder else name)

"""Writing the bulk files anew where what they hold has changed."""

import hashlib
import tempfile
from datetime import datetime, timedelta
from typing import IO

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db.models import Count, Min

from engross.adapters.bulk_files import write_rows
from engross.apps.audit.queries import latest_event_id
from engross.apps.exchange.models import FORMS, BulkFile
from engross.apps.exchange.queries.bulk import Dataset, changed_after, datasets
from engross.apps.files.queries import stored_names

FOLDER = "bulk"
# Who began to fetch a file may finish; so may who asked for it just before it was replaced.
KEPT_AFTER = timedelta(hours=1)


def remake_bulk_files(*, at: datetime) -> list[str]:
    """Write the files whose content changed, and return the names of their datasets.

    Each dataset remembers the position up to which it is current, when all its files are written:
    a run that is killed is completed by the next.
    """
    known = datasets()
    BulkFile.objects.exclude(name__in=known).delete()
    current = _positions()
    now = latest_event_id()
    last = changed_after(min((current.get(name, 0) for name in known), default=0))
    stale = [name for name in known if name not in current or last.get(name, 0) > current[name]]
    for name in stale:
        _remake(known[name], position=now, at=at)
    # Only what this run looked at: another may have written a later file meanwhile.
    BulkFile.objects.exclude(name__in=stale).filter(position__lt=now).update(position=now)
    delete_old_files(at=at)
    return stale


def _positions() -> dict[str, int]:
    """Return up to which position each dataset is current that has all its files."""
    rows = BulkFile.objects.order_by("name").values_list("name")
    found = rows.annotate(position=Min("position"), forms=Count("pk"))
    return {name: position for name, position, forms in found if forms == len(FORMS)}


def _remake(dataset: Dataset, *, position: int, at: datetime) -> None:
    for form in FORMS:
        with tempfile.TemporaryFile() as file:
            rows = write_rows(file, form, dataset.name, dataset.columns, dataset.rows())
            _keep(file, dataset.name, form, rows=rows, position=position, at=at)


def _keep(file: IO[bytes], name: str, form: str, *, rows: int, position: int, at: datetime) -> None:
    """Put a file in its place, unless it says what the one there says.

    It lies under a name of its own before the row points to it: nobody is sent half of one.
    """
    digest, size = _measured(file)
    there = BulkFile.objects.filter(name=name, form=form).first()
    if there and there.position > position:
        return  # another run wrote a later one
    if there and there.sha256 == digest and default_storage.exists(there.place):
        BulkFile.objects.filter(pk=there.pk).update(position=position)
        return
    file.seek(0)
    place = default_storage.save(f"{FOLDER}/{name}-{digest[:16]}.{form}", File(file))
    fields = {"place": place, "sha256": digest, "size": size, "rows": rows, "made_at": at,
              "position": position}  # fmt: skip
    BulkFile.objects.update_or_create(name=name, form=form, defaults=fields)


def _measured(file: IO[bytes]) -> tuple[str, int]:
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    return digest, file.tell()


def delete_old_files(*, at: datetime) -> int:
    """Delete the files that no row points to, once nobody can be fetching them; say how many."""
    standing = set(BulkFile.objects.order_by("pk").values_list("place", flat=True))
    gone = [
        place
        for place in stored_names(FOLDER)
        if place not in standing and default_storage.get_modified_time(place) < at - KEPT_AFTER
    ]
    for place in gone:
        default_storage.delete(place)
    return len(gone)

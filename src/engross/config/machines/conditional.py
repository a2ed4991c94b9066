"""What a program has already is not sent again: answers are marked, and marks compared."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import parse_etags

import engross
from engross.adapters.code_folder import folders_of
from engross.apps.accounts.queries import who_reads
from engross.apps.audit.queries import latest_event_hash
from engross.core.access import ANYONE, Reader


def mark_of(request: HttpRequest) -> str:
    """Return the mark of the answer to a request, without working the answer out.

    An answer follows from the records, the question, the reader and the day: whatever changes
    the records leaves an event behind, so that the last event stands for them all.
    """
    if request.path == reverse("openapi"):
        # It says what the program can do, whatever is recorded.
        return f'W/"{_build(settings.ENGROSS_CODE)[:32]}"'
    reader = who_reads(request)
    # Asked of a lazy reader: who it is must be known before it is written down.
    who = "" if reader == ANYONE else _told(reader)
    told = (
        _build(settings.ENGROSS_CODE), latest_event_hash(), timezone.localdate(),
        request.get_full_path(), who,
    )  # fmt: skip
    return f'W/"{hashlib.sha256(repr(told).encode()).hexdigest()[:32]}"'


@cache
def _build(code: str) -> str:
    """Return a mark of the program and of the code's data, the same in every process."""
    found = hashlib.sha256()
    for folder in (Path(engross.__path__[0]), *folders_of(code)):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                found.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return found.hexdigest()


def _told(reader: Reader) -> str:
    parts = {name: getattr(reader, name) for name in Reader.__dataclass_fields__}
    return repr([
        (name, sorted(map(str, value)) if isinstance(value, frozenset) else value)
        for name, value in parts.items()
    ])  # fmt: skip


def has_it_already(request: HttpRequest, mark: str, *, is_there: bool = False) -> bool:
    """Say whether the request names a mark among those of the answers that it has.

    '*' stands for every mark, once it is known that there is an answer to it at all.
    """
    had = parse_etags(request.headers.get("If-None-Match", ""))
    if had == ["*"]:
        return is_there
    return mark.removeprefix("W/") in {one.removeprefix("W/") for one in had}


def cache_rule(reader: Reader) -> str:
    """Return who may keep an answer to a reader, by the classes that may be in it.

    What anyone may read, anyone may keep, and asks whether it still holds. What reaches further
    is kept by nobody; of somebody who reads no more than the public, by their own program.
    """
    if reader == ANYONE:
        return "public, max-age=0, must-revalidate"
    return "private, no-store" if reader.is_within else "private, no-cache"

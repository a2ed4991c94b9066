"""Writing down which rows of a class that reaches few were read, one line for each answer."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from engross.apps.files.commands import LOGGED, log_read
from engross.apps.registers.models import RecordedRow
from engross.apps.registers.queries import markings_of
from engross.apps.registers.queries.classes import of_reaches
from engross.apps.registers.registers import Register, register_named
from engross.core.access import Reader
from engross.core.registers.timelines import Told


def log_rows_read(register: Register, rows: Iterable[Any], *, reader: Reader, at: datetime) -> None:
    """Write down those of the rows that reach a circle or the persons named, if there are any.

    Who may read only what anyone may read has read none, and costs no query.
    """
    if register.marked_by is None or not (reader.is_within or reader.person):
        return
    if isinstance(rows, QuerySet) and not rows.query.is_sliced:
        rows = rows.filter(of_reaches(register.marked_by, LOGGED))
    listed: list[RecordedRow] = list(rows)
    if not listed:
        return
    pairs = list(zip(listed, markings_of(register, listed), strict=True))
    kept = [(row, marking) for row, marking in pairs if marking.reach in LOGGED]
    first = str(kept[0][0]) if kept else ""
    log_read(
        reader,
        kind=register.name,
        title=first if len(kept) == 1 else register.title,
        markings=[marking for _, marking in kept],
        entries=[str(row.entry) for row, _ in kept],
        at=at,
    )


def log_events_read(events: Iterable[Told], *, reader: Reader, at: datetime) -> None:
    """Write down those of a timeline's events whose rows reach a circle or the persons named."""
    rows: dict[str, dict[int, RecordedRow]] = {}
    for event in events:
        if isinstance(event.row, RecordedRow):
            rows.setdefault(event.register, {})[event.row.pk] = event.row
    for name, listed in rows.items():
        log_rows_read(register_named(name), listed.values(), reader=reader, at=at)

"""What happened, event by event, as a reader may be told it: facts, no persons and no reasons."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse

from engross.apps.audit.models import Event
from engross.apps.audit.queries import events_after, latest_event_id
from engross.apps.exchange.queries.told import TELLERS, Change, told
from engross.apps.registers.models import ImportRun, RecordedRow
from engross.apps.registers.queries import in_batches, may_read_rows, readable_rows
from engross.apps.registers.registers import Register, register_named
from engross.core.access import Reader
from engross.core.exchange import Kind, seen_as

_OF_ENTRIES = ("register.record", "register.correct", "register.withdraw")
_IMPORT = "register.import"
ACTIONS = (*_OF_ENTRIES, _IMPORT, *TELLERS)


@dataclass(frozen=True)
class Wanted:
    """Which changes somebody wants; nothing named means all.

    Where registers are named, what is no register's is wanted only by its kind.
    """

    registers: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()

    def has(self, change: Change) -> bool:
        """Say whether a change is among them."""
        if self.kinds and change.kind not in self.kinds:
            return False
        if not self.registers or change.register in self.registers:
            return True
        return not change.register and bool(self.kinds)


def changes_after(position: int, *, most: int, reader: Reader) -> tuple[list[Change], int]:
    """Return the next changes after a position, and the position up to which this tells them all.

    So many events are looked at; those that the reader is not told of leave fewer changes.
    """
    until = latest_event_id()
    # The reason, the source and who did it are not even fetched.
    fields = ("id", "happened_at", "action", "subject", "details")
    events = events_after(position).filter(pk__lte=until, action__in=ACTIONS).only(*fields)
    listed = list(events[:most])
    reached = listed[-1].pk if len(listed) == most else until
    return list(changes_of(listed, reader=reader)), reached


def changes_of(events: Sequence[Event], *, reader: Reader) -> Iterator[Change]:
    """Return what a reader is told of events, in their order."""
    entries = _of_entries([each for each in events if each.action in _OF_ENTRIES], reader)
    for event in events:
        change = entries.get(event.pk)
        if event.action == _IMPORT:
            change = _of_import(event, reader)
        elif event.action in TELLERS:
            change = TELLERS[event.action](event, reader)
        if change is not None:
            yield change


def change_at(position: int, *, reader: Reader) -> Change | None:
    """Return the change at a position; None if there is none that the reader is told of."""
    return changes_at([position], reader=reader).get(position)


def changes_at(positions: Collection[int], *, reader: Reader) -> dict[int, Change]:
    """Return the changes at some positions that the reader is told of, by their positions."""
    events = Event.objects.filter(pk__in=positions, action__in=ACTIONS).order_by("pk")
    return {each.position: each for each in changes_of(list(events), reader=reader)}


def rows_changed(change: Change, *, reader: Reader) -> Any:
    """Return the rows that an import brought, of those that the reader may read, in their order."""
    event = Event.objects.get(pk=change.position)
    return _imported(register_named(change.register), event, reader).order_by("pk")


def _of_entries(events: Iterable[Event], reader: Reader) -> Mapping[int, Change]:
    """Return by position what a reader is told of single rows; a query or two a register."""
    asked: dict[str, list[tuple[Event, uuid.UUID]]] = defaultdict(list)
    for event in events:
        name, _, entry = event.subject.partition("/")
        try:
            asked[name].append((event, uuid.UUID(entry)))
        except ValueError:  # it was erased
            continue
    return {
        change.position: change
        for name, own in asked.items()
        if (register := _register(name))
        for change in _of_rows(register, own, reader)
    }


def _register(name: str) -> Register | None:
    try:
        return register_named(name)
    except LookupError:  # it is not kept any more
        return None


def _of_rows(
    register: Register, asked: Sequence[tuple[Event, uuid.UUID]], reader: Reader
) -> Iterator[Change]:
    before, after = _sides(register, {entry for _, entry in asked}, reader)
    for event, entry in asked:
        mark = (entry, event.happened_at)
        if kind := seen_as(before=mark in before, after=mark in after):
            href = reverse("registers:entry", args=[register.name, entry])
            yield told(event, kind, href, register=register.name, entry=str(entry))


Marks = set[tuple[uuid.UUID, datetime | None]]


def _sides(register: Register, entries: set[uuid.UUID], reader: Reader) -> tuple[Marks, Marks]:
    """Return which rows that a reader may read ended when, and which began when."""
    before: Marks = set()
    after: Marks = set()
    related = [column.name for column in register.references] if register.marked_by else []
    for batch in _batches(entries):
        rows: Any = register.model.objects.filter(entry__in=batch).order_by("pk")
        listed: list[RecordedRow] = list(rows.select_related(*related))
        for row, is_allowed in zip(listed, may_read_rows(register, listed, reader), strict=True):
            if is_allowed:
                after.add((row.entry, row.recorded_at))
                before.add((row.entry, row.superseded_at))
    return before, after


def _batches(entries: set[uuid.UUID]) -> Iterator[list[uuid.UUID]]:
    known = {each.int: each for each in entries}
    for batch in in_batches(known):
        yield [known[each] for each in batch]


def _of_import(event: Event, reader: Reader) -> Change | None:
    register = _register(event.subject)
    if register is None:
        return None
    count = event.details.get("added", 0) + event.details.get("corrected", 0)
    if register.marked_by is not None and not reader.handles_all:
        count = _imported(register, event, reader).count()
    if not count:
        return None
    href = reverse("registers:list", args=[register.name])
    return told(event, Kind.IMPORTED, href, register=register.name, count=count)


def _imported(register: Register, event: Event, reader: Reader) -> Any:
    run = ImportRun.objects.filter(
        register=register.name, imported_at=event.happened_at,
        sha256=event.details.get("sha256", ""), file_name=event.details.get("file", ""),
    )  # fmt: skip
    condition: Q = readable_rows(register, reader)
    rows: Any = register.model.objects.filter(import_run__in=run.values("pk"))
    return rows.filter(condition)

"""Which rows were touched since a source was read: told by the events of the audit."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Q

from engross.apps.audit.queries import events_after
from engross.apps.registers.registers import register_named
from engross.apps.search.registers import HappeningSource, RegisterSource, all_sources

TEXT_ACTIONS = ("text.", "release.publish")
# Rows are written, and persons named who may read one.
ROW_ACTIONS = ("register.", "reader.")


class Noticed(NamedTuple):
    """An event as a source takes it: its position, and what it was done to."""

    position: int
    action: str
    subject: str
    happened_at: datetime


@dataclass
class Touched:
    """What events did to one register: entries one by one, and the moments of imports."""

    entries: set[uuid.UUID] = field(default_factory=set)
    moments: set[datetime] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.entries or self.moments)

    @property
    def condition(self) -> Q:
        """The condition for the rows that were written or closed."""
        at = sorted(self.moments)
        return Q(entry__in=sorted(self.entries)) | Q(recorded_at__in=at) | Q(superseded_at__in=at)


def noticed_after(position: int, *, most: int | None = None) -> list[Noticed]:
    """Return what happened after a position that may change an entry, oldest first."""
    told = Q()
    own = {each for source in happening_sources() for each in source.actions}
    for action in (*TEXT_ACTIONS, *ROW_ACTIONS, *sorted(own)):
        told |= Q(action__startswith=action)
    events = events_after(position).filter(told)
    rows = events.values_list("pk", "action", "subject", "happened_at")
    return [Noticed(*row) for row in (rows if most is None else rows[:most])]


def happening_sources() -> list[HappeningSource]:
    """Return the sources of what stands in no register."""
    return [source for source in all_sources() if isinstance(source, HappeningSource)]


def things_touched(source: HappeningSource, events: Iterable[Noticed]) -> set[str]:
    """Return the keys of a source's things of which events tell something."""
    return {
        named_by(event)[1]
        for event in events
        if named_by(event)[0] == source.subject and event.action.startswith(source.actions)
    }


def named_by(event: Noticed) -> tuple[str, str]:
    """Return the register that an event is about and the entry, if it is about one."""
    register, entry = [*event.subject.replace("/", " ").split(" ", 1), ""][:2]
    return register, entry


def touched_registers(events: Iterable[Noticed]) -> dict[str, Touched]:
    """Return by register what events did to it; what is no register's is not in it."""
    found: dict[str, Touched] = {}
    for event in events:
        register, entry = named_by(event)
        touched = found.setdefault(register, Touched())
        try:
            touched.entries.add(uuid.UUID(entry))
        except ValueError:
            touched.moments.add(event.happened_at)
    return found


def touches_text(events: Iterable[Noticed]) -> bool:
    """Say whether one of the events changed the text of the code."""
    return any(event.action.startswith(TEXT_ACTIONS) for event in events)


def entries_touched(source: RegisterSource, events: Sequence[Noticed]) -> set[uuid.UUID]:
    """Return the entries of a source's register of which something else is to be told now."""
    main: Any = source.declared.model.objects
    touched = touched_registers(events)
    found: set[uuid.UUID] = set()
    if own := touched.get(source.register):
        found |= set(main.filter(own.condition).values_list("entry", flat=True))
        found |= own.entries
    for register, column in source.also:
        if other := touched.get(register):
            found |= set(_entries_beside(main, register, column, other))
    return found


def _entries_beside(main: Any, register: str, column: str, touched: Touched) -> Sequence[uuid.UUID]:
    """Return the entries whose column refers to what the touched rows of another one do."""
    rows: Any = register_named(register).model.objects
    subjects = rows.filter(touched.condition).order_by().values(f"{column}_id")
    entries: Sequence[uuid.UUID] = main.filter(**{f"{column}_id__in": subjects}).values_list(
        "entry", flat=True
    )
    return entries

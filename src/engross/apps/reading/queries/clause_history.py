"""What became of one clause: each wording and place that it has had, since when, and by what."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from dataclasses import replace as with_other
from datetime import date
from typing import Any, Literal

from msgspec.structs import replace

from engross.apps.legaltext.models import DocumentVersion
from engross.apps.legaltext.queries.history import HistoryEntry, provision_histories
from engross.apps.reading.queries.clause_causes import Cause, clause_causes
from engross.core.access import Reader
from engross.core.legaltext.numbers.addresses import Address
from engross.core.legaltext.provisions import Provision, body_of, root_label

Happened = Literal["appeared", "reworded", "renumbered", "moved", "taken away", "came back"]
DEEPEST = 40  # clauses above a clause; no code is as deep, and no ring of parents is endless


@dataclass(frozen=True)
class ClauseStep:
    """A clause as it stood from one day until another, and what made it so.

    `provision` bears its number then. `happened` says how it differs from the step before;
    `because` is the cause. `is_gone` is a time in which it did not stand in the text.
    """

    since: date
    until: date | None
    address: Address
    provision: Provision
    happened: tuple[Happened, ...]
    because: Cause
    reason: str = ""
    is_gone: bool = False


@dataclass(frozen=True)
class ClauseHistory:
    """The steps of a clause, the first one first, and what of it was once known and taken back."""

    provision: str
    steps: tuple[ClauseStep, ...]
    corrected: tuple[HistoryEntry, ...]


def clause_history(ident: str, reader: Reader) -> ClauseHistory | None:
    """Return what became of a provision by its permanent id; None where there never was one.

    A clause that bears another number because one above it was renumbered has a step for that.
    """
    entries = _with_those_above(ident)
    own = [each for each in entries if each.provision == ident]
    if not own:
        return None
    known = [each for each in entries if each.closed_at is None]
    telling = _Telling(ident, known, reader)
    closed = tuple(each for each in own if each.closed_at is not None)
    return ClauseHistory(ident, tuple(telling.steps()), closed)


def _with_those_above(ident: str) -> list[HistoryEntry]:
    """Return the histories of a provision and of all it ever stood under: one query a level."""
    found: list[HistoryEntry] = []
    seen: set[str] = set()
    level = {ident}
    while level and len(seen) < DEEPEST:
        entries = provision_histories(sorted(level), with_closed=True)
        found += entries
        seen |= level
        level = {each.placed.parent for each in entries if each.placed.parent} - seen
    return found


class _Telling:
    def __init__(self, ident: str, known: Sequence[HistoryEntry], reader: Reader) -> None:
        self.ident = ident
        self.entries: dict[str, list[HistoryEntry]] = {}
        for each in known:
            self.entries.setdefault(each.provision, []).append(each)
        self.names = _names({each.document_row for each in known})
        versions = {name for each in known for name in (each.version, each.ended_by) if name}
        said = {body_of(each.wording) for each in self.entries.get(ident, ())}
        self.causes = clause_causes(versions, set(self.entries), said, reader)

    def steps(self) -> Iterator[ClauseStep]:
        """Yield the steps in the order of their days."""
        before: ClauseStep | None = None
        for day in self._days():
            step = self._step(day, before)
            if step is None:
                continue
            if before is not None:
                yield with_other(before, until=day)
            before = step
        if before is not None:
            last = self.entries[self.ident][-1].effective_until
            yield before if before.is_gone else with_other(before, until=last)

    def _days(self) -> list[date]:
        ends = {each.effective_until for each in self.entries.get(self.ident, ())} - {None}
        begun = {each.effective_from for listed in self.entries.values() for each in listed}
        return sorted(begun | {day for day in ends if day})

    def _step(self, day: date, before: ClauseStep | None) -> ClauseStep | None:
        own = _holding(self.entries.get(self.ident, ()), day)
        if own is None:
            return self._gone(day, before)
        provision = replace(own.wording, number=self._number(own, day))
        document = _name_on(self.names.get(own.document_row, ()), day) or own.document
        address = Address(document, provision.number)
        happened = tuple(_happened(before, provision, address, own, self._last(day)))
        if not happened:
            return None
        by = own.version if own.effective_from == day else self._made_above(own, day)
        reason = own.reason if own.effective_from == day else ""
        return ClauseStep(day, None, address, provision, happened, self.causes[by], reason)

    def _gone(self, day: date, before: ClauseStep | None) -> ClauseStep | None:
        if before is None or before.is_gone:
            return None
        ended = [each for each in self.entries[self.ident] if each.effective_until == day]
        by = self.causes[ended[-1].ended_by if ended else ""]
        provision = before.provision
        return ClauseStep(day, None, before.address, provision, ("taken away",), by, "", True)

    def _last(self, day: date) -> HistoryEntry | None:
        """Return how the clause stood just before a day."""
        earlier = [each for each in self.entries[self.ident] if each.effective_from < day]
        return earlier[-1] if earlier else None

    def _number(self, entry: HistoryEntry, day: date, depth: int = 0) -> str:
        """Return the whole number that a placement bears on a day."""
        label, begins = entry.placed.label, entry.placed.begins
        return self._stem(entry, day, depth) + label if begins else label

    def _stem(self, entry: HistoryEntry, day: date, depth: int) -> str:
        above = _holding(self.entries.get(entry.placed.parent or "", ()), day)
        if above is None or depth > DEEPEST:
            return root_label(_name_on(self.names.get(entry.document_row, ()), day))
        return self._number(above, day, depth + 1) or self._stem(above, day, depth + 1)

    def _made_above(self, entry: HistoryEntry, day: date) -> str:
        """Return the version that changed something above a clause on a day."""
        above = _holding(self.entries.get(entry.placed.parent or "", ()), day)
        if above is None:
            return ""
        return above.version if above.effective_from == day else self._made_above(above, day)


def _happened(
    before: ClauseStep | None,
    provision: Provision,
    address: Address,
    own: HistoryEntry,
    last: HistoryEntry | None,
) -> Iterator[Happened]:
    if before is None:
        yield "appeared"
        return
    if before.is_gone:
        yield "came back"
    if body_of(before.provision) != body_of(provision):
        yield "reworded"
    elsewhere = last is not None and (last.placed.parent, last.placed.rank) != (
        own.placed.parent,
        own.placed.rank,
    )
    if elsewhere or before.address.document != address.document:
        yield "moved"
    elif before.address.number != address.number:
        yield "renumbered"


def _holding(entries: Iterable[HistoryEntry], day: date) -> HistoryEntry | None:
    return next(
        (
            each
            for each in entries
            if each.effective_from <= day
            and (each.effective_until is None or day < each.effective_until)
        ),
        None,
    )


Named = tuple[date, date | None, str]


def _names(documents: set[int]) -> dict[int, list[Named]]:
    """Return what documents were called from when until when: one query."""
    rows: Any = DocumentVersion.objects.known_at(None).filter(document__in=documents)
    found: dict[int, list[Named]] = {}
    fields = ("document_id", "effective_from", "effective_until", "name")
    for document, since, until, name in rows.order_by("effective_from").values_list(*fields):
        found.setdefault(document, []).append((since, until, name))
    return found


def _name_on(names: Iterable[Named], day: date) -> str:
    return next(
        (name for since, until, name in names if since <= day and (until is None or day < until)),
        "",
    )

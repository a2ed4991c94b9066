"""What happened to proposals: the moves made, as registers have them now, and what only those say.

A register is what is known. Where somebody corrected there the day or the stage that a move wrote,
the move happened on that day and led to that stage; what was written of it as it was made stays in
its own row.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from engross.apps.proposals.models import (
    MoveMade,
    ProposalDetails,
)
from engross.apps.proposals.registers import (
    assessments,
    decisions,
    proposal_holds,
    proposal_stages,
)
from engross.apps.proposals.registers.moved import (
    DAYS,
    ON_HOLD,
    day_written,
    deeds,
    moves_behind,
)
from engross.apps.registers.queries import RowsAbout, active_code
from engross.apps.registers.registers import Register
from engross.core.proposals.framework.states import Event

# What is on record without a move comes before the moves of its day.
RECORDED = -1_000_000_000
# What a register alone says of the end of something that a move began comes after those moves.
AFTER_MOVES = 1_000_000_000


@dataclass(frozen=True)
class Happened:
    """What happened to proposals, by their row numbers.

    `moves` are the rows of moves made, in order; `undone` the row numbers of those taken back.
    As known at a moment, or now. `about` has what registers hold of the one proposal, if a caller
    has read it.
    """

    details: Mapping[int, ProposalDetails]
    moves: Mapping[int, list[MoveMade]]
    known_at: datetime | None = None
    about: RowsAbout | None = None

    @cached_property
    def undone(self) -> frozenset[int]:
        """The row numbers of moves that were taken back."""
        rows = (row for own in self.moves.values() for row in own)
        return frozenset(row.undoes_id for row in rows if row.undoes_id)

    def last_number(self, proposal: int) -> int:
        """Return the number of a proposal's last row among the moves made; 0 if there is none."""
        own = self.moves.get(proposal)
        return own[-1].number if own else 0

    def counted(self, proposal: int) -> list[MoveMade]:
        """Return the moves of a proposal that were not taken back, in order."""
        own = self.moves.get(proposal, ())
        return [row for row in own if not row.undoes_id and row.pk not in self.undone]


def moves_made(
    details: Mapping[int, ProposalDetails],
    *,
    known_at: datetime | None = None,
    about: RowsAbout | None = None,
) -> Happened:
    """Return the moves made with proposals, in order; those known of at a moment, if one is given.

    `about` is what a caller has read of one proposal: it is not read again.
    """
    found: dict[int, list[MoveMade]] = {}
    known_at = about.known_at if about else known_at
    if about is None or about.is_named_in(MoveMade):
        rows = MoveMade.objects.filter(proposal__in=details)
        rows = rows.filter(made_at__lte=known_at) if known_at else rows
        for row in rows.order_by("proposal", "number"):
            found.setdefault(row.proposal_id, []).append(row)
    return Happened(details, found, known_at, about)


def events_of(happened: Happened, *, on: date) -> dict[int, list[Event]]:
    """Return every proposal's events by the end of a day; what was taken back is not among them."""
    registered = _Registered(happened)
    found: dict[int, list[Event]] = {pk: [] for pk in happened.details}
    for pk, row in happened.details.items():
        found[pk] += _moved(happened.counted(pk), row, registered)
    for pk, event in (*_stages_recorded(registered), *_spells(registered)):
        found[pk].append(event)
    return {pk: [event for event in events if event.on <= on] for pk, events in found.items()}


class _Registered:
    """The rows of registers that moves may have written, as known now, and what moves wrote.

    `written` tells of each row, by its lasting id, which of its days moves wrote, and the number
    of the move that wrote it last.
    """

    def __init__(self, happened: Happened) -> None:
        self._happened = happened
        self.written: dict[str, dict[str, int]] = {}
        self._kept_in: set[str] = set()
        for pk in happened.moves:
            for row in happened.counted(pk):
                deed = deeds().get(row.move, "")
                for note in row.written:
                    self._kept_in.add(note["register"])
                    fields = self.written.setdefault(note["entry"], {})
                    fields[day_written(note["register"], deed)] = row.number

    def _rows(self, register: Register, *fields: str, order: str = "pk") -> list[Any]:
        """Return plain rows, with the fields that are asked of them: a model of each costs more."""
        about = self._happened.about
        if about is not None:
            return sorted(about.rows(register), key=lambda row: _in_order(row, order))
        rows: Any = register.model.objects.known_at(self._happened.known_at)
        found = rows.filter(proposal__in=self._happened.details).order_by(order, "pk")
        return list(found.values_list("proposal_id", "entry", *fields, named=True))

    @cached_property
    def stages(self) -> list[Any]:
        """The stages entered, in order of days."""
        return self._rows(proposal_stages, "stage", "moved_on", order="moved_on")

    @cached_property
    def assessments(self) -> list[Any]:
        """The assessments."""
        return self._rows(assessments, "kind", "accepted_on", "returned_on")

    @cached_property
    def holds(self) -> list[Any]:
        """The times on hold."""
        return self._rows(proposal_holds, "held_from", "held_until")

    @cached_property
    def by_entry(self) -> Mapping[str, Any]:
        """Every row that a move wrote, by its lasting id."""
        rows: list[Any] = [*self.stages, *self.assessments, *self.holds]
        rows += self._rows(decisions, "decided_on") if "decisions" in self._kept_in else []
        return {str(row.entry): row for row in rows if str(row.entry) in self.written}


def _in_order(row: Any, field: str) -> tuple[Any, int]:
    value = getattr(row, field)
    return (date.min if value is None else value), row.pk


def _moved(
    moves: list[MoveMade], details: ProposalDetails, registered: _Registered
) -> Iterator[Event]:
    chose = [row for row in moves if row.route]
    for row in moves:
        notes = {note["register"]: note for note in row.written}
        route = details.route if chose and row is chose[-1] else row.route
        yield Event(
            row.number, _day_of(row, notes, registered), row.move,
            stage=_stage_of(row, notes, registered), route=route,
        )  # fmt: skip


def _day_of(row: MoveMade, notes: Mapping[str, Any], registered: _Registered) -> date:
    """Return on which day a move was made, as the register has it that it wrote."""
    deed = deeds().get(row.move, "") if notes else ""
    for register in DAYS:
        field = day_written(register, deed) if register in notes else ""
        if field:
            kept = registered.by_entry.get(notes[register]["entry"])
            return getattr(kept, field, None) or row.made_on
    return row.made_on


def _stage_of(row: MoveMade, notes: Mapping[str, Any], registered: _Registered) -> str:
    note = notes.get("proposal-stages")
    kept = registered.by_entry.get(note["entry"]) if note else None
    return str(kept.stage) if kept else row.stage


def _stages_recorded(registered: _Registered) -> Iterable[tuple[int, Event]]:
    order = {
        option.key: option.number("order") for option in active_code().options("proposal_stages")
    }
    for row in registered.stages:
        if str(row.entry) not in registered.written:
            place = RECORDED + order.get(row.stage, 0)
            yield row.proposal_id, Event(place, row.moved_on or date.min, stage=row.stage)


def _spells(registered: _Registered) -> Iterable[tuple[int, Event]]:
    """Yield assessments and holds that no move wrote, as the moves that they must have been."""
    named = moves_behind()
    for each in registered.assessments:
        moves = [named.get((each.kind, does), "") for does in ("accepted", "returned")]
        yield from _spell(each, ("accepted_on", "returned_on"), moves, registered)
    for hold in registered.holds:
        moves = [named.get((ON_HOLD, does), "") for does in ("set", "cleared")]
        yield from _spell(hold, ("held_from", "held_until"), moves, registered)


def _spell(
    row: Any, ends: tuple[str, str], moves: list[str], registered: _Registered
) -> Iterable[tuple[int, Event]]:
    """Yield the ends of a spell that no move wrote; an end follows the move that began it."""
    written = registered.written.get(str(row.entry), {})
    begun_by_move = ends[0] in written
    for place, (field, move) in enumerate(zip(ends, moves, strict=True)):
        day = getattr(row, field)
        if day is not None and move and field not in written:
            number = (AFTER_MOVES if begun_by_move else RECORDED) + 100 + place
            yield row.proposal_id, Event(number, day, move)

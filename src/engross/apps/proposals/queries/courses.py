"""Where proposals stand in the code's framework: told from what is recorded and the moves made."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from engross.apps.dates.queries import calendar_of_the_code
from engross.apps.proposals.models import (
    Assessment,
    HoldSpell,
    MoveMade,
    Proposal,
    ProposalDetails,
    StageMove,
)
from engross.apps.proposals.queries.facts import facts_of
from engross.apps.registers.queries import active_code
from engross.core.proposals.framework.deadlines import Deadline, deadline_of, deadlines_of
from engross.core.proposals.framework.facts import Fact
from engross.core.proposals.framework.rules import Framework, Frameworks
from engross.core.proposals.framework.states import Event, State, state_after

if TYPE_CHECKING:  # The tables of holidays take long to load.
    from engross.core.dates.working_days import WorkingDayCalendar

# Marks that the platform knows: it keeps them in registers of their own.
URGENT, ON_HOLD, PART = "urgent", "on-hold", "part"
# What is on record without a move comes before the moves of its day.
RECORDED = -1_000_000_000


def frameworks() -> Frameworks:
    """Return the frameworks that the active code has had."""
    return _frameworks_of(active_code().key)


@cache
def _frameworks_of(code_key: str) -> Frameworks:
    return Frameworks(active_code())


@dataclass(frozen=True)
class Course:
    """A proposal in its framework: what happened to it, and where it stands.

    `last_move` is the number of its last row among the moves made, 0 if there is none: a form
    carries it, so that two people at once are told of each other.
    """

    proposal: Proposal
    details: ProposalDetails
    events: tuple[Event, ...]
    state: State
    facts: tuple[Fact, ...]
    last_move: int

    def framework(self, on: date) -> Framework:
        """Return the framework in force on a day."""
        return frameworks().on(on)

    def deadlines(
        self, on: date, *, calendar: "WorkingDayCalendar | None" = None
    ) -> list[Deadline]:
        """Return the deadlines of what runs against it on a day; a calendar spares its query."""
        return deadlines_of(self.state, self.framework(on), code=active_code(),
                            calendar=calendar or calendar_of_the_code(), on=on)  # fmt: skip

    def due_days(self, on: date) -> dict[str, date | None]:
        """Return for each of its clocks, ended ones too, the day on which its target is reached."""
        framework, calendar = self.framework(on), calendar_of_the_code()
        return {
            key: deadline_of(framework.clocks[key], clock, code=active_code(), calendar=calendar,
                             on=on).due_on
            for key, clock in self.state.clocks.items() if key in framework.clocks
        }  # fmt: skip


def course_of(proposal: Proposal, *, on: date, with_facts: bool = True) -> Course | None:
    """Return a proposal in its framework by the end of a day; None if nothing is recorded of it."""
    return courses_of([proposal.pk], on=on, with_facts=with_facts).get(proposal.pk)


def courses_of(
    proposals: Collection[int], *, on: date, with_facts: bool = True
) -> dict[int, Course]:
    """Return many proposals in their framework by the end of a day, by row number.

    Asks a constant number of questions, besides those of the sources of facts. Where it stands
    is told without facts too; which moves are open is not.
    """
    details: dict[int, Any] = {
        row.proposal_id: row
        for row in ProposalDetails.objects.known_at(None)
        .filter(proposal__in=proposals)
        .select_related("proposal", "parent")
    }
    moves = _grouped(MoveMade.objects.filter(proposal__in=details, made_on__lte=on))
    events = _events(details, moves, on)
    facts = facts_of(details, on=on) if with_facts else dict.fromkeys(details, ())
    return {
        pk: Course(
            proposal=row.proposal,
            details=row,
            events=tuple(events[pk]),
            state=state_after(frameworks(), events[pk], begins=_beginning(row, moves.get(pk, ()))),
            facts=(*_own_facts(row), *facts[pk]),
            last_move=moves[pk][-1].number if moves.get(pk) else 0,
        )
        for pk, row in details.items()
    }


def _grouped(rows: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows.order_by("proposal", "number"):
        found.setdefault(row.proposal_id, []).append(row)
    return found


def _beginning(row: ProposalDetails, moves: Iterable[MoveMade]) -> State:
    """Return what is known of a proposal besides its events: route, urgency, whether a part."""
    rules = [frameworks().on(move.made_on).moves.get(move.move) for move in moves]
    set_by_moves = {mark for rule in rules if rule for mark in rule.sets}
    marks = {URGENT} if row.is_urgent and URGENT not in set_by_moves else set()
    marks |= {PART} if row.parent_id else set()
    return State(route=row.route, marks=frozenset(marks))


def _own_facts(row: ProposalDetails) -> list[Fact]:
    if not row.summary.strip():
        return []
    return [Fact("problem-statement", row.raised_on or date.min)]


def _events(
    details: Mapping[int, Any], moves: Mapping[int, list[Any]], on: date
) -> dict[int, list[Event]]:
    """Return every proposal's events: its moves, and what registers say that no move wrote."""
    found: dict[int, list[Event]] = {pk: [] for pk in details}
    written = _written(moves)
    for pk, rows in moves.items():
        number_of = {row.pk: row.number for row in rows}
        found[pk] += [
            Event(row.number, row.made_on, row.move, stage=row.stage, route=row.route,
                  undoes=number_of.get(row.undoes_id, 0))
            for row in rows
        ]  # fmt: skip
    for pk, event in (*_stages_recorded(details, written, on), *_spells(details, written, on)):
        found[pk].append(event)
    return found


def _written(moves: Mapping[int, list[Any]]) -> dict[str, Any]:
    """Return the entries of registers that moves wrote, without those that were taken back."""
    undone = {row.undoes_id for rows in moves.values() for row in rows}
    return {
        note["entry"]: note
        for rows in moves.values()
        for row in reversed(rows)
        if row.pk not in undone
        for note in row.written
    }


def _stages_recorded(
    details: Mapping[int, Any], written: Mapping[str, Any], on: date
) -> Iterable[tuple[int, Event]]:
    rows = StageMove.objects.known_at(None).filter(proposal__in=details)
    order = {
        option.key: option.number("order") for option in active_code().options("proposal_stages")
    }
    for pk, entry, stage, day in rows.order_by("moved_on", "pk").values_list(
        "proposal_id", "entry", "stage", "moved_on"
    ):
        if str(entry) not in written and (day is None or day <= on):
            place = RECORDED + order.get(stage, 0)
            yield pk, Event(place, day or date.min, stage=stage)


def _spells(
    details: Mapping[int, Any], written: Mapping[str, Any], on: date
) -> Iterable[tuple[int, Event]]:
    """Yield assessments and holds that no move wrote, as the moves that they must have been."""
    named = _moves_behind()
    for each in Assessment.objects.known_at(None).filter(proposal__in=details):
        moves = [named.get((each.kind, does), "") for does in ("accepted", "returned")]
        yield from _spell(each, ("accepted_on", "returned_on"), moves, written, on)
    for hold in HoldSpell.objects.known_at(None).filter(proposal__in=details):
        moves = [named.get((ON_HOLD, does), "") for does in ("set", "cleared")]
        yield from _spell(hold, ("held_from", "held_until"), moves, written, on)


def _spell(
    row: Any, ends: tuple[str, str], moves: list[str], written: Mapping[str, Any], on: date
) -> Iterable[tuple[int, Event]]:
    note = written.get(str(row.entry))
    for place, (field, move) in enumerate(zip(ends, moves, strict=True)):
        day = getattr(row, field)
        if note is not None:
            kept = (note.get("before") or {}).get(field)
            day = date.fromisoformat(kept) if kept else None
        if day is not None and day <= on and move:
            yield row.proposal_id, Event(RECORDED + 100 + place, day, move)


@cache
def _moves_behind() -> dict[tuple[str, str], str]:
    """Return the moves of the code that stand behind rows of registers."""
    found: dict[tuple[str, str], str] = {}
    for option in active_code().options("proposal_moves"):
        if option.text("assessment"):
            found[option.text("assessment"), option.text("assessment_event")] = option.key
        for key, does in (("sets", "set"), ("clears", "cleared")):
            if ON_HOLD in option.texts(key):
                found[ON_HOLD, does] = option.key
    return found

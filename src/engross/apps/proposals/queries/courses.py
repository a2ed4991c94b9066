"""Where proposals stand in the code's framework: told from what is recorded and the moves made."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from engross.apps.dates.queries import calendar_of_the_code
from engross.apps.proposals.models import MoveMade, Proposal, ProposalDetails
from engross.apps.proposals.queries.events import Happened, events_of, moves_made
from engross.apps.proposals.queries.facts import facts_of
from engross.apps.proposals.registers import proposals
from engross.apps.registers.queries import RowsAbout, active_code
from engross.core.proposals.framework.deadlines import Deadline, deadline_of, deadlines_of
from engross.core.proposals.framework.facts import Fact
from engross.core.proposals.framework.rules import Framework, Frameworks, MoveRule
from engross.core.proposals.framework.states import Event, State, state_after

if TYPE_CHECKING:  # The tables of holidays take long to load.
    from engross.core.dates.working_days import WorkingDayCalendar

# Marks that the platform knows: the register of proposals keeps them.
URGENT, PART = "urgent", "part"


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
    asked: Collection[int],
    *,
    on: date,
    with_facts: bool = True,
    known_at: datetime | None = None,
) -> dict[int, Course]:
    """Return many proposals in their framework by the end of a day, by row number.

    `known_at` asks for what was known at a moment; what is on file is always told as known now.
    Asks a constant number of questions, besides those of the sources of facts. Where it stands
    is told without facts too; which moves are open is not.
    """
    details: dict[int, Any] = {
        row.proposal_id: row
        for row in ProposalDetails.objects.known_at(known_at)
        .filter(proposal__in=asked)
        .select_related("proposal", "parent")
    }
    facts = facts_of(details, on=on) if with_facts else dict.fromkeys(details, ())
    return _courses(moves_made(details, known_at=known_at), facts, on)


def course_about(about: RowsAbout, *, on: date) -> Course | None:
    """Return a proposal in its framework by the end of a day, without what is on file.

    As known then, if `about` is what was known at a moment. Nothing that has been read of it is
    read again.
    """
    details = {row.proposal_id: row for row in about.rows(proposals)
               if row.proposal_id == about.identity.pk}  # fmt: skip
    happened = moves_made(details, about=about)
    return _courses(happened, dict.fromkeys(details, ()), on).get(about.identity.pk)


def _courses(
    happened: Happened, facts: Mapping[int, tuple[Fact, ...]], on: date
) -> dict[int, Course]:
    events = events_of(happened, on=on)
    return {
        pk: Course(
            proposal=row.proposal,
            details=row,
            events=tuple(events[pk]),
            state=_state(row, happened.counted(pk), events[pk]),
            facts=(*_own_facts(row), *facts[pk]),
            last_move=happened.last_number(pk),
        )
        for pk, row in happened.details.items()
    }


def _state(row: ProposalDetails, moves: Sequence[MoveMade], events: Sequence[Event]) -> State:
    """Return where a proposal stands after its events.

    Whether it is urgent is what its row says once all its moves that tell of that are among them.
    """
    urgency = {event.number: rule.sets for event, rule in _ruled(moves)
               if URGENT in rule.sets | rule.clears}  # fmt: skip
    begins = State(
        route=row.route,
        marks=frozenset(({URGENT} if row.is_urgent and not urgency else set())
                        | ({PART} if row.parent_id else set())),
    )  # fmt: skip
    state = state_after(frameworks(), events, begins=begins)
    if urgency and urgency.keys() <= {event.number for event in events}:
        others = state.marks - {URGENT}
        state = replace(state, marks=others | {URGENT} if row.is_urgent else others)
    return state


def _ruled(moves: Iterable[MoveMade]) -> Iterable[tuple[MoveMade, MoveRule]]:
    rules = ((row, frameworks().on(row.made_on).moves.get(row.move)) for row in moves)
    return ((row, rule) for row, rule in rules if rule)


def _own_facts(row: ProposalDetails) -> list[Fact]:
    if not row.summary.strip():
        return []
    return [Fact("problem-statement", row.raised_on or date.min)]

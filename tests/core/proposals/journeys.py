"""A proposal walked through a code's framework, for tests: what is asked must be open."""

from dataclasses import dataclass, field
from datetime import date

from engross.core.codes.codes import Code
from engross.core.dates.working_days import WorkingDayCalendar
from engross.core.proposals.framework.deadlines import Deadline, deadline_of
from engross.core.proposals.framework.facts import Fact
from engross.core.proposals.framework.openings import Asked, reasons_against_move
from engross.core.proposals.framework.rules import Frameworks
from engross.core.proposals.framework.states import Event, State, step
from engross.core.refusals import Reason

ALWAYS = ("problem-statement", "priority")


@dataclass
class Journey:
    """One proposal, its events and its state after them; `facts` are on file from their days."""

    code: Code
    calendar: WorkingDayCalendar
    frameworks: Frameworks
    events: list[Event] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    state: State = field(default_factory=State)

    def file(self, requirement: str, on: date) -> None:
        """Put something on file."""
        self.facts.append(Fact(requirement, on))

    def deadline(self, clock: str, on: date) -> Deadline:
        """Return the deadline of a clock, ended or not."""
        rule = self.frameworks.on(on).clocks[clock]
        running = self.state.clocks[clock]
        return deadline_of(rule, running, code=self.code, calendar=self.calendar, on=on)

    def reasons(
        self, move: str, on: date, *, by: str = "", today: date | None = None
    ) -> list[Reason]:
        """Return what speaks against a move, by whoever may make it unless a role is named."""
        framework = self.frameworks.on(on)
        rule = framework.move(move)
        asked = Asked(
            roles=frozenset([by] if by else rule.by),
            on=on,
            today=today or on,
            facts=(*self.facts, *(Fact(each, date.min) for each in ALWAYS)),
            due={key: self.deadline(key, on).due_on for key in self.state.clocks},
        )
        return list(reasons_against_move(framework, self.state, rule, asked))

    def move(self, move: str, on: date, *, by: str = "", route: str = "", stage: str = "") -> None:
        """Make a move; it must be open."""
        reasons = self.reasons(move, on, by=by)
        assert not reasons, "\n".join(str(each) for each in reasons)
        event = Event(len(self.events) + 1, on, move, stage=stage, route=route)
        self.events.append(event)
        self.state = step(self.frameworks.on(on), self.state, event)

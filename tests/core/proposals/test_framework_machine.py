"""No sequence of moves reaches an illegal state, none gets stuck, told again it is the same."""

from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from engross.core.proposals.framework.consequences import consequences_of, waits_on
from engross.core.proposals.framework.facts import Fact
from engross.core.proposals.framework.openings import fits_stage
from engross.core.proposals.framework.states import Event, State, state_after
from tests.core.proposals.conftest import CALENDAR, CODE, FRAMEWORKS
from tests.core.proposals.journeys import Journey

REQUIREMENTS = sorted(each.key for each in CODE.options("move_requirements"))
ROUTES = sorted(each.key for each in CODE.options("proposal_routes") if not each.flag("is_flag"))
MOVES = sorted({each.key for each in CODE.options("proposal_moves")})
BEGINNINGS = sorted({each.key for each in CODE.options("proposal_moves") if each.flag("starts_it")})


class Proposals(RuleBasedStateMachine):
    """One proposal, moved at random by whoever may, over the changes of the framework."""

    @initialize(start=st.dates(date(2017, 1, 1), date(2026, 6, 1)), data=st.data())
    def raise_it(self, start, data):
        self.journey = Journey(CODE, CALENDAR, FRAMEWORKS)
        self.today = start
        self.states = [State()]
        known = FRAMEWORKS.on(start).moves
        self.journey.file("legal-text", start)
        self.make(data.draw(st.sampled_from([each for each in BEGINNINGS if each in known])), data)

    def make(self, move, data):
        """Make a move if it is open; a move that is refused changes nothing."""
        journey = self.journey
        framework = FRAMEWORKS.on(self.today)
        if move not in framework.moves or journey.reasons(move, self.today):
            return
        asked = framework.moves[move]
        route = data.draw(st.sampled_from(ROUTES)) if asked.asks_route else ""
        stage = "refine" if move == "begin-as-part" else ""
        event = Event(len(journey.events) + 1, self.today, move, stage=stage, route=route)
        told = consequences_of(asked, event, journey.state, framework, code=CODE, calendar=CALENDAR)
        before = journey.state.stage
        journey.move(move, self.today, route=route, stage=stage)
        assert told.state == journey.state, "the preview promised something else"
        self.states.append(journey.state)
        after = journey.state.stage
        if before and after != before and not asked.returns:
            assert after in CODE.option("proposal_stages", before).texts("next")

    @rule(move=st.sampled_from(MOVES), data=st.data())
    def move_it(self, move, data):
        self.make(move, data)

    @rule(data=st.data())
    def move_it_on(self, data):
        """Make one of the moves that are open, so that proposals come far."""
        framework = FRAMEWORKS.on(self.today)
        able = [key for key in framework.moves if not self.journey.reasons(key, self.today)]
        if able:
            self.make(data.draw(st.sampled_from(able)), data)

    @rule(days=st.integers(0, 60))
    def wait(self, days):
        self.today = min(self.today + timedelta(days=days), date(2027, 6, 30))

    @rule(requirement=st.sampled_from(REQUIREMENTS))
    def file(self, requirement):
        self.journey.facts.append(Fact(requirement, self.today))

    @precondition(lambda self: len(self.journey.state.made) > 1)
    @rule()
    def undo(self):
        """Take back the last move: the proposal stands where it stood before it."""
        journey = self.journey
        last = journey.state.last
        assert last is not None
        journey.events.append(Event(len(journey.events) + 1, self.today, undoes=last.number))
        self.states.pop()
        journey.state = state_after(FRAMEWORKS, journey.events)
        assert journey.state == self.states[-1]

    @invariant()
    def told_again_it_is_the_same(self):
        assert state_after(FRAMEWORKS, reversed(self.journey.events)) == self.journey.state

    @invariant()
    def its_stage_is_one_of_the_code_and_never_empty(self):
        stages = {each.key for each in CODE.options("proposal_stages")}
        assert self.journey.state.stage in stages

    @invariant()
    def it_never_gets_stuck(self):
        """Whatever was done, with everything on file and in time somebody can move it on."""
        state, framework = self.journey.state, FRAMEWORKS.on(self.today)
        if CODE.option("proposal_stages", state.stage).flag("is_final"):
            return
        later = Journey(CODE, CALENDAR, FRAMEWORKS, state=state)
        later.facts = [Fact(each, date.min) for each in REQUIREMENTS]
        due = [self.due(clock).due_on for clock in state.clocks]
        day = max(self.today, *(each + timedelta(days=1) for each in due if each), date.min)
        able = [key for key, move in framework.moves.items()
                if fits_stage(framework, state, move) and not later.reasons(key, day)]  # fmt: skip
        assert able, f"nothing can be done with it in {state.stage}, marked {set(state.marks)}"

    @invariant()
    def an_open_proposal_waits_on_somebody(self):
        state, framework = self.journey.state, FRAMEWORKS.on(self.today)
        if framework.stages[state.stage].is_open:
            assert waits_on(state, framework, code=CODE, calendar=CALENDAR, on=self.today)

    def due(self, clock):
        return self.journey.deadline(clock, self.today)


Proposals.TestCase.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
TestProposals = Proposals.TestCase

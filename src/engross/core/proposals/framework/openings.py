"""Which moves are open to somebody, and for the others what speaks against them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from engross.core.proposals.framework.facts import Fact
from engross.core.proposals.framework.rules import Framework, MoveRule
from engross.core.proposals.framework.states import State
from engross.core.refusals import Reason


@dataclass(frozen=True)
class Asked:
    """Who wants to make a move, on which day, and what is known then.

    `roles` are the keys of the roles in which the person acts. `today` is the day of the clock:
    a move may be dated earlier, never later. `due` tells of each clock that runs, or has run,
    the day on which its target is reached, if it can be named.
    """

    roles: frozenset[str]
    on: date
    today: date
    facts: tuple[Fact, ...] = ()
    due: Mapping[str, date | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Opening:
    """A move, and what speaks against making it; with no reasons it is open."""

    move: MoveRule
    reasons: tuple[Reason, ...]

    @property
    def is_open(self) -> bool:
        """Say whether it can be made."""
        return not self.reasons


def openings(framework: Framework, state: State, asked: Asked) -> list[Opening]:
    """Return every move that belongs to this stage and this person, open ones first.

    Moves of other stages, and those that follow on another move that was not made, are left out:
    they are no question here. So are those that only somebody else may make, and those of other
    routes where the route is chosen for good.
    """
    is_route_open = any(
        move.asks_route and fits_stage(framework, state, move) for move in framework.moves.values()
    )
    found = [
        Opening(move, tuple(reasons_against_move(framework, state, move, asked)))
        for move in framework.moves.values()
        if fits_stage(framework, state, move)
        and may_make(move, asked.roles)
        and state.marks.issuperset(move.only)
        and (is_route_open or not move.routes or state.route in move.routes)
    ]
    return sorted(found, key=lambda each: (not each.is_open, each.move.order))


def fits_stage(framework: Framework, state: State, move: MoveRule) -> bool:
    """Say whether a move is made from the stage that a proposal is in."""
    if not state.stage:
        return move.starts_it
    return state.stage in framework.stages_from(move)


def may_make(move: MoveRule, roles: Collection[str]) -> bool:
    """Say whether one of these roles makes a move."""
    return any(role in roles for role in move.by)


def movers(framework: Framework, move: MoveRule) -> str:
    """Return who may make a move, as words: 'the Change Sub-Committee or the Panel'."""
    names = [framework.roles[key].name for key in move.by if key in framework.roles]
    return " or ".join(names) or "nobody"


def reasons_against_move(
    framework: Framework, state: State, move: MoveRule, asked: Asked
) -> Iterator[Reason]:
    """Yield why a move cannot be made now, all reasons at once; none if it can."""
    if not fits_stage(framework, state, move):
        yield _wrong_stage(framework, state, move)
        return
    if not may_make(move, asked.roles):
        yield Reason(f"'{move.name}' is for {movers(framework, move)} to do",
                     "Ask them to do it, or sign in as one of them", move.clause)  # fmt: skip
    if move.routes and state.route not in move.routes:
        yield Reason(f"'{move.name}' is not part of this proposal's route",
                     "Choose a move of its own route, or change the route first",
                     move.clause)  # fmt: skip
    yield from _against_marks(framework, state, move)
    yield from _against_missing(framework, state, move, asked)
    yield from _against_clocks(framework, state, move, asked)
    yield from reasons_against_day(state, asked)


def reasons_against_day(state: State, asked: Asked) -> Iterator[Reason]:
    """Yield why a move cannot bear its day: in the future, or before what it follows."""
    if asked.on > asked.today:
        yield Reason(f"{asked.on} is in the future",
                     f"Record it once it has happened, on {asked.today} or earlier")  # fmt: skip
    last = state.last
    if last is not None and asked.on < last.on:
        yield Reason(f"{asked.on} is before the last move, which was on {last.on}",
                     f"Give {last.on} or a later day, or undo that move first")  # fmt: skip


def _wrong_stage(framework: Framework, state: State, move: MoveRule) -> Reason:
    if not state.stage:
        return Reason(f"'{move.name}' is for proposals that have been raised", "Raise it first")
    if move.starts_it:
        return Reason("The proposal has been raised already", "Open it, and move it from there")
    stage = framework.stages[state.stage]
    names = [each.printed for key, each in framework.stages.items()
             if key in framework.stages_from(move)]  # fmt: skip
    return Reason(f"'{move.name}' is not a move from {stage.printed}",
                  f"It is made from {' or '.join(names) or 'no stage'}", move.clause)  # fmt: skip


def _against_marks(framework: Framework, state: State, move: MoveRule) -> Iterator[Reason]:
    for key in move.only:
        if key not in state.marks:
            mark = framework.marks[key]
            yield Reason(mark.is_not_so, f"'{move.name}' waits until that has changed", mark.clause)
    for key in move.never:
        if key in state.marks:
            mark = framework.marks[key]
            yield Reason(mark.is_so, f"'{move.name}' waits until that has changed", mark.clause)


def _against_missing(
    framework: Framework, state: State, move: MoveRule, asked: Asked
) -> Iterator[Reason]:
    on_file = on_file_by(state, asked.facts, asked.on)
    for key in move.needs:
        requirement = framework.requirements[key]
        if key not in on_file:
            yield requirement.reason()
        elif requirement.tells_outcome and move.outcome:
            told = _latest_detail(state, asked, key)
            if told and told != move.outcome:
                yield Reason(f"{requirement.name} says '{told}', not '{move.outcome}'",
                             "Make the move that follows from it", requirement.clause)  # fmt: skip


def _latest_detail(state: State, asked: Asked, requirement: str) -> str:
    """Return what the latest fact of a kind tells, '' if it tells nothing more."""
    facts = [
        fact for fact in asked.facts
        if fact.requirement == requirement and fact.since <= asked.on and not _is_void(state, fact)
    ]  # fmt: skip
    return max(facts, key=lambda fact: fact.since).detail if facts else ""


def on_file_by(state: State, facts: Iterable[Fact], on: date) -> frozenset[str]:
    """Return the requirements that are on file by the end of a day, and not void since."""
    filed = {key for key, day in state.filed.items() if day <= on}
    told = {fact.requirement for fact in facts if fact.since <= on and not _is_void(state, fact)}
    return frozenset(filed | told)


def _is_void(state: State, fact: Fact) -> bool:
    voided = state.voided.get(fact.requirement)
    return voided is not None and fact.since <= voided


def _against_clocks(
    framework: Framework, state: State, move: MoveRule, asked: Asked
) -> Iterator[Reason]:
    for key in move.waits_for:
        clock, due = state.clocks.get(key), asked.due.get(key)
        if clock is not None and clock.is_running and (due is None or asked.on <= due):
            name = framework.clocks[key].name
            until = f"until the end of {due}" if due else "on; its end cannot be named yet"
            yield Reason(f"{name} runs {until}", "Make the move after it",
                         framework.clocks[key].clause)  # fmt: skip
    for key in move.within:
        clock, due = state.clocks.get(key), asked.due.get(key)
        name = framework.clocks[key].name
        if clock is None or not clock.is_running:
            yield Reason(f"{name} does not run", f"'{move.name}' is made only while it does",
                         framework.clocks[key].clause)  # fmt: skip
        elif due is not None and asked.on > due:
            yield Reason(f"{name} ended on {due}", "It is too late for this move",
                         framework.clocks[key].clause)  # fmt: skip

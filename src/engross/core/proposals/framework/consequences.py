"""What a move will do, said before it is made."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from engross.core.codes.codes import Code
from engross.core.proposals.framework.deadlines import Deadline, deadline_of, deadlines_of
from engross.core.proposals.framework.rules import Framework, Mark, MoveRule
from engross.core.proposals.framework.states import Event, State, step
from engross.core.proposals.histories import Stage
from engross.core.proposals.moves import bodies_to_move

if TYPE_CHECKING:  # The tables of holidays take long to load.
    from engross.core.dates.working_days import WorkingDayCalendar


@dataclass(frozen=True)
class Consequences:
    """Everything that a move changes: the stage, marks, clocks, what it files, who is next.

    `entered` is the stage that the proposal goes to, None if it stays. `waits_on` are the keys
    of the bodies on whom it waits then, with the days by which they should be done.
    """

    state: State
    left: Stage | None
    entered: Stage | None
    marks_set: tuple[Mark, ...]
    marks_cleared: tuple[Mark, ...]
    started: tuple[Deadline, ...]
    stopped: tuple[Deadline, ...]
    went_on: tuple[Deadline, ...]
    ended: tuple[Deadline, ...]
    waits_on: tuple[str, ...]
    mails: tuple[str, ...]


def consequences_of(
    move: MoveRule,
    event: Event,
    state: State,
    framework: Framework,
    *,
    code: Code,
    calendar: "WorkingDayCalendar",
) -> Consequences:
    """Return what a move would do to a proposal in this state; nothing is checked here."""
    after = step(framework, state, event)
    changed = {key for key, clock in after.clocks.items() if state.clocks.get(key) != clock}
    deadlines = {
        key: deadline_of(
            framework.clocks[key], after.clocks[key], code=code, calendar=calendar, on=event.on
        )
        for key in sorted(changed, key=lambda key: framework.clocks[key].order)
    }
    begun = {key for key in changed if _is_new(state, after, key)}
    moved_on = after.stage != state.stage
    return Consequences(
        state=after,
        left=framework.stages.get(state.stage) if moved_on else None,
        entered=framework.stages[after.stage] if moved_on else None,
        marks_set=_marks(framework, after.marks - state.marks),
        marks_cleared=_marks(framework, state.marks - after.marks),
        started=tuple(each for key, each in deadlines.items() if key in begun),
        stopped=tuple(each for key, each in deadlines.items()
                      if key not in begun and each.is_paused),
        went_on=tuple(each for key, each in deadlines.items()
                      if key not in begun and not each.is_paused and not each.ended_on),
        ended=tuple(each for each in deadlines.values() if each.ended_on),
        waits_on=waits_on(after, framework, code=code, calendar=calendar, on=event.on),
        mails=move.mails,
    )  # fmt: skip


def waits_on(
    state: State,
    framework: Framework,
    *,
    code: Code,
    calendar: "WorkingDayCalendar",
    on: date,
) -> tuple[str, ...]:
    """Return the keys of the bodies whose move it is.

    What runs against a target says so first, then a mark; else whoever decides the stage, by
    the route.
    """
    running = _waited_for(state, framework, code=code, calendar=calendar, on=on)
    named = [body for each in running for body in each.waits_on]
    named = named or [body for mark in _waiting(state, framework) for body in mark.waits_on]
    if named:
        return tuple(dict.fromkeys(named))
    if state.stage not in framework.stages:
        return ()
    route = code.option("proposal_routes", state.route) if state.route else None
    return bodies_to_move(code.option("proposal_stages", state.stage), route)


def waits_since(
    state: State,
    framework: Framework,
    *,
    code: Code,
    calendar: "WorkingDayCalendar",
    on: date,
) -> date | None:
    """Return since when it waits on them; None if nobody knows."""
    for each in _waited_for(state, framework, code=code, calendar=calendar, on=on):
        return each.turned_on
    waiting = {mark.key for mark in _waiting(state, framework)}
    for event in reversed(state.made if waiting else ()):
        move = framework.moves.get(event.move)
        if move and move.sets & waiting:
            return event.on
    return state.since


def _waited_for(
    state: State,
    framework: Framework,
    *,
    code: Code,
    calendar: "WorkingDayCalendar",
    on: date,
) -> list[Deadline]:
    """Return the deadlines that somebody can still meet: of a proposal that ended, none."""
    running = deadlines_of(state, framework, code=code, calendar=calendar, on=on)
    moves = _moves_here(state, framework)
    return [
        each for each in running
        if not each.clock.is_window and (state.stage in each.clock.stages
                                         or any(each.clock.key in move.ends for move in moves))
    ]  # fmt: skip


def _waiting(state: State, framework: Framework) -> list[Mark]:
    cleared = {key for move in _moves_here(state, framework) for key in move.clears}
    return [mark for key, mark in framework.marks.items()
            if key in state.marks & cleared and mark.waits_on]  # fmt: skip


def _moves_here(state: State, framework: Framework) -> list[MoveRule]:
    return [move for move in framework.moves.values() if state.stage in framework.stages_from(move)]


def _is_new(state: State, after: State, key: str) -> bool:
    before, clock = state.clocks.get(key), after.clocks[key]
    return clock.is_running and (before is None or before.started_on != clock.started_on)


def _marks(framework: Framework, keys: frozenset[str]) -> tuple[Mark, ...]:
    return tuple(mark for key, mark in framework.marks.items() if key in keys)

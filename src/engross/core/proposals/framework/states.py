"""Where a proposal stands in its framework, told from the moves made with it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from engross.core.proposals.framework.rules import ClockRule, Framework, Frameworks, MoveRule


class Event(NamedTuple):
    """Something that happened to a proposal: a move made, undone, or a stage on record.

    `number` is its place in the record. Without a `move` it says only that the proposal entered
    `stage`, as registers brought in from elsewhere do. `undoes` is the number of the move that
    it takes back. `route` is the route chosen by a move that asks for one.
    """

    number: int
    on: date
    move: str = ""
    stage: str = ""
    route: str = ""
    undoes: int = 0


@dataclass(frozen=True, slots=True)
class Clock:
    """What runs, or ran, against a target: since when, stopped when, ended when.

    `pauses` are the times in which it stood still, each from the first day to the first day on
    which it ran again; `is_held` says that it stands still because the proposal does.
    """

    started_on: date
    paused_on: date | None = None
    pauses: tuple[tuple[date, date], ...] = ()
    ended_on: date | None = None
    is_held: bool = False

    @property
    def is_running(self) -> bool:
        """Say whether it has not ended; it may be stopped for a time."""
        return self.ended_on is None

    @property
    def turned_on(self) -> date:
        """Return since when it stands as it does: stopped, running again, or from its start."""
        return self.paused_on or (self.pauses[-1][1] if self.pauses else self.started_on)

    def paused(self, on: date) -> "Clock":
        """Return it stopped from a day on; one that is stopped or ended stays as it is."""
        return replace(self, paused_on=on) if self.is_running and not self.paused_on else self

    def resumed(self, on: date) -> "Clock":
        """Return it running again; one that is not stopped stays as it is."""
        if self.paused_on is None or not self.is_running:
            return self
        return replace(self, paused_on=None, pauses=(*self.pauses, (self.paused_on, on)))

    def ended(self, on: date) -> "Clock":
        """Return it ended on a day; one that has ended stays as it is."""
        return replace(self.resumed(on), ended_on=on) if self.is_running else self


@dataclass(frozen=True, slots=True)
class State:
    """Where a proposal stands: stage, route, marks, clocks, and what its moves put on file.

    `stage` is empty before it begins; `came_from` the stage that it was in before. `voided` says
    until which day what was on file no longer counts. `made` are the moves that count, in order:
    what was undone is not among them.
    """

    stage: str = ""
    since: date | None = None
    came_from: str = ""
    route: str = ""
    marks: frozenset[str] = frozenset()
    clocks: Mapping[str, Clock] = field(default_factory=dict)
    filed: Mapping[str, date] = field(default_factory=dict)
    voided: Mapping[str, date] = field(default_factory=dict)
    made: tuple[Event, ...] = ()

    @property
    def last(self) -> Event | None:
        """Return the last move that counts."""
        return self.made[-1] if self.made else None


def state_after(
    frameworks: Frameworks, events: Iterable[Event], *, begins: State | None = None
) -> State:
    """Return where a proposal stands after what happened to it, in order of days, then of record.

    Each move has the effect that the framework of its own day gives it. A move that this
    framework does not know has none, but stays in the record.
    """
    state = begins or State()
    for event in counted(events):
        state = step(frameworks.on(event.on), state, event)
    return state


def clocks_run(frameworks: Frameworks, events: Iterable[Event]) -> dict[tuple[str, date], Clock]:
    """Return every clock that a proposal has had, by its rule's key and the day it started.

    A state knows the last of each kind alone.
    """
    state = State()
    found: dict[tuple[str, date], Clock] = {}
    for event in counted(events):
        state = step(frameworks.on(event.on), state, event)
        found |= {(key, clock.started_on): clock for key, clock in state.clocks.items()}
    return found


def counted(events: Iterable[Event]) -> list[Event]:
    """Return the events that count, in order: without those undone and those that undo."""
    known = list(events)
    gone = {event.undoes for event in known if event.undoes}
    return sorted(
        (event for event in known if not event.undoes and event.number not in gone),
        key=lambda event: (event.on, event.number),
    )


def step(framework: Framework, state: State, event: Event) -> State:
    """Return the state after one event; nothing is checked, what is on record has happened."""
    move = framework.moves.get(event.move)
    if move is None:
        stage = event.stage
        marks, filed, voided = state.marks, state.filed, state.voided
        clocks = dict(state.clocks)
    else:
        stage = event.stage or (state.came_from if move.returns else move.to_stage)
        marks = (state.marks - move.clears) | move.sets if move.clears or move.sets else state.marks
        filed = _filed(state.filed, move, event.on)
        voided = {**state.voided, **dict.fromkeys(move.voids, event.on)}
        clocks = _moved_clocks(framework, state, move, event.on)
    enters = bool(stage) and stage != state.stage
    if enters:
        _change_stage_clocks(framework, clocks, state.stage, stage, event.on)
    return State(
        stage=stage if enters else state.stage,
        since=event.on if enters else state.since,
        came_from=state.stage if enters else state.came_from,
        route=event.route or (move.to_route if move else "") or state.route,
        marks=marks,
        clocks=clocks,
        filed=filed,
        voided=voided,
        made=(*state.made, event),
    )


def _filed(filed: Mapping[str, date], move: MoveRule, on: date) -> Mapping[str, date]:
    if not move.files and not move.voids:
        return filed
    kept = {key: day for key, day in filed.items() if key not in move.voids}
    return kept | dict.fromkeys(move.files, on)


def _moved_clocks(framework: Framework, state: State, move: MoveRule, on: date) -> dict[str, Clock]:
    clocks = dict(state.clocks)
    for key in move.starts:
        clocks[key] = Clock(on)
    for key in _known(clocks, move.pauses):
        clocks[key] = clocks[key].paused(on)
    for key in _known(clocks, move.resumes):
        clocks[key] = clocks[key].resumed(on)
    for key in _known(clocks, move.ends):
        clocks[key] = clocks[key].ended(on)
    _stop_or_go(framework, clocks, move, on)
    return clocks


def _stop_or_go(framework: Framework, clocks: dict[str, Clock], move: MoveRule, on: date) -> None:
    """Stop what runs when a mark that stops clocks is set; let that go on when it is cleared."""
    stops = {key for key, mark in framework.marks.items() if mark.stops_clocks}
    for key, clock in list(clocks.items()):
        if move.sets & stops and clock.is_running and clock.paused_on is None:
            clocks[key] = replace(clock.paused(on), is_held=True)
        elif move.clears & stops and clock.is_held:
            clocks[key] = replace(clock.resumed(on), is_held=False)


def _known(clocks: Mapping[str, Clock], keys: Sequence[str]) -> list[str]:
    return [key for key in keys if key in clocks]


def _change_stage_clocks(
    framework: Framework, clocks: dict[str, Clock], before: str, after: str, on: date
) -> None:
    for rule in framework.clocks_of_stages:
        if after in rule.stages and before not in rule.stages:
            clocks[rule.key] = Clock(on)
        elif after not in rule.stages and before in rule.stages and rule.key in clocks:
            clocks[rule.key] = clocks[rule.key].ended(on)


def clocks_running(framework: Framework, state: State) -> list[tuple[ClockRule, Clock]]:
    """Return the clocks that have not ended, in the order of the code's data."""
    rules = sorted(framework.clocks.values(), key=lambda rule: rule.order)
    return [
        (rule, state.clocks[rule.key])
        for rule in rules
        if rule.key in state.clocks and state.clocks[rule.key].is_running
    ]

"""The moves, clocks, marks and requirements of a code, as they hold on each day."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cached_property
from typing import Any, TypeVar, get_origin

from engross.core.codes.codes import Code, Option
from engross.core.codes.problems import nearest
from engross.core.proposals.histories import Stage, stages_of
from engross.core.refusals import Reason, Refused


@dataclass(frozen=True)
class Rule:
    """A rule of the code's data: its key and name, and whence it comes.

    Names of what more it holds are those of `framework.toml`.
    """

    key: str
    name: str
    clause: str


@dataclass(frozen=True)
class MoveRule(Rule):
    """What can be done with a proposal."""

    done: str
    stages: frozenset[str]
    starts_it: bool
    routes: frozenset[str]
    by: tuple[str, ...]
    needs: tuple[str, ...]
    needs_reason: bool
    only: tuple[str, ...]
    never: tuple[str, ...]
    waits_for: tuple[str, ...]
    within: tuple[str, ...]
    to_stage: str
    returns: bool
    to_route: str
    asks_route: bool
    sets: frozenset[str]
    clears: frozenset[str]
    files: tuple[str, ...]
    voids: tuple[str, ...]
    outcome: str
    body: str
    assessment: str
    assessment_event: str
    joins: str
    takes_over: bool
    starts: tuple[str, ...]
    pauses: tuple[str, ...]
    resumes: tuple[str, ...]
    ends: tuple[str, ...]
    mails: tuple[str, ...]
    is_usual: bool
    order: int


@dataclass(frozen=True)
class ClockRule(Rule):
    """What runs against a target; `target_parameter` names it, in days of a convention."""

    target_parameter: str
    convention: str
    waits_on: tuple[str, ...]
    waits_on_paused: tuple[str, ...]
    stages: frozenset[str]
    is_window: bool
    order: int


@dataclass(frozen=True)
class Mark(Rule):
    """What a proposal can be marked with, and how a sentence says that it is or is not.

    `waits_on` are the keys of the bodies whose move it is meanwhile, unless a clock says more.
    """

    is_so: str
    is_not_so: str
    is_shown: bool
    stops_clocks: bool
    waits_on: tuple[str, ...]


@dataclass(frozen=True)
class Requirement(Rule):
    """What may have to be on file: what is said when it is not, and what to do then."""

    missing: str
    remedy: str
    tells_outcome: bool

    def reason(self) -> Reason:
        """Return why a move cannot be made without it."""
        return Reason(self.missing, self.remedy, self.clause)


@dataclass(frozen=True)
class Role(Rule):
    """In which capacity somebody makes a move."""

    bodies: tuple[str, ...]
    teams: tuple[str, ...]
    categories: tuple[str, ...]
    is_any_party: bool
    is_proposer: bool
    is_authority: bool
    is_recorded_by_staff: bool


@dataclass(frozen=True)
class Framework:
    """The way in which a code is changed, as it holds on a day."""

    stages: Mapping[str, Stage]
    moves: Mapping[str, MoveRule]
    clocks: Mapping[str, ClockRule]
    marks: Mapping[str, Mark]
    requirements: Mapping[str, Requirement]
    roles: Mapping[str, Role]

    def move(self, key: str) -> MoveRule:
        """Return a move by its key; raises Refused, naming the nearest, if there is none."""
        if key in self.moves:
            return self.moves[key]
        raise Refused(Reason(f"There is no move '{key[:60]}' on that day",
                             nearest(key, self.moves)))  # fmt: skip

    @cached_property
    def open_stages(self) -> frozenset[str]:
        """Return the stages before a decision."""
        return frozenset(key for key, stage in self.stages.items() if stage.is_open)

    @cached_property
    def clocks_of_stages(self) -> tuple[ClockRule, ...]:
        """Return the clocks that a stage starts and ends."""
        return tuple(clock for clock in self.clocks.values() if clock.stages)

    def body_of(self, move: MoveRule, role: str = "") -> str:
        """Return which body makes a move: the one it names, else that of the role; '' if none."""
        named = self.bodies_of(move, role)
        return named[0] if named else ""

    def bodies_of(self, move: MoveRule, role: str = "") -> tuple[str, ...]:
        """Return which bodies make a move: the one it names, then those of the role, or of all."""
        named = [move.body] if move.body else []
        for key in [role] if role in self.roles else move.by:
            named += self.roles[key].bodies if key in self.roles else ()
        return tuple(named)

    def stages_from(self, move: MoveRule) -> frozenset[str]:
        """Return from which stages a move can be made."""
        return move.stages or (frozenset() if move.starts_it else self.open_stages)


class Frameworks:
    """The frameworks that a code has had: the one in force on a day, each made once."""

    def __init__(self, code: Code) -> None:
        self._code = code
        lists = ("proposal_moves", "proposal_clocks", "proposal_marks", "move_requirements",
                 "mover_roles")  # fmt: skip
        ends = {
            day
            for name in lists
            for option in code.options(name)
            for day in (option.held_from, option.held_until)
            if day is not None
        }
        self._changes = sorted(ends)
        self._made: dict[int, Framework] = {}

    @property
    def changes(self) -> tuple[date, ...]:
        """Return the days on which the framework changed, in order."""
        return tuple(self._changes)

    def on(self, day: date) -> Framework:
        """Return the framework in force on a day."""
        place = bisect_right(self._changes, day)
        if place not in self._made:
            self._made[place] = framework_on(self._code, day)
        return self._made[place]


def framework_on(code: Code, day: date) -> Framework:
    """Return a code's framework as it holds on a day.

    What a move needs but the code does not ask for yet, or no longer, is not needed on that day.
    """
    requirements = {each.key for each in code.options("move_requirements", day)}
    moves = sorted(_rules(MoveRule, code, "proposal_moves", day), key=lambda each: each.order)
    moves = [
        replace(each, needs=tuple(key for key in each.needs if key in requirements))
        for each in moves
    ]
    return Framework(
        stages=stages_of(code),
        moves={each.key: each for each in moves},
        clocks={each.key: each for each in _rules(ClockRule, code, "proposal_clocks", day)},
        marks={each.key: each for each in _rules(Mark, code, "proposal_marks", day)},
        requirements={
            each.key: each for each in _rules(Requirement, code, "move_requirements", day)
        },
        roles={each.key: each for each in _rules(Role, code, "mover_roles", day)},
    )


R = TypeVar("R", bound=Rule)


def _rules(kind: type[R], code: Code, name: str, day: date) -> list[R]:
    """Return the entries of a list that hold on a day, each as a rule of this kind."""
    return [_rule(kind, option) for option in code.options(name, day)]


def _rule(kind: type[R], option: Option) -> R:
    values: dict[str, Any] = {"key": option.key, "name": option.name, "clause": option.clause}
    for field in fields(kind):
        if field.name not in values:
            value = option.attributes[field.name]
            is_set = get_origin(field.type) is frozenset
            values[field.name] = frozenset(option.texts(field.name)) if is_set else value
    return kind(**values)

"""Where a proposal stood on a day, told from the dated moves that are known of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from engross.core.codes.codes import Code, Option

APPROVED = "approved"
IMPLEMENTED = "implemented"
REJECTED = "rejected"
WITHDRAWN = "withdrawn"
SPLIT = "split"


@dataclass(frozen=True)
class Stage:
    """A stage as far as counting goes; `counted_as` is one of this module's words, or empty."""

    key: str
    printed: str
    order: int
    is_open: bool
    is_charted: bool
    counted_as: str


def stages_of(code: Code) -> dict[str, Stage]:
    """Return every stage that a code has ever had, by its key."""
    return {option.key: _stage(option) for option in code.options("proposal_stages")}


def stage_named(code: Code, key: str) -> Stage | None:
    """Return the stage that a key names, as it was last; None if the code never had it."""
    try:
        return _stage(code.option("proposal_stages", key))
    except LookupError:
        return None


def _stage(option: Option) -> Stage:
    return Stage(
        key=option.key,
        printed=option.text("printed"),
        order=option.number("order"),
        is_open=option.flag("is_open"),
        is_charted=option.flag("is_charted"),
        counted_as=option.text("counted_as"),
    )


class Move(NamedTuple):
    """A proposal entered a stage; a day that is not known is None, and counts nowhere."""

    stage: str
    moved_on: date | None
    body: str = ""
    basis: str = "record"


@dataclass(frozen=True)
class Standing:
    """Where a raised proposal stood on a day; `stage` None says that it is not known.

    `concluded_on` is the day on which it left the open stages for the ones it is in now; a
    proposal that was split is not concluded, its parts go on.
    """

    stage: Stage | None
    since: date | None = None
    concluded_on: date | None = None

    @property
    def is_open(self) -> bool:
        """Say whether it stood in a stage before its decision."""
        return self.stage is not None and self.stage.is_open


NOT_KNOWN = Standing(None)


def moves_until(moves: Iterable[Move], day: date, stages: Mapping[str, Stage]) -> list[Move]:
    """Return the dated moves up to and with `day`, in order; on one day in the stages' order."""
    dated = [
        (move.moved_on, stages[move.stage].order, move)
        for move in moves
        if move.moved_on is not None and move.moved_on <= day and move.stage in stages
    ]
    return [move for *_, move in sorted(dated, key=lambda each: each[:2])]


def standing_on(
    day: date, *, raised_on: date | None, moves: Iterable[Move], stages: Mapping[str, Stage]
) -> Standing | None:
    """Return where a proposal stood at the end of `day`; None if it was not raised by then.

    Without the day it was raised, its first dated move shows that it had been. It stands in
    the stage of its last dated move. If none is dated, or if it went on to a closed stage on
    a day that nobody knows, its stage is not known.
    """
    known = list(moves)
    entered = moves_until(known, day, stages)
    if (raised_on is None and not entered) or (raised_on is not None and raised_on > day):
        return None
    if not entered:
        return NOT_KNOWN
    stage = stages[entered[-1].stage]
    if stage.is_open and _was_closed_some_day(known, stage, stages):
        return NOT_KNOWN
    return Standing(stage, entered[-1].moved_on, _concluded_on(entered, stages))


def _was_closed_some_day(moves: Iterable[Move], stage: Stage, stages: Mapping[str, Stage]) -> bool:
    undated = [
        stages[move.stage] for move in moves if move.moved_on is None and move.stage in stages
    ]
    return any(not each.is_open and each.order > stage.order for each in undated)


def _concluded_on(entered: list[Move], stages: Mapping[str, Stage]) -> date | None:
    """Return the day on which the last unbroken run of closed stages began."""
    found: date | None = None
    for move in reversed(entered):
        stage = stages[move.stage]
        if stage.is_open:
            return found
        if stage.counted_as == SPLIT:
            return None
        found = move.moved_on
    return found

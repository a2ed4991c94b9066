"""What is told of a proposal: days with their interval, or why nobody can say."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Why(StrEnum):
    """Why a day cannot be told."""

    TOO_FEW = "too-few"
    BEYOND = "beyond"
    ON_HOLD = "on-hold"
    NO_RELEASE = "no-release"
    NO_DECISION = "no-decision"


@dataclass(frozen=True)
class Interval:
    """The days between which something happens with a given confidence, both included.

    `middle` and `last` are None where they lie beyond what can be told: of those before it, too
    many were still open after so long. `share` is the part of all such that fell into the days:
    not quite the confidence, where a meeting or a release has a large part to itself.
    Units: `first_in`, `middle_in` and `last_in` in Working Days after the day of the forecast.
    """

    first: date
    middle: date | None
    last: date | None
    first_in: int
    middle_in: int | None
    last_in: int | None
    share: float

    def holds(self, day: date) -> bool:
        """Say whether a day is among these; each later one is, where the last cannot be told."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class RestsOn:
    """How many spells in the stage a forecast rests on: those that ended, and those that run.

    `all_exits` and `all_running` are those of all routes that are told alike, its own among them;
    `is_pooled` says that its own were few, so that those weigh in.
    """

    exits: int
    running: int
    all_exits: int
    all_running: int
    is_pooled: bool


@dataclass(frozen=True)
class Forecast:
    """What is to be expected of a proposal in an open stage, or in one that awaits a release.

    `decision` holds if it is decided, `go_live` if it is approved; `decision` is None if it is
    decided already. `withdrawn_share` is the share of such proposals that were withdrawn.
    Units: `waited` in Working Days that it was not on hold.
    """

    proposal: str
    route: str
    stage: str
    since: date
    waited: int
    decision: Interval | Why | None
    go_live: Interval | Why
    withdrawn_share: float | None
    rests_on: RestsOn

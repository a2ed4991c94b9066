"""What the facts already say of proposals, so that fiction adds only what is missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from demo.fiction.days import weekdays
from demo.fiction.sheets import rows_of

OPEN = ("initial", "define", "refine", "opine", "awaiting-authority")
# A split ends the parent, yet its parts go on: nothing is concluded by it.
SPLIT = "split"
ORDER = (*OPEN, "release", "implemented", "rejected", "withdrawn", SPLIT)


@dataclass(frozen=True)
class Move:
    """A stage that a proposal entered, and the day; None where it is not known."""

    stage: str
    on: date | None


@dataclass(frozen=True)
class Known:
    """A real proposal as the facts have it."""

    proposal: str
    raised_on: date | None
    moves: tuple[Move, ...]

    def stage_on(self, day: date) -> str:
        """Return the stage on `day`, or nothing where none is known or it is yet to come."""
        if self.raised_on and self.raised_on > day:
            return ""
        stage = next((each.stage for each in reversed(self._until(day))), "")
        later = ORDER[ORDER.index(stage) :] if stage else ORDER
        closed = any(each.on is None and each.stage in later for each in self.moves)
        return "" if closed and stage in OPEN else stage

    def concluded_on(self, day: date) -> date | None:
        """Return when the run of closed stages began that it is in on `day`; None if in none."""
        found = None
        for move in reversed(self._until(day)):
            if move.stage in OPEN or move.stage == SPLIT:
                return found
            found = move.on
        return found

    def age_on(self, day: date) -> int | None:
        """Return the weekdays from the day it was raised to `day`, both counted."""
        return weekdays(self.raised_on, day) if self.raised_on else None

    def _until(self, day: date) -> list[Move]:
        dated = [(move.on, ORDER.index(move.stage), move) for move in self.moves if move.on]
        return [move for on, _, move in sorted(dated, key=lambda each: each[:2]) if on <= day]


def known_proposals(folder: Path) -> list[Known]:
    """Return the real proposals of a folder of facts."""
    moves: dict[str, list[Move]] = {}
    for row in rows_of(folder / "proposal-stages.csv"):
        moves.setdefault(row["proposal"], []).append(Move(row["stage"], _day(row["moved_on"])))
    return [
        Known(row["proposal"], _day(row["raised_on"]), tuple(moves.get(row["proposal"], [])))
        for row in rows_of(folder / "proposals.csv")
    ]


def ages(known: Iterable[Known], day: date) -> list[int]:
    """Return the ages on `day` of those whose raised day is known."""
    return [age for each in known if (age := each.age_on(day)) is not None]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None

"""The passages that proposals took: stage after stage, from which day until which."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from engross.core.proposals.histories import (
    APPROVED,
    IMPLEMENTED,
    REJECTED,
    SPLIT,
    Move,
    Stage,
)

NOT_KNOWN = ""
_DECIDED = (APPROVED, IMPLEMENTED, REJECTED)


class Spell(NamedTuple):
    """A proposal's time in a stage; `left_on` None says that it is there as far as is known.

    `to` names the stage that followed; empty where it left, but nobody knows which way or when.
    """

    stage: str
    entered_on: date
    left_on: date | None = None
    to: str = NOT_KNOWN


class Held(NamedTuple):
    """A time on hold; `held_until` is the first day on which it is over, None if it is not."""

    held_from: date
    held_until: date | None = None


@dataclass(frozen=True)
class Passage:
    """A proposal's spells in order, the route it takes, and its times on hold."""

    proposal: str
    route: str
    spells: tuple[Spell, ...]
    holds: tuple[Held, ...] = ()

    def spell_on(self, day: date) -> Spell | None:
        """Return the spell that it is in at the end of a day; None if there is none."""
        for spell in reversed(self.spells):
            if spell.entered_on <= day:
                return spell if spell.left_on is None or spell.left_on > day else None
        return None

    def hold_on(self, day: date) -> Held | None:
        """Return the hold that it is under at the end of a day; None if there is none."""
        for each in self.holds:
            if each.held_from <= day and (each.held_until is None or each.held_until > day):
                return each
        return None


def spells_of(
    moves: Iterable[Move], stages: Mapping[str, Stage], following: Mapping[str, Collection[str]]
) -> tuple[Spell, ...]:
    """Return the spells that dated moves tell of, in order of days.

    A spell that is followed by a stage that cannot follow it hides a move whose day is not
    known: when it ended is not known either. The same holds for the last spell of a proposal
    that went on to a later stage on a day that nobody knows.
    """
    known = [each for each in moves if each.stage in stages]
    dated = sorted(
        ((each.moved_on, stages[each.stage].order, each.stage) for each in known if each.moved_on),
    )
    undated = [stages[each.stage].order for each in known if each.moved_on is None]
    spells = []
    for place, (entered_on, order, stage) in enumerate(dated):
        if place + 1 < len(dated):
            left_on, _, to = dated[place + 1]
            is_told = to in following.get(stage, ())
            spells.append(Spell(stage, entered_on, left_on, to if is_told else NOT_KNOWN))
        elif any(each > order for each in undated):
            spells.append(Spell(stage, entered_on, entered_on))
        else:
            spells.append(Spell(stage, entered_on))
    return tuple(spells)


@dataclass(frozen=True)
class Ways:
    """The stages as a forecast needs them: those before a decision, and what each other means."""

    open: tuple[str, ...]
    decided: frozenset[str]
    awaiting: frozenset[str]
    live: frozenset[str]
    withdrawn: frozenset[str]

    @classmethod
    def of(cls, stages: Mapping[str, Stage]) -> "Ways":
        """Return the ways of a code's stages.

        Approval and rejection are decisions. What was split is neither decided nor withdrawn:
        its parts go on, each with a passage of its own.
        """
        counted = {key: each.counted_as for key, each in stages.items() if not each.is_open}
        decided = {key for key, word in counted.items() if word in _DECIDED}
        ordered = sorted(stages.values(), key=lambda each: (each.order, each.key))
        return cls(
            open=tuple(each.key for each in ordered if each.is_open),
            decided=frozenset(decided),
            awaiting=frozenset(key for key, word in counted.items() if word == APPROVED),
            live=frozenset(key for key, word in counted.items() if word == IMPLEMENTED),
            withdrawn=frozenset(
                key for key, word in counted.items() if word not in (*_DECIDED, SPLIT)
            ),
        )

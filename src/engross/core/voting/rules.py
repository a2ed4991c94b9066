"""What a code sets about votes: seats, choices and rules of counting, read from its data."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from engross.core.codes.codes import Code, Option


class Side(Enum):
    """On which side of a vote a choice stands."""

    FOR = "for"
    AGAINST = "against"
    NONE = "none"


class Combine(Enum):
    """How the groups, or the ballots, are put together."""

    MAJORITY_OF_GROUPS = "majority-of-groups"
    AT_LEAST = "at-least"
    MAJORITY_OF_BALLOTS = "majority-of-ballots"


@dataclass(frozen=True)
class SeatGroup:
    """Seats of a body that stand for the same; `seats` is how many the code's data give."""

    key: str
    name: str
    body: str
    seats: int
    votes: bool = True
    is_per_voting_group: bool = False
    constituency: tuple[str, ...] = ()
    nominated_by: str = ""
    clause: str = ""


@dataclass(frozen=True)
class Choice:
    """What the holder of a seat can answer; `printed` is how a tally says it of one, or many."""

    key: str
    name: str
    printed: str
    printed_many: str
    side: Side
    is_present: bool
    needs_reason: bool = False
    takes_objectives: bool = False
    is_for_secretary: bool = False
    is_conflict: bool = False
    order: int = 0

    def in_words(self, number: int) -> str:
        """Return so many of it, such as '2 abstentions'."""
        return f"{number} {self.printed if number == 1 else self.printed_many}"


@dataclass(frozen=True)
class CountingRule:
    """How ballots are counted; percentages are of the seats, and groups, that are filled."""

    key: str
    name: str
    combine: Combine
    groups_needed: int = 0
    quorum_seats_percent: int = 0
    quorum_groups_percent: int = 0
    sentence: str = ""
    clause: str = ""
    is_assumed: bool = False


def groups_of(code: Code, body: str, on: date) -> tuple[SeatGroup, ...]:
    """Return the groups of seats that a body has on a day, in their order."""
    listed = [each for each in code.options("body_seats", on) if each.text("body") == body]
    listed.sort(key=lambda each: each.number("order"))
    return tuple(_group(each) for each in listed)


def _group(option: Option) -> SeatGroup:
    return SeatGroup(
        key=option.key,
        name=option.text("group"),
        body=option.text("body"),
        seats=option.number("seats"),
        votes=option.flag("votes"),
        is_per_voting_group=option.flag("is_per_voting_group"),
        constituency=option.texts("constituency"),
        nominated_by=option.text("nominated_by"),
        clause=option.clause,
    )


def bodies_with_votes(code: Code, on: date) -> tuple[str, ...]:
    """Return the bodies that have seats and a rule to count by on a day, as the code lists them."""
    seated = {each.text("body") for each in code.options("body_seats", on) if each.flag("votes")}
    ruled = {body for each in code.options("counting_rules", on) for body in each.texts("bodies")}
    return tuple(each.key for each in code.options("bodies", on) if each.key in seated & ruled)


def choices_of(code: Code, on: date | None = None) -> dict[str, Choice]:
    """Return what can be answered in a vote on a day, by key, in order; all ever without a day."""
    listed = sorted(code.options("ballot_choices", on), key=lambda each: each.number("order"))
    return {
        each.key: Choice(
            key=each.key,
            name=each.name,
            printed=each.text("printed"),
            printed_many=each.plural or each.text("printed"),
            side=Side(each.text("side")),
            is_present=each.flag("is_present"),
            needs_reason=each.flag("needs_reason"),
            takes_objectives=each.flag("takes_objectives"),
            is_for_secretary=each.flag("is_for_secretary"),
            is_conflict=each.flag("is_conflict"),
            order=each.number("order"),
        )
        for each in listed
    }


def rules_of(code: Code, body: str, on: date) -> tuple[CountingRule, ...]:
    """Return the rules by which a body's ballots can be counted on a day; the usual one first."""
    listed = code.options("counting_rules", on)
    return tuple(_rule(code, each) for each in listed if body in each.texts("bodies"))


def rule_named(code: Code, key: str) -> CountingRule:
    """Return a counting rule by its key; raises LookupError if the code never had it."""
    return _rule(code, code.option("counting_rules", key))


def _rule(code: Code, option: Option) -> CountingRule:
    return CountingRule(
        key=option.key,
        name=option.name,
        combine=Combine(option.text("combine")),
        groups_needed=option.number("groups_needed"),
        quorum_seats_percent=option.number("quorum_seats_percent"),
        quorum_groups_percent=option.number("quorum_groups_percent"),
        sentence=option.text("sentence"),
        clause=option.clause or code.option_list("counting_rules").clause,
        is_assumed=option.is_assumed,
    )

"""Counting ballots: inside each group of seats, then together, by a rule that is data."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from engross.core.voting.ballots import Ballot, Window
from engross.core.voting.electorates import Electorate, SeatKey
from engross.core.voting.rules import Choice, Combine, CountingRule, SeatGroup, Side


class GroupResult(Enum):
    """What a group of seats came to."""

    APPROVES = "approves"
    DOES_NOT = "does not approve"
    LEVEL = "is level"
    DID_NOT_VOTE = "did not vote"


@dataclass(frozen=True)
class GroupTally:
    """How the seats of one group voted: each seat is in exactly one of the numbers."""

    key: str
    name: str
    counts: Mapping[str, int]
    votes_for: int
    votes_against: int
    present: int
    no_ballot: int
    vacant: int

    @property
    def seats(self) -> int:
        """How many seats the group has."""
        return sum(self.counts.values()) + self.no_ballot + self.vacant

    @property
    def filled(self) -> int:
        """How many of its seats somebody holds."""
        return self.seats - self.vacant

    @property
    def result(self) -> GroupResult:
        """What the group came to, by the simple majority of its ballots for or against."""
        if not self.votes_for and not self.votes_against:
            return GroupResult.DID_NOT_VOTE
        if self.votes_for == self.votes_against:
            return GroupResult.LEVEL
        is_for = self.votes_for > self.votes_against
        return GroupResult.APPROVES if is_for else GroupResult.DOES_NOT


@dataclass(frozen=True)
class NotCounted:
    """A ballot that does not count, and why."""

    ballot: Ballot
    why: str


@dataclass(frozen=True)
class Tally:
    """What a count came to.

    `has_majority` is what the ballots say, whoever was there; it is approved with a quorum only.
    """

    groups: tuple[GroupTally, ...]
    has_majority: bool
    is_level: bool
    is_quorate: bool
    counted: tuple[Ballot, ...]
    not_counted: tuple[NotCounted, ...]

    @property
    def is_approved(self) -> bool:
        """Say whether the body approved."""
        return self.is_quorate and self.has_majority

    @property
    def present(self) -> int:
        """How many seats were there."""
        return sum(each.present for each in self.groups)

    @property
    def filled(self) -> int:
        """How many seats somebody holds."""
        return sum(each.filled for each in self.groups)

    @property
    def seats(self) -> int:
        """How many seats with a vote the body has."""
        return sum(each.seats for each in self.groups)


def count(
    ballots: Iterable[Ballot],
    electorate: Electorate,
    rule: CountingRule,
    *,
    choices: Mapping[str, Choice],
    window: Window,
) -> Tally:
    """Count the ballots of a vote; of several for one seat the last one counts.

    Every ballot is counted, or named with the reason why not. `electorate` is that of the day on
    which the vote closed.
    """
    counted, left_out = _sorted_out(ballots, electorate, choices, window)
    groups = tuple(
        _tally_of(group, electorate, counted, choices) for group in electorate.voting_groups
    )
    votes_for, votes_against = _sides(groups, rule)
    return Tally(
        groups=groups,
        has_majority=_has_majority(votes_for, votes_against, rule),
        is_level=rule.combine is not Combine.AT_LEAST and 0 < votes_for == votes_against,
        is_quorate=_is_quorate(groups, rule),
        counted=tuple(counted[key] for key in sorted(counted)),
        not_counted=tuple(sorted(left_out, key=lambda each: _age(each.ballot))),
    )


def _age(ballot: Ballot) -> tuple[object, ...]:
    return (ballot.cast_at, ballot.entry, ballot.seat, ballot.choice)


def _sorted_out(
    ballots: Iterable[Ballot],
    electorate: Electorate,
    choices: Mapping[str, Choice],
    window: Window,
) -> tuple[dict[SeatKey, Ballot], list[NotCounted]]:
    """Return the ballot that counts for each seat, and those that do not count with their why."""
    votes = {each.key for each in electorate.voting_groups}
    counted: dict[SeatKey, Ballot] = {}
    left_out = []
    # The latest first, so that the order in which they are handed over does not matter.
    for ballot in sorted(ballots, key=_age, reverse=True):
        if ballot.seat not in electorate.by_key:
            left_out.append(NotCounted(ballot, "the seat was gone when the vote closed"))
        elif ballot.seat.group not in votes:
            left_out.append(NotCounted(ballot, "the seat has no vote"))
        elif not window.holds(ballot.cast_at):
            left_out.append(NotCounted(ballot, "it was cast before the vote opened or after it"))
        elif ballot.choice not in choices:
            left_out.append(NotCounted(ballot, "its answer is none of those that there are"))
        elif ballot.seat in counted:
            left_out.append(NotCounted(ballot, "a later ballot of the seat replaced it"))
        else:
            counted[ballot.seat] = ballot
    return counted, left_out


def _tally_of(
    group: SeatGroup,
    electorate: Electorate,
    counted: Mapping[SeatKey, Ballot],
    choices: Mapping[str, Choice],
) -> GroupTally:
    seats = electorate.seats_in(group.key)
    found = Counter(counted[seat.key].choice for seat in seats if seat.key in counted)
    silent = [seat for seat in seats if seat.key not in counted]
    return GroupTally(
        key=group.key,
        name=group.name,
        counts={key: found[key] for key in choices if found[key]},
        votes_for=_of_side(found, choices, Side.FOR),
        votes_against=_of_side(found, choices, Side.AGAINST),
        present=sum(number for key, number in found.items() if choices[key].is_present),
        no_ballot=sum(not seat.is_vacant for seat in silent),
        vacant=sum(seat.is_vacant for seat in silent),
    )


def _of_side(found: Mapping[str, int], choices: Mapping[str, Choice], side: Side) -> int:
    return sum(number for key, number in found.items() if choices[key].side is side)


def _sides(groups: Iterable[GroupTally], rule: CountingRule) -> tuple[int, int]:
    """Return how many are for, and how many voted and are not: groups, or ballots, by the rule."""
    if rule.combine is Combine.MAJORITY_OF_BALLOTS:
        listed = list(groups)
        return sum(each.votes_for for each in listed), sum(each.votes_against for each in listed)
    results = [each.result for each in groups]
    approving = results.count(GroupResult.APPROVES)
    return approving, len(results) - approving - results.count(GroupResult.DID_NOT_VOTE)


def _has_majority(votes_for: int, votes_against: int, rule: CountingRule) -> bool:
    if rule.combine is Combine.AT_LEAST:
        return votes_for >= max(rule.groups_needed, 1)
    return votes_for > votes_against


def _is_quorate(groups: Iterable[GroupTally], rule: CountingRule) -> bool:
    filled = [each for each in groups if each.filled]
    there = sum(each.present for each in filled)
    groups_there = sum(each.present > 0 for each in filled)
    return (
        there > 0
        and there * 100 >= rule.quorum_seats_percent * sum(each.filled for each in filled)
        and groups_there * 100 >= rule.quorum_groups_percent * len(filled)
    )

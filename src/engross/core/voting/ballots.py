"""A ballot, and what speaks against casting one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from engross.core.dates.wording import day_in_words
from engross.core.refusals import Reason
from engross.core.voting.electorates import Electorate, Seat, SeatKey
from engross.core.voting.rules import Choice


@dataclass(frozen=True)
class Window:
    """From when until when a vote takes ballots; at `closes_at` it no longer does.

    `ended_at` is when somebody closed or withdrew it, whatever its end was to be.
    """

    opens_at: datetime
    closes_at: datetime
    ended_at: datetime | None = None

    @property
    def end(self) -> datetime:
        """The first moment that no longer belongs to the vote."""
        return min(self.closes_at, self.ended_at) if self.ended_at else self.closes_at

    def holds(self, at: datetime) -> bool:
        """Say whether a ballot cast at that moment is in time."""
        return self.opens_at <= at < self.end


@dataclass(frozen=True)
class Ballot:
    """A ballot as it stands; `entry` is its number, `person` whose it is where that is known."""

    seat: SeatKey
    choice: str
    cast_at: datetime
    entry: int = 0
    person: int | None = None


@dataclass(frozen=True)
class BallotAsked:
    """A ballot that somebody would cast.

    `replaces` is the number of the ballot that it changes. The secretary, who records what
    somebody said at the meeting, may name no person where the seat's holder has no account.
    """

    seat: SeatKey
    choice: str
    cast_at: datetime
    person: int | None = None
    reason: str = ""
    replaces: int | None = None
    by_secretary: bool = False


def reasons_against_ballot(
    asked: BallotAsked,
    *,
    electorate: Electorate,
    window: Window,
    choices: Mapping[str, Choice],
    standing: Iterable[Ballot],
) -> list[Reason]:
    """Return every reason against a ballot; `electorate` is that of the day on which it is cast.

    `standing` are the ballots of this vote that have not been replaced.
    """
    seat = electorate.by_key.get(asked.seat)
    reasons = _reasons_of_time(asked.cast_at, window)
    reasons += _reasons_of_seat(asked, seat, electorate)
    reasons += _reasons_of_choice(asked, choices)
    if seat:
        own = [each for each in standing if each.seat == asked.seat]
        reasons += [each for ballot in own for each in _reasons_of_earlier(
            asked, ballot, seat, choices)]  # fmt: skip
    return reasons


def _reasons_of_time(at: datetime, window: Window) -> list[Reason]:
    if at < window.opens_at:
        return [Reason("The vote has not opened yet", "Vote once it is open")]
    if at >= window.end:
        what = "The vote is closed: it took ballots before its closing time, not at it"
        return [Reason(what, "Ask the secretary what can still be done")]
    return []


def _reasons_of_seat(asked: BallotAsked, seat: Seat | None, electorate: Electorate) -> list[Reason]:
    day = day_in_words(electorate.on)
    if seat is None:
        return [Reason(f"The body has no such seat on {day}", "Choose one of its seats")]
    if seat.key.group not in {each.key for each in electorate.voting_groups}:
        return [Reason("This seat has no vote", "Choose one that has")]
    if asked.person is not None and asked.person not in seat.people:
        return [_reason_against_person(asked.person, electorate, day)]
    if asked.person is None and not asked.by_secretary:
        return [Reason("It is not known who votes", "Sign in first")]
    vacant = Reason(f"The seat is vacant on {day}", "Record first who holds it")
    return [vacant] if seat.is_vacant else []


def _reason_against_person(person: int, electorate: Electorate, day: str) -> Reason:
    if electorate.seats_of(person):
        return Reason("This seat is another's", "Vote for your own seat")
    what = f"This person holds no seat on the body on {day}, and stands in for none"
    return Reason(what, "Have the term recorded first, if that is wrong")


def _reasons_of_choice(asked: BallotAsked, choices: Mapping[str, Choice]) -> list[Reason]:
    choice = choices.get(asked.choice)
    if choice is None:
        return [
            Reason(f"'{asked.choice[:40]}' is no answer in a vote", "Choose one that is listed")
        ]
    if choice.is_for_secretary and not asked.by_secretary:
        return [Reason(f"Only the secretary records '{choice.name}'", "Choose another answer")]
    if choice.needs_reason and not asked.reason.strip():
        return [Reason(f"'{choice.name}' needs a reason", "Give one")]
    return []


def _reasons_of_earlier(
    asked: BallotAsked, ballot: Ballot, seat: Seat, choices: Mapping[str, Choice]
) -> list[Reason]:
    if ballot.choice in choices and choices[ballot.choice].is_conflict and not asked.by_secretary:
        what = "A conflict of interest is declared for this seat"
        return [Reason(what, "Ask the secretary if that was a mistake")]
    if (
        asked.person is not None
        and asked.person in seat.alternates
        and (ballot.person in seat.members)
    ):
        what = "The member of this seat has voted: who stands in cannot change that"
        return [Reason(what, "Leave it to the member")]
    if asked.replaces != ballot.entry:
        what = "A ballot of this seat is there already"
        return [Reason(what, "Look at it, and change it if you mean to")]
    return []

"""Casting a ballot: by who holds the seat, or recorded for them at the meeting."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from engross.apps.accounts.models import User
from engross.apps.audit.commands import record_event
from engross.apps.dates.queries import day_of
from engross.apps.registers.queries import active_code
from engross.apps.votes.commands.opening import hold
from engross.apps.votes.models import Ballot, Vote
from engross.apps.votes.queries import as_cast, ballots_of, electorate_on, window_of
from engross.core.refusals import Reason, Refused
from engross.core.voting import BallotAsked, SeatKey, choices_of, reasons_against_ballot


@dataclass(frozen=True)
class BallotGiven:
    """What somebody answers for a seat; `replaces` is the number of the ballot that it changes."""

    seat: SeatKey
    choice: str
    reason: str = ""
    objectives: Mapping[str, str] = field(default_factory=dict)
    replaces: int | None = None


@transaction.atomic
def cast_ballot(vote: Vote, given: BallotGiven, *, by: User, at: datetime) -> Ballot:
    """Cast one's own seat's ballot, or that of the seat for which one stands in.

    Raises Refused with every reason: not a member that day, too early, too late, another's seat,
    voted already, a conflict declared.
    """
    vote = hold(vote)
    asked = BallotAsked(given.seat, given.choice, at, by.pk, given.reason, given.replaces)
    return _cast(vote, given, asked, by=by, at=at)


@transaction.atomic
def cast_for(
    vote: Vote, given: BallotGiven, *, person: User | None, cast_at: datetime, by: User,
    at: datetime,
) -> Ballot:  # fmt: skip
    """Record the ballot that somebody gave at the meeting, at `cast_at`; until the vote is counted.

    `person` is None where the seat's holder has no account. Raises Refused as `cast_ballot` does,
    and if the moment lies ahead.
    """
    vote = hold(vote)
    if cast_at > at:
        raise Refused(Reason("The ballot would be cast in the future", "Give when it was cast"))
    asked = BallotAsked(
        given.seat, given.choice, cast_at, person.pk if person else None, given.reason,
        given.replaces, by_secretary=True,
    )  # fmt: skip
    return _cast(vote, given, asked, by=by, at=at)


def declare_conflict(
    vote: Vote, seat: SeatKey, *, reason: str, replaces: int | None = None, by: User, at: datetime
) -> Ballot:
    """Declare a conflict of interest for one's seat, which takes no side in this vote then.

    Raises Refused as `cast_ballot` does, or if the code knows no such answer.
    """
    conflicts = [each.key for each in choices_of(active_code()).values() if each.is_conflict]
    if not conflicts:
        raise Refused(Reason("This code knows no conflict of interest", "Abstain instead"))
    return cast_ballot(vote, BallotGiven(seat, conflicts[0], reason, replaces=replaces),
                       by=by, at=at)  # fmt: skip


def _cast(vote: Vote, given: BallotGiven, asked: BallotAsked, *, by: User, at: datetime) -> Ballot:
    standing = ballots_of(vote)
    choices = choices_of(active_code(), day_of(asked.cast_at))
    reasons = reasons_against_ballot(
        asked, electorate=electorate_on(vote.body, day_of(asked.cast_at)),
        window=window_of(vote), choices=choices, standing=as_cast(standing),
    )  # fmt: skip
    if vote.counted_at or vote.is_withdrawn:
        reasons.insert(0, Reason("This vote is counted or withdrawn", "Look at its page"))
    takes_objectives = given.choice in choices and choices[given.choice].takes_objectives
    reasons += _reasons_against_objectives(given.objectives, is_taken=takes_objectives)
    if reasons:
        raise Refused(reasons)
    for earlier in standing:
        if (earlier.seat, earlier.place) == given.seat:
            earlier.superseded_at = at
            earlier.save(update_fields=["superseded_at"])
    made = Ballot.objects.create(
        vote=vote, seat=given.seat.group, place=given.seat.place, choice=given.choice,
        reason=given.reason.strip(), objectives=_said(given.objectives), person_id=asked.person,
        by_secretary=asked.by_secretary, cast_at=asked.cast_at, recorded_at=at,
    )  # fmt: skip
    # What somebody answered stands in the ballot, which not everybody may read.
    details = {"ballot": made.pk, "replaces": given.replaces, "by_secretary": asked.by_secretary}
    record_event(action="votes.cast", subject=f"votes/{vote.pk}", by=by, at=at, details=details)
    return made


def _said(objectives: Mapping[str, str]) -> dict[str, str]:
    return {key: words.strip() for key, words in objectives.items() if words.strip()}


def _reasons_against_objectives(objectives: Mapping[str, str], *, is_taken: bool) -> list[Reason]:
    said = _said(objectives)
    known = {each.key for each in active_code().options("code_objectives")}
    if unknown := sorted(set(said) - known):
        return [Reason(f"There is no objective {', '.join(unknown)}", "Choose from the list")]
    if said and not is_taken:
        return [Reason("This answer gives no views on the objectives", "Leave them empty")]
    return []

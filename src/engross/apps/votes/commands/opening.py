"""Opening a vote, and ending it: closed early, withdrawn, counted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db import transaction
from django.urls import reverse

from engross.apps.accounts.models import User
from engross.apps.audit.commands import record_event
from engross.apps.dates.queries import day_of
from engross.apps.meetings.models import Meeting, MeetingDetails
from engross.apps.proposals.models import Alternative, Proposal, ProposalDetails
from engross.apps.proposals.registers import alternative_proposals
from engross.apps.registers.queries import active_code, option_name
from engross.apps.votes.commands.telling import tell_voters
from engross.apps.votes.models import Vote
from engross.apps.votes.queries import (
    State,
    counted_now,
    electorate_on,
    electorate_to_keep,
    state_of,
    window_of,
)
from engross.core.refusals import Reason, Refused
from engross.core.voting import bodies_with_votes, rules_of


@dataclass(frozen=True)
class VoteAsked:
    """A vote to open. Without `is_recommendation` the proposal's route says what it is."""

    body: str
    title: str
    rule: str
    paper_class: str
    opens_at: datetime
    closes_at: datetime
    proposal: Proposal | None = None
    alternative: str = ""
    meeting: Meeting | None = None
    is_recommendation: bool | None = None


@transaction.atomic
def open_vote(asked: VoteAsked, *, by: User, at: datetime) -> Vote:
    """Put a question to the vote of a body, and keep who held its seats when it opens.

    Raises Refused if the body has no vote, the rule is not its own, nobody holds a seat, its
    times are out of order, or it votes on the same question already.
    """
    if asked.proposal:
        # So that two who open the same vote at once see each other.
        Proposal.objects.select_for_update().get(pk=asked.proposal.pk)
    if reasons := reasons_against_vote(asked):
        raise Refused(reasons)
    electorate = electorate_on(asked.body, day_of(asked.opens_at))
    vote = Vote.objects.create(
        body=asked.body, title=asked.title, rule=asked.rule, paper_class=asked.paper_class,
        opens_at=asked.opens_at, closes_at=asked.closes_at, proposal=asked.proposal,
        alternative=_named_as_recorded(asked), meeting=asked.meeting,
        is_recommendation=bool(recommends(asked)), recorded_at=at,
        seats_at_opening=electorate_to_keep(electorate),
    )  # fmt: skip
    tell_voters(vote, electorate, at=at)
    details = {"body": vote.body, "title": vote.title, "rule": vote.rule,
               "opens_at": vote.opens_at.isoformat(), "closes_at": vote.closes_at.isoformat(),
               "proposal": asked.proposal.key if asked.proposal else ""}  # fmt: skip
    _record("votes.open", vote, by=by, at=at, details=details)
    return vote


def recommends(asked: VoteAsked) -> bool | None:
    """Say whether the body recommends and another decides; None where nothing tells."""
    if asked.is_recommendation is not None or asked.proposal is None:
        return bool(asked.is_recommendation)
    rows = ProposalDetails.objects.known_at(None).filter(proposal=asked.proposal)
    route = rows.values_list("route", flat=True).first()
    if not route:
        return None
    option = active_code().option("proposal_routes", route)
    if asked.body in option.texts("decided_by"):
        return False
    return True if asked.body in option.texts("recommended_by") else None


def reasons_against_vote(asked: VoteAsked) -> list[Reason]:
    """Return every reason against opening a vote."""
    code, on = active_code(), day_of(asked.opens_at)
    name = option_name("bodies", asked.body)
    reasons = []
    if asked.closes_at <= asked.opens_at:
        reasons.append(Reason("The vote would close before it opens", "Give a later close"))
    if asked.body not in bodies_with_votes(code, on):
        what = f"{name} has no seats and rule to vote by on {on}"
        return [*reasons, Reason(what, "Choose a body that votes")]
    if asked.rule not in {each.key for each in rules_of(code, asked.body, on)}:
        reasons.append(Reason(f"{name} does not count by this rule", "Choose one of its own"))
    if all(seat.is_vacant for seat in electorate_on(asked.body, on).seats):
        what = f"Nobody holds a seat of {name} on {on}"
        reasons.append(Reason(what, "Record who holds its seats first"))
    if asked.meeting and not _is_of_body(asked.meeting, asked.body):
        reasons.append(Reason(f"{asked.meeting} is not a meeting of {name}", "Choose another"))
    if recommends(asked) is None:
        what = f"The route does not say whether {name} decides or recommends"
        reasons.append(Reason(what, "Say which, or record the proposal's route first"))
    return [*reasons, *_reasons_against_alternative(asked), *_reasons_against_another(asked)]


def _reasons_against_alternative(asked: VoteAsked) -> Iterator[Reason]:
    if asked.alternative and asked.proposal is None:
        yield Reason("An alternative is one of a proposal", "Name the proposal, or no alternative")
    elif asked.alternative and asked.proposal and not _named_as_recorded(asked):
        names = sorted(_alternatives(asked).values())
        remedy = f"Name {' or '.join(names)}" if names else "Leave it out"
        yield Reason(
            f"{asked.proposal.label} has no alternative called {asked.alternative[:60]} on record",
            f"{remedy}, or record it in the register of alternatives first",
            href=f"{reverse('registers:record', args=[alternative_proposals.name])}"
                 f"?{urlencode({'proposal': asked.proposal.label})}",
        )  # fmt: skip


def _named_as_recorded(asked: VoteAsked) -> str:
    """Return the alternative under the name that the register has; '' for none."""
    return _alternatives(asked).get(asked.alternative.strip().casefold(), "")


def _alternatives(asked: VoteAsked) -> dict[str, str]:
    rows = Alternative.objects.known_at(None).filter(proposal=asked.proposal)
    return {name.casefold(): name for name in rows.order_by("name").values_list("name", flat=True)}


def _is_of_body(meeting: Meeting, body: str) -> bool:
    rows = MeetingDetails.objects.known_at(None).filter(meeting=meeting, body=body)
    return bool(rows.exists())


def _reasons_against_another(asked: VoteAsked) -> list[Reason]:
    if asked.proposal is None:
        return []
    same = Vote.objects.filter(proposal=asked.proposal, alternative=_named_as_recorded(asked),
                               body=asked.body, withdrawn_because="")  # fmt: skip
    if same.filter(counted_at__isnull=True).exists():
        what = "There is a vote of this body on the same question that is not counted"
        return [Reason(what, "Count that one, or withdraw it")]
    return []


@transaction.atomic
def close_vote(vote: Vote, *, by: User, at: datetime, reason: str = "") -> Vote:
    """Close a vote before its time, so that it takes no more ballots.

    Raises Refused if it is not open.
    """
    vote = hold(vote)
    if state_of(vote, at) is not State.OPEN:
        raise Refused(Reason("This vote is not open", "Look at the page again"))
    vote.ended_at = at
    vote.save(update_fields=["ended_at"])
    _record("votes.close", vote, by=by, at=at, reason=reason)
    return vote


@transaction.atomic
def withdraw_vote(vote: Vote, *, by: User, at: datetime, reason: str) -> Vote:
    """Take a vote back that should not have been opened; its ballots stay, and count for nothing.

    Raises Refused if it is counted or withdrawn.
    """
    vote = hold(vote)
    if vote.counted_at or vote.is_withdrawn:
        raise Refused(Reason("This vote is counted, or withdrawn already", "Look at it again"))
    vote.ended_at = min(at, window_of(vote).end)
    vote.withdrawn_because = reason
    vote.save(update_fields=["ended_at", "withdrawn_because"])
    _record("votes.withdraw", vote, by=by, at=at, reason=reason)
    return vote


@transaction.atomic
def count_vote(vote: Vote, *, expected: str = "", by: User, at: datetime) -> Vote:
    """Count a vote that is closed, and freeze its result with its electorate.

    A vote that is counted stays as it was counted. `expected` is the hash of the result that
    somebody looked at; raises Refused if the ballots or seats have changed since, or if the vote
    is not closed.
    """
    vote = hold(vote)
    if vote.counted_at:
        return vote
    state = state_of(vote, at)
    if state is not State.CLOSED:
        raise Refused(Reason(f"This vote is {state.value}", "Count it once it is closed"))
    try:
        counted = counted_now(vote)
    except LookupError as unknown:
        raise Refused(Reason(str(unknown), "Have the code's data corrected")) from unknown
    if expected and expected != counted.hash:
        what = "A ballot or a seat has changed since you looked at the result"
        raise Refused(Reason(what, "Look at it again, then count"))
    vote.counted_at, vote.outcome = at, counted.outcome
    vote.result, vote.result_hash = counted.result, counted.hash
    vote.save(update_fields=["counted_at", "outcome", "result", "result_hash"])
    _record("votes.count", vote, by=by, at=at,
            details={"outcome": vote.outcome, "hash": vote.result_hash})  # fmt: skip
    return vote


def hold(vote: Vote) -> Vote:
    """Return the vote as it is now, and make others who act on it wait."""
    return Vote.objects.select_for_update().get(pk=vote.pk)


def _record(
    action: str, vote: Vote, *, by: User, at: datetime, reason: str = "",
    details: Mapping[str, object] | None = None,
) -> None:  # fmt: skip
    record_event(action=action, subject=f"votes/{vote.pk}", by=by, at=at, reason=reason,
                 details=dict(details or {}))  # fmt: skip

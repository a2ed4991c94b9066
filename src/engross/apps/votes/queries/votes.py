"""The votes that there are, what each came to, and who may still vote."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from django.db.models import Q, QuerySet

from engross.apps.dates.queries import day_of
from engross.apps.proposals.models import Proposal
from engross.apps.registers.queries import active_code, option_name
from engross.apps.votes.models import Ballot, Vote
from engross.apps.votes.queries.electorates import electorate_kept, electorate_on
from engross.core.access import Marking, Reach, Reader, may_read, reach_of
from engross.core.proposals.framework.facts import Fact
from engross.core.voting import (
    Ballot as CastBallot,
)
from engross.core.voting import (
    Electorate,
    Question,
    Seat,
    SeatKey,
    Tally,
    Window,
    changes_between,
    choices_of,
    count,
    hash_of_result,
    outcome_of,
    result_of,
    rule_named,
)


class State(Enum):
    """Where a vote stands."""

    TO_COME = "to come"
    OPEN = "open"
    CLOSED = "closed"
    COUNTED = "counted"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class VotesAsked:
    """Which votes are asked for; what is empty asks for all."""

    body: str = ""
    state: State | None = None
    words: str = ""


def window_of(vote: Vote) -> Window:
    """Return from when until when a vote takes ballots."""
    return Window(vote.opens_at, vote.closes_at, vote.ended_at)


def state_of(vote: Vote, at: datetime) -> State:
    """Return where a vote stands at a moment."""
    if vote.is_withdrawn:
        return State.WITHDRAWN
    if vote.counted_at:
        return State.COUNTED
    if at >= window_of(vote).end:
        return State.CLOSED
    return State.OPEN if at >= vote.opens_at else State.TO_COME


def votes_asked(asked: VotesAsked, *, reader: Reader, at: datetime) -> "QuerySet[Vote]":
    """Return the votes asked for that the reader may see: the one that closes last first."""
    votes = _readable(reader).select_related("proposal", "meeting")
    if asked.body:
        votes = votes.filter(body=asked.body)
    if asked.state:
        votes = votes.filter(_in_state(asked.state, at))
    for word in asked.words.split():
        votes = votes.filter(Q(title__icontains=word) | Q(proposal__label__icontains=word))
    return votes.order_by("-closes_at", "-pk")


def _in_state(state: State, at: datetime) -> Q:
    if state is State.WITHDRAWN:
        return ~Q(withdrawn_because="")
    if state is State.COUNTED:
        return Q(counted_at__isnull=False)
    left = Q(withdrawn_because="", counted_at__isnull=True)
    over = Q(closes_at__lte=at) | Q(ended_at__lte=at)
    if state is State.CLOSED:
        return left & over
    return left & ~over & (Q(opens_at__lte=at) if state is State.OPEN else Q(opens_at__gt=at))


def _readable(reader: Reader) -> "QuerySet[Vote]":
    """Return the votes that a reader may see; `may_read` said in the database."""
    votes = Vote.objects.all()
    if reader.handles_all:
        return votes
    code = active_code()
    reaching: dict[Reach, list[str]] = {each: [] for each in Reach}
    for option in code.options("paper_classes"):
        reaching[reach_of(code, option.key)].append(option.key)
    found = Q(paper_class__in=reaching[Reach.ANYONE])
    if reader.is_within and Reach.PARTIES in reader.reaches:
        found |= Q(paper_class__in=reaching[Reach.PARTIES])
    if Reach.CIRCLE in reader.reaches:
        circle = Q() if reader.is_authority else Q(body__in=sorted(reader.bodies))
        found |= Q(paper_class__in=reaching[Reach.CIRCLE]) & circle
    return votes.filter(found)


def marking_of(vote: Vote) -> Marking:
    """Return how a vote is marked."""
    return Marking(reach_of(active_code(), vote.paper_class), body=vote.body)


def vote_numbered(number: int, *, reader: Reader) -> Vote | None:
    """Return a vote; None if there is no such one that the reader may see."""
    vote = Vote.objects.select_related("proposal", "meeting").filter(pk=number).first()
    return vote if vote and may_read(reader, marking_of(vote)) else None


def is_of_circle(reader: Reader, body: str) -> bool:
    """Say whether somebody may see who of a body voted how, and their names."""
    return may_read(reader, Marking(Reach.CIRCLE, body=body))


def ballots_of(vote: Vote) -> list[Ballot]:
    """Return the ballots of a vote as they stand, in the order of seats."""
    rows = vote.ballots.filter(superseded_at__isnull=True).select_related("person")
    return list(rows.order_by("seat", "place", "pk"))


def as_cast(rows: Iterable[Ballot]) -> list[CastBallot]:
    """Return ballots as the rules take them."""
    return [
        CastBallot(SeatKey(each.seat, each.place), each.choice, each.cast_at, each.pk,
                   each.person_id)
        for each in rows
    ]  # fmt: skip


@dataclass(frozen=True)
class Counted:
    """What a count of a vote comes to: with its electorate, what changed, outcome and result."""

    tally: Tally
    electorate: Electorate
    outcome: str
    result: dict[str, object]

    @property
    def hash(self) -> str:
        """The name of the result."""
        return hash_of_result(self.result)


def counted_now(vote: Vote) -> Counted:
    """Return what the ballots of a vote come to, with the electorate of the day it closed.

    Raises LookupError if the code gives the body no decision to come to.
    """
    code, window = active_code(), window_of(vote)
    on = day_of(window.end)
    electorate, choices = electorate_on(vote.body, on), choices_of(code)
    rule = rule_named(code, vote.rule)
    tally = count(as_cast(ballots_of(vote)), electorate, rule, choices=choices, window=window)
    outcome = outcome_of(
        code, tally, body=vote.body, is_recommendation=vote.is_recommendation, on=on
    )
    opened = electorate_kept(vote.body, day_of(vote.opens_at), vote.seats_at_opening)
    question = Question(vote.pk, vote.body, option_name("bodies", vote.body), vote.title,
                        vote.is_recommendation)  # fmt: skip
    result = result_of(
        question, tally, electorate, rule=rule, window=window, choices=choices,
        changes=changes_between(opened, electorate), outcome=outcome,
    )  # fmt: skip
    return Counted(tally, electorate, outcome, result)


def seats_to_vote_for(vote: Vote, person: int, *, on: date) -> tuple[Seat, ...]:
    """Return the seats for which a person may cast a ballot on a day, their own first."""
    return electorate_on(vote.body, on).seats_of(person)


def votes_of(person: int, bodies: Collection[str], *, at: datetime) -> list[tuple[Vote, Seat]]:
    """Return the votes, open or to come, in which a person has a seat's ballot to cast."""
    left = _in_state(State.OPEN, at) | _in_state(State.TO_COME, at)
    votes = Vote.objects.filter(left, body__in=bodies).select_related("proposal", "meeting")
    on = day_of(at)
    seated = {body: electorate_on(body, on).seats_of(person) for body in sorted(set(bodies))}
    return [
        (vote, seat) for vote in votes.order_by("closes_at", "pk") for seat in seated[vote.body]
    ]


def ballots_cast_by(reader: Reader, *, most: int) -> list[Ballot]:
    """Return the ballots of a reader as they stand, the last cast first, of votes they may see."""
    if reader.person is None:
        return []
    own = Ballot.objects.filter(person=reader.person, superseded_at__isnull=True)
    rows = own.select_related("vote", "vote__proposal").order_by("-cast_at", "-pk")[:most]
    return [each for each in rows if may_read(reader, marking_of(each.vote))]


def facts_of_votes(proposals: Collection[int], on: date) -> Mapping[int, Iterable[Fact]]:
    """Return of each proposal which votes were counted by the end of a day, and their outcome.

    A vote without a quorum decided nothing and is no fact; nor is one on an alternative.
    """
    votes = Vote.objects.filter(proposal__in=proposals, alternative="", counted_at__isnull=False)
    found: dict[int, list[Fact]] = {}
    for vote in votes.exclude(outcome="").order_by("counted_at", "pk"):
        since = day_of(window_of(vote).end)
        if since <= on and vote.proposal_id is not None:
            found.setdefault(vote.proposal_id, []).append(Fact("vote-counted", since, vote.outcome))
    return found


def votes_on(proposal: Proposal, *, reader: Reader) -> list[Vote]:
    """Return the votes on a proposal that a reader may see, the latest first."""
    votes = _readable(reader).filter(proposal=proposal, withdrawn_because="")
    return list(votes.select_related("meeting").order_by("-closes_at", "-pk"))


def is_shown_while_open(vote: Vote) -> bool:
    """Say whether the code lets everybody see how a vote stands before it closes."""
    return bool(_set("vote_shown_while_open", vote))


def are_seats_shown(vote: Vote) -> bool:
    """Say whether the code publishes how each seat voted, and not only each group."""
    return bool(_set("vote_publication", vote) == "seats")


def _set(name: str, vote: Vote) -> Any:
    try:
        return active_code().parameter(name, on=day_of(vote.opens_at))
    except LookupError:
        return None

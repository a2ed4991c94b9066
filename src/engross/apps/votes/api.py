"""The read API of votes and of bodies' seats: what is public, and more for a body's members."""

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from engross.apps.accounts.queries import who_reads
from engross.apps.registers.api import PROBLEMS, AsAt, PageOf, Turned, aware, turn_to
from engross.apps.registers.queries import active_code
from engross.apps.votes import commands, queries
from engross.apps.votes.models import Vote
from engross.apps.votes.queries import State, VotesAsked
from engross.core.access import Reader

router = Router(tags=["Votes"])
bodies = Router(tags=["Votes"])


class VotesQuery(Turned):
    """What the list of votes can be asked."""

    q: str = Field("", max_length=200, description="Words of the question, or a proposal")
    body: str = Field("", max_length=60, description="A key of the list bodies")
    state: State | None = Field(None, description="Where the vote stands now")


class VoteItem(Schema):
    """A vote in a list; options by their key."""

    number: int
    url: str
    body: str
    title: str
    proposal: str | None = None
    alternative: str | None = None
    is_recommendation: bool
    meeting: str | None = None
    rule: str
    paper_class: str
    state: State
    opens_at: datetime
    closes_at: datetime
    outcome: str | None = Field(None, description="A key of decision_outcomes, once it is counted")
    result_hash: str | None = Field(None, description="SHA-256 of the whole frozen result as JSON "
                                    "with sorted keys and no spaces")  # fmt: skip


class VotePage(PageOf):
    """A page of votes."""

    rows: list[VoteItem]


class VoteEntry(VoteItem):
    """A vote with its result once it is counted.

    Each seat's ballot is there where the code publishes it, or for members of the body.
    """

    result: dict[str, Any] | None = None


class SeatEntry(Schema):
    """A seat of a body: the organisation that holds it, if any does."""

    seat: str
    group: str
    place: str
    votes: bool
    organisation: str | None = None
    is_vacant: bool


class BodySeats(Schema):
    """The seats of a body as at a day."""

    body: str
    name: str
    as_at: date
    seats: list[SeatEntry]


@router.get("", response={200: VotePage, **PROBLEMS}, summary="Votes", operation_id="list_votes")
def list_votes(request: HttpRequest, asked: Query[VotesQuery]) -> Any:
    """The votes that the reader may see, the one that closes last first."""
    turn, now = turn_to(request, asked), timezone.now()
    wanted = VotesAsked(body=asked.body, state=asked.state, words=asked.q)
    found = queries.votes_asked(wanted, reader=who_reads(request), at=now)
    page = turn.page(found, lambda vote: str(vote.pk))
    commands.log_votes_read(page.rows, reader=who_reads(request), at=now)
    return page.answer([_item(vote, now) for vote in page.rows])


def _item(vote: Vote, at: datetime) -> dict[str, Any]:
    return {
        "number": vote.pk,
        "url": reverse("votes:vote", args=[vote.pk]),
        "body": vote.body,
        "title": vote.title,
        "proposal": vote.proposal.label if vote.proposal else None,
        "alternative": vote.alternative or None,
        "is_recommendation": vote.is_recommendation,
        "meeting": vote.meeting.key if vote.meeting else None,
        "rule": vote.rule,
        "paper_class": vote.paper_class,
        "state": queries.state_of(vote, at).value,
        "opens_at": vote.opens_at.isoformat(),
        "closes_at": queries.window_of(vote).end.isoformat(),
        "outcome": vote.outcome or None,
        "result_hash": vote.result_hash or None,
    }


@router.get("/{int:number}", response={200: VoteEntry, **PROBLEMS}, summary="One vote",
            operation_id="get_vote")  # fmt: skip
def get_vote(request: HttpRequest, number: int) -> Any:
    """A vote, with its result and electorate as frozen once it is counted."""
    reader = who_reads(request)
    vote = queries.vote_numbered(number, reader=reader)
    if vote is None:
        raise Http404("There is no such vote, or it is not for everybody")
    commands.log_votes_read([vote], reader=reader, at=timezone.now())
    return JsonResponse({**_item(vote, timezone.now()), "result": _result(vote, reader)})


def _result(vote: Vote, reader: Reader) -> dict[str, Any] | None:
    if (
        vote.result is None
        or queries.are_seats_shown(vote)
        or queries.is_of_circle(reader, vote.body)
    ):
        return vote.result
    # Without who of the body voted how; how many ballots do not count, and why, is for everybody.
    told = [{"why": each["why"]} for each in vote.result["not_counted"]]
    kept = {key: value for key, value in vote.result.items() if key != "ballots"}
    return {**kept, "not_counted": told}


@bodies.get("/{key}", response={200: BodySeats, **PROBLEMS}, summary="The seats of a body",
            operation_id="get_body_seats")  # fmt: skip
def get_body_seats(request: HttpRequest, key: str, asked: Query[AsAt]) -> Any:
    """The seats of a body as at a day, and the organisations that hold them."""
    try:
        option = active_code().option("bodies", key)
    except LookupError as unknown:
        raise Http404("There is no such body") from unknown
    on = asked.as_at or timezone.localdate()
    electorate = queries.electorate_on(key, on, known_at=aware(asked.known_at))
    names = {each.key: each for each in electorate.groups}
    seats = [
        {"seat": each.key.group, "group": names[each.key.group].name, "place": each.key.place,
         "votes": names[each.key.group].votes, "organisation": each.organisation or None,
         "is_vacant": each.is_vacant}
        for each in electorate.seats
    ]  # fmt: skip
    return JsonResponse({"body": key, "name": option.name, "as_at": on.isoformat(), "seats": seats})

"""Who is told by mail of a vote: those who may cast a ballot in it."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse

from engross.apps.accounts.models import User
from engross.apps.dates.queries import day_of
from engross.apps.notices.commands import send_notice
from engross.apps.registers.queries import option_name
from engross.apps.votes.models import Vote
from engross.apps.votes.queries import (
    State,
    VotesAsked,
    ballots_of,
    electorate_on,
    marking_of,
    votes_asked,
)
from engross.core.access import SYSTEM
from engross.core.voting import Electorate

# A day's job finds, at nine, what closes by the evening of the next day.
AHEAD = timedelta(hours=33)


def tell_voters(vote: Vote, electorate: Electorate, *, at: datetime) -> None:
    """Tell who may cast a ballot that a vote is open, or when it opens; nothing once it is over."""
    if vote.closes_at > at:
        _send("vote-opened", vote, _people(electorate), at=at)


@transaction.atomic
def remind_voters(*, at: datetime) -> int:
    """Remind those whose seat has no ballot of the votes that close soon, once for each vote.

    Returns of how many votes was reminded.
    """
    votes = votes_asked(VotesAsked(state=State.OPEN), reader=SYSTEM, at=at)
    due = list(votes.filter(closes_at__lte=at + AHEAD))
    for vote in due:
        electorate = electorate_on(vote.body, day_of(at))
        voted = {(each.seat, each.place) for each in ballots_of(vote)}
        spared = {person for seat in electorate.seats if seat.key in voted
                  for person in seat.people}  # fmt: skip
        _send("vote-closing", vote, _people(electorate) - spared, at=at, without=spared)
    return len(due)


def _people(electorate: Electorate) -> set[int]:
    groups = {each.key for each in electorate.voting_groups}
    return {person for seat in electorate.seats if seat.key.group in groups
            for person in seat.people}  # fmt: skip


def _send(
    event: str, vote: Vote, voters: Collection[int], *, at: datetime,
    without: Collection[int] = (),
) -> None:  # fmt: skip
    context = {"body": option_name("bodies", vote.body), "closes": vote.closes_at}
    send_notice(
        event, about=vote.title, link=reverse("votes:vote", args=[vote.pk]), context=context,
        people={"voters": _users(voters)}, body=vote.body, paper_class=vote.paper_class,
        marking=marking_of(vote), without=_users(without), at=at,
        once=f"votes/{vote.pk}/{vote.closes_at.isoformat()}",
    )  # fmt: skip


def _users(people: Collection[int]) -> list[User]:
    return list(User.objects.filter(pk__in=people, is_active=True).order_by("pk"))

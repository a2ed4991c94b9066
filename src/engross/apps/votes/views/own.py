"""The votes of whoever is signed in: the ballots they have to cast, and those they cast."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from engross.apps.accounts.queries import who_reads
from engross.apps.dates.queries import day_of
from engross.apps.people.views.guarding import signed_in
from engross.apps.registers.queries import option_name
from engross.apps.votes import queries
from engross.apps.votes.forms import seat_words
from engross.apps.votes.models import Vote
from engross.apps.votes.views.shown import href_of, mark_of, outcome_words
from engross.core.access import Reader
from engross.design.parts import Column

MOST_CAST = 30
OWN_COLUMNS = (
    Column("title", "Question", "title", link="href"),
    Column("seat", "Your seat"),
    Column("mark", "Standing"),
    Column("closes_at", "Closes", "moment"),
    Column("answer", "Your ballot"),
)
CAST_COLUMNS = (
    Column("title", "Question", "title", link="href"),
    Column("answer", "Your ballot"),
    Column("cast_at", "Cast", "moment"),
    Column("mark", "Standing"),
    Column("outcome", "Outcome"),
)


@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """Show the votes in which whoever is signed in has a ballot to cast, and those they cast."""
    reader, now = who_reads(request), timezone.now()
    context = {
        "title": "Your votes",
        "lead": "Votes that are open or to come, in which you hold a seat or stand in for one.",
        "columns": OWN_COLUMNS,
        "rows": own_votes(reader, now),
        "cast_columns": CAST_COLUMNS,
        "cast": cast_by(reader, now),
    }
    return render(request, "votes/mine.html", context)


def own_votes(reader: Reader, at: datetime) -> list[dict[str, Any]]:
    """Return the votes in which a reader has a ballot to cast, and what they answered so far."""
    if reader.person is None:
        return []
    rows = queries.votes_of(reader.person, reader.bodies, at=at)
    electorates = {vote.body: queries.electorate_on(vote.body, day_of(at))
                   for vote, _ in rows}  # fmt: skip
    return [
        {
            "number": vote.pk,
            "title": vote.title,
            "href": f"{reverse('votes:ballot', args=[vote.pk])}?seat={index}",
            "seat": seat_words(electorates[vote.body], seat.key),
            "stands_in": reader.person not in seat.members,
            "mark": mark_of(vote, at),
            "closes_at": vote.closes_at,
            "answer": _answer(vote, seat.key),
        }
        for index, (vote, seat) in _numbered(rows)
    ]


def _numbered(rows: list[tuple[Vote, Any]]) -> list[tuple[int, tuple[Vote, Any]]]:
    """Return each with its place among the seats that the person has in that vote."""
    seen: dict[int, int] = {}
    numbered = []
    for row in rows:
        seen[row[0].pk] = seen.get(row[0].pk, -1) + 1
        numbered.append((seen[row[0].pk], row))
    return numbered


def _answer(vote: Vote, seat: Any) -> str:
    for ballot in queries.ballots_of(vote):
        if (ballot.seat, ballot.place) == seat:
            return option_name("ballot_choices", ballot.choice)
    return ""


def cast_by(reader: Reader, at: datetime) -> list[dict[str, Any]]:
    """Return the ballots that a reader cast last, and what came of the votes."""
    return [
        {
            "title": each.vote.title,
            "href": href_of(each.vote),
            "answer": option_name("ballot_choices", each.choice),
            "cast_at": each.cast_at,
            "mark": mark_of(each.vote, at),
            "outcome": outcome_words(each.vote),
        }
        for each in queries.ballots_cast_by(reader, most=MOST_CAST)
    ]

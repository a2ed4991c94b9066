"""A member's ballot."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from engross.apps.accounts.views import person_of
from engross.apps.dates.queries import day_of
from engross.apps.people.views.acting import Act, Cleaned, perform
from engross.apps.people.views.guarding import signed_in
from engross.apps.registers.queries import active_code, option_name
from engross.apps.votes import commands, queries
from engross.apps.votes.forms import BallotForm, seat_words
from engross.apps.votes.models import Ballot, Vote
from engross.apps.votes.queries import State
from engross.apps.votes.views.shown import href_of
from engross.apps.votes.views.votes import vote_or_404
from engross.core.voting import Choice, SeatKey, choices_of


@signed_in
def ballot(request: HttpRequest, number: int) -> HttpResponse:
    """Let the holder of a seat, or who stands in, cast its ballot or change it."""
    vote, person, now = vote_or_404(request, number), person_of(request), timezone.now()
    on = day_of(now)
    seats = queries.seats_to_vote_for(vote, person.pk, on=on)
    why = _why_not(vote, queries.state_of(vote, now), has_seat=bool(seats))
    if why:
        messages.error(request, why)
        return redirect(href_of(vote))
    asked = request.GET.get("seat", "0")
    seat = seats[int(asked) if asked.isdecimal() and int(asked) < len(seats) else 0]
    standing = _standing(vote, seat.key)
    choices = [each for each in choices_of(active_code(), on).values() if not each.is_for_secretary]

    def do(cleaned: Cleaned) -> None:
        given = commands.BallotGiven(seat.key, cleaned["choice"], cleaned["reason"], form.views(),
                                     cleaned["replaces"])  # fmt: skip
        commands.cast_ballot(vote, given, by=person, at=timezone.now())

    form = BallotForm(request.POST or None, choices=choices, initial=_initial(standing))
    words = seat_words(queries.electorate_on(vote.body, on), seat.key)
    act = Act(
        "Change your ballot" if standing else "Your ballot",
        lambda cleaned: _will(vote, words, cleaned, choices, standing), do, href_of(vote),
        action="Cast the ballot", done="Your ballot is cast.", reference=vote.title,
        who_sees="Only you and staff can see this page.", template="votes/ballot.html",
        more={"vote": vote, "seat": words, "body": option_name("bodies", vote.body)},
    )  # fmt: skip
    return perform(request, act, form)


def _why_not(vote: Vote, state: State, *, has_seat: bool) -> str:
    """Return why there is no ballot to cast here; empty if there is one."""
    if not has_seat:
        body = option_name("bodies", vote.body)
        return f"You hold no seat of the {body} today, and stand in for none."
    return {
        State.TO_COME: "This vote has not opened yet.",
        State.CLOSED: "This vote is closed: it takes no more ballots.",
        State.COUNTED: "This vote is counted.",
        State.WITHDRAWN: "This vote was withdrawn.",
    }.get(state, "")


def _standing(vote: Vote, seat: SeatKey) -> Ballot | None:
    own = (each for each in queries.ballots_of(vote) if (each.seat, each.place) == seat)
    return next(own, None)


def _initial(standing: Ballot | None) -> Mapping[str, Any]:
    if standing is None:
        return {}
    return {"choice": standing.choice, "reason": standing.reason, "replaces": standing.pk,
            **standing.objectives}  # fmt: skip


def _will(
    vote: Vote, seat: str, cleaned: Cleaned, choices: list[Choice], standing: Ballot | None
) -> list[str]:
    names = {each.key: each.name for each in choices}
    said = [f"The ballot of {seat} is: {names[cleaned['choice']]}."]
    if standing:
        was = option_name("ballot_choices", standing.choice)
        said.append(f"It replaces the one that is there, {was}, which is kept and not counted.")
    conflict = next((each for each in choices if each.is_conflict), None)
    if conflict and cleaned["choice"] == conflict.key:
        said.append("The seat takes no side in this vote, and cannot change that by itself.")
    else:
        said.append(
            f"You can change it until {timezone.localtime(vote.closes_at):%H:%M on %d %B %Y}."
        )
    published = "Your reasons are published with the result, under the name of your group."
    return [*said, published] if cleaned["reason"] else said

"""What the secretary does: opens votes, records ballots, closes, withdraws and counts."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from engross.apps.accounts.views import person_of, staff_only
from engross.apps.dates.queries import day_of
from engross.apps.people.views.acting import Act, Cleaned, perform
from engross.apps.registers.queries import active_code, option_name
from engross.apps.votes import commands, queries
from engross.apps.votes.forms import (
    OpenVoteForm,
    RecordBallotForm,
    WhyForm,
    asked_by,
    seat_of,
    seat_words,
)
from engross.apps.votes.models import Vote
from engross.apps.votes.queries import State
from engross.apps.votes.views.results import group_columns, group_rows
from engross.apps.votes.views.shown import href_of
from engross.apps.votes.views.votes import vote_or_404
from engross.core.refusals import Refused
from engross.core.voting import Electorate, choices_of, rule_named

GIVEN = ("body", "proposal", "meeting", "alternative", "paper_class", "rule")


@staff_only
def open_vote(request: HttpRequest) -> HttpResponse:
    """Open a vote of a body."""
    now = timezone.localtime()
    initial = {name: request.GET[name] for name in GIVEN if name in request.GET}
    form = OpenVoteForm(request.POST or None, at=now, initial={"paper_class": "white", **initial})

    def do(cleaned: Cleaned) -> None:
        commands.open_vote(asked_by(cleaned), by=person_of(request), at=timezone.now())

    act = Act("Open a vote", _will_open, do, reverse("votes:list"), action="Open the vote",
              done="The vote is on the list.")  # fmt: skip
    return perform(request, act, form)


def _will_open(cleaned: Cleaned) -> list[str]:
    asked = asked_by(cleaned)
    body = option_name("bodies", asked.body)
    electorate = queries.electorate_on(asked.body, day_of(asked.opens_at))
    voting = [seat for group in electorate.voting_groups for seat in electorate.seats_in(group.key)]
    held = sum(not seat.is_vacant for seat in voting)
    rule = rule_named(active_code(), asked.rule)
    does = "recommends, and another decides" if commands.recommends(asked) else "decides"
    opens, closes = (f"{timezone.localtime(each):%H:%M on %d %B %Y}"
                     for each in (asked.opens_at, asked.closes_at))  # fmt: skip
    return [
        f"The {body} votes on '{asked.title}', and {does}.",
        f"Ballots are taken from {opens} until just before {closes}.",
        f"{held} of its {len(voting)} seats are held and may vote; who holds them is kept with "
        "the vote.",
        rule.sentence,
        f"Of class {option_name('paper_classes', asked.paper_class)}.",
        *_mailed(electorate, is_over=asked.closes_at <= timezone.now()),
    ]


def _mailed(electorate: Electorate, *, is_over: bool) -> list[str]:
    groups = {each.key for each in electorate.voting_groups}
    people = {person for seat in electorate.seats if seat.key.group in groups
              for person in seat.people}  # fmt: skip
    if is_over:
        return ["It is over already: nobody is told by mail."]
    here = f"; {len(people)} of them may vote here" if people else ", none of whom may vote here"
    return [f"The members of the body are told by mail{here}."]


@staff_only
def record(request: HttpRequest, number: int) -> HttpResponse:
    """Record a ballot that somebody gave at the meeting."""
    vote = vote_or_404(request, number)
    window = queries.window_of(vote)
    now = timezone.now()
    electorate = queries.electorate_on(vote.body, day_of(min(now, window.end)))
    people = {each for seat in electorate.seats for each in seat.people}
    choices = choices_of(active_code()).values()
    at = timezone.localtime(now if window.holds(now) else vote.opens_at)
    form = RecordBallotForm(request.POST or None, choices=choices, electorate=electorate,
                            people=queries.names_of(people), at=at)  # fmt: skip

    def do(cleaned: Cleaned) -> None:
        seat = seat_of(cleaned["seat"])
        standing = [each.pk for each in queries.ballots_of(vote)
                    if (each.seat, each.place) == seat and cleaned["replace"]]  # fmt: skip
        given = commands.BallotGiven(seat, cleaned["choice"], cleaned["reason"], form.views(),
                                     next(iter(standing), None))  # fmt: skip
        commands.cast_for(vote, given, person=form.person(), cast_at=cleaned["cast_at"],
                          by=person_of(request), at=timezone.now())  # fmt: skip

    def will(cleaned: Cleaned) -> list[str]:
        words = seat_words(electorate, seat_of(cleaned["seat"]))
        said = [f"The ballot of {words} is recorded as: "
                f"{option_name('ballot_choices', cleaned['choice'])}."]  # fmt: skip
        if cleaned["replace"]:
            said.append("The ballot that the seat has is kept, and not counted.")
        return [*said, "That the secretary recorded it is kept."]

    act = Act("Record a ballot", will, do, href_of(vote), action="Record it",
              done="The ballot is recorded.", reference=vote.title,
              template="votes/record.html")  # fmt: skip
    return perform(request, act, form)


@staff_only
def close(request: HttpRequest, number: int) -> HttpResponse:
    """Close a vote before its time."""
    vote = vote_or_404(request, number)

    def do(cleaned: Cleaned) -> None:
        commands.close_vote(vote, by=person_of(request), at=timezone.now(),
                            reason=cleaned["reason"])  # fmt: skip

    count = len(queries.ballots_of(vote))
    will = [f"The vote takes no more ballots. It has {count}.",
            "It can be counted then; it cannot be opened again."]  # fmt: skip
    act = Act("Close the vote now", lambda _: will, do, href_of(vote), action="Close it",
              done="The vote is closed.", reference=vote.title, danger=True)  # fmt: skip
    return perform(request, act, WhyForm(request.POST or None))


@staff_only
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take a vote back."""
    vote = vote_or_404(request, number)

    def do(cleaned: Cleaned) -> None:
        commands.withdraw_vote(vote, by=person_of(request), at=timezone.now(),
                               reason=cleaned["reason"])  # fmt: skip

    will = ["The vote ends, and its ballots count for nothing; they are kept.",
            "The same question can be put to the vote again."]  # fmt: skip
    act = Act("Withdraw the vote", lambda _: will, do, href_of(vote), action="Withdraw it",
              done="The vote is withdrawn.", reference=vote.title, danger=True)  # fmt: skip
    return perform(request, act, WhyForm(request.POST or None))


@staff_only
def count(request: HttpRequest, number: int) -> HttpResponse:
    """Show what the ballots of a closed vote come to, and freeze it once that was seen."""
    vote = vote_or_404(request, number)
    if queries.state_of(vote, timezone.now()) is not State.CLOSED:
        messages.error(request, "Only a vote that is closed and not counted can be counted.")
        return redirect(href_of(vote))
    refused: Any = ()
    if request.method == "POST" and request.POST.get("confirmed"):
        try:
            commands.count_vote(vote, expected=request.POST.get("expected", ""),
                                by=person_of(request), at=timezone.now())  # fmt: skip
        except Refused as error:
            refused = error.reasons
        else:
            messages.success(request, "The vote is counted.")
            return redirect(href_of(vote))
    return render(request, "votes/count.html", _counted(vote, refused),
                  status=422 if refused else 200)  # fmt: skip


def _counted(vote: Vote, refused: Any) -> dict[str, Any]:
    counted = queries.counted_now(vote)
    outcome = option_name("decision_outcomes", counted.outcome)
    will = [f"The result is frozen as: {counted.result['sentence']}",
            f"The vote comes to: {outcome}." if outcome else "Without a quorum it decides nothing.",
            "No ballot can be added or changed after that."]  # fmt: skip
    return {
        "title": "Count the vote",
        "reference": vote.title,
        "will": will,
        # What was refused was what somebody had looked at before: this is looked at anew.
        "refused_before": refused,
        "expected": counted.hash,
        "action": "Count it",
        "cancel_url": href_of(vote),
        "columns": group_columns(counted.result),
        "groups": group_rows(counted.result),
        "changes": counted.result["changes_since_opening"],
        "not_counted": counted.result["not_counted"],
    }

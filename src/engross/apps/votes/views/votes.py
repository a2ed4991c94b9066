"""The pages of votes: the list, one vote, and those that wait for whoever is signed in."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from engross.apps.accounts.queries import may_change_registers, who_reads
from engross.apps.meetings.views import href_of_meeting, tabs_of
from engross.apps.proposals.queries import basis_of
from engross.apps.proposals.views import address_of
from engross.apps.registers.queries import active_code, option_name
from engross.apps.votes import commands, queries
from engross.apps.votes.forms import VoteFilterForm
from engross.apps.votes.models import Vote
from engross.apps.votes.queries import State
from engross.apps.votes.views.own import own_votes
from engross.apps.votes.views.results import result_context
from engross.apps.votes.views.shown import href_of, mark_of, outcome_words
from engross.core.access import Reader
from engross.core.voting import rule_named
from engross.design.parts import Column, class_badge, link

ROWS_A_PAGE = 60
COLUMNS = (
    Column("title", "Question", "title", link="href"),
    Column("body", "Body"),
    Column("mark", "Standing"),
    Column("closes_at", "Closes", "moment"),
    Column("outcome", "Outcome"),
)


def vote_list(request: HttpRequest) -> HttpResponse:
    """Show the votes that were asked for, the latest first."""
    form, now, reader = VoteFilterForm(request.GET), timezone.now(), who_reads(request)
    votes = queries.votes_asked(form.asked(), reader=reader, at=now)
    page: Any = Paginator(votes, ROWS_A_PAGE).get_page(request.GET.get("page"))
    commands.log_votes_read(page.object_list, reader=reader, at=now)
    page.object_list = [_listed(vote, now) for vote in page.object_list]
    context = {
        "title": "Votes",
        "lead": "What bodies vote on, who may vote, and what came of it.",
        "tabs": tabs_of("votes"),
        "filter_form": form,
        "page": page,
        "columns": COLUMNS,
        "noun": "votes" if page.paginator.count != 1 else "vote",
        "downloads": {"json": "/api/v1/votes"},
        "may_change": may_change_registers(request.user),
        "is_signed_in": reader.person is not None,
        "empty_title": None if request.GET else "No vote is recorded yet.",
    }
    return render(request, "votes/votes.html", context)


def _listed(vote: Vote, at: datetime) -> dict[str, Any]:
    return {
        "title": f"{vote.title} ({vote.alternative})" if vote.alternative else vote.title,
        "href": href_of(vote),
        "body": option_name("bodies", vote.body),
        "mark": mark_of(vote, at),
        "closes_at": queries.window_of(vote).end,
        "outcome": outcome_words(vote),
    }


def vote_or_404(request: HttpRequest, number: int) -> Vote:
    """Return the vote that an address means, if the reader may see it."""
    vote = queries.vote_numbered(number, reader=who_reads(request))
    if vote is None:
        raise Http404("There is no such vote")
    return vote


def vote(request: HttpRequest, number: int) -> HttpResponse:
    """Show a vote: who may vote, and once it is counted, what came of it."""
    found, now, reader = vote_or_404(request, number), timezone.now(), who_reads(request)
    state = queries.state_of(found, now)
    commands.log_votes_read([found], reader=reader, at=now)
    context = {
        "title": found.title,
        "vote": found,
        "rests_on": basis_of(found.proposal_id),
        "state": state.name,
        "body": option_name("bodies", found.body),
        "mark": mark_of(found, now),
        "outcome": outcome_words(found),
        "facts": _facts(found),
        "rule": _rule(found),
        "page_class": found.paper_class,
        "own": _own(found, reader, state, now),
        "commands": _commands(found, state) if may_change_registers(request.user) else (),
        "api_url": f"/api/v1/votes/{found.pk}",
        **_after(found, reader),
        **result_context(found, state, reader),
    }
    return render(request, "votes/vote.html", context)


def _facts(vote: Vote) -> list[tuple[str, Any]]:
    body = link(reverse("votes:body", args=[vote.body]), option_name("bodies", vote.body))
    facts: list[tuple[str, Any]] = [("Body", body)]
    if vote.proposal:
        facts.append(("Proposal", link(address_of(vote.proposal.label), vote.proposal.label)))
    if vote.alternative:
        facts.append(("Alternative", vote.alternative))
    if vote.meeting:
        facts.append(("Meeting", link(href_of_meeting(vote.meeting.key), vote.meeting.label)))
    window = queries.window_of(vote)
    does = "recommends; another decides" if vote.is_recommendation else "decides"
    return [*facts, ("The vote", does), ("Opens", vote.opens_at), ("Closes", window.end),
            ("Class", class_badge(vote.paper_class))]  # fmt: skip


def _after(vote: Vote, reader: Reader) -> Mapping[str, Any]:
    """Return when the decision was recorded that a vote came to, or what staff do to record it."""
    if decision := queries.decision_after(vote):
        return {"decided_on": decision.decided_on}
    move = queries.move_after(vote) if reader.is_staff else None
    if move is None or vote.proposal is None:
        return {}
    href = reverse("proposals:move", args=[vote.proposal.label, move.key])
    return {"follows": (move.name, href)}


def _rule(vote: Vote) -> Mapping[str, Any]:
    rule = rule_named(active_code(), vote.rule)
    return {
        "sentence": rule.sentence,
        "seats": rule.quorum_seats_percent,
        "groups": rule.quorum_groups_percent,
        "clause": rule.clause,
        "is_assumed": rule.is_assumed,
    }


def _own(vote: Vote, reader: Reader, state: State, at: datetime) -> list[dict[str, Any]]:
    """Return the seats for which the reader may cast a ballot here, and what they answered."""
    if reader.person is None or state not in {State.OPEN, State.TO_COME}:
        return []
    return [each for each in own_votes(reader, at) if each["number"] == vote.pk]


def _commands(vote: Vote, state: State) -> list[tuple[str, str]]:
    """Return what staff may do here: words and addresses."""
    names = {
        State.TO_COME: ("withdraw",),
        State.OPEN: ("record", "close", "withdraw"),
        State.CLOSED: ("count", "record", "withdraw"),
    }.get(state, ())
    words = {"record": "Record a ballot", "close": "Close it now", "withdraw": "Withdraw it",
             "count": "Count it"}  # fmt: skip
    return [(words[each], reverse(f"votes:{each}", args=[vote.pk])) for each in names]

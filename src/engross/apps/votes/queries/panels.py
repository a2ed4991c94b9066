"""What votes bring to a proposal's page."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from engross.apps.dates.queries import day_of
from engross.apps.proposals.queries import Panel, PanelAsked
from engross.apps.registers.queries import active_code, option_name
from engross.apps.votes.models import Vote
from engross.apps.votes.queries.votes import votes_on, window_of


def _of_proposal(asked: PanelAsked) -> Mapping[str, Any] | None:
    votes = []
    if asked.about.is_named_in(Vote):
        votes = votes_on(asked.proposal, reader=asked.reader)
    if asked.as_at:
        votes = [vote for vote in votes if day_of(vote.opens_at) <= asked.as_at]
    opens = _opens(asked) if asked.reader.handles_all and not asked.as_at else []
    if not votes and not opens:
        return None
    return {"votes": [_shown(vote, asked) for vote in votes], "opens": opens}


def _opens(asked: PanelAsked) -> list[dict[str, str]]:
    """Return where who may open a vote opens it: of a body with seats that decides the stage."""
    code, stage = active_code(), asked.proposal.stage
    decide = code.option("proposal_stages", stage).texts("decided_by") if stage else ()
    seated = {each.text("body") for each in code.options("body_seats")}
    return [
        {"body": option_name("bodies", body), "href": f"{reverse('votes:open')}?"
         f"{urlencode({'body': body, 'proposal': asked.proposal.label})}"}
        for body in decide if body in seated
    ]  # fmt: skip


def _shown(vote: Vote, asked: PanelAsked) -> dict[str, Any]:
    closed_on = day_of(window_of(vote).end)
    is_known = vote.result is not None and (asked.as_at is None or closed_on <= asked.as_at)
    return {
        "href": reverse("votes:vote", args=[vote.pk]),
        "title": vote.alternative or option_name("bodies", vote.body),
        "closes_at": window_of(vote).end,
        "is_over": closed_on < asked.on,
        "sentence": vote.result["sentence"] if is_known and vote.result else "",
    }


VOTES_PANEL = Panel("votes", "Votes", 40, "votes/of_proposal.html", _of_proposal)

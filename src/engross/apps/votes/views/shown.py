"""What several pages about votes show."""

from datetime import datetime

from django.urls import reverse
from django.utils.safestring import SafeString

from engross.apps.registers.queries import option_name
from engross.apps.votes import queries
from engross.apps.votes.models import Vote
from engross.apps.votes.queries import State
from engross.design.parts import status

MARKS = {
    State.TO_COME: ("To come", "waiting"),
    State.OPEN: ("Open", "open"),
    State.CLOSED: ("Closed, not counted", "hold"),
    State.COUNTED: ("Counted", "done"),
    State.WITHDRAWN: ("Withdrawn", "stopped"),
}


def mark_of(vote: Vote, at: datetime) -> SafeString:
    """Return where a vote stands, as a status."""
    return status(*MARKS[queries.state_of(vote, at)])


def outcome_words(vote: Vote) -> str:
    """Return what a vote came to, in the code's words; empty before it is counted."""
    if not vote.counted_at:
        return ""
    return option_name("decision_outcomes", vote.outcome) if vote.outcome else "No quorum"


def href_of(vote: Vote) -> str:
    """Return the address of a vote's page."""
    return reverse("votes:vote", args=[vote.pk])

"""What follows from a vote that is counted: the move with the proposal, and the decision."""

from engross.apps.dates.queries import day_of
from engross.apps.proposals.models import Decision, ProposalDetails
from engross.apps.proposals.queries.courses import frameworks
from engross.apps.votes.models import Vote
from engross.apps.votes.queries.votes import window_of
from engross.core.proposals.framework.rules import MoveRule


def decision_after(vote: Vote) -> Decision | None:
    """Return the decision on record that a counted vote came to; None if there is none yet."""
    if not vote.outcome or vote.proposal is None or vote.alternative:
        return None
    decisions = Decision.objects.known_at(None).filter(
        proposal=vote.proposal, body=vote.body, outcome=vote.outcome,
        decided_on__gte=day_of(window_of(vote).end),
    )  # fmt: skip
    found: Decision | None = decisions.order_by("decided_on", "pk").first()
    return found


def move_after(vote: Vote) -> MoveRule | None:
    """Return the move that a counted vote leads to, by the code's data; None if there is none.

    A vote on an Alternative Proposal leads to none: which version goes on is for people to say.
    """
    if not vote.outcome or vote.proposal is None or vote.alternative:
        return None
    rows = ProposalDetails.objects.known_at(None).filter(proposal=vote.proposal)
    route = rows.values_list("route", flat=True).first() or ""
    framework = frameworks().on(day_of(window_of(vote).end))
    for move in framework.moves.values():
        is_of_body = move.outcome == vote.outcome and vote.body in framework.bodies_of(move)
        if is_of_body and (not move.routes or route in move.routes):
            return move
    return None

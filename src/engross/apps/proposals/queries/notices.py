"""Whom the mail about a move reaches, and which words it is told in."""

from datetime import date
from typing import Any

from engross.apps.accounts.models import User
from engross.apps.notices.queries import Recipient, who_would_get
from engross.apps.people.models import PartyMembership
from engross.apps.proposals.models import ProposalDetails
from engross.apps.proposals.queries.analysts import analysts_of
from engross.apps.proposals.queries.courses import Course
from engross.apps.proposals.queries.impacts import categories_meant, category_impacts
from engross.apps.registers.queries import option_name
from engross.core.proposals.framework.consequences import Consequences
from engross.core.proposals.framework.rules import MoveRule


def people_told(details: ProposalDetails, *, on: date) -> dict[str, list[User]]:
    """Return those whom only the proposal's record names: its proposer, its analyst."""
    analyst = analysts_of([details.proposal_id], on=on).get(details.proposal_id)
    return {"proposer": proposers_of(details, on=on), "lead-analyst": [analyst] if analyst else []}


def proposers_of(details: ProposalDetails, *, on: date) -> list[User]:
    """Return the people of the Party that raised a proposal."""
    if not details.proposer:
        return []
    terms = PartyMembership.objects.held_on(on).filter(party__label=details.proposer)
    return [term.user for term in terms.select_related("user").order_by("user__email")]


def categories_affected(proposal: int) -> list[str]:
    """Return the keys of the Party Categories that a proposal would affect."""
    rows = category_impacts().filter(proposal=proposal)
    return categories_meant(rows.values_list("affected", flat=True))


def recipients_of(course: Course, event: str, *, body: str, on: date) -> list[Recipient]:
    """Return who would get a mail about a move made on a day."""
    return who_would_get(
        event, people=people_told(course.details, on=on),
        categories=categories_affected(course.proposal.pk), body=body, on=on,
    )  # fmt: skip


def words_of_move(
    course: Course, move: MoveRule, told: Consequences, *, on: date, reason: str, body: str
) -> dict[str, Any]:
    """Return the words in which the mails about a move may speak of it."""
    outcome = option_name("decision_outcomes", move.outcome) if move.outcome else move.done
    deadlines = (*told.started, *told.ended)
    first = deadlines[0] if deadlines else None
    return {
        "done": move.done,
        "stage": option_name("proposal_stages", told.state.stage),
        "reason": reason,
        "next": " or ".join(option_name("bodies", key) for key in told.waits_on),
        "proposer": course.details.proposer,
        "body": option_name("bodies", body) if body else "The administrator",
        "outcome": outcome,
        "recommendation": outcome,
        "decided_on": on,
        "kind": option_name("assessment_kinds", move.assessment) if move.assessment else "",
        "due": first.due_on if first else None,
        "working_days": first.target if first else None,
        "returned_on": on if move.assessment_event == "returned" else None,
        "late": _late(told),
        "ends_on": (first and first.due_on) or "a day that is not known yet",
    }


def _late(told: Consequences) -> str:
    late = [each for each in told.ended if each.taken > each.target]
    return f"{late[0].taken - late[0].target} Working Days after its target" if late else ""

"""Putting a proposal together with another: it ends there, and the other goes on for both."""

from collections.abc import Iterator
from datetime import date

from engross.apps.proposals.commands.recording import Records
from engross.apps.proposals.models import Proposal
from engross.apps.proposals.queries.courses import Course, course_of
from engross.apps.proposals.registers import proposal_links
from engross.core.proposals.framework.rules import MoveRule
from engross.core.refusals import Reason


def lock_both(proposal: Proposal, into: Proposal | None) -> Proposal:
    """Lock a proposal, and the other that it goes into, always in one order; return the first."""
    asked = {proposal.pk, into.pk} if into else {proposal.pk}
    rows = Proposal.objects.select_for_update().filter(pk__in=asked).order_by("pk")
    return {row.pk: row for row in rows}[proposal.pk]


def reasons_against_joining(
    course: Course, move: MoveRule, into: Proposal | None, *, today: date
) -> Iterator[Reason]:
    """Yield why a move cannot put a proposal together with that other one; none if it can."""
    if not move.joins:
        if into is not None:
            yield Reason(f"'{move.name}' takes no other proposal", "Leave the other out")
    elif into is None:
        yield Reason(f"'{move.name}' needs the other proposal", "Say which one goes on",
                     move.clause)  # fmt: skip
    elif into.pk == course.proposal.pk:
        yield Reason("A proposal is not put together with itself", "Name another")
    else:
        other = course_of(into, on=today, with_facts=False)
        stage = course.framework(today).stages.get(other.state.stage) if other else None
        if stage is None or not stage.is_open:
            where = f"is in {stage.printed}" if stage else "has not begun"
            yield Reason(f"{into.label} {where}, and does not go on",
                         "Name one that is not decided")  # fmt: skip


def link_both(records: Records, move: MoveRule, into: Proposal | None) -> None:
    """Write into the register of links that a proposal went into the other."""
    if into is not None:
        records.record(proposal_links, relation=move.joins, other=into.label)

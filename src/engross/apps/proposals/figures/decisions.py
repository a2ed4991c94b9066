"""The figure of what bodies decided about proposals in a month."""

from engross.apps.proposals.figures.moves import name_before
from engross.apps.proposals.figures.standings import histories_for
from engross.apps.proposals.queries import DecisionRow, decisions_between
from engross.apps.registers.figures import called, days_of_month
from engross.core.reports.figures import Answer, Asking, figure
from engross.core.reports.tables import Cell, columns, table

COLUMNS = columns(
    ("proposal", "", "text"),
    ("title", "", "text"),
    ("outcome_key", "", "text"),
    ("outcome", "", "text"),
    ("decided_on", "Decided on", "day"),
    ("body_key", "", "text"),
    ("body", "", "text"),
    ("note", "", "text"),
    ("proposal_key", "", "text"),
)


@figure(
    "decisions.in_month",
    title="Decisions of the month",
    unit="decisions",
    method="What bodies decided about proposals on a day of the month; the name of a proposal "
    "is the one under which it came to that day.",
    needs=("decisions",),
)
def decisions_in_month(asking: Asking) -> Answer:
    """List the decisions of the month."""
    found = decisions_between(*days_of_month(asking), known_at=asking.known_at)
    rows = [_row(asking, each) for each in found]
    return Answer(rows=table(COLUMNS, rows), bases=frozenset(each.basis for each in found))


def _row(asking: Asking, each: DecisionRow) -> tuple[Cell, ...]:
    history = histories_for(asking).get(each.proposal)
    return (
        name_before(asking, history, each.decided_on) if history else each.proposal,
        history.title if history else None,
        each.outcome,
        called(asking.code, "decision_outcomes", each.outcome),
        each.decided_on,
        each.body,
        called(asking.code, "bodies", each.body),
        each.note or None,
        each.proposal,
    )

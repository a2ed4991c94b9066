"""The month at a glance: the main counts of every register side by side."""

from engross.core.reports.figures import Answer, Asking, Figure, NoRecords, figure
from engross.core.reports.tables import Cell, columns, table

# The counts that a reader looks for first, in order.
MAIN_COUNTS = (
    "parties.total",
    "parties.voting_groups.total",
    "parties.acceded.in_month",
    "proposals.open",
    "proposals.raised.in_month",
    "proposals.approved.in_month",
    "proposals.implemented.in_month",
    "versions.issued_in_month",
    "meetings.held.in_month",
    "helpdesk.emails.in_month",
    "helpdesk.calls.in_month",
    "website.page_views.in_month",
    "product_lists.versions.in_month",
)
COLUMNS = columns(
    ("label", "", "text"), ("value", "", "whole"), ("unit", "", "text"), ("figure_key", "", "text")
)


@figure(
    "overview.month_at_a_glance",
    title="Month at a glance",
    unit="counts",
    method="The main counts of the month, each the figure of its own name; of a table, its rows.",
)
def month_at_a_glance(asking: Asking) -> Answer:
    """Set the main counts of the month side by side."""
    found = [asking.figure(name) for name in MAIN_COUNTS]
    if not any(each.is_known for each in found):
        raise NoRecords("any register")
    rows = [(each.spec.title, _count(each), each.spec.unit, each.name) for each in found]
    return Answer(rows=table(COLUMNS, rows))


def _count(found: Figure) -> Cell:
    if not found.is_known:
        return None
    if found.value is None and found.rows is not None:
        return len(found.rows.rows)
    return found.value

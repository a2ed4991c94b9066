"""The figure of the code's versions that a month brought."""

from engross.apps.legaltext.queries import versions_between
from engross.apps.registers.figures import days_of_month
from engross.core.reports.figures import Answer, Asking, figure
from engross.core.reports.tables import columns, table

COLUMNS = columns(
    ("version", "", "text"),
    ("effective_on", "Date", "day"),
    ("key_changes", "Key changes", "text"),
    ("cause_key", "", "text"),
)


@figure(
    "versions.issued_in_month",
    title="Versions of the code issued in the month",
    unit="versions",
    method="Versions that took effect on a day of the month.",
    needs=("code-versions",),
)
def versions_issued(asking: Asking) -> Answer:
    """List the versions that took effect in the month."""
    found = versions_between(*days_of_month(asking), known_at=asking.known_at)
    rows = [
        (each.version.label, each.effective_on, each.key_changes or None, each.cause or None)
        for each in found
    ]
    return Answer(rows=table(COLUMNS, rows), bases=frozenset(each.basis for each in found))

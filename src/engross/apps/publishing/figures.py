"""Figures of the newsletter: from its issues where they are kept, else from imported series."""

from collections.abc import Iterable

from engross.apps.metrics.figures import total_from_series
from engross.apps.publishing.queries import IssueRow, last_issues
from engross.apps.registers.figures import days_of_month, once
from engross.core.reports.figures import Answer, Asking, NoRecords, figure
from engross.core.reports.tables import Table, columns, table

REGISTER = "newsletter-issues"
USUAL_EDITIONS = 2
SOURCE = "The register of issues where it is kept for the month, else the imported series."
COLUMNS = columns(
    ("issued_on", "Date", "day"),
    ("title", "", "text"),
    ("subscribers", "", "whole"),
    ("views", "", "whole"),
)


def _editions(asking: Asking) -> int:
    if "newsletter_views_editions" not in asking.code.parameters:
        return USUAL_EDITIONS
    parameter = asking.code.parameter("newsletter_views_editions", on=asking.month.last_day)
    return int(str(parameter))


def issues_told(asking: Asking) -> list[IssueRow]:
    """Return the last issues by the end of the month, as many as the code counts."""
    return once(asking, _read_issues)


def _read_issues(asking: Asking) -> list[IssueRow]:
    last_day = days_of_month(asking)[1]
    return last_issues(last_day, _editions(asking), known_at=asking.known_at)


def _table(found: Iterable[IssueRow]) -> Table:
    return table(COLUMNS, (each[:4] for each in found))


def _bases_of(found: Iterable[IssueRow]) -> frozenset[str]:
    return frozenset(each.basis for each in found)


@figure(
    "newsletter.subscribers",
    title="Subscribers to the newsletter",
    unit="subscribers",
    method=f"Subscribers on the day of the last issue by the end of the month. {SOURCE}",
)
def newsletter_subscribers(asking: Asking) -> Answer:
    """Return how many subscribed when the last issue went out."""
    if asking.no_records(REGISTER, asking.month):
        return total_from_series(asking, "subscribers")
    known = [each for each in issues_told(asking) if each.subscribers is not None][:1]
    if not known:
        raise NoRecords(REGISTER)
    return Answer(known[0].subscribers, _table(known), _bases_of(known))


@figure(
    "newsletter.views.last_two",
    title="Views of the newsletter's last issues",
    unit="views",
    method="Views of the last issues by the end of the month added up, as many as the code's "
    f"parameter newsletter_views_editions says. {SOURCE}",
)
def newsletter_views(asking: Asking) -> Answer:
    """Add up the views of the last issues."""
    if asking.no_records(REGISTER, asking.month):
        return total_from_series(asking, "views")
    found = issues_told(asking)
    views = [each.views for each in found if each.views is not None]
    if not views:
        raise NoRecords(REGISTER)
    missing = [each.title for each in found if each.views is None]
    notes = (f"Views not known, so left out: {'; '.join(missing)}.",) if missing else ()
    return Answer(sum(views), _table(found), _bases_of(found), notes)


@figure(
    "newsletter.issues",
    title="The newsletter's last issues",
    unit="views",
    method="The issues whose views are added up.",
    needs=(REGISTER,),
)
def newsletter_issues(asking: Asking) -> Answer:
    """List the last issues by the end of the month."""
    found = issues_told(asking)
    return Answer(rows=_table(found), bases=_bases_of(found))

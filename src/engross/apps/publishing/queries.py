"""Reading the register of the newsletter's issues, as known at a moment."""

from datetime import date, datetime
from typing import NamedTuple

from engross.apps.publishing.models import NewsletterIssue


class IssueRow(NamedTuple):
    """An issue of the newsletter, as recorded."""

    issued_on: date
    title: str
    subscribers: int | None
    views: int | None
    basis: str


def last_issues(day: date, count: int, *, known_at: datetime | None = None) -> list[IssueRow]:
    """Return the last issues that went out by a day, the latest first."""
    rows = NewsletterIssue.objects.known_at(known_at).filter(issued_on__lte=day)
    ordered = rows.order_by("-issued_on", "title")[:count]
    fields = ("issued_on", "title", "subscribers", "views", "basis")
    return [IssueRow(*values) for values in ordered.values_list(*fields)]

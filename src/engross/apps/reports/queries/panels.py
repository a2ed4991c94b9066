"""The part of a proposal's page that leads to its report, and to those that were issued."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from engross.apps.proposals.queries import Panel, PanelAsked
from engross.apps.registers.queries import option_name
from engross.apps.reports.models import IssuedReport


def _reports(asked: PanelAsked) -> Mapping[str, Any] | None:
    """Return the reports that were issued, newest first; None of a day before there was one."""
    rows = IssuedReport.objects.filter(proposal=asked.proposal)
    if not asked.about.is_named_in(IssuedReport):
        rows = rows.none()
    if asked.as_at:
        rows = rows.filter(issued_on__lte=asked.as_at)
    issued = [
        {
            "name": f"{option_name('document_kinds', row.kind)}, version {row.version}",
            "on": row.issued_on,
            "href": reverse("registers:entry", args=["proposal-documents", row.document]),
        }
        for row in rows.defer("content").order_by("-issued_at", "-pk")
    ]
    if asked.as_at and not issued:
        return None
    address = reverse("proposal_reports:report", args=[asked.proposal.label])
    return {"issued": issued, "href": "" if asked.as_at else address}


REPORT = Panel("report", "Report", 65, "reports/of_proposal.html", _reports)

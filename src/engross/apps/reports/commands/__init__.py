"""Everything that is done with papers: write them, keep what was published, issue them."""

from engross.apps.reports.commands.papers import (
    WrittenReport,
    issue_paper,
    keep_published,
    moved_since,
    write_report,
)
from engross.apps.reports.commands.proposal_reports import Issuing, issue_modification_report

__all__ = [
    "Issuing",
    "WrittenReport",
    "issue_modification_report",
    "issue_paper",
    "keep_published",
    "moved_since",
    "write_report",
]

"""Issuing a proposal's report: it is frozen, filed among its documents, and the move is made."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

from django.db import transaction

from engross.adapters.papers.json_out import paper_data
from engross.adapters.papers.rendering import render
from engross.apps.accounts.models import User
from engross.apps.audit.commands import record_event
from engross.apps.files.commands import Belonging, store_file
from engross.apps.proposals.commands import Making, make_move
from engross.apps.proposals.models import Proposal
from engross.apps.proposals.queries.courses import course_of
from engross.apps.proposals.registers import proposal_documents
from engross.apps.registers.commands import record_entry
from engross.apps.registers.registers import basis_beside
from engross.apps.reports import queries
from engross.apps.reports.models import IssuedReport
from engross.apps.reports.queries.proposal_record import details_of
from engross.apps.reports.queries.proposal_reports import UNSTEADY
from engross.core.refusals import Reason, Refused
from engross.core.registers.columns import Value
from engross.core.reports.papers import Paper

FILED_AS = ("pdf", "docx")


@dataclass(frozen=True)
class Issuing:
    """A report as somebody asks to issue it; `seen` is how many there were when they looked."""

    kind: str
    by: User
    at: datetime
    on: date
    reason: str = ""
    site: str = ""
    seen: int | None = None


@transaction.atomic
def issue_modification_report(
    proposal: Proposal, asked: Issuing, *, formats: Collection[str] = FILED_AS
) -> IssuedReport:
    """Issue a report of a proposal: freeze it, keep its files, record it, and make its move.

    A later version needs a reason. Raises Refused without one, if nothing has moved since the
    version before, if somebody issued one in between, and if the move is not open.
    """
    locked = Proposal.objects.select_for_update().get(pk=proposal.pk)
    issued = queries.issued_reports(locked.pk)
    if asked.seen is not None and asked.seen != len(issued):
        what = "Somebody issued a report of this proposal since you opened it"
        raise Refused(Reason(what, "Look at theirs first, and decide anew"))
    own = [each for each in issued if each.kind == asked.kind]
    made = _composed(locked, asked, version=len(own) + 1)
    content = json.loads(json.dumps(paper_data(made)))
    _refuse_idle(own, content, asked.reason)
    row = IssuedReport.objects.create(
        proposal=locked, kind=asked.kind, version=len(own) + 1, issued_on=asked.on,
        issued_at=asked.at, issued_by=asked.by, reason=asked.reason, content=content,
        sha256=made.frozen_hash, document=_filed(locked, asked, made, len(own) + 1, formats),
    )  # fmt: skip
    _make_move(locked, asked)
    record_event(
        action="proposal-report.issue", subject=f"proposals/{locked.key}", by=asked.by,
        at=asked.at, reason=asked.reason,
        details={"kind": asked.kind, "version": row.version, "sha256": row.sha256},
    )  # fmt: skip
    return row


def _composed(proposal: Proposal, asked: Issuing, *, version: int) -> Paper:
    details = details_of(proposal)
    if details is None:
        raise Refused(Reason("Nothing is recorded of this proposal", "Record its title first"))
    return queries.proposal_report(
        queries.ReportAsked(details, asked.kind, asked.on, asked.site, version)
    )


def _refuse_idle(own: list[IssuedReport], content: dict[str, Any], reason: str) -> None:
    if not own:
        return
    if not reason.strip():
        what = f"Version {len(own) + 1} needs a reason"
        raise Refused(Reason(what, "Say what is new, or was wrong in the version before"))
    if _steady(own[0].content) == _steady(content):
        what = f"Nothing has moved since version {own[0].version}"
        raise Refused(Reason(what, "Record what is new first"))


def _steady(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return the rows of a report that do not change by themselves from one day to another."""
    return {
        name: (each["value"], each["rows"])
        for name, each in content["figures"].items() if name not in UNSTEADY
    }  # fmt: skip


def _filed(
    proposal: Proposal, asked: Issuing, made: Paper, version: int, formats: Collection[str]
) -> Any:
    """Record the report among the proposal's documents, and keep its files; return the entry."""
    details = details_of(proposal)
    texts = made.figures["proposal.legal_texts"].rows
    first = texts.records()[0] if texts and texts.rows else None
    values: dict[str, Value] = {
        "proposal": proposal.key, "kind": asked.kind, "written_on": asked.on,
        "title": f"{proposal.label} {details.title if details else ''}".strip(),
        "version": str(version),
        "change_set": str(first["name"]) if first else None,
        "change_set_version": int(str(first["version"])) if first else None,
        "link": None, "paper_class": made.head.paper_class.key,
        "basis": basis_beside(details.basis if details else ""),
    }  # fmt: skip
    entry = record_entry(proposal_documents, values, by=asked.by, at=asked.at,
                         reason=asked.reason)  # fmt: skip
    template = queries.word_template()
    drawn = render(made, tuple(formats), theme=queries.paper_theme(),
                   word_template=template if template.exists() else None)  # fmt: skip
    for form, content in drawn.items():
        store_file(
            BytesIO(content), name=f"{proposal.key}-{asked.kind}-{version}.{form}".lower(),
            paper_class=made.head.paper_class.key,
            belonging=Belonging(register=proposal_documents.name, entry=entry),
            by=asked.by, at=asked.at,
        )  # fmt: skip
    return entry


def _make_move(proposal: Proposal, asked: Issuing) -> None:
    """Make the move that puts a report of this kind on file, if the framework has one."""
    course = course_of(proposal, on=asked.on)
    if course is None:
        return
    for move in course.framework(asked.on).moves.values():
        if asked.kind in move.files:
            make_move(proposal, Making(
                move=move.key, by=asked.by, on=asked.on, at=asked.at, today=asked.on,
                reason=asked.reason,
            ))  # fmt: skip
            return

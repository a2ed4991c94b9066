"""Writing a paper's files, and issuing it: its figures are frozen, and never change."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import IntegrityError, transaction

from engross.adapters.papers.json_out import paper_data
from engross.adapters.papers.rendering import FORMATS, render, write_whole
from engross.apps.accounts.models import User
from engross.apps.audit.commands import record_event
from engross.apps.reports import queries
from engross.apps.reports.models import IssuedPaper, PublishedFigures
from engross.core.dates.months import Month
from engross.core.refusals import Reason, Refused
from engross.core.reports.freezing import Moved, moved
from engross.core.reports.papers import Paper
from engross.core.reports.tables import Json


@dataclass(frozen=True)
class WrittenReport:
    """A paper as composed, and the files it was written to: its own and its attachments'."""

    paper: Paper
    files: tuple[Path, ...]
    attachments: tuple[Path, ...]


def write_report(
    paper: str,
    month: Month,
    folder: Path,
    *,
    on: date,
    known_at: datetime | None = None,
    published: Mapping[str, Json] | None = None,
    formats: tuple[str, ...] = FORMATS,
) -> WrittenReport:
    """Write a month's paper as report.html, .pdf, .docx and .json into a folder.

    Each attachment goes into files of its own, as its class is its own. Raises LookupError
    for an unknown paper or format, and Refused if the paper cannot be made or written; then
    what the folder held before is still there.
    """
    made = queries.composed(paper, month, on=on, known_at=known_at, published=published)
    attachments = queries.composed_attachments(paper, month, on=on, known_at=known_at)
    drawn = _named("report", _drawn(made, formats))
    for key, each in attachments.items():
        drawn |= _named(f"{key}-{each.head.paper_class.key}", _drawn(each, formats))
    try:
        written = write_whole(drawn, folder)
    except OSError as error:
        what = f"The report cannot be written to {folder}: {error.strerror or error}"
        raise Refused(Reason(what, "Make room or name another folder, and run it again")) from error
    own = len(formats)
    return WrittenReport(made, tuple(written[:own]), tuple(written[own:]))


def _named(name: str, files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {f"{name}.{ending}": content for ending, content in files.items()}


def _drawn(paper: Paper, formats: tuple[str, ...]) -> dict[str, bytes]:
    template = queries.word_template()
    return render(
        paper,
        formats,
        theme=queries.paper_theme(),
        word_template=template if template.exists() else None,
    )


@transaction.atomic
def keep_published(
    paper: str,
    month: Month,
    figures: Mapping[str, Json],
    *,
    file_name: str,
    by: User | None,
    at: datetime,
) -> None:
    """Keep a paper's figures as published elsewhere, so that ours are shown beside them.

    The same figures twice change nothing. Raises LookupError for an unknown paper.
    """
    queries.paper_named(paper)
    text = json.dumps(figures, sort_keys=True)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    _, is_new = PublishedFigures.objects.get_or_create(
        paper=paper,
        month=month.first_day,
        sha256=sha256,
        defaults={"file_name": file_name[:200], "recorded_at": at, "figures": dict(figures)},
    )
    if is_new:
        record_event(
            action="paper.published", subject=f"{paper}/{month}", by=by, at=at,
            details={"file": file_name, "sha256": sha256},
        )  # fmt: skip


@transaction.atomic
def issue_paper(
    paper: str, month: Month, *, by: User | None, at: datetime, on: date, reason: str = ""
) -> IssuedPaper:
    """Issue a month's paper: freeze it as the next version, with the hash of its figures.

    A later version needs a reason. Raises Refused without one, if nothing has moved since the
    version before, or if somebody else issues at the same moment. A check that disagrees does
    not stop it: the paper says so.
    """
    made = queries.composed(paper, month, on=on)
    before = queries.issued_versions(paper, month)
    _refuse_idle_issue(made, before[0] if before else None, reason)
    content = paper_data(made)
    try:
        issued = IssuedPaper.objects.create(
            paper=paper,
            month=month.first_day,
            version=(before[0].version if before else 0) + 1,
            reference=made.head.reference,
            issued_at=at,
            issued_by=by,
            reason=reason,
            # As text and back: what is kept is exactly what a reader of the JSON gets.
            content=json.loads(json.dumps(content)),
            sha256=made.frozen_hash,
        )
    except IntegrityError as error:
        what = "Somebody else issued this paper in between"
        raise Refused(Reason(what, "Look at their version first")) from error
    record_event(
        action="paper.issue",
        subject=f"{paper}/{month}",
        by=by,
        at=at,
        reason=reason,
        details={"version": issued.version, "sha256": issued.sha256},
    )
    return issued


def _refuse_idle_issue(made: Paper, before: IssuedPaper | None, reason: str) -> None:
    if before is None:
        return
    if not reason.strip():
        what = f"Version {before.version + 1} needs a reason"
        raise Refused(Reason(what, "Say what was wrong in the version before"))
    blocks = json.loads(json.dumps(paper_data(made)["blocks"]))
    if before.sha256 == made.frozen_hash and before.content["blocks"] == blocks:
        what = f"Nothing has moved since version {before.version}"
        raise Refused(Reason(what, "Correct a register or a highlight first"))


def moved_since(before: IssuedPaper, after: IssuedPaper) -> tuple[Moved, ...]:
    """Return the figures that moved from one issued version to another."""
    return moved(before.content["figures"], after.content["figures"])

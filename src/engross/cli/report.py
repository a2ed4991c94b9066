"""`engross report`: write a paper of a month as HTML, PDF, Word and JSON."""

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engross.cli.arguments import MONTH
from engross.core.dates.months import Month
from engross.core.refusals import Reason, Refused

if TYPE_CHECKING:
    from engross.apps.reports.commands import WrittenReport

LARGEST_PUBLISHED_BYTES = 5 * 1024 * 1024


@click.command("report")
@click.argument("paper")
@click.argument("month", type=MONTH)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=Path("reports"),
              show_default=True, help="The folder for the files.")  # fmt: skip
@click.option("--published", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="Published figures as JSON; ours are shown beside them.")  # fmt: skip
@click.option("--keep-published", is_flag=True, help="Keep them, so that the site shows them.")
@click.option("--known-at", type=click.DateTime(), help="As the records were known at a moment.")
@click.option("--json", "as_json", is_flag=True, help="Say what was written as JSON.")
def report(  # noqa: PLR0917  (click passes them by name)
    paper: str,
    month: Month,
    out: Path,
    published: Path | None,
    keep_published: bool,
    known_at: datetime | None,
    as_json: bool,
) -> None:
    """Write PAPER of MONTH as report.html, report.pdf, report.docx and report.json.

    Attachments of another class go into files of their own.

    Example: engross report operations-report 2021-09 --out reports/2021-09
    """
    from engross.cli.django_setup import set_up

    set_up()
    from django.utils import timezone

    from engross.apps.reports import commands

    supplied = _published_figures(published) if published else None
    moment = timezone.make_aware(known_at) if known_at else None
    try:
        if supplied and published and keep_published:
            commands.keep_published(
                paper, month, supplied, file_name=published.name, by=None, at=timezone.now()
            )
        written = commands.write_report(
            paper, month, out, on=timezone.localdate(), known_at=moment, published=supplied
        )
    except LookupError as error:
        raise Refused(Reason(str(error.args[0]).rstrip("."), "Name another")) from error
    click.echo(json.dumps(_summary(written), indent=1) if as_json else _told(written))


def _published_figures(path: Path) -> dict[str, Any]:
    remedy = 'Give JSON that holds {"figures": {...}}'
    if path.stat().st_size > LARGEST_PUBLISHED_BYTES:
        raise Refused(Reason(f"{path} is larger than 5 MB", remedy))
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise Refused(Reason(f"{path} is no JSON: {error}", remedy)) from error
    figures = found.get("figures") if isinstance(found, dict) else None
    if not isinstance(figures, dict):
        raise Refused(Reason(f"{path} holds no published figures", remedy))
    return figures


def _told(written: "WrittenReport") -> str:
    lines = [str(path) for path in (*written.files, *written.attachments)]
    checks = written.paper.checks
    for check in checks:
        if check.verdict != "agrees":
            known = f" Known: {check.known}" if check.known else ""
            lines.append(f"{check.verdict}: {check.statement}.{known}")
    reconciled = written.paper.reconciliation
    if reconciled:
        same = len(reconciled.rows) - len(reconciled.disagreeing)
        lines.append(f"published figures: {same} of {len(reconciled.rows)} agree")
        for row in reconciled.disagreeing:
            known = f" ({row.known})" if row.known else ""
            ours = f"ours {row.ours}, published {row.published}"
            lines.append(f"differs: {row.published_key}: {ours}{known}")
        lines += [f"not ours to answer: {key}" for key in reconciled.unmapped]
    return "\n".join(lines)


def _summary(written: "WrittenReport") -> dict[str, Any]:
    paper = written.paper
    return {
        "files": [str(path) for path in written.files],
        "attachments": [str(path) for path in written.attachments],
        "figures_sha256": paper.frozen_hash,
        "checks": [check.to_json() for check in paper.checks],
        "reconciliation": paper.reconciliation.to_json() if paper.reconciliation else None,
    }

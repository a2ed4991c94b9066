"""`engross cmr`: the Central Modifications Register, the monthly sheet of all codes' changes."""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engross.cli.arguments import MONTH
from engross.cli.django_setup import database_troubles, set_up
from engross.core.refusals import Reason, Refused

if TYPE_CHECKING:
    from engross.apps.crosscode.commands import TakenSheet
    from engross.apps.crosscode.queries import MonthDiff
    from engross.core.dates.months import Month


@click.group()
def cmr() -> None:
    """Take in, write and compare the monthly sheet of all codes' changes."""


@cmr.command("import")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--month", type=MONTH, required=True, help="The month that the sheet is of.")
@click.option("--reason", default="", help="Why, where it says other than is known.")
@click.option("--by", "email", metavar="EMAIL", help="The member of staff who does it.")
@click.option("--dry-run", is_flag=True, help="Check everything and store nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the outcome for a machine.")
def import_(
    *, path: Path, month: "Month", reason: str, email: str | None, dry_run: bool, as_json: bool
) -> None:
    """Take in a month's sheet (CSV, XLSX or JSON): all of it, or nothing.

    The same sheet twice changes nothing. The register of other codes' changes follows the
    newest month; rows of this code are passed over, since its own records tell them.

    \b
    Example:
      engross cmr import cmr-june.xlsx --month 2026-06 --dry-run
    """
    set_up()
    from django.utils import timezone

    from engross.adapters.tables import read_upload
    from engross.apps.crosscode.commands import take_sheet
    from engross.cli.import_ import staff_called

    sheet = read_upload(path.name, path.read_bytes())
    with database_troubles():
        taken = take_sheet(
            month=month, file_name=sheet.file_name, sha256=sheet.sha256, lines=sheet.lines,
            by=staff_called(email), at=timezone.now(), reason=reason, dry_run=dry_run,
        )  # fmt: skip
    _print_taken(taken, dry_run=dry_run, as_json=as_json)


def _print_taken(taken: "TakenSheet", *, dry_run: bool, as_json: bool) -> None:
    if as_json:
        told = {
            name: getattr(taken, name)
            for name in ("added", "corrected", "same", "own", "unusual", "is_newest", "unchanged")
        }
        click.echo(json.dumps({"stored": not dry_run, "month": str(taken.month), **told}, indent=2))
        return
    if taken.unchanged:
        click.echo(f"{taken.month}: this very sheet is there already.")
        return
    counts = f"{taken.added:,} added, {taken.corrected:,} corrected, {taken.same:,} unchanged"
    click.echo(f"{taken.month}: {counts}; {taken.own:,} of this code passed over.")
    for name in taken.unusual:
        click.echo(f"An unusual reference: {name}", err=True)
    if not taken.is_newest:
        click.echo("A later month is there: this one is kept to compare, and corrects nothing.")
    if dry_run:
        click.echo("Nothing was stored: this was a dry run.")


@cmr.command("export")
@click.argument("month", type=MONTH)
@click.option(
    "--format", "form", type=click.Choice(["csv", "xlsx", "json"]), default="xlsx",
    show_default=True,
)  # fmt: skip
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
    help="Where to.  [default: cmr-MONTH.FORMAT]",
)  # fmt: skip
def export(*, month: "Month", form: str, out: Path | None) -> None:
    """Write this code's own open proposals as rows of the sheet, as at the month's end.

    \b
    Example:
      engross cmr export 2026-06 --format csv
    """
    set_up()
    from engross.adapters.tables import write_table
    from engross.apps.crosscode.queries import own_rows, sheet_columns

    path = out or Path(f"cmr-{month}.{form}")
    with database_troubles():
        rows = own_rows(month, on=_today())
    write_table(path, form, "central-register", sheet_columns(), rows)
    click.echo(f"{path}: {len(rows):,} open proposals")


def _today() -> date:
    from django.utils import timezone

    return timezone.localdate()


@cmr.command("diff")
@click.argument("month", type=MONTH)
@click.option("--json", "as_json", is_flag=True, help="Print the differences for a machine.")
def diff(*, month: "Month", as_json: bool) -> None:
    """Tell what a month's sheet has that the one before had not: added, changed, gone.

    \b
    Example:
      engross cmr diff 2026-06
    """
    set_up()
    from engross.apps.crosscode.queries import diff_of

    found = diff_of(month)
    if found is None:
        what = f"No sheet of {month.name} was taken in"
        raise Refused(Reason(what, f"Take it in with `engross cmr import FILE --month {month}`"))
    if as_json:
        click.echo(json.dumps(_as_json(found), indent=2, ensure_ascii=False))
        return
    before = f"{found.before.month:%Y-%m}" if found.before else "nothing before it"
    click.echo(f"{month} compared with {before}: {len(found.diff.added)} added, "
               f"{len(found.diff.changes)} changed, {len(found.diff.gone)} gone")  # fmt: skip
    for word, keys in (("added", found.diff.added), ("gone", found.diff.gone)):
        for key in keys:
            click.echo(f"{word}: {found.names[key]} {found.titles[key]}")
    for key, cells in found.diff.changes.items():
        for each in cells:
            what = f"{each.column}: {each.before or 'empty'} becomes {each.after or 'empty'}"
            click.echo(f"changed: {found.names[key]} {what}")


def _as_json(found: "MonthDiff") -> dict[str, Any]:
    names = found.names
    return {
        "month": f"{found.sheet.month:%Y-%m}",
        "before": f"{found.before.month:%Y-%m}" if found.before else None,
        "added": [names[key] for key in found.diff.added],
        "gone": [names[key] for key in found.diff.gone],
        "changed": {
            names[key]: [each._asdict() for each in cells]
            for key, cells in found.diff.changes.items()
        },
        "same": found.diff.same,
    }

"""`engross import`: take files into the registers, all of them or nothing."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engross.cli.django_setup import database_troubles, set_up
from engross.cli.progress import shown_progress
from engross.core.refusals import Reason, Refused
from engross.core.registers.sheets import SheetRefused

if TYPE_CHECKING:
    from engross.adapters.tables import TableFile
    from engross.apps.registers.commands import ImportResult, NamedSheet

MOST_SHOWN = 200
# What browsers add to the name of a file that is downloaded twice.
_COPY = re.compile(r" \(\d+\)$")


@click.command("import")
@click.argument(
    "paths", nargs=-1, required=True, metavar="FILE|FOLDER...",
    type=click.Path(exists=True, path_type=Path),
)  # fmt: skip
@click.option("--register", metavar="NAME", help="The register; else files and sheets name it.")
@click.option("--reason", default="", help="Why, where rows are corrected; kept with each row.")
@click.option("--by", "email", metavar="EMAIL", help="The member of staff who does it.")
@click.option("--dry-run", is_flag=True, help="Check everything and store nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the outcome for a machine.")
def import_(
    *,
    paths: tuple[Path, ...],
    register: str | None,
    reason: str,
    email: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Take files (CSV, XLSX, JSON) or a folder of them into the registers.

    A file is called after its register, as parties.csv; so is each sheet of a workbook with
    several. Everything is taken, or nothing if one cell is wrong; every wrong cell is listed.
    A row that is there already changes nothing; one with a known key and other content
    corrects the entry, and what was known before stays answerable.

    \b
    Examples:
      engross import parties.csv party-categories.csv
      engross import records/ --dry-run
      engross import september.xlsx --reason "Acceded, told late"
    """
    set_up()
    from django.utils import timezone

    from engross.apps.registers.commands import import_sheets

    try:
        sheets, notes = _sheets(paths, register)
        with database_troubles(), shown_progress(quiet=as_json) as told:
            results = import_sheets(
                sheets, by=staff_called(email), at=timezone.now(), reason=reason,
                dry_run=dry_run, progress=told,
            )  # fmt: skip
    except Refused as refused:
        _print_refusal(refused, as_json=as_json)
        raise SystemExit(1) from None
    _print_results(results, notes, dry_run=dry_run, as_json=as_json)


def _sheets(
    paths: Sequence[Path], register: str | None
) -> tuple[list["NamedSheet"], tuple[str, ...]]:
    """Return the sheets of all files; raises Refused with every file that cannot be read."""
    from engross.adapters.tables import LIMITS, FileRefused, read_file

    files = _files(paths)
    total = sum(path.stat().st_size for path in files)
    if total > LIMITS.file_bytes:
        what = f"The files have {total / 1e6:,.0f} MB, and at most {LIMITS.file_bytes / 1e6:,.0f}"
        raise Refused(Reason(f"{what} MB are taken at once", "Import them one after another"))
    sheets: list[NamedSheet] = []
    notes: list[str] = []
    reasons: list[Reason] = []
    for path in files:
        try:
            file = read_file(path)
            sheets += _named(file, register)
            notes += file.notes
        except FileRefused as refused:
            reasons += refused.reasons
    if reasons:
        raise Refused(reasons)
    return sheets, tuple(notes)


def _files(paths: Sequence[Path]) -> list[Path]:
    from engross.adapters.tables import READERS

    files: list[Path] = []
    for path in paths:
        if not path.is_dir():
            files.append(path)
            continue
        known = [each for each in sorted(path.iterdir()) if each.suffix.lower() in READERS]
        # Hidden files, and those that Excel keeps while a workbook is open.
        found = [each for each in known if not each.name.startswith((".", "~$"))]
        if not found:
            remedy = "Name a folder with .csv, .xlsx or .json files called after registers"
            raise Refused(Reason(f"{path} holds no file to import", remedy))
        files += found
    return files


def _named(file: "TableFile", register: str | None) -> list["NamedSheet"]:
    from engross.apps.registers.commands import NamedSheet
    from engross.apps.registers.registers import all_registers

    known = {each.name for each in all_registers()}
    # 'parties.2021.csv' goes into parties: several files may hold one register's rows.
    stem = _plain(_COPY.sub("", Path(file.file_name).stem.partition(".")[0]))
    if not file.tables:
        remedy = "Fill in its template, or leave the file out"
        raise Refused(Reason(f"{file.file_name}: it holds no rows", remedy))
    if len(file.tables) == 1:
        own = _plain(file.tables[0].name)
        name = register or (own if own in known else stem)
        return [NamedSheet(name, file.file_name, file.sha256, file.tables[0].lines)]
    if register:
        what = f"{file.file_name}: it has several sheets, so --register cannot name one register"
        raise Refused(Reason(what, "Keep one sheet, or call each sheet after its register"))
    return [
        NamedSheet(_plain(table.name), f"{file.file_name}, sheet {table.name}", file.sha256,
                   table.lines)
        for table in file.tables
    ]  # fmt: skip


def _plain(name: str) -> str:
    return name.strip().lower().replace("_", "-").replace(" ", "-")


def staff_called(email: str | None) -> Any:
    """Return the member of staff with this address; raises Refused if nobody has it."""
    from engross.apps.accounts.models import User

    if email is None:
        return None
    staff = User.objects.filter(email=email.lower(), is_staff=True, is_active=True).first()
    if staff is None:
        remedy = "Add them with `engross staff add`, or leave out --by"
        raise Refused(Reason(f"Nobody on the staff has the address {email}", remedy))
    return staff


def _print_results(
    results: Sequence["ImportResult"], notes: Sequence[str], *, dry_run: bool, as_json: bool
) -> None:
    if as_json:
        told = [asdict(result) for result in results]
        outcome = {"stored": not dry_run, "results": told, "notes": list(notes)}
        click.echo(json.dumps(outcome, indent=2, ensure_ascii=False))
        return
    for note in notes:
        click.echo(note, err=True)
    for each in results:
        counts = f"{each.added:,} added, {each.corrected:,} corrected, {each.unchanged:,} unchanged"
        click.echo(f"{each.register}: {counts} ({each.file_name})")
    if dry_run:
        click.echo("Nothing was stored: this was a dry run.")


def _print_refusal(refused: Refused, *, as_json: bool) -> None:
    problems = refused.problems if isinstance(refused, SheetRefused) else ()
    if as_json:
        outcome = {
            "stored": False,
            "problems": [asdict(problem) for problem in problems],
            "reasons": [] if problems else [asdict(reason) for reason in refused.reasons],
        }
        click.echo(json.dumps(outcome, indent=2, ensure_ascii=False))
    listed = [str(each) for each in problems or refused.reasons]
    for line in listed[:MOST_SHOWN]:
        click.echo(line, err=True)
    if len(listed) > MOST_SHOWN:
        more = len(listed) - MOST_SHOWN
        click.echo(f"… and {more:,} more; --json lists every one.", err=True)
    noun = "problem" if len(listed) == 1 else "problems"
    click.echo(f"Nothing was stored: {len(listed):,} {noun}.", err=True)

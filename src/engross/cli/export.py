"""`engross export`: write registers to files that an import takes back."""

import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engross.cli.arguments import DAY
from engross.cli.django_setup import database_troubles, set_up
from engross.core.refusals import Reason, Refused

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from engross.apps.registers.queries import Asked
    from engross.apps.registers.registers import Register


class MomentType(click.ParamType[datetime]):
    """A moment, written as 2021-10-15T09:30; without an offset in the deployment's time zone."""

    name = "moment"

    def convert(
        self, value: str | datetime, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"'{value}' is not a moment. Write it as 2021-10-15T09:30.", param, ctx)


@click.command()
@click.argument("register", required=False)
@click.option(
    "--format", "form", type=click.Choice(["csv", "xlsx", "json"]), default="csv", show_default=True
)
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE",
    help="Where to; - is standard output.  [default: REGISTER.FORMAT]",
)  # fmt: skip
@click.option("--as-at", type=DAY, help="Only what held or had happened on this day.")
@click.option("--known-at", type=MomentType(), help="As it was known at this moment.")
@click.option(
    "--all", "folder", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER",
    help="Write every register into this folder.",
)  # fmt: skip
def export(
    *,
    register: str | None,
    form: str,
    out: Path | None,
    as_at: date | None,
    known_at: datetime | None,
    folder: Path | None,
) -> None:
    """Write a register to a file, or with --all every register to a folder.

    \b
    Examples:
      engross export parties
      engross export party-events --as-at 2021-09-30 --format xlsx --out events.xlsx
      engross export --all records/ --known-at 2021-10-15T09:00
    """
    if (register is None) == (folder is None):
        raise click.UsageError("Name one register, or give --all FOLDER.")
    if folder and out:
        raise click.UsageError("--out is for one register; --all names its folder.")
    set_up()
    from django.utils import timezone

    from engross.apps.registers.queries import Asked
    from engross.apps.registers.registers import all_registers
    from engross.core.access import SYSTEM

    if known_at and timezone.is_naive(known_at):
        known_at = timezone.make_aware(known_at)
    asked = Asked(as_at=as_at, known_at=known_at, reader=SYSTEM)
    with database_troubles():
        if register:
            _export_one(known_register(register), asked, form, out)
            return
        for each in all_registers():
            _write(each, asked, form, made_folder(folder) / f"{each.name}.{form}")


def known_register(name: str) -> "Register":
    """Return the register of this name; raises Refused with the names there are."""
    from engross.apps.registers.registers import all_registers, register_named

    try:
        return register_named(name)
    except LookupError:
        names = ", ".join(sorted(register.name for register in all_registers()))
        raise Refused(Reason(f"There is no register '{name}'", f"Name one of {names}")) from None


def made_folder(folder: Path | None) -> Path:
    """Return the folder, made where it was not there; raises Refused if it cannot be."""
    folder = folder or Path()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = f"The folder {folder} cannot be made ({error.strerror})"
        raise Refused(Reason(what, "Name another folder")) from error
    return folder


def _export_one(register: "Register", asked: "Asked", form: str, out: Path | None) -> None:
    from engross.adapters.tables import table_bytes
    from engross.apps.registers.queries import plain_rows

    if out != Path("-"):
        _write(register, asked, form, out or Path(f"{register.name}.{form}"))
        return
    rows = plain_rows(register, _logged_rows(register, asked))
    sys.stdout.buffer.write(table_bytes(form, register.name, register.all_columns, rows))


def _logged_rows(register: "Register", asked: "Asked") -> "QuerySet[Any, Any]":
    """Return the rows to export; that they were read is written down as their class asks."""
    from django.utils import timezone

    from engross.apps.registers.commands import log_rows_read
    from engross.apps.registers.queries import rows_to_export

    rows = rows_to_export(register, asked)
    log_rows_read(register, rows, reader=asked.reader, at=timezone.now())
    return rows


def _write(register: "Register", asked: "Asked", form: str, path: Path) -> None:
    from engross.adapters.tables import write_table
    from engross.apps.registers.queries import plain_rows

    rows = plain_rows(register, _logged_rows(register, asked))
    write_table(path, form, register.name, register.all_columns, rows)
    click.echo(path)

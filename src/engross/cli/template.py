"""`engross template`: write the file that a person fills in for an import."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engross.cli.django_setup import set_up_django
from engross.cli.export import known_register, made_folder

if TYPE_CHECKING:
    from engross.apps.registers.registers import Register
    from engross.core.registers.columns import Column


@click.command()
@click.argument("register", required=False)
@click.option(
    "--format", "form", type=click.Choice(["csv", "xlsx"]), default="xlsx", show_default=True
)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
    help="Where to.  [default: REGISTER.FORMAT]",
)  # fmt: skip
@click.option(
    "--all", "folder", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER",
    help="Write the templates of every register into this folder.",
)  # fmt: skip
def template(*, register: str | None, form: str, out: Path | None, folder: Path | None) -> None:
    """Write a register's template; the Excel one has a sheet that explains every column.

    \b
    Examples:
      engross template parties
      engross template party-events --format csv --out september.csv
      engross template --all templates/
    """
    if (register is None) == (folder is None):
        raise click.UsageError("Name one register, or give --all FOLDER.")
    if folder and out:
        raise click.UsageError("--out is for one register; --all names its folder.")
    set_up_django()
    from engross.apps.registers.registers import all_registers

    if register:
        _write(known_register(register), form, out or Path(f"{register}.{form}"))
        return
    for each in all_registers():
        _write(each, form, made_folder(folder) / f"{each.name}.{form}")


def _write(register: "Register", form: str, path: Path) -> None:
    from engross.adapters.tables import template_bytes, written_whole

    columns = register.all_columns
    content = template_bytes(form, register.name, columns, allowed_values(columns))
    with written_whole(path) as file:
        file.write(content)
    click.echo(path)


def allowed_values(columns: "tuple[Column, ...]") -> dict[str, list[tuple[str, ...]]]:
    """Return for each list that columns name its options: key, name and when it holds."""
    from engross.apps.registers.queries import active_code

    code = active_code()
    return {
        column.choices: [
            (option.key, option.name, _when(option.held_from, option.held_until))
            for option in code.options(column.choices)
        ]
        for column in columns
        if column.choices
    }


def _when(held_from: date | None, held_until: date | None) -> str:
    since = f"from {held_from}" if held_from else ""
    until = f"until before {held_until}" if held_until else ""
    return " ".join(filter(None, (since, until)))

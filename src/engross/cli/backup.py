"""`engross backup` and `engross restore`: a deployment as one file, and back."""

import json
from pathlib import Path

import click

from engross.cli.django_setup import database_troubles, set_up, set_up_django
from engross.core.refusals import Reason, Refused


@click.command(short_help="Write database and stored files to one file.")
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def backup(*, target: Path, as_json: bool) -> None:
    """Write a backup to TARGET: a file, or a folder in which it gets a name with its moment.

    The site may go on running. The file is read back and proved before it is said to be done.
    The secret key is not in it: keep that apart.

    \b
    Example:
      engross backup /backups/
    """
    set_up()
    from django.utils import timezone

    from engross.adapters.backups import opened_backup
    from engross.apps.operations.commands import write_backup

    at = timezone.now()
    path = target / f"engross-{at:%Y%m%dT%H%M%SZ}.zip" if target.is_dir() else target
    try:
        with database_troubles():
            write_backup(path, at=at)
    except FileExistsError as error:
        raise Refused(Reason(f"{path} is there already", "Choose another name")) from error
    except OSError as error:
        raise Refused(Reason(f"{path} cannot be written: {error.strerror}", "Make room")) from error
    with opened_backup(path) as proved:
        facts = proved.manifest
    if as_json:
        click.echo(json.dumps({"file": str(path), **facts}, sort_keys=True))
    else:
        rows = sum(facts["rows"].values())
        entries = len(facts["entries"])
        size = path.stat().st_size / 1024 / 1024
        click.echo(f"{path}: {rows:,} rows, {entries} parts, {size:.1f} MB, read back and proved")


@click.command(short_help="Fill an empty deployment from a backup.")
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--check", is_flag=True, help="Only prove that the backup is whole.")
def restore(*, source: Path, check: bool) -> None:
    """Fill the empty database of this deployment, and its file store, from the backup SOURCE.

    It is proved first, and what was restored is counted and its audit's chain checked.

    \b
    Example:
      engross restore /backups/engross-20211001T020000Z.zip
    """
    from engross.adapters.backups import opened_backup

    if check:
        with opened_backup(source) as proved:
            click.echo(f"{source}: whole, made {proved.manifest['made_at']}")
        return
    set_up_django()
    from engross.apps.operations.commands import restore_backup

    with database_troubles():
        facts = restore_backup(source)
    rows = sum(facts["rows"].values())
    click.echo(f"{rows:,} rows and the stored files as at {facts['made_at']}, counted and proved")

"""Making Django and the database ready, for the commands that need them."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from engross.core.refusals import Reason, Refused

SETTINGS = "engross.config.settings"


def set_up_django() -> None:
    """Load settings, apps and the code's data; raises Refused if there is no such code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django
    from django.conf import settings

    from engross.adapters.code_folder import code_folder

    try:
        # Before anything is loaded: some figures already ask the code while they are.
        code_folder(settings.ENGROSS_CODE)
    except LookupError as missing:
        remedy = "Set ENGROSS_CODE to the name of a folder in codes/"
        raise Refused(Reason(str(missing.args[0]), remedy)) from None
    django.setup()
    from engross.apps.registers.queries import active_code

    active_code()


def set_up() -> None:
    """Load Django, and make or upgrade the database's tables where they are not as they should be.

    Raises Refused if the database cannot be opened.
    """
    set_up_django()
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    make_folder(connection.settings_dict)
    with database_troubles():
        executor = MigrationExecutor(connection)
        steps = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if steps:
            click.echo(f"Preparing the database ({len(steps)} steps)…", err=True)
            call_command("migrate", verbosity=0, interactive=False)


def make_folder(database: Mapping[str, Any]) -> None:
    """Make the folder of a database that is a file; raises Refused if it cannot be made."""
    name = str(database["NAME"])
    if not database["ENGINE"].endswith("sqlite3") or name.startswith((":", "file:")):
        return
    try:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = f"The folder of the database, {Path(name).parent}, cannot be made: {error.strerror}"
        raise Refused(Reason(what, "Name another in ENGROSS_VAR")) from error


@contextmanager
def database_troubles() -> Iterator[None]:
    """Turn what a database cannot do just now (no room, locked, not there) into Refused."""
    from django.db import OperationalError

    try:
        yield
    except OperationalError as error:
        what = f"The database could not do it ({str(error).strip()}); nothing was stored"
        remedy = "Make room or start it, see DATABASE_URL and ENGROSS_VAR, and try again"
        raise Refused(Reason(what, remedy)) from error

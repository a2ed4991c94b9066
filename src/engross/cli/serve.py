"""`engross serve` and `engross upgrade`: the web server, and what it needs to find."""

import os
import sys

import click

from engross.cli.django_setup import database_troubles, set_up_django

UPGRADE_LOCK = 0x656E6773


@click.command(short_help="Serve the site.")
@click.option("--bind", envvar="ENGROSS_BIND", default="127.0.0.1:8000", show_default=True,
              help="Address and port.")  # fmt: skip
@click.option("--workers", envvar="ENGROSS_WORKERS", type=click.IntRange(1, 64), default=2,
              show_default=True, help="Processes.")  # fmt: skip
def serve(*, bind: str, workers: int) -> None:
    """Serve the site until SIGTERM or Ctrl-C. `engross upgrade` has to have run before.

    \b
    Example:
      engross serve --bind 0.0.0.0:8000 --workers 4
    """
    os.environ["ENGROSS_BIND"], os.environ["ENGROSS_WORKERS"] = bind, str(workers)
    command = [
        sys.executable, "-m", "gunicorn", "engross.config.wsgi",
        "--config", "python:engross.config.gunicorn_conf", "--no-control-socket",
    ]  # fmt: skip
    os.execv(sys.executable, command)  # noqa: S606  (no shell: this process becomes the server)


@click.command(short_help="Bring tables and style up to this version.")
def upgrade() -> None:
    """Bring the database's tables up to this version and gather style and fonts.

    Run it once before the processes of a new version start. Two at a time do no harm: on
    PostgreSQL one waits for the other, on SQLite the second finds nothing left to do.

    \b
    Example:
      engross upgrade && engross serve
    """
    set_up_django()
    from django.core.management import call_command
    from django.db import connection

    from engross.cli.django_setup import make_folder

    make_folder(connection.settings_dict)
    with database_troubles():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_lock(%s)", [UPGRADE_LOCK])
        call_command("migrate", verbosity=0, interactive=False)
    # Our page of the API is our own: the framework's 12 MB of another one are never asked for.
    call_command("collectstatic", verbosity=0, interactive=False, ignore_patterns=["ninja"])
    click.echo("Tables and style are those of this version")

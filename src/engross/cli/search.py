"""`engross search`: keeping what can be found in step with the records."""

import json

import click

from engross.cli.django_setup import database_troubles, set_up


@click.group(short_help="Keep what can be found in step with the records.")
def search() -> None:
    """Keep what can be found in step with the records.

    A search takes in what little was recorded since the last one. After a large import, or with a
    new version of the software, these commands do.

    \b
    Example:
      engross search refresh
    """


@search.command(short_help="Take in what was recorded since the last time.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
def refresh(*, as_json: bool) -> None:
    """Take in what was recorded since the last time.

    \b
    Example:
      engross search refresh
    """
    _run("refresh", as_json=as_json)


@search.command(short_help="Make everything that can be found anew.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
def rebuild(*, as_json: bool) -> None:
    """Make everything that can be found anew; until it is done, searches find what they did.

    \b
    Example:
      engross search rebuild
    """
    _run("rebuild", as_json=as_json)


def _run(what: str, *, as_json: bool) -> None:
    set_up()
    from engross.apps.search import commands

    done: dict[str, int] = {}

    def told(source: str, entries: int) -> None:
        done[source] = done.get(source, 0) + entries
        if not as_json:
            click.echo(f"{source}: {entries:,}", err=True)

    with database_troubles():
        getattr(commands, what)(told=told)
    if as_json:
        click.echo(json.dumps({"entries": done}))
    elif not done:
        click.echo("Nothing was recorded since the last time.")
    else:
        click.echo(f"Took in {sum(done.values()):,} entries.")

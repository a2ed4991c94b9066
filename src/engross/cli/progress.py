"""Showing how far long work has come: a moving line for people, plain lines elsewhere."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

Told = Callable[[str, int], None]


@contextmanager
def shown_progress(*, quiet: bool = False) -> Iterator[Told]:
    """Give the block a function to tell what is being done and how many rows are done.

    On a terminal a line moves; elsewhere only what is done is written, to standard error.
    """
    if quiet:
        yield lambda what, rows: None
    elif not sys.stderr.isatty():
        yield _tell_when_done
    else:
        from rich.console import Console

        with Console(stderr=True).status("Reading…") as status:
            yield lambda what, rows: status.update(f"{what}, {rows:,} rows")


def _tell_when_done(what: str, rows: int) -> None:
    if what.endswith(": done"):
        click.echo(f"{what}, {rows:,} rows", err=True)

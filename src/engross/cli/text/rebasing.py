"""`engross text rebase`: a change set carried over to a newer text."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from engross.adapters.legaltext.change_set_json import json_from_change_set
from engross.adapters.legaltext.whole_files import STANDARD, refuse_overwriting, write_whole
from engross.cli.text.merging import change_set_in
from engross.cli.text.telling import FILE, end_process, read_told, tell

if TYPE_CHECKING:
    from engross.core.legaltext.change_sets import ChangeSet
    from engross.core.legaltext.rebasing import Rebased

NOT_ALL = 1


@click.command(short_help="Carry a change set over to a newer text.")
@click.argument("old", type=FILE)
@click.argument("new", type=FILE)
@click.argument("changes", type=FILE)
@click.option("--out", type=FILE, default=STANDARD, help="Where to; - is standard output.")
@click.option("--base-version", default="", help="The version of the code that NEW is: 47.0.")
def rebase(old: Path, new: Path, changes: Path, *, out: Path, base_version: str) -> None:
    """Carry the change set CHANGES, drafted on the text OLD, over to the text NEW.

    What cannot be carried over is left out and told, with what stands there now; the exit code is
    then 1.

    \b
    Example:
      engross text rebase code-46.0.json code-47.0.json mp123.json --out mp123-on-47.json
    """
    inputs = (old, new, changes)
    refuse_overwriting(out, inputs)
    before, after = read_told(old).code, read_told(new).code
    change_set = change_set_in(changes)
    from engross.core.legaltext.aligning import align
    from engross.core.legaltext.rebasing import rebase as carried_over

    found = carried_over(change_set, align(before, after), base_version=base_version)
    write_whole(out, json_from_change_set(found.change_set), not_over=inputs)
    _tell(change_set, found)
    end_process(0 if found.complete else NOT_ALL)
    if not found.complete:
        raise SystemExit(NOT_ALL)


def _tell(change_set: "ChangeSet", found: "Rebased") -> None:
    for obstacle in found.obstacles:
        click.echo(str(obstacle.reason(change_set.change_set)), err=True)
    tell([f"{each.address}: {each.says}" for each in found.notes], change_set.change_set)
    made, had = len(found.change_set.operations), len(change_set.operations)
    click.echo(f"{change_set.change_set}: {made} operations of {had} on the newer text", err=True)

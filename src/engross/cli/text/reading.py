"""`engross text read` and `convert`: a text as lines, as JSON, or in another format."""

from pathlib import Path
from typing import Literal, get_args

import click

from engross.adapters.legaltext.files import (
    Side,
    TextFile,
    Unknown,
    format_of,
    read_tracked,
    write_text,
)
from engross.adapters.legaltext.whole_files import refuse_overwriting, shown
from engross.cli.text.telling import FILE, NAME_UNKNOWN, put_out, read_told, tell

View = Literal["before", "after", "changes"]


@click.command(short_help="Print a text, one paragraph a line.")
@click.argument("file", type=FILE)
@click.option("--before", is_flag=True, help="As it was before tracked changes.")
@click.option("--after", is_flag=True, help="As it is after them.  [default]")
@click.option("--changes", is_flag=True, help="The tracked changes alone.")
@click.option("--json", "as_json", is_flag=True, help="Print canonical JSON, or the changes so.")
@NAME_UNKNOWN
def read(file: Path, unknown: Unknown, *, as_json: bool, **views: bool) -> None:
    """Print FILE, one paragraph a line, its whole number first.

    Of a Word file with tracked changes, one side or the changes themselves: words taken out stand
    in [-...-], words put in in {+...+}.

    \b
    Examples:
      engross text read section-d.docx --before
      engross text read redline.docx --changes
      engross text read section-d.md --json > section-d.json
    """
    view = _one_of(views)
    if view == "changes":
        _print_changes(file, unknown, as_json=as_json)
        return
    found = read_told(file, side=view, unknown=unknown)
    if as_json:
        from engross.adapters.legaltext.canonical_json import json_from_code

        put_out([json_from_code(found.code).decode().rstrip("\n")])
        return
    from engross.adapters.legaltext.numbered_text import plain_lines

    put_out(plain_lines(found.code))


@click.command(short_help="Write a text in another format.")
@click.argument("source", type=FILE, metavar="IN")
@click.argument("target", type=FILE, metavar="OUT")
@click.option("--before", is_flag=True, help="Of tracked changes: the text before.")
@click.option("--after", is_flag=True, help="The text after.  [default]")
@NAME_UNKNOWN
def convert(source: Path, target: Path, unknown: Unknown, **sides: bool) -> None:
    """Write the text of IN to OUT, in the format that OUT ends in.

    .json, .docx, .xml (Akoma Ntoso), .md or .txt; a folder gets a JSON file for each document.
    What the format cannot carry is told on standard error.

    \b
    Example:
      engross text convert section-d.docx section-d.json
    """
    side: Side = "before" if _one_of(sides) == "before" else "after"
    if target.suffix:
        format_of(target)
    refuse_overwriting(target, [source])
    found = read_told(source, side=side, unknown=unknown)
    losses = write_text(found.code, target, not_over=(source,))
    tell([f"left out: {loss}" for loss in losses], shown(target))
    click.echo(_written(found, target), err=True)


def _one_of(views: dict[str, bool]) -> View:
    """Return the view that is asked for; more than one is wrong use."""
    asked = [view for view in get_args(View) if views.get(view)]
    if len(asked) > 1:
        raise click.UsageError(f"Take one of --{' and --'.join(asked)}.")
    return asked[0] if asked else "after"


def _written(found: TextFile, target: Path) -> str:
    documents = len(found.code.documents)
    return f"{shown(target)}: {documents} {'document' if documents == 1 else 'documents'}"


def _print_changes(file: Path, unknown: Unknown, *, as_json: bool) -> None:
    from engross.adapters.legaltext.tracked_lines import change_lines, changes_as_json

    text = read_tracked(file, unknown=unknown)
    tell(
        [f"{each.element} is not understood, in {each.where}" for each in text.unknown], shown(file)
    )
    put_out([changes_as_json(text).decode()] if as_json else change_lines(text))

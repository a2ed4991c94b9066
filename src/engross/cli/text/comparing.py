"""`engross text compare` and `changes`: what differs between two texts."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from engross.adapters.legaltext.whole_files import STANDARD, refuse_overwriting, write_whole
from engross.cli.arguments import DAY
from engross.cli.text.telling import FILE, end_process, read_told
from engross.core.refusals import Reason, Refused

if TYPE_CHECKING:
    from engross.core.legaltext.provisions import Code

Form = Literal["json", "html", "docx", "text"]
_ENDINGS: dict[str, Form] = {
    ".json": "json",
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
    ".txt": "text",
}


@click.command(short_help="Say what differs between two texts.")
@click.argument("old", type=FILE)
@click.argument("new", type=FILE)
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "html", "docx", "text"]),
    help="  [default: what --out ends in, else text]",
)
@click.option("--out", type=FILE, default=STANDARD, help="Where to; - is standard output.")
@click.option("--author", default="Comparison", help="Whose changes a Word file shows.")
@click.option("--on", type=DAY, help="The day that a Word file gives them.  [default: today]")
def compare(
    old: Path, new: Path, *, form: Form | None, out: Path, author: str, on: date | None
) -> None:
    """Say what differs between OLD and NEW: changed words, moves, new numbers, splits and joins.

    As lines, as JSON, as a page with both texts or as a Word file with tracked changes.

    \b
    Examples:
      engross text compare code-45.0.json code-46.0.json
      engross text compare old.docx new.docx --out redline.docx
      engross text compare before/ after/ --format json --out changes.json
    """
    form = form or _ENDINGS.get(out.suffix.lower(), "text")
    if form == "docx" and out == STANDARD:
        raise click.UsageError("A Word file needs --out FILE.")
    refuse_overwriting(out, [old, new])
    before, after = read_told(old).code, read_told(new).code
    day = (on or datetime.now(UTC).astimezone().date()).isoformat()
    content = _compared(before, after, form, author=author, day=day)
    write_whole(out, content, not_over=(old, new))
    end_process()


def _compared(before: "Code", after: "Code", form: Form, *, author: str, day: str) -> bytes:
    if form == "html":
        from engross.adapters.legaltext.redlines import redline_html

        return redline_html(before, after)
    if form == "docx":
        from engross.adapters.legaltext.word_writing import write_redline
        from engross.core.legaltext.aligning import align

        return write_redline(align(before, after), author=author, day=day)
    from engross.core.legaltext.comparison import compare as compared

    comparison = compared(before, after)
    if form == "json":
        import msgspec

        return msgspec.json.encode(comparison) + b"\n"
    from engross.core.legaltext.comparison_text import comparison_text

    return comparison_text(comparison).encode()


@click.command(short_help="Make the change set that turns one text into another.")
@click.argument("old", type=FILE)
@click.argument("new", type=FILE)
@click.option("--out", type=FILE, default=STANDARD, help="Where to; - is standard output.")
@click.option("--name", default="", help="The change set's name, such as MP123.  [default: of NEW]")
@click.option("--title", default="", help="What it does, for people.")
@click.option("--base-version", default="", help="The version of the code that OLD is: 46.0.")
def changes(old: Path, new: Path, out: Path, *, name: str, title: str, base_version: str) -> None:
    """Make the change set that turns OLD into NEW exactly, and NEW into OLD.

    \b
    Example:
      engross text changes code-46.0.json drafted.json --name MP123 --out mp123.json
    """
    refuse_overwriting(out, [old, new])
    before, after = read_told(old).code, read_told(new).code
    from engross.adapters.legaltext.change_set_json import json_from_change_set
    from engross.core.legaltext.aligning import align
    from engross.core.legaltext.changing import changes_from

    made = changes_from(
        align(before, after), name or _named(new), title=title, base_version=base_version
    )
    write_whole(out, json_from_change_set(made), not_over=(old, new))
    count = len(made.operations)
    click.echo(f"{made.change_set}: {count} operation{'s' * (count != 1)}", err=True)
    end_process()


def _named(new: Path) -> str:
    if new == STANDARD:
        raise Refused(Reason("The change set has no name", "Give one with --name"))
    return new.stem

"""What the commands on legal text have in common: their arguments, and what they tell a person."""

import gc
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from engross.adapters.legaltext.files import Side, TextFile, Unknown, read_text
from engross.adapters.legaltext.whole_files import print_whole, shown
from engross.cli import LazyGroup
from engross.core.legaltext.soundness import first_remarks_on

MOST_REMARKS = 20


class PathType(click.ParamType[Path]):
    """A file, or a folder that is a code; '-' is standard input or output."""

    name = "path"

    def convert(
        self, value: str | Path, param: click.Parameter | None, ctx: click.Context | None
    ) -> Path:
        if isinstance(value, Path):
            return value
        if not value or "\0" in value:
            self.fail("A file needs a name.", param, ctx)
        return Path(value)


FILE = PathType()


NAME_UNKNOWN = click.option(
    "--name-unknown",
    "unknown",
    flag_value="name",
    default="refuse",
    help="Name what is not understood of Word's tracked changes, instead of refusing the file.",
)


def read_told(path: Path, *, side: Side = "after", unknown: Unknown = "refuse") -> TextFile:
    """Return the text of a file, and tell on standard error what is odd about it."""
    if _is_process():
        # What is read stays to the end: looking for what could be let go of is time lost.
        gc.disable()
    read = read_text(path, side=side, unknown=unknown)
    said, count = first_remarks_on(read.code, most=MOST_REMARKS)
    tell([*read.remarks, *said], shown(path), count=len(read.remarks) + count)
    return read


def tell(remarks: Sequence[str], about: str, *, count: int = 0) -> None:
    """Tell remarks on standard error, the first ones each on a line.

    `count` is how many there are, where that is more than are given.
    """
    for remark in remarks[:MOST_REMARKS]:
        click.echo(f"{about}: {remark}", err=True)
    more = max(count, len(remarks)) - MOST_REMARKS
    if more > 0:
        click.echo(f"{about}: and {more} more", err=True)


def put_out(lines: Iterable[str]) -> None:
    """Print lines in one go."""
    print_whole("".join([f"{line}\n" for line in lines]).encode("utf-8", "replace"))


def end_process(code: int = 0) -> None:
    """End the process at once, where it was started for this command alone.

    Taking two codes apart again, provision by provision, would take as long as reading one.
    """
    if _is_process():
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        os._exit(code)


def _is_process() -> bool:
    root = click.get_current_context().find_root().command
    return isinstance(root, LazyGroup) and root.is_process

"""`engross text`: a code's legal text, read, checked, compared, changed and merged.

Every command is imported when it is called: a comparison of two whole codes is to cost little more
than the comparison itself.
"""

import sys

import click

from engross.cli import Lazy, LazyGroup

COMMANDS: dict[str, Lazy] = {
    "apply": Lazy("engross.cli.text.merging:apply", "Put a change set into a text."),
    "as-at": Lazy("engross.cli.text.dating:as_at", "Print a document as it reads on a day."),
    "changes": Lazy("engross.cli.text.comparing:changes", "Make a change set of two texts."),
    "compare": Lazy("engross.cli.text.comparing:compare", "Say what differs between two texts."),
    "merge": Lazy("engross.cli.text.merging:merge", "Merge change sets, and name conflicts."),
    "rebase": Lazy("engross.cli.text.rebasing:rebase", "Carry a change set to a newer text."),
    "read": Lazy("engross.cli.text.reading:read", "Print a text, one paragraph a line."),
    "convert": Lazy("engross.cli.text.reading:convert", "Write a text in another format."),
    "check": Lazy("engross.cli.text.checking:check", "Look for slips in a text."),
}


def _import_msgspec() -> None:
    """Import msgspec without `typing_extensions`, which takes as long as reading a whole code.

    It is optional there: Python's own `typing` has all that is used here.
    """
    if "typing_extensions" in sys.modules:
        return
    missing: dict[str, None] = {"typing_extensions": None}
    sys.modules.update(missing)  # type: ignore[arg-type]  # how Python marks what cannot be had
    try:
        import msgspec  # noqa: F401
    finally:
        del sys.modules["typing_extensions"]


_import_msgspec()


@click.group(cls=LazyGroup, lazy=COMMANDS)
def text() -> None:
    """Read, check, compare, change and merge legal text.

    A text is a file of canonical JSON, Word, Akoma Ntoso, Markdown or numbered lines; its content
    tells which. A folder of such files is a code. '-' is standard input or output.

    \b
    Examples:
      engross text read section-d.docx
      engross text compare code-45.0.json code-46.0.json
    """

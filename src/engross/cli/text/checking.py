"""`engross text check`: what looks like a slip in a text."""

from pathlib import Path

import click

from engross.adapters.legaltext.files import read_text
from engross.adapters.legaltext.whole_files import shown
from engross.cli.text.telling import FILE, put_out, tell

FOUND = 1


@click.command(short_help="Look for slips in a text.")
@click.argument("file", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="Print what was found for a machine.")
def check(file: Path, *, as_json: bool) -> None:
    """Look in FILE for slips in its references, its defined terms and its numbers.

    That is: references that name nothing, something removed, or another heading; terms that are
    defined twice or never used, and words written as terms that are none; numbers that come twice,
    out of order or not at all. A folder is checked as one code. Exits with 1 if anything is found.

    \b
    Example:
      engross text check section-d.json
    """
    read = read_text(file)
    tell(read.remarks, shown(file))
    from engross.core.legaltext.checks import check as checked

    problems = checked(read.code)
    if as_json:
        import msgspec

        listed = [problem._asdict() for problem in problems]
        put_out([msgspec.json.format(msgspec.json.encode(listed), indent=1).decode()])
    else:
        put_out([str(problem) for problem in problems] or ["nothing found"])
    if problems:
        raise SystemExit(FOUND)

"""`engross text check`: what looks like a slip in a text."""

import json
from pathlib import Path

import click

from engross.adapters.legaltext.files import read_text
from engross.cli.text.telling import FILE, put_out, shown, tell

FOUND = 1


@click.command(short_help="Look for slips in a text.")
@click.argument("file", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="Print the findings for a machine.")
def check(file: Path, *, as_json: bool) -> None:
    """Look in FILE for slips in its numbers, its references and its defined terms.

    That is: numbers that come twice or out of order; references that name nothing, something
    removed, or another heading; terms that are defined twice or never used, and words written as
    terms that are none. A folder is checked as one code. Exits with 1 if anything is found.

    \b
    Example:
      engross text check section-d.json
    """
    read = read_text(file)
    from engross.core.legaltext.checking import findings_in

    tell(read.remarks, shown(file))
    findings = findings_in(read.code)
    if as_json:
        put_out([json.dumps([each._asdict() for each in findings], ensure_ascii=False, indent=1)])
    else:
        put_out([str(each) for each in findings] or ["nothing found"])
    if findings:
        raise SystemExit(FOUND)

"""`engross text as-at`: a document as it reads on a day, from the deployment's records."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engross.adapters.legaltext.files import kind_of
from engross.adapters.legaltext.whole_files import read_whole
from engross.cli.arguments import DAY
from engross.cli.django_setup import database_troubles, set_up
from engross.cli.export import MomentType
from engross.cli.text.telling import put_out
from engross.core.refusals import Reason, Refused

if TYPE_CHECKING:
    from engross.core.legaltext.drafts_merged import Drafted
    from engross.core.legaltext.provisions import Code, Document


@click.command("as-at", short_help="Print a document as it reads on a day.")
@click.argument("document")
@click.argument("day", type=DAY, metavar="DATE")
@click.option(
    "--with", "drafts", metavar="P1,P2", help="Change sets, proposals or files to put in as well."
)
@click.option("--known-at", type=MomentType(), help="As it was known at this moment.")
@click.option("--json", "as_json", is_flag=True, help="Print canonical JSON.")
def as_at(
    document: str, day: date, *, drafts: str | None, known_at: datetime | None, as_json: bool
) -> None:
    """Print DOCUMENT, such as 'Section D', as it reads on DATE.

    It is read from the deployment's records. With drafts, as it would read with them in it; drafts
    that are in conflict are refused.

    \b
    Examples:
      engross text as-at "Section D" 2021-09-30
      engross text as-at "Section D" 2021-09-30 --with MP149,mine.json
    """
    set_up()
    from django.utils import timezone

    if known_at and timezone.is_naive(known_at):
        known_at = timezone.make_aware(known_at)
    with database_troubles():
        found = _read(document, day, known_at, drafts.split(",") if drafts else [])
    from engross.core.legaltext.provisions import Code

    if as_json:
        from engross.adapters.legaltext.canonical_json import json_from_code

        put_out([json_from_code(Code((found,))).decode().rstrip("\n")])
        return
    from engross.adapters.legaltext.numbered_text import plain_lines

    put_out(plain_lines(Code((found,))))


def _read(name: str, day: date, known_at: datetime | None, drafts: list[str]) -> "Document":
    from engross.apps.legaltext.queries import code_as_at, document_as_at

    if not drafts:
        found = document_as_at(name, on=day, known_at=known_at)
    else:
        code = _merged(code_as_at(on=day, known_at=known_at), drafts)
        found = next((each for each in code.documents if each.document == name), None)
    if found is None:
        raise Refused(_not_there(name, day, known_at))
    return found


def _not_there(name: str, day: date, known_at: datetime | None) -> Reason:
    from engross.apps.legaltext.queries import document_names

    names = document_names(on=day, known_at=known_at)
    remedy = f"Name one of {', '.join(names)}" if names else "Take the code's text in first"
    return Reason(f"There is no '{name}' on {day}", remedy)


def _merged(base: "Code", drafts: list[str]) -> "Code":
    from engross.core.legaltext.drafts_merged import merge_drafted

    found = merge_drafted(base, [each for name in drafts for each in _drafted(name.strip())])
    if found.conflicts:
        raise Refused(
            Reason(
                f"The drafts are in conflict at {each.address} ({each.kind})",
                "Leave one of them out, or decide it with `engross text merge`",
            )
            for each in found.conflicts
        )
    return found.code


def _drafted(name: str) -> "list[Drafted]":
    """Return what a name stands for: a file, a change set on record, or a proposal's open ones."""
    from engross.adapters.legaltext.change_set_json import change_set_from_json
    from engross.apps.releases.queries import base_of, change_set_of, drafts_called, latest_versions
    from engross.core.legaltext.drafts_merged import Drafted

    if not Path(name).exists():
        kept = [Drafted(change_set_of(each), base_of(each)) for each in drafts_called(name)]
        if not kept:
            known = ", ".join(each.change_set.name for each in latest_versions())
            remedy = f"Name a file, a proposal, or one of {known}" if known else "Name a file"
            raise Refused(Reason(f"There is no change set for {name!r}", remedy))
        return kept
    content = read_whole(Path(name))
    if kind_of(content, name) != "json":
        raise Refused(Reason(f"{name} is not a change set", "Name files of change sets"))
    return [Drafted(change_set_from_json(content, name=name))]

"""`engross text apply` and `merge`: change sets put into a text."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engross.adapters.legaltext.canonical_json import kind_of_json
from engross.adapters.legaltext.change_set_json import change_set_from_json
from engross.adapters.legaltext.files import kind_of, write_text
from engross.adapters.legaltext.json_faults import ELEMENTS, refusal_of
from engross.adapters.legaltext.whole_files import (
    STANDARD,
    read_whole,
    refuse_overwriting,
    shown,
    write_whole,
)
from engross.cli.text.telling import FILE, end_process, read_told, tell
from engross.core.refusals import Reason, Refused

if TYPE_CHECKING:
    from engross.core.legaltext.change_sets import ChangeSet
    from engross.core.legaltext.merging import Conflict, Merged, Resolution
    from engross.core.legaltext.provisions import Code

CONFLICTS_REMAIN = 1


@click.command(short_help="Put a change set into a text.")
@click.argument("base", type=FILE)
@click.argument("changes", type=FILE)
@click.option("--out", type=FILE, default=STANDARD, help="Where to; - is standard output, JSON.")
@click.option("--invert", is_flag=True, help="Take the change set out again.")
def apply(base: Path, changes: Path, out: Path, *, invert: bool) -> None:
    """Put the change set CHANGES into the text BASE.

    It is refused, and nothing is written, unless BASE is what the change set expects to find.

    \b
    Examples:
      engross text apply code-46.0.json mp123.json --out drafted.json
      engross text apply drafted.json mp123.json --invert --out code-46.0.json
    """
    refuse_overwriting(out, [base, changes])
    text = read_told(base).code
    change_set = change_set_in(changes)
    from engross.core.legaltext.applying import apply as applied

    if invert:
        from engross.core.legaltext.inverting import invert as inverted

        change_set = inverted(change_set)
    result = applied(text, change_set)
    _write(result.code, out, (base, changes))
    count = result.operations
    click.echo(f"{change_set.change_set}: {count} operation{'s' * (count != 1)} applied", err=True)
    end_process()


@click.command(short_help="Put several change sets into a text, and name their conflicts.")
@click.argument("base", type=FILE)
@click.argument("changes", type=FILE, nargs=-1, required=True)
@click.option("--out", type=FILE, default=STANDARD, help="Where to; - is standard output, JSON.")
@click.option("--conflicts", "report", type=FILE, help="Write what was found, as JSON.")
@click.option("--resolutions", "answers", type=FILE, help="How conflicts are decided, as JSON.")
@click.option(
    "--drafted-on", "older", type=FILE, multiple=True, metavar="FILE",
    help="An older text that some were drafted on: they are carried over.  [several times]",
)  # fmt: skip
def merge(
    base: Path,
    changes: tuple[Path, ...],
    *,
    out: Path,
    report: Path | None,
    answers: Path | None,
    older: tuple[Path, ...],
) -> None:
    """Put the change sets CHANGES into the text BASE, and name what cannot stand together.

    Their order says nothing. Where they are in conflict the text stays as in BASE until a
    resolution decides; exits with 1 while any conflict remains.

    \b
    Example:
      engross text merge code-46.0.json mp123.json mp124.json --out code-47.0.json
          --conflicts conflicts.json --resolutions decided.json
    """
    if report == out:
        raise click.UsageError("--out and --conflicts need files of their own.")
    inputs = (base, *changes, *older, *([answers] if answers else []))
    for written in (out, *([report] if report else [])):
        refuse_overwriting(written, inputs)
    text = read_told(base).code
    sets = [change_set_in(each) for each in changes]
    found = _merged(text, sets, _resolutions(answers) if answers else (), older)
    _write(found.code, out, inputs)
    if report:
        write_whole(report, _report(text, sets, found), not_over=inputs)
    _tell_merge(found)
    end_process(CONFLICTS_REMAIN if found.conflicts else 0)
    if found.conflicts:
        raise SystemExit(CONFLICTS_REMAIN)


def _merged(
    base: "Code",
    sets: list["ChangeSet"],
    resolutions: tuple["Resolution", ...],
    older: tuple[Path, ...],
) -> "Merged":
    """Return what change sets give together; those drafted on an older text are carried over."""
    if not older:
        from engross.core.legaltext.merging import merge as merged

        return merged(base, sets, resolutions)
    from engross.core.legaltext.drafts_merged import Drafted, merge_drafted
    from engross.core.legaltext.provisions import text_hash

    texts = {text_hash(code): code for code in (read_told(path).code for path in older)}
    drafted = [Drafted(each, texts.get(each.base)) for each in sets]
    return merge_drafted(base, drafted, resolutions)


def change_set_in(path: Path) -> "ChangeSet":
    """Return the change set in a file. Raises Refused if it holds none."""
    content, name = read_whole(path), shown(path)
    if kind_of(content, name) != "json":
        what = f"{name} is not a change set"
        raise Refused(Reason(what, "Make one with `engross text changes OLD NEW`"))
    return change_set_from_json(content, name=name)


def _resolutions(path: Path) -> tuple["Resolution", ...]:
    import msgspec

    from engross.core.legaltext.merging import Resolution, ResolutionsFile

    content = read_whole(path)
    try:
        kind = kind_of_json(content)
        if kind not in ("", "list of resolutions"):
            remedy = "Write one: for each conflict its name, what to take, by whom and why"
            raise Refused(Reason(f"{shown(path)} is a {kind}, not a list of resolutions", remedy))
        return msgspec.json.decode(content, type=ResolutionsFile).resolutions
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        elements = {**ELEMENTS, "resolutions": Resolution}
        raise refusal_of(content, shown(path), error, elements) from None


def _report(base: "Code", sets: list["ChangeSet"], found: "Merged") -> bytes:
    import msgspec

    from engross.core.legaltext.merging import ConflictsFile
    from engross.core.legaltext.provisions import text_hash

    return msgspec.json.format(
        msgspec.json.encode(
            ConflictsFile(
                text_hash(base),
                found.hash,
                tuple(sorted(each.change_set for each in sets)),
                found.conflicts,
                found.outcomes,
                found.notes,
            )
        ),
        indent=1,
    )


def _write(code: "Code", out: Path, inputs: tuple[Path, ...]) -> None:
    if out == STANDARD:
        from engross.adapters.legaltext.canonical_json import json_from_code

        write_whole(out, json_from_code(code))
        return
    tell([f"left out: {loss}" for loss in write_text(code, out, not_over=inputs)], shown(out))


def _tell_merge(found: "Merged") -> None:
    from engross.core.legaltext.merging.telling import told

    tell([f"{each.address}: {each.says} ({each.change_set})" for each in found.notes], "note")
    for conflict in found.conflicts:
        click.echo("\n".join((_told(conflict), *told(conflict)[1:])), err=True)
    counted = Counter(each.kind for each in found.outcomes)
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(counted.items()))
    remain = f"{len(found.conflicts)} to resolve" if found.conflicts else "no conflict remains"
    click.echo(f"{kinds or 'nothing changed'}; {remain}; {found.hash}", err=True)


def _told(conflict: "Conflict") -> str:
    sides = " against ".join(
        " and ".join(side.change_sets) or "the base" for side in conflict.sides
    )
    if len(conflict.sides) == 1:
        sides += f" against the base, {conflict.base}"
    return f"conflict {conflict.id}, {conflict.kind}, {conflict.address}: {sides}"

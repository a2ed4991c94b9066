"""Reference pages made from the codes' data: what each sets, and what of it is assumed.

`python -m engross.adapters.code_reference` writes them to docs/reference; with the name of a
page (`assumptions.md`) it prints that one.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from engross.adapters.code_folder import available_codes, folders_of, load_code
from engross.core.codes import Code, Option, OptionList, Parameter
from engross.core.codes.codes import ASSUMED, AttributeValue, ParameterValue
from engross.core.codes.extending import own_part
from engross.core.codes.problems import nearest
from engross.core.codes.validation import list_file

MADE = (
    "<!-- Made by `python -m engross.adapters.code_reference` from {source}. Change the data. -->\n"
)
ASSUMPTIONS_FILE = "assumptions.md"


def told_code(key: str) -> Code:
    """Return a code as its page tells it: of one that extends another, only what is its own."""
    code = load_code(key)
    _, *base = folders_of(key)
    return own_part(code, load_code(base[0].name)) if base else code


def reference_pages(codes: Iterable[Code]) -> dict[str, str]:
    """Return the text of each reference page by its file name."""
    codes = tuple(codes)
    pages = {f"code-{code.key}.md": _code_page(code) for code in codes}
    return pages | {ASSUMPTIONS_FILE: _assumptions_page(codes)}


def write_reference_pages(folder: Path) -> list[Path]:
    """Write every reference page into a folder, and return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in reference_pages(map(told_code, available_codes())).items():
        path = folder / name
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return written


def _assumptions_page(codes: tuple[Code, ...]) -> str:
    lines = [
        "# What is assumed",
        MADE.format(source="`codes/`"),
        "Everything a code sets comes from a source, named with it as its clause,",
        "unless it is listed here. Confirm each against the code itself before real use,",
        'then write `sure = "found"` and the clause.',
    ]
    for code in codes:
        rows = list(_assumed(code))
        lines += ["", f"## {code.name} (`codes/{code.key}`): {len(rows)}", ""]
        lines += _table(("File", "Key", "What is assumed"), rows)
    return "\n".join(lines) + "\n"


def _assumed(code: Code) -> Iterator[tuple[str, str, str]]:
    """Yield file, key and statement of everything in a code that is assumed."""
    for parameter in code.parameters.values():
        if parameter.sure == ASSUMED:
            what = f"{_sentence(parameter.meaning)}: {_values(parameter)}"
            yield "parameters.toml", parameter.name, what
        for assumption in parameter.assumptions:
            yield "parameters.toml", parameter.name, assumption
    for options in code.lists.values():
        file = list_file(options.name)
        if options.sure == ASSUMED:
            yield file, "", f"The whole list: {options.meaning}"
        for assumption in options.assumptions:
            yield file, "", assumption
        for option in options:
            if option.is_assumed and options.sure != ASSUMED:
                yield file, option.key, " ".join(filter(None, (f"{option.name}.", option.note)))


def _code_page(code: Code) -> str:
    calendar = code.calendar
    place = f"{calendar.country}, {calendar.nation}" if calendar.nation else calendar.country
    lines = [
        f"# {code.name}: what the code sets",
        MADE.format(source=f"`codes/{code.key}`"),
        f"{code.administrator}. Regulator: {code.regulator}. In force from {code.first_day}.",
        f"Bank holidays of {place}; clock of {calendar.time_zone}.",
        "",
        "## Parameters",
        "",
        *_table(
            ("Name", "Meaning", "Value, from its first day", "Unit", "Clause", "Sure"),
            (
                (f"`{each.name}`", each.meaning, _values(each), each.unit, each.clause, each.sure)
                for each in code.parameters.values()
            ),
        ),
    ]
    for options in code.lists.values():
        if len(options):
            lines += ["", *_list_section(options)]
    return "\n".join(lines) + "\n"


def _list_section(options: OptionList) -> list[str]:
    attributes = [
        name
        for name in options.options[0].attributes
        if any(option.attributes[name] not in ("", (), None) for option in options)
    ]
    columns = ("Key", "Name", "From", "Until", *attributes, "Clause", "Sure", "Note")
    rows = [_option_row(option, attributes, of=options) for option in options]
    kept = [
        place
        for place, name in enumerate(columns)
        if name in ("Key", "Name") or any(row[place] for row in rows)
    ]
    diagram = _stage_diagram(options) if options.name == "proposal_stages" else []
    return [
        f"## `{options.name}`",
        "",
        f"{_sentence(options.meaning)}. {options.clause}; {options.sure}.",
        "",
        *_table([columns[place] for place in kept], ([row[p] for p in kept] for row in rows)),
        *diagram,
    ]


def _option_row(option: Option, attributes: list[str], *, of: OptionList) -> tuple[str, ...]:
    """Return the cells of an option; clause and sureness only where they differ from the list's."""
    return (
        f"`{option.key}`",
        option.name,
        str(option.held_from or ""),
        str(option.held_until or ""),
        *(_shown(option.attributes[name]) for name in attributes),
        option.clause if option.clause != of.clause else "",
        option.sure if option.sure != of.sure else "",
        option.note,
    )


def _stage_diagram(stages: OptionList) -> list[str]:
    names = [f"    {_node(stage.key)} : {stage.text('printed')}" for stage in stages]
    moves = [
        f"    {_node(stage.key)} --> {_node(following)}"
        for stage in stages
        for following in stage.texts("next")
    ]
    return ["", "```mermaid", "stateDiagram-v2", *names, *moves, "```"]


def _node(key: str) -> str:
    return key.replace("-", "_")


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _values(parameter: Parameter) -> str:
    return "; ".join(f"{_shown(value)} from {day}" for day, value in parameter.values)


def _shown(value: AttributeValue | ParameterValue) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else ""
        case tuple():
            return ", ".join(str(each) for each in value)
    return str(value)


def _table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    columns = list(columns)
    lines = [columns, ["---"] * len(columns), *([*row] for row in rows)]
    return ["| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines]


def _cell(text: str) -> str:
    # A pattern could be taken for a link.
    told = text.replace("](", "]\\(") if "](" in text else text
    return told.replace("|", "\\|").replace("\n", " ")


def main(arguments: Sequence[str]) -> int:
    """Print the page that `arguments` names, or write them all; return 0, or 2 for no such page."""
    pages = reference_pages(map(told_code, available_codes()))
    if not arguments:
        for written in write_reference_pages(Path("docs/reference")):
            sys.stdout.write(f"{written}\n")
        return 0
    if arguments[0] not in pages:
        remedy = nearest(arguments[0], pages)
        sys.stderr.write(f"There is no page '{arguments[0]}'. {remedy}.\n")
        return 2
    sys.stdout.write(pages[arguments[0]])
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

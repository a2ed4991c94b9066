"""Templates: the header that an import expects, and for Excel a sheet that explains it."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from engross.adapters.tables.reading_xlsx import EXPLANATION_SHEET
from engross.adapters.tables.writing import WRITERS
from engross.adapters.tables.writing_xlsx import write_xlsx
from engross.core.registers.columns import Column, Kind

# Key and name, and where the option is dated, a few words on when it holds.
Allowed = Mapping[str, Sequence[tuple[str, ...]]]

EXPLAINED = ("column", "meaning", "kind", "required", "allowed", "example")
_KINDS = {
    Kind.TEXT: "text",
    Kind.IDENTIFIER: "identifier, stored as text",
    Kind.DAY: "day, such as 2021-09-30 or 30/09/2021",
    Kind.MONTH: "month, such as 2021-09",
    Kind.WHOLE: "whole number",
    Kind.DECIMAL: "number",
    Kind.FLAG: "yes or no",
    Kind.CHOICE: "one of the list below",
    Kind.REFERENCE: "something in another register",
    Kind.LINK: "address that starts with https://",
}


def template_bytes(form: str, name: str, columns: Sequence[Column], allowed: Allowed) -> bytes:
    """Return a template's content; `form` is csv or xlsx.

    `allowed` gives for each list of the code its options' keys and names.
    """
    file = BytesIO()
    if form == "csv":
        WRITERS["csv"](file, name, columns, ())
    else:

        def explain(workbook: Any) -> None:
            _write_explanation(workbook, columns, allowed)

        write_xlsx(file, name, columns, (), more=explain)
    return file.getvalue()


def example_of(column: Column, allowed: Allowed) -> str:
    """Return an example of what may stand in the column; empty where it may stay empty."""
    if column.kind is not Kind.CHOICE:
        needs_text = column.required and column.kind is Kind.TEXT
        return column.example or ("Text of your own" if needs_text else "")
    keys = [option[0] for option in allowed.get(column.choices, ())]
    if column.example in keys or not (column.required and keys):
        return column.example if column.example in keys else ""
    return keys[0]


def _write_explanation(workbook: Any, columns: Sequence[Column], allowed: Allowed) -> None:
    sheet = workbook.add_worksheet(EXPLANATION_SHEET)
    bold = workbook.add_format({"bold": True, "bottom": 1})
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    for place, width in enumerate((22, 60, 30, 10, 44, 34)):
        sheet.set_column(place, place, width, wrapped)
    _write_line(sheet, 0, [title.capitalize() for title in EXPLAINED], bold)
    row = 1
    for column in columns:
        _write_line(sheet, row, _explained(column, allowed), wrapped)
        row += 1
    for choices in dict.fromkeys(column.choices for column in columns if column.choices):
        _write_line(sheet, row + 1, (f"List '{choices}'", "Name", "When"), bold)
        row += 2
        for option in allowed.get(choices, ()):
            _write_line(sheet, row, option, wrapped)
            row += 1


def _write_line(sheet: Any, row: int, texts: Sequence[str], look: Any) -> None:
    for place, text in enumerate(texts):
        sheet.write_string(row, place, text, look)


def _explained(column: Column, allowed: Allowed) -> tuple[str, ...]:
    what = _KINDS[column.kind]
    if column.kind in {Kind.TEXT, Kind.IDENTIFIER}:
        what += f", at most {column.longest} characters"
    if column.kind is Kind.DECIMAL:
        what += f" with at most {column.places} decimal places"
    if column.least is not None:
        what += f", {column.least} or more"
    may = ""
    if column.choices:
        may = f"a key or name of the list '{column.choices}'"
    elif column.refers_to:
        may = f"what the register '{column.refers_to}' has"
    elif column.kind is Kind.FLAG:
        may = "yes, no"
    required = "yes" if column.required else "no"
    example = example_of(column, allowed)
    return column.name, column.meaning, what, required, may, example

"""Reading a month's sheet: its headings, its rows, and which of them are this code's own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from engross.apps.crosscode.registers import codes_known, cross_code_changes
from engross.apps.registers.queries import active_code, readers_for
from engross.core.crosscode.identifiers import ChangeName, change_name, code_called
from engross.core.crosscode.sheets import Content, Heading, columns_under, headings_of
from engross.core.registers.cells import clean_text
from engross.core.registers.sheets import CellProblem, SheetRefused, SheetRow, read_sheet

REQUIRED = ("code", "reference", "title")


@dataclass
class ReadSheet:
    """A month's sheet as read: each change's row by its key, and what is worth telling.

    `own` counts the rows of this code, which are kept from its own records.
    """

    names: dict[str, str] = field(default_factory=dict)
    rows: dict[str, SheetRow] = field(default_factory=dict)
    own: int = 0
    unusual: list[str] = field(default_factory=list)

    @property
    def contents(self) -> dict[str, Content]:
        """Each row's cells as text, by its key."""
        return {key: content_of(row) for key, row in self.rows.items()}


def content_of(row: SheetRow) -> Content:
    """Return a row's cells as text, by column, without its name in full and its basis."""
    return {
        name: "" if value is None else str(value)
        for name, value in row.values.items()
        if name not in ("change", "basis")
    }


def read_month(file_name: str, lines: Iterable[tuple[int, Sequence[object]]]) -> ReadSheet:
    """Read the lines of a month's sheet, the first of which is its header.

    Raises SheetRefused with every heading and cell that cannot be taken, under the heading
    that the sheet itself has for it.
    """
    headings = headings_of(active_code())
    numbered = [line for line in lines if any(str(each or "").strip() for each in line[1])]
    header = numbered[0][1] if numbered else ()
    places, problems = columns_under(header, headings, required=REQUIRED)
    if problems:
        raise SheetRefused([replace(each, file=file_name) for each in problems])
    read = ReadSheet()
    table = [_header(places)]
    for number, cells in numbered[1:]:
        line = _line(number, cells, places, read, problems)
        if line is not None:
            table.append(line)
    _read_rows(table, read, problems)
    if problems:
        raise SheetRefused([_told(each, headings, file_name) for each in problems])
    return read


def _header(places: dict[str, int]) -> tuple[int, list[object]]:
    return 1, ["change", *places]


def _line(
    number: int,
    cells: Sequence[object],
    places: dict[str, int],
    read: ReadSheet,
    problems: list[CellProblem],
) -> tuple[int, list[object]] | None:
    """Return a line as the register of changes has it; None for one of this code's own."""
    taken = [cells[place] if place < len(cells) else None for place in places.values()]
    of = dict(zip(places, taken, strict=True))
    code_text = clean_text(str(of["code"] or ""))
    code = code_called(code_text, codes_known())
    reference = clean_text(str(of["reference"] or ""))
    if code is None:
        names = ", ".join(each.abbreviation for each in codes_known())
        problems.append(CellProblem(number, "code", f"one of {names}", code_text[:60] or "nothing"))
        return None
    if not reference:
        problems.append(CellProblem(number, "reference", "a reference", "nothing"))
        return None
    if code.is_own:
        read.own += 1
        return None
    name = change_name(code, reference)
    of |= {"code": code.key, "reference": name.reference}
    _note(name, read)
    return number, [str(name), *of.values()]


def _note(name: ChangeName, read: ReadSheet) -> None:
    read.names[name.key] = str(name)
    if not name.is_known_form:
        read.unusual.append(str(name))


def _read_rows(
    table: list[tuple[int, list[object]]], read: ReadSheet, problems: list[CellProblem]
) -> None:
    register = cross_code_changes
    sheet = read_sheet(table, register.all_columns, readers_for(register), key=register.key)
    problems += sheet.problems
    read.rows = {str(row.values["change"]): row for row in sheet.rows}


def _told(problem: CellProblem, headings: Sequence[Heading], file_name: str) -> CellProblem:
    printed = {each.column: each.printed for each in headings} | {"change": "Reference"}
    return replace(problem, column=printed.get(problem.column, problem.column), file=file_name)

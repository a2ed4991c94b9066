"""Reading a whole sheet: every row becomes values, and every bad cell is named at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from engross.core.refusals import Reason, Refused
from engross.core.registers.cells import CellReader, CellRefused, shown
from engross.core.registers.columns import Column, Value


@dataclass(frozen=True)
class CellProblem:
    """A cell that cannot be taken: where it is, what was expected, what was found.

    `row` is the row as the file's reader sees it (the header is row 1); 0 is the whole file.
    """

    row: int
    column: str
    expected: str
    found: str
    file: str = ""

    def __str__(self) -> str:
        where = f"row {self.row}, column {self.column}" if self.row else f"column {self.column}"
        source = f"{self.file}: " if self.file else ""
        return f"{source}{where}: expected {self.expected}; found {self.found}"


class SheetRefused(Refused):
    """Sheets that were not taken, with every problem found in them. Nothing was stored."""

    def __init__(self, problems: Sequence[CellProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(Reason(str(p), "Correct it and import again") for p in self.problems)


@dataclass(frozen=True)
class SheetRow:
    """One row of a sheet, read: its number in the file and a value for each column."""

    number: int
    values: Mapping[str, Value]


@dataclass
class Sheet:
    """A sheet as read: the rows that can be taken, and the problems of those that cannot."""

    rows: list[SheetRow] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)


def read_sheet(
    lines: Iterable[tuple[int, Sequence[object]]],
    columns: Sequence[Column],
    readers: Mapping[str, CellReader],
    *,
    key: Sequence[str],
) -> Sheet:
    """Read numbered lines, the first of which is the header, into rows and problems.

    Blank lines are passed over and keep their number. A key that stands twice is a problem.
    """
    sheet = Sheet()
    numbered = iter(lines)
    header = next((line for line in numbered if not _is_blank(line[1])), None)
    if header is None:
        expected = "a header row with the names of the columns"
        sheet.problems.append(CellProblem(0, columns[0].name, expected, "an empty file"))
        return sheet
    places = _places_of(header[1], columns, sheet)
    if sheet.problems:
        return sheet
    seen: dict[tuple[Value, ...], int] = {}
    for number, cells in numbered:
        if not _is_blank(cells):
            _read_line(number, cells, places, readers, sheet)
            _refuse_repeat(sheet, number, key, seen)
    return sheet


def _is_blank(cells: Sequence[object]) -> bool:
    return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in cells)


def _places_of(
    header: Sequence[object], columns: Sequence[Column], sheet: Sheet
) -> list[tuple[str, int]]:
    """Return each column's name and place, -1 where the file leaves out one it may."""
    known = {column.name for column in columns}
    titles = [str(cell or "").strip().lower().replace(" ", "_") for cell in header]
    for title in titles:
        if title and title not in known:
            near = get_close_matches(title, sorted(known), n=1)
            hint = f"'{near[0]}'" if near else f"one of {', '.join(c.name for c in columns)}"
            sheet.problems.append(CellProblem(1, title, f"a known column: {hint}", title))
        if title and titles.count(title) > 1:
            sheet.problems.append(CellProblem(1, title, "each column once", "it stands twice"))
    for column in columns:
        if column.required and column.name not in titles:
            sheet.problems.append(CellProblem(1, column.name, "this column", "no such column"))
    return [(c.name, titles.index(c.name) if c.name in titles else -1) for c in columns]


def _read_line(
    number: int,
    cells: Sequence[object],
    places: Sequence[tuple[str, int]],
    readers: Mapping[str, CellReader],
    sheet: Sheet,
) -> None:
    values: dict[str, Value] = {}
    width = len(cells)
    for name, place in places:
        raw = cells[place] if 0 <= place < width else None
        try:
            values[name] = readers[name](raw)
        except CellRefused as refused:
            sheet.problems.append(CellProblem(number, name, str(refused), shown(raw)))
    widest = max(place for _, place in places)
    if width > widest + 1 and not _is_blank(cells[widest + 1 :]):
        found = shown(next(cell for cell in cells[widest + 1 :] if cell not in (None, "")))
        expected = "nothing to the right of the last column"
        sheet.problems.append(CellProblem(number, f"{width}", expected, found))
    if len(values) == len(places):
        sheet.rows.append(SheetRow(number, values))


def _refuse_repeat(
    sheet: Sheet, number: int, key: Sequence[str], seen: dict[tuple[Value, ...], int]
) -> None:
    if not sheet.rows or sheet.rows[-1].number != number:
        return
    values = sheet.rows[-1].values
    identity = tuple(values[name] for name in key)
    first = seen.setdefault(identity, number)
    if first != number:
        expected = f"each {' + '.join(key)} once"
        found = f"{', '.join(shown(v) for v in identity)}, which already stands in row {first}"
        sheet.problems.append(CellProblem(number, key[0], expected, found))

"""Writing Excel workbooks in which text stays text and nothing is a formula."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from typing import IO, Any

import xlsxwriter  # type: ignore[import-untyped]

from engross.adapters.tables.cells import as_text
from engross.core.registers.columns import Column, Kind, Value

# Without it a workbook would hold the moment it was made, and no two would be alike.
MADE_AT = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
# Excel takes 1900 for a leap year: days before March 1900 would shift.
_FIRST_SAFE_DAY = date(1900, 3, 1)
_WIDTHS = {Kind.DAY: 12, Kind.MONTH: 10, Kind.FLAG: 8, Kind.WHOLE: 12, Kind.DECIMAL: 12}


def write_xlsx(
    file: IO[bytes],
    name: str,
    columns: Sequence[Column],
    rows: Iterable[Mapping[str, Value]],
    *,
    more: Callable[[Any], None] = lambda workbook: None,
) -> None:
    """Write rows to a workbook with one sheet called `name`, of at most 31 characters.

    `more` may add sheets before the workbook is closed.
    """
    # Packed first, so that a place which cannot be sought in, or has no room, is no trouble.
    packed = BytesIO()
    workbook = xlsxwriter.Workbook(packed, OPTIONS)
    workbook.set_properties({"created": MADE_AT})
    sheet = workbook.add_worksheet(name)
    formats = [workbook.add_format(_looks(column)) for column in columns]
    _write_header(workbook, sheet, columns, formats)
    for number, row in enumerate(rows, start=1):
        for place, column in enumerate(columns):
            value = row.get(column.name)
            if value is not None:
                _write_value(sheet, (number, place), column, value, formats[place])
    more(workbook)
    workbook.close()
    file.write(packed.getbuffer())


def _write_value(
    sheet: Any, cell: tuple[int, int], column: Column, value: Value, look: Any
) -> None:
    """Write one cell; raises ValueError if Excel has no room for it."""
    if isinstance(value, date) and column.kind is Kind.DAY and value >= _FIRST_SAFE_DAY:
        failed = sheet.write_datetime(*cell, value, look)
    elif column.is_number and not isinstance(value, str | bool):
        failed = sheet.write_number(*cell, value, look)
    else:
        failed = sheet.write_string(*cell, as_text(column, value), look)
    if failed:
        raise ValueError(f"Excel has no room for row {cell[0] + 1}, column {column.name}")


def _write_header(
    workbook: Any, sheet: Any, columns: Sequence[Column], formats: Sequence[Any]
) -> None:
    bold = workbook.add_format({"bold": True, "bottom": 1})
    for place, column in enumerate(columns):
        width = _WIDTHS.get(column.kind, min(40, max(16, column.longest // 5)))
        sheet.set_column(place, place, max(width, len(column.name) + 2), formats[place])
        sheet.write_string(0, place, column.name, bold)
    sheet.freeze_panes(1, 0)


def _looks(column: Column) -> dict[str, Any]:
    """Return the format of a column's cells: text stays text also in what a person types."""
    if column.kind is Kind.DAY:
        return {"num_format": "yyyy-mm-dd"}
    if column.kind is Kind.WHOLE:
        return {"num_format": "0"}
    if column.kind is Kind.DECIMAL:
        return {"num_format": "0." + "0" * column.places}
    return {"num_format": "@"}

"""Reading Excel workbooks: their values as cells hold them, and nothing that could do harm.

Macros, links and external entities are never looked at.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum

from engross.adapters.tables.limits import (
    Limits,
    refuse,
    too_many_columns,
    too_many_rows,
)
from engross.adapters.tables.lines import Line, Lines, Read
from engross.adapters.tables.workbook_checks import refuse_harmful

EXPLANATION_SHEET = "How to fill it"
# Damaged, packed in an unknown way, locked with a password, or cut off.
UNREADABLE = (
    zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error,
)  # fmt: skip


def read_xlsx(file_name: str, content: bytes, limits: Limits) -> Read:
    """Read the sheets that have content, the template's page of explanation aside.

    Raises FileRefused if it is no workbook, unpacks to more than `limits`, or holds errors
    or formulas without a result, which would otherwise read as empty.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            refuse_harmful(file_name, packed, limits)
    except UNREADABLE as error:
        raise _damaged(file_name, error) from error
    sheets = [sheet for sheet in _sheets(file_name, content) if sheet.end is not None]
    return Read(tuple((sheet.name, _lines(file_name, sheet, limits)) for sheet in sheets))


def _damaged(file_name: str, error: BaseException) -> Exception:
    what = f"it is damaged or no Excel workbook ({error})"
    return refuse(file_name, what, "Open it in a spreadsheet program and save it again as .xlsx")


def _sheets(file_name: str, content: bytes) -> list[CalamineSheet]:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [
            workbook.get_sheet_by_name(sheet.name)
            for sheet in workbook.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.name != EXPLANATION_SHEET
        ]
    except (CalamineError, OSError, ValueError) as error:
        raise _damaged(file_name, error) from error
    except BaseException as error:
        # The library's own failures arrive as a class that it does not export.
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged(file_name, error) from error


def _lines(file_name: str, sheet: CalamineSheet, limits: Limits) -> Lines:
    if sheet.total_height > limits.rows:
        raise too_many_rows(file_name, limits)
    if sheet.total_width > limits.columns:
        raise too_many_columns(file_name, 1, limits)

    def begin() -> Iterator[Line]:
        yield from enumerate(sheet.iter_rows(), start=1)

    return Lines(begin, sheet.total_height)

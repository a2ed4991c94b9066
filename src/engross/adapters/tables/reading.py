"""Reading a file of rows, whatever its format: numbered lines, the header first.

A line's number is the row that a person sees when a spreadsheet program shows the file:
blank rows count, and a CSV record counts once even if a quoted cell holds line breaks.
"""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePath

from engross.adapters.tables.limits import LIMITS, FileRefused, Limits, refuse
from engross.adapters.tables.lines import Lines, Read
from engross.adapters.tables.reading_csv import read_csv
from engross.adapters.tables.reading_json import read_json
from engross.adapters.tables.reading_xlsx import read_xlsx

READERS = {
    ".csv": read_csv,
    ".tsv": read_csv,
    ".txt": read_csv,
    ".xlsx": read_xlsx,
    ".xlsm": read_xlsx,
    ".json": read_json,
}
_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class FileTable:
    """One table of a file. `name` is the sheet's or the register's own name, if it has one."""

    name: str
    lines: Lines


@dataclass(frozen=True)
class TableFile:
    """A file as read: its tables, its fingerprint, and notes on how it was understood."""

    file_name: str
    sha256: str
    tables: tuple[FileTable, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Upload:
    """A file that holds one table."""

    file_name: str
    sha256: str
    lines: Lines


def read_file(path: Path, *, limits: Limits = LIMITS) -> TableFile:
    """Read a file on disk; raises FileRefused if it cannot be read as tables."""
    try:
        size = path.stat().st_size
        if size > limits.file_bytes:
            raise _too_large(path.name, size, limits)
        content = path.read_bytes()
    except OSError as error:
        what = f"it cannot be opened ({error.strerror or error})"
        raise refuse(str(path), what, "Check its name and that you may read it") from error
    return read_tables(path.name, content, limits=limits)


def read_tables(file_name: str, content: bytes, *, limits: Limits = LIMITS) -> TableFile:
    """Read a file's content; its name's ending says the format.

    Raises FileRefused if it cannot be read as tables; nothing larger than `limits` is unpacked.
    """
    if len(content) > limits.file_bytes:
        raise _too_large(file_name, len(content), limits)
    read: Read = READERS[_ending(file_name, content)](file_name, content, limits)
    tables = tuple(FileTable(name, lines) for name, lines in read.tables)
    return TableFile(file_name, sha256(content).hexdigest(), tables, read.notes)


def read_upload(
    file_name: str, content: bytes, *, table: str = "", limits: Limits = LIMITS
) -> Upload:
    """Read a file that holds one table; of several, the one called `table`.

    Raises FileRefused if it holds none, or several and none of that name.
    """
    file = read_tables(file_name, content, limits=limits)
    named = [each for each in file.tables if each.name == table]
    if len(file.tables) != 1 and len(named) != 1:
        names = ", ".join(each.name for each in file.tables) or "none"
        what = f"one sheet is expected, and it has {len(file.tables)} with content ({names})"
        raise refuse(file_name, what, "Keep the sheet that belongs here, in a file of its own")
    chosen = named[0] if len(named) == 1 else file.tables[0]
    return Upload(file.file_name, file.sha256, chosen.lines)


def _ending(file_name: str, content: bytes) -> str:
    """Return the ending that says how to read the file, once the content agrees with it."""
    ending = PurePath(file_name).suffix.lower()
    if content.startswith(_OLD_OFFICE):
        what = "it is an old Excel file (.xls), or one locked with a password"
        raise refuse(file_name, what, "Save it without a password as .xlsx")
    if ending not in READERS:
        raise refuse(
            file_name, f"the ending '{ending}' is not known", "Save it as .csv, .xlsx or .json"
        )
    is_zip = content.startswith(_ZIP)
    if is_zip and READERS[ending] is not read_xlsx:
        what = f"it is called {ending} but is a spreadsheet or another packed file"
        raise refuse(file_name, what, "Give it its own ending, or save it as CSV")
    if not is_zip and READERS[ending] is read_xlsx:
        what = f"it is called {ending} but is no Excel workbook"
        raise refuse(file_name, what, "Save it again as .xlsx, or as CSV with the ending .csv")
    return ending


def _too_large(file_name: str, size: int, limits: Limits) -> FileRefused:
    allowed = limits.file_bytes // 1_000_000
    return refuse(
        file_name,
        f"it has {size / 1_000_000:,.0f} MB, and at most {allowed:,} MB are read",
        "Split it into several files and import one after another",
    )

"""How large a file may be, and how one is refused."""

from dataclasses import dataclass

from engross.core.refusals import Reason, Refused

MEGABYTE = 1_000_000


class FileRefused(Refused):
    """A file that cannot be read or written as a table, with every reason."""


@dataclass(frozen=True)
class Limits:
    """The most that one file may hold, so that no file exhausts the machine's memory.

    `unpacked_bytes` and `times_packed` are for spreadsheets, which are compressed; a file
    that unpacks to less than `small_bytes` may be packed as tightly as it likes. `grid_cells`
    is the rectangle that a sheet's cells span, `text_bytes` the text of its cells together.
    """

    file_bytes: int = 64 * MEGABYTE
    unpacked_bytes: int = 200 * MEGABYTE
    times_packed: int = 100
    small_bytes: int = 20 * MEGABYTE
    rows: int = 150_000
    columns: int = 200
    grid_cells: int = 10_000_000
    text_bytes: int = 100 * MEGABYTE
    json_bytes: int = 32 * MEGABYTE
    json_values: int = 2_500_000


LIMITS = Limits()


def refuse(file_name: str, what: str, remedy: str) -> FileRefused:
    """Return the refusal of a file for one reason."""
    return FileRefused(Reason(f"{file_name}: {what}", remedy))


def too_many_rows(file_name: str, limits: Limits) -> FileRefused:
    """Return the refusal of a file that is too long."""
    what = f"it has more than {limits.rows:,} rows"
    return refuse(file_name, what, "Split it into several files and import one after another")


def too_many_columns(file_name: str, row: int, limits: Limits) -> FileRefused:
    """Return the refusal of a file that is too wide."""
    what = f"row {row} has more than {limits.columns} columns"
    return refuse(file_name, what, "Keep only the columns of the template")

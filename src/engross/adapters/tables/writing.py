"""Writing a table as CSV, XLSX or JSON, as an import takes it back.

A file is complete or not there: it is written under a temporary name beside its place.
"""

import csv
import errno
import io
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from engross.adapters.tables.cells import as_guarded_text, as_json
from engross.adapters.tables.limits import refuse
from engross.adapters.tables.writing_xlsx import write_xlsx
from engross.core.registers.columns import Column, Value

Rows = Iterable[Mapping[str, Value]]
Writer = Callable[[IO[bytes], str, Sequence[Column], Rows], None]

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
_NO_SPACE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def write_table(path: Path, form: str, name: str, columns: Sequence[Column], rows: Rows) -> None:
    """Write rows to a file; `form` is csv, xlsx or json, `name` the register's.

    Raises FileRefused if the disk is full or the place cannot be written to; then no file,
    and no half of one, is left, and one that stood there before stays as it was.
    """
    with written_whole(path) as file:
        WRITERS[form](file, name, columns, rows)


def table_bytes(form: str, name: str, columns: Sequence[Column], rows: Rows) -> bytes:
    """Return rows as the content of a file; `form` is csv, xlsx or json."""
    file = io.BytesIO()
    WRITERS[form](file, name, columns, rows)
    return file.getvalue()


@contextmanager
def written_whole(path: Path) -> Iterator[IO[bytes]]:
    """Give the block a file to write to, which takes its place only when all went well.

    Raises FileRefused if it cannot be written.
    """
    place = path.resolve()
    # A device or a pipe is written to as it is, and never replaced by a file.
    is_file = place.is_file() or not place.exists()
    draft = place.with_name(f".{place.name}.{os.getpid()}.part") if is_file else place
    try:
        with draft.open("wb") as file:
            yield file
            file.flush()
            if is_file:
                os.fsync(file.fileno())
        if is_file:
            draft.replace(place)
    except OSError as error:
        if error.errno in _NO_SPACE:
            what = "the disk is full; nothing was written"
            raise refuse(str(path), what, "Make room, or choose another folder") from error
        what = f"it cannot be written ({error.strerror or error})"
        raise refuse(str(path), what, "Choose a folder that you may write to") from error
    finally:
        if is_file:
            draft.unlink(missing_ok=True)


def _write_csv(file: IO[bytes], name: str, columns: Sequence[Column], rows: Rows) -> None:
    # The mark at the start tells spreadsheet programs that it is UTF-8.
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(column.name for column in columns)
    writer.writerows(
        [as_guarded_text(column, row.get(column.name)) for column in columns] for row in rows
    )
    text.detach()


def _write_json(file: IO[bytes], name: str, columns: Sequence[Column], rows: Rows) -> None:
    """Write one row a line, so that a comparison of two exports shows the rows that differ."""
    head = json.dumps({"register": name, "columns": [column.name for column in columns]})
    file.write(f'{head[:-1]}, "rows": ['.encode())
    separator = "\n"
    for row in rows:
        values = {column.name: as_json(column, row.get(column.name)) for column in columns}
        file.write(f"{separator}{json.dumps(values, ensure_ascii=False)}".encode())
        separator = ",\n"
    file.write(b"\n]}\n")


WRITERS: Mapping[str, Writer] = {"csv": _write_csv, "xlsx": write_xlsx, "json": _write_json}

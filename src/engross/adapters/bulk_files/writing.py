"""Rows in each of the formats of bulk files."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import IO

from engross.adapters.bulk_files.parquet import write_parquet
from engross.adapters.tables.cells import as_json
from engross.adapters.tables.writing import WRITERS as TABLES
from engross.core.registers.columns import Column, Value

Rows = Iterable[Mapping[str, Value]]

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/jsonl; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
}


def write_rows(file: IO[bytes], form: str, name: str, columns: Sequence[Column], rows: Rows) -> int:
    """Write rows to a file and return how many there were; `form` is csv, jsonl or parquet."""
    count = 0

    def counted() -> Iterable[Mapping[str, Value]]:
        nonlocal count
        for row in rows:
            count += 1
            yield row

    _WRITERS[form](file, name, columns, counted())
    return count


def _write_lines(file: IO[bytes], name: str, columns: Sequence[Column], rows: Rows) -> None:
    for row in rows:
        values = {each.name: as_json(each, row.get(each.name)) for each in columns}
        file.write(json.dumps(values, ensure_ascii=False).encode() + b"\n")


_WRITERS: Mapping[str, Callable[[IO[bytes], str, Sequence[Column], Rows], None]] = {
    "csv": TABLES["csv"],
    "jsonl": _write_lines,
    "parquet": write_parquet,
}

"""Reading JSON as an export writes it."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NoReturn

from engross.adapters.tables.limits import (
    Limits,
    refuse,
    too_many_columns,
    too_many_rows,
)
from engross.adapters.tables.lines import Line, Lines, Read

_AS_EXPORTED = "Write it as an export does: {\"register\": \"…\", \"rows\": [{…}, …]}"  # fmt: skip


def read_json(file_name: str, content: bytes, limits: Limits) -> Read:
    """Read a JSON file as an export writes it, or a bare list of objects.

    The first object is row 2, as under a header. Raises FileRefused if it is no such file.
    """
    _refuse_too_much(file_name, content, limits)
    try:
        found = json.loads(
            content.decode("utf-8-sig"), parse_float=Decimal, parse_constant=_refuse_constant
        )
    except (ValueError, RecursionError) as error:
        what = f"it is not JSON ({error})"
        raise refuse(file_name, what, "Correct it, or export it again") from error
    name = str(found.get("register", "")) if isinstance(found, dict) else ""
    rows = found.get("rows") if isinstance(found, dict) else found
    if not isinstance(rows, list):
        raise refuse(file_name, "it holds no list of rows", _AS_EXPORTED)
    if len(rows) > limits.rows:
        raise too_many_rows(file_name, limits)
    columns = _columns(file_name, found, rows, limits)

    def begin() -> Iterator[Line]:
        yield 1, columns
        for number, row in enumerate(rows, start=2):
            yield number, [row.get(name) for name in columns]

    return Read(((name, Lines(begin, len(rows) + 1)),))


def _refuse_too_much(file_name: str, content: bytes, limits: Limits) -> None:
    """Refuse before anything is parsed: a value takes many times its length in memory."""
    values = content.count(b",") + content.count(b"{")
    if len(content) > limits.json_bytes or values > limits.json_values:
        what = f"it has {len(content) / 1_000_000:,.0f} MB and some {values:,} values"
        remedy = "Write it as CSV, or split it into several files"
        raise refuse(file_name, f"{what}, too much for one JSON file", remedy)


def _refuse_constant(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number")


def _columns(file_name: str, found: Any, rows: list[Any], limits: Limits) -> list[str]:
    """Return the names of all columns in the order they are met, once all rows are sound."""
    stated = found.get("columns", []) if isinstance(found, dict) else []
    columns = dict.fromkeys(str(each) for each in stated) if isinstance(stated, list) else {}
    for number, row in enumerate(rows, start=2):
        if not isinstance(row, dict):
            raise refuse(file_name, f"row {number} is no object", _AS_EXPORTED)
        columns.update(dict.fromkeys(row))
        if len(columns) > limits.columns:
            raise too_many_columns(file_name, number, limits)
        for name, value in row.items():
            _refuse_unsound(file_name, number, name, value)
    return list(columns)


def _refuse_unsound(file_name: str, number: int, name: str, value: Any) -> None:
    if isinstance(value, dict | list):
        what = f"row {number}, column {name} holds a list or an object"
        raise refuse(file_name, what, "Write one plain value there")
    if not name.isascii() or (isinstance(value, str) and not value.isascii()):
        try:
            f"{name}{value}".encode()
        except UnicodeEncodeError as error:
            what = f"row {number} holds half a character (a lone surrogate)"
            raise refuse(file_name, what, "Write the character whole") from error

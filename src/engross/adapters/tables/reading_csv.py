"""Reading CSV as people's programs write it."""

import codecs
import csv
import io
import re
from collections.abc import Iterator

from engross.adapters.tables.limits import (
    Limits,
    refuse,
    too_many_columns,
    too_many_rows,
)
from engross.adapters.tables.lines import Line, Lines, Read

DELIMITERS = ",;\t"
_SEPARATOR_LINE = re.compile(r"sep=([,;\t])\r?\n?")
_QUOTED = re.compile(r'"[^"]*"')
_LONGEST_CELL = 131_072


def read_csv(file_name: str, content: bytes, limits: Limits) -> Read:
    """Read a CSV file: UTF-8, UTF-16 with its mark, or else Windows-1252, which is noted.

    The delimiter is the one of comma, semicolon and tab that the header has most of.
    Raises FileRefused if it is not text, its quotation marks do not match, or it is too large.
    """
    encoding, notes = _encoding(file_name, content)
    first = _first_line(content, encoding)
    stated = _SEPARATOR_LINE.fullmatch(first)
    delimiter = stated[1] if stated else _delimiter(first)

    def begin() -> Iterator[Line]:
        text = io.TextIOWrapper(io.BytesIO(content), encoding=encoding, newline="")
        if stated:
            text.readline()
        yield from _records(file_name, text, delimiter, 2 if stated else 1, limits)

    count = sum(1 for _ in begin())
    return Read((("", Lines(begin, count)),), notes)


def _records(
    file_name: str, text: io.TextIOWrapper, delimiter: str, start: int, limits: Limits
) -> Iterator[Line]:
    csv.field_size_limit(_LONGEST_CELL)
    records = csv.reader(text, delimiter=delimiter, strict=True)
    number = start - 1
    try:
        for cells in records:
            number += 1
            if number > limits.rows:
                raise too_many_rows(file_name, limits)
            if len(cells) > limits.columns:
                raise too_many_columns(file_name, number, limits)
            yield number, cells
    except csv.Error as error:
        raise _wrong_record(file_name, number + 1, str(error)) from error


def _wrong_record(file_name: str, number: int, error: str) -> Exception:
    if "field limit" in error:
        what = f"row {number} has a cell of more than {_LONGEST_CELL:,} characters"
        return refuse(file_name, what, "Shorten it, or close the quotation marks before it")
    what = f"the quotation marks in row {number} do not match"
    remedy = "Put a cell that holds quotation marks in quotation marks, and write each one twice"
    return refuse(file_name, what, remedy)


def _encoding(file_name: str, content: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the encoding that the whole content can be read in, and a note if it is a guess."""
    encoding = "utf-8-sig"
    notes: tuple[str, ...] = ()
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif b"\0" in content:
        raise _no_text(file_name)
    elif not _is_readable(content, encoding):
        encoding = "cp1252"
        notes = (f"{file_name}: read as Windows-1252, because it is not UTF-8; check its accents",)
    if not _is_readable(content, encoding):
        raise _no_text(file_name)
    return encoding, notes


def _is_readable(content: bytes, encoding: str) -> bool:
    """Say whether the content is text in this encoding, without holding it all as text."""
    try:
        text = io.TextIOWrapper(io.BytesIO(content), encoding=encoding, newline="")
        while piece := text.read(1_000_000):
            if "\0" in piece:
                return False
    except UnicodeError:
        return False
    return True


def _no_text(file_name: str) -> Exception:
    what = "it is not a text file, or it is damaged"
    return refuse(file_name, what, "Save it as 'CSV UTF-8' or as .xlsx")


def _first_line(content: bytes, encoding: str) -> str:
    text = io.TextIOWrapper(io.BytesIO(content), encoding=encoding, newline="")
    while line := text.readline(_LONGEST_CELL):
        if line.strip():
            return line
    return ""


def _delimiter(header: str) -> str:
    outside = _QUOTED.sub("", header)
    return max(DELIMITERS, key=outside.count)

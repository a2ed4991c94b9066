"""Reading one cell: what was typed becomes a value, or says what was expected."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from engross.core.registers.columns import Column, Kind, Value

Lookup = Callable[[str], str | None]
CellReader = Callable[[object], Value]

EARLIEST, LATEST = date(1900, 1, 1), date(2200, 1, 1)
_GB_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"[-+]?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)?(\.[0-9]*)?")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_WHOLE = re.compile(r"-?(\d{1,3}(,\d{3})+|\d{1,15})")
_YES, _NO = {"yes", "y", "true", "1"}, {"no", "n", "false", "0"}
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_SHOWN = 60


class CellRefused(Exception):
    """A cell does not hold what its column expects; the text says what was expected."""


def reader_for(column: Column, *, look_up: Lookup | None = None) -> CellReader:
    """Return the function that reads this column's cells.

    `look_up` turns what was typed into the key of an option (CHOICE) or of another
    register's row (REFERENCE), or None when there is no such thing.
    The function raises CellRefused. An empty cell is the column's default.
    """
    read = _READERS[column.kind]

    def read_cell(raw: object) -> Value:
        if isinstance(raw, str):
            raw = clean_text(raw)
        if raw is None or raw == "":
            if column.required:
                raise CellRefused(f"{_expected(column)}; it may not be empty")
            return column.default
        return read(raw, column, look_up)

    return read_cell


def clean_text(text: str) -> str:
    """Return text without outer blanks or a guard against formulas, in one Unicode form."""
    if text.isascii() and text.isprintable():
        text = text.strip()
    else:
        text = unicodedata.normalize("NFC", text.replace("\r\n", "\n")).strip()
    if text.startswith("'") and text[1:2] in _FORMULA_STARTS:
        return text[1:]
    return text


def guard_formula(text: str) -> str:
    """Return text that no spreadsheet will run; `clean_text` takes the guard off again."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def shown(raw: object) -> str:
    """Return a cell's content, short enough for a message."""
    text = "nothing" if raw is None or raw == "" else str(raw)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _expected(column: Column) -> str:
    words = {
        Kind.TEXT: f"text of at most {column.longest} characters",
        Kind.IDENTIFIER: f"an identifier of at most {column.longest} characters",
        Kind.DAY: "a day such as 2021-09-30 or 30/09/2021",
        Kind.MONTH: "a month such as 2021-09",
        Kind.WHOLE: "a whole number",
        Kind.DECIMAL: f"a number with at most {column.places} decimal places",
        Kind.FLAG: "yes or no",
        Kind.CHOICE: f"one of the list '{column.choices}'",
        Kind.REFERENCE: f"something in the register '{column.refers_to}'",
        Kind.LINK: "an address that starts with https:// or http://",
    }
    return words[column.kind]


def _text(raw: object, column: Column, _: Lookup | None) -> str:
    text = _written(raw)
    if len(text) > column.longest:
        raise CellRefused(f"{_expected(column)}; it has {len(text)}")
    if not text.isprintable() and any(ord(c) < 32 and c not in "\n\t" for c in text):
        raise CellRefused("text without control characters")
    return text


def _written(raw: object) -> str:
    if isinstance(raw, bool):
        return "yes" if raw else "no"
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return str(raw)


def _identifier(raw: object, column: Column, look_up: Lookup | None) -> str:
    if not isinstance(raw, str):
        raise CellRefused(
            "an identifier stored as text; the spreadsheet holds a number or a date, which "
            "loses zeros, so set the column's format to Text and type it again"
        )
    text = _text(raw, column, None)
    if "\n" in text or "\t" in text:
        raise CellRefused("an identifier on one line")
    if look_up is None:
        return text
    key = look_up(text)
    if key is None:
        example = f" such as {column.example}" if column.example else ""
        raise CellRefused(f"an identifier{example}")
    return key


def _day(raw: object, column: Column, _: Lookup | None) -> date:
    day = _as_day(raw)
    if day is None or not EARLIEST <= day < LATEST:
        raise CellRefused(_expected(column))
    return day


def _as_day(raw: object) -> date | None:
    if isinstance(raw, datetime):
        return raw.date() if raw.time() == datetime.min.time() else None
    if isinstance(raw, date):
        return raw
    if not isinstance(raw, str):
        return None
    try:
        if match := _GB_DAY.fullmatch(raw):
            return date(int(match[3]), int(match[2]), int(match[1]))
        # Python would also take a week's day, such as 2021-W39-4.
        return date.fromisoformat(raw) if _DAY.fullmatch(raw) else None
    except ValueError:
        return None


def _month(raw: object, column: Column, _: Lookup | None) -> date:
    if isinstance(raw, str) and (match := _MONTH.fullmatch(raw)):
        year, month = int(match[1]), int(match[2])
        if 1 <= month <= 12 and EARLIEST.year <= year < LATEST.year:
            return date(year, month, 1)
    day = _as_day(raw)
    if day is None or not EARLIEST <= day < LATEST:
        raise CellRefused(_expected(column))
    return day.replace(day=1)


def _whole(raw: object, column: Column, _: Lookup | None) -> int:
    number: int | None = None
    if isinstance(raw, str) and _WHOLE.fullmatch(raw):
        number = int(raw.replace(",", ""))
    elif isinstance(raw, float) and raw.is_integer() and abs(raw) < 10**15:
        number = int(raw)
    elif isinstance(raw, int) and not isinstance(raw, bool):
        number = raw
    if number is None:
        raise CellRefused(_expected(column))
    if column.least is not None and number < column.least:
        raise CellRefused(f"{_expected(column)}, {column.least} or more")
    return number


def _decimal(raw: object, column: Column, _: Lookup | None) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, str | int | float | Decimal):
        raise CellRefused(_expected(column))
    # Without this, a decimal comma would be taken for a thousands separator: 12,25 for 1225.
    if isinstance(raw, str) and not _NUMBER.fullmatch(raw):
        raise CellRefused(_expected(column))
    try:
        number = Decimal(str(raw).replace(",", ""))
        if not number.is_finite() or abs(number) >= 10**13:
            raise CellRefused(_expected(column))
        exact = number.quantize(Decimal(1).scaleb(-column.places))
    except InvalidOperation:
        raise CellRefused(_expected(column)) from None
    if exact != number:
        raise CellRefused(_expected(column))
    if column.least is not None and exact < column.least:
        raise CellRefused(f"{_expected(column)}, {column.least} or more")
    return exact


def _flag(raw: object, column: Column, _: Lookup | None) -> bool:
    word = _written(raw).lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise CellRefused(_expected(column))


def _choice(raw: object, column: Column, look_up: Lookup | None) -> str:
    key = look_up(_written(raw)) if look_up else None
    if key is None:
        raise CellRefused(_expected(column))
    return key


def _reference(raw: object, column: Column, look_up: Lookup | None) -> str:
    text = _identifier(raw, column, None)
    key = look_up(text) if look_up else None
    if key is None:
        raise CellRefused(f"{_expected(column)}; import or add it there first")
    return key


def _link(raw: object, column: Column, _: Lookup | None) -> str:
    text = _text(raw, column, None)
    if not re.fullmatch(r"https?://[^\s<>\"']+", text):
        raise CellRefused(_expected(column))
    return text


_READERS: Mapping[Kind, Callable[[object, Column, Lookup | None], Value]] = {
    Kind.TEXT: _text,
    Kind.IDENTIFIER: _identifier,
    Kind.DAY: _day,
    Kind.MONTH: _month,
    Kind.WHOLE: _whole,
    Kind.DECIMAL: _decimal,
    Kind.FLAG: _flag,
    Kind.CHOICE: _choice,
    Kind.REFERENCE: _reference,
    Kind.LINK: _link,
}

"""How a value is written in each format, so that reading the file gives it back."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from engross.core.registers.cells import guard_formula
from engross.core.registers.columns import Column, Kind, Value

Rows = Sequence[Mapping[str, Value]]
_ALREADY_PLAIN = {Kind.DAY, Kind.MONTH, Kind.FLAG, Kind.WHOLE, Kind.DECIMAL}


def as_text(column: Column, value: Value) -> str:
    """Return a value as text: 2021-09-30, 2021-09 for a month, yes or no, 12.25."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return f"{value:%Y-%m}" if column.kind is Kind.MONTH else value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value)


def as_guarded_text(column: Column, value: Value) -> str:
    """Return a value as text that no spreadsheet program takes for a formula."""
    text = as_text(column, value)
    return text if column.kind in _ALREADY_PLAIN else guard_formula(text)


def as_json(column: Column, value: Value) -> str | int | float | bool | None:
    """Return a value as JSON has it: numbers as numbers, days and months as text."""
    if isinstance(value, Decimal):
        # At most 15 digits stand in a register, and so many a float gives back exactly.
        return float(value)
    if value is None or isinstance(value, bool | int):
        return value
    return as_text(column, value)

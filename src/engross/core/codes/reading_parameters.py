"""Reading a parameter of a code: a meaning, a unit, and values with their first days."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise

from engross.core.codes.codes import Parameter, ParameterValue
from engross.core.codes.problems import shown
from engross.core.codes.reading import SURE, TableReader, is_list_of, is_number, is_text

PARAMETER_NAME = re.compile(r"[a-z][a-z0-9_]*")


def parameter_from(name: str, reader: TableReader) -> Parameter:
    """Return the parameter that a table describes; what is wrong is noted by the reader."""
    parameter = Parameter(
        name=name,
        meaning=reader.text("meaning"),
        unit=reader.text("unit"),
        clause=reader.text("clause"),
        sure=reader.choice("sure", SURE),
        assumptions=reader.texts("assumptions"),
        values=_dated_values(reader),
    )
    reader.finish()
    return parameter


def _dated_values(reader: TableReader) -> tuple[tuple[date, ParameterValue], ...]:
    table = reader.raw("values")
    remedy = "Write values = { 2013-09-23 = 10 }, the first day in force and the value"
    if not isinstance(table, Mapping) or not table:
        reader.refuse("values", "There are no dated values", remedy)
        return ()
    found: list[tuple[date, ParameterValue]] = []
    for day_text, raw in table.items():
        day, value = _day(day_text), _value_of(raw)
        if day is None:
            reader.refuse("values", f"{shown(day_text)} is not a day", remedy)
        if value is None:
            reader.refuse(
                f"values, {str(day_text)[:60]}",
                f"The value is {shown(raw)}",
                "Write a number, a text in quotes, true or false, or a list of one of these",
            )
        if day is not None and value is not None:
            found.append((day, value))
    _check_row(found, reader)
    return tuple(found)


def _check_row(found: list[tuple[date, ParameterValue]], reader: TableReader) -> None:
    for (before, value), (after, following) in pairwise(found):
        if after <= before:
            reader.refuse(
                "values", f"{after} stands after {before}", "Put the days in order, each once"
            )
        if type(value) is not type(following):
            reader.refuse(
                f"values, {after}",
                f"The value is {shown(following)}, the one before it {shown(value)}",
                "Give all values of a parameter one type",
            )


def _day(text: object) -> date | None:
    if not isinstance(text, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _value_of(value: object) -> ParameterValue | None:
    if isinstance(value, bool) or (isinstance(value, str) and is_text(value)):
        return value
    if isinstance(value, int) and is_number(value):
        return value
    if isinstance(value, Decimal) and value.is_finite() and abs(value) <= 10**9:
        return value
    if isinstance(value, list) and value and _is_plain_list(value):
        return tuple(value)
    return None


def _is_plain_list(value: list[object]) -> bool:
    return is_list_of(value, is_number) or is_list_of(value, is_text)

"""What a cell of a register may hold, by what the code and other registers know."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.models import DecimalField

from engross.apps.registers.queries.codes import active_code
from engross.apps.registers.registers import Register, register_named
from engross.core.registers.cells import CellReader, CellRefused, Lookup, reader_for
from engross.core.registers.columns import Column, Kind, Value


def readers_for(
    register: Register, *, coming: Mapping[str, Collection[str]] = MappingProxyType({})
) -> dict[str, CellReader]:
    """Return a reader for each column.

    `coming` gives by register the identities that are not stored yet but come with the files.
    """
    readers: dict[str, CellReader] = {}
    for column in register.all_columns:
        read = reader_for(column, look_up=_look_up(register, column, coming))
        readers[column.name] = _within_field(register, column, read)
    return readers


def _within_field(register: Register, column: Column, read: CellReader) -> CellReader:
    """Return a reader that refuses a number for which the database has no room."""
    if not column.is_number:
        return read
    least, most = _room_of(register.model._meta.get_field(column.name))
    least = least if column.least is None else max(least, column.least)

    def read_cell(raw: object) -> Value:
        value = read(raw)
        if isinstance(value, int | Decimal) and not least <= value <= most:
            raise CellRefused(f"a number from {least:,} to {most:,}")
        return value

    return read_cell


def _room_of(field: Any) -> tuple[int, int]:
    """Return the least and the greatest whole number that a field takes on every database."""
    if isinstance(field, DecimalField):
        most = 10 ** ((field.max_digits or 0) - (field.decimal_places or 0)) - 1
        return -most, most
    return BaseDatabaseOperations.integer_field_ranges[field.get_internal_type()]


def _look_up(
    register: Register, column: Column, coming: Mapping[str, Collection[str]]
) -> Lookup | None:
    if column.kind is Kind.CHOICE:
        return _option_look_up(column.choices)
    if column.identifies:
        return register.parse_identity
    if column.refers_to:
        return _identity_look_up(column, coming.get(column.refers_to, ()))
    return None


def _option_look_up(choices: str) -> Lookup:
    code = active_code()

    @lru_cache(maxsize=2000)
    def key_of(text: str) -> str | None:
        option = code.match(choices, text)
        return option.key if option else None

    return key_of


def _identity_look_up(column: Column, coming: Collection[str]) -> Lookup:
    owner = register_named(column.refers_to)
    model: Any = owner.identity
    known = set(model.objects.order_by().values_list("key", flat=True))
    known |= set(coming)
    parse = owner.parse_identity or (lambda text: text)

    def key_of(text: str) -> str | None:
        key = parse(text)
        return key if key in known else None

    return key_of

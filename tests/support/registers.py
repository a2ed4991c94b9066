"""Rows to test registers with, made from what the registers themselves declare."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from engross.adapters.tables import example_of
from engross.apps.registers.commands import ImportResult, NamedSheet, import_sheets
from engross.apps.registers.queries import active_code
from engross.apps.registers.registers import Register, all_registers

MOMENT = datetime(2021, 10, 15, 9, 0, tzinfo=UTC)


def later(days: int) -> datetime:
    """Return the moment so many days after the first one."""
    return MOMENT + timedelta(days=days)


def sheet(register: str, *rows: Sequence[object], file_name: str = "") -> NamedSheet:
    """Return a sheet of rows, the first of which is the header."""
    lines = [(number, list(row)) for number, row in enumerate(rows, start=1)]
    return NamedSheet(register, file_name or f"{register}.csv", "0" * 64, lines)


def take(*sheets: NamedSheet, at: datetime = MOMENT, reason: str = "") -> list[ImportResult]:
    """Import sheets, by nobody in particular."""
    return import_sheets(sheets, by=None, at=at, reason=reason)


def example_row(register: Register) -> dict[str, str]:
    """Return the row of examples that the register's template shows."""
    code = active_code()
    allowed = {
        column.choices: [(option.key, option.name) for option in code.options(column.choices)]
        for column in register.all_columns
        if column.choices
    }
    row = {column.name: example_of(column, allowed) for column in register.all_columns}
    return row


def example_sheets() -> list[NamedSheet]:
    """Return a sheet for each register: its example, and what other examples refer to.

    The example of one register may name what another has no example of: a decision's meeting
    is not the meeting that the meetings' template shows. Such identities come first.
    """
    sheets = []
    for register in all_registers():
        row = example_row(register)
        rows = [*_referred_to(register, row), row]
        titles = list(row)
        sheets.append(sheet(register.name, titles, *([r[t] for t in titles] for r in rows)))
    return sheets


def _referred_to(register: Register, row: Mapping[str, str]) -> Iterable[dict[str, str]]:
    own = next((column for column in register.columns if column.identifies), None)
    if own is None:
        return
    written = {row[own.name]}
    for other in all_registers():
        for column in other.columns:
            named = example_row(other)[column.name]
            if column.refers_to == register.name and named and named not in written:
                written.add(named)
                yield {**row, own.name: named}

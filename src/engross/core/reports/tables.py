"""A table as data, which checks its own sums before anyone draws it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from engross.core.dates.months import Month

Cell: TypeAlias = str | int | bool | Decimal | date | Month | None
Row: TypeAlias = tuple[Cell, ...]
Json: TypeAlias = str | int | float | bool | list["Json"] | dict[str, "Json"] | None

ROUNDING = Decimal("0.01")
NO_RECORDS = "no records"
NOT_PRINTED = ("_key", "_link")


class ColumnKind(StrEnum):
    """What a column of a table holds; None in any of them means that there are no records."""

    TEXT = "text"
    DAY = "day"
    MONTH = "month"
    WHOLE = "whole"
    DECIMAL = "decimal"
    PERCENT = "percent"
    FLAG = "flag"

    @property
    def is_number(self) -> bool:
        """Return whether cells are numbers, set flush right."""
        return self in {ColumnKind.WHOLE, ColumnKind.DECIMAL, ColumnKind.PERCENT}

    @property
    def is_summed(self) -> bool:
        """Return whether a total under such a column is the sum of its cells."""
        return self in {ColumnKind.WHOLE, ColumnKind.DECIMAL}


def _is_whole(cell: Cell) -> bool:
    return isinstance(cell, int) and not isinstance(cell, bool)


def _is_decimal(cell: Cell) -> bool:
    return isinstance(cell, Decimal) or _is_whole(cell)


_HOLDS: Mapping[ColumnKind, Callable[[Cell], bool]] = {
    ColumnKind.TEXT: lambda cell: isinstance(cell, str),
    ColumnKind.DAY: lambda cell: isinstance(cell, date),
    ColumnKind.MONTH: lambda cell: isinstance(cell, Month),
    ColumnKind.WHOLE: _is_whole,
    ColumnKind.DECIMAL: _is_decimal,
    ColumnKind.PERCENT: _is_decimal,
    ColumnKind.FLAG: lambda cell: isinstance(cell, bool),
}


@dataclass(frozen=True)
class ColumnSpec:
    """One column: its name for machines, its label for people, what it holds.

    A name that ends in `_key` or `_link` is kept in the data and left out of print.
    """

    name: str
    label: str = ""
    kind: ColumnKind = ColumnKind.TEXT

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", ColumnKind(self.kind))
        if not self.label:
            object.__setattr__(self, "label", self.name.replace("_", " ").capitalize())

    @property
    def is_printed(self) -> bool:
        """Return whether the column is for people."""
        return not self.name.endswith(NOT_PRINTED) and self.name != "link"


@dataclass(frozen=True)
class Table:
    """Typed columns, rows of plain values, and perhaps a row of totals.

    `row_links` holds for each row the address of the record behind it, or an empty text.
    A total stands under its column; None or a text in the row of totals claims no sum.
    Raises ValueError if a row does not fit the columns, or a declared total is not the sum.
    """

    columns: tuple[ColumnSpec, ...]
    rows: tuple[Row, ...] = ()
    total: Row | None = None
    row_links: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(init=False, default=())

    def __post_init__(self) -> None:
        object.__setattr__(self, "columns", tuple(self.columns))
        object.__setattr__(self, "rows", tuple(tuple(row) for row in self.rows))
        object.__setattr__(self, "row_links", tuple(self.row_links))
        _check_names(self.columns)
        for number, row in enumerate(self.rows, start=1):
            _check_row(row, self.columns, number=number)
        if self.row_links and len(self.row_links) != len(self.rows):
            raise ValueError(f"{len(self.row_links)} row links for {len(self.rows)} rows")
        if self.total is not None:
            object.__setattr__(self, "total", tuple(self.total))
            object.__setattr__(self, "notes", tuple(_sum_notes(self)))

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def printed_names(self) -> tuple[str, ...]:
        """Return the names of the columns that people see."""
        return tuple(column.name for column in self.columns if column.is_printed)

    def position(self, name: str) -> int:
        """Return where a column stands, from 0; raises LookupError naming the columns there are."""
        if name not in self.names:
            raise LookupError(f"The table has no column '{name}', but {', '.join(self.names)}")
        return self.names.index(name)

    def column(self, name: str) -> ColumnSpec:
        """Return the description of a column; raises LookupError if there is none."""
        return self.columns[self.position(name)]

    def cells(self, name: str) -> tuple[Cell, ...]:
        """Return all cells of a column, top to bottom; raises LookupError if there is none."""
        position = self.position(name)
        return tuple(row[position] for row in self.rows)

    def by(self, label: str, value: str) -> dict[str, Cell]:
        """Return one column's cells by the text of another's, as parts are named by a category."""
        return {
            str(each): cell for each, cell in zip(self.cells(label), self.cells(value), strict=True)
        }

    def records(self) -> list[dict[str, Cell]]:
        """Return each row as a dictionary of its cells by column name."""
        return [dict(zip(self.names, row, strict=True)) for row in self.rows]

    def with_total(self, label: str = "Total") -> "Table":
        """Return the table with a row of sums under its whole and decimal columns.

        The first printed column bears `label`; a column without any records has no sum.
        """
        first = next((c.name for c in self.columns if c.is_printed and not c.kind.is_number), "")
        total = tuple(
            label if column.name == first else _sum_of(self, column) for column in self.columns
        )
        return Table(self.columns, self.rows, total, self.row_links)

    def to_json(self) -> dict[str, Json]:
        """Return the table as plain values, days and months as text, decimals as text."""
        return {
            "columns": [
                {"name": c.name, "label": c.label, "kind": c.kind.value} for c in self.columns
            ],
            "rows": [[json_cell(cell) for cell in row] for row in self.rows],
            "total": None if self.total is None else [json_cell(cell) for cell in self.total],
            "row_links": list(self.row_links),
            "notes": list(self.notes),
        }


def json_cell(cell: Cell) -> Json:
    """Return a cell as JSON holds it; a decimal becomes text, so that no digit is lost."""
    if isinstance(cell, Decimal | Month):
        return str(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return cell


def table_from_json(written: Mapping[str, Json]) -> Table:
    """Return the table that `to_json` wrote.

    Raises KeyError or ValueError if it was written by something else.
    """
    columns = tuple(
        ColumnSpec(str(each["name"]), str(each["label"]), ColumnKind(str(each["kind"])))
        for each in _list(written["columns"])
        if isinstance(each, dict)
    )
    total = written["total"]
    return Table(
        columns=columns,
        rows=tuple(_row_from_json(_list(row), columns) for row in _list(written["rows"])),
        total=None if total is None else _total_from_json(_list(total), columns),
        row_links=tuple(str(link) for link in _list(written["row_links"])),
    )


def columns(*specs: tuple[str, str, str]) -> tuple[ColumnSpec, ...]:
    """Return columns from (name, label, kind) triples; an empty label follows the name."""
    return tuple(ColumnSpec(name, label, ColumnKind(kind)) for name, label, kind in specs)


def table(specs: Sequence[ColumnSpec], rows: Iterable[Sequence[Cell]]) -> Table:
    """Return a table from any rows, as queries give them."""
    return Table(tuple(specs), tuple(tuple(row) for row in rows))


def _list(value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise ValueError(f"expected a list, not {value!r}")
    return value


def _row_from_json(cells: list[Json], columns: tuple[ColumnSpec, ...]) -> Row:
    return tuple(_from_json(cell, c.kind) for cell, c in zip(cells, columns, strict=True))


def _total_from_json(cells: list[Json], columns: tuple[ColumnSpec, ...]) -> Row:
    pairs = zip(cells, columns, strict=True)
    return tuple(
        _from_json(cell, c.kind if c.kind.is_number else ColumnKind.TEXT) for cell, c in pairs
    )


def _from_json(cell: Json, kind: ColumnKind) -> Cell:
    if cell is None or isinstance(cell, float | list | dict):
        return None
    if not isinstance(cell, str):
        return cell
    match kind:
        case ColumnKind.DAY:
            return date.fromisoformat(cell)
        case ColumnKind.MONTH:
            return Month.parse(cell)
        case ColumnKind.DECIMAL | ColumnKind.PERCENT:
            return Decimal(cell)
    return cell


def _check_names(columns: tuple[ColumnSpec, ...]) -> None:
    names = [column.name for column in columns]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ValueError(f"Two columns are called '{twice[0]}'")


def _check_row(row: Row, columns: tuple[ColumnSpec, ...], *, number: int) -> None:
    if len(row) != len(columns):
        raise ValueError(f"Row {number} has {len(row)} cells for {len(columns)} columns")
    for cell, column in zip(row, columns, strict=True):
        if cell is not None and not _HOLDS[column.kind](cell):
            raise ValueError(
                f"Row {number}: column '{column.name}' holds {column.kind}, not {cell!r}"
            )


def _sum_of(table: Table, column: ColumnSpec) -> Cell:
    numbers = [cell for cell in table.cells(column.name) if isinstance(cell, int | Decimal)]
    if not column.kind.is_summed or (table.rows and not numbers):
        return None
    return sum(numbers)


def _sum_notes(table: Table) -> Iterable[str]:
    total = table.total or ()
    if len(total) != len(table.columns):
        raise ValueError(f"The totals have {len(total)} cells for {len(table.columns)} columns")
    for column, declared in zip(table.columns, total, strict=True):
        if declared is None or isinstance(declared, str) or not column.kind.is_summed:
            continue
        if not isinstance(declared, int | Decimal):
            raise ValueError(f"The total of '{column.name}' is {declared!r}, not a number")
        yield from _rounding_note(column, declared, _sum_of(table, column) or 0)


def _rounding_note(column: ColumnSpec, declared: int | Decimal, found: Cell) -> Iterable[str]:
    if not isinstance(found, int | Decimal) or found == declared:
        return
    apart = abs(Decimal(found) - Decimal(declared))
    if column.kind is not ColumnKind.DECIMAL or apart > ROUNDING:
        raise ValueError(f"The total of '{column.name}' is {declared}, its rows add up to {found}")
    yield f"'{column.label}' is rounded: its rows add up to {found}, the total is {declared}."

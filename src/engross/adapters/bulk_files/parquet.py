"""Rows as Parquet, each column of the type that its values have."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from engross.core.registers.columns import Column, Kind, Value

Rows = Iterable[Mapping[str, Value]]
# So many rows are held at once, and stand together in the file.
GROUP_ROWS = 20_000
_DIGITS = 18


def parquet_type(column: Column) -> str:
    """Return the type of a column in words, as pyarrow writes it: 'date32[day]', 'int64'."""
    return str(_type(column))


def write_parquet(file: IO[bytes], name: str, columns: Sequence[Column], rows: Rows) -> None:
    """Write rows to a file; the meaning of each column stands in it as metadata."""
    schema = pa.schema(
        [pa.field(each.name, _type(each), metadata={"meaning": each.meaning}) for each in columns],
        metadata={"register": name},
    )
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for group in _groups(iter(rows)):
            arrays = [
                pa.array([row.get(each.name) for row in group], type=_type(each))
                for each in columns
            ]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))


def _groups(rows: Iterator[Mapping[str, Value]]) -> Iterator[list[Mapping[str, Value]]]:
    while group := list(islice(rows, GROUP_ROWS)):
        yield group


def _type(column: Column) -> Any:
    if column.kind in {Kind.DAY, Kind.MONTH}:
        return pa.date32()  # a month is its first day
    if column.kind is Kind.WHOLE:
        return pa.int64()
    if column.kind is Kind.FLAG:
        return pa.bool_()
    if column.kind is Kind.DECIMAL:
        return pa.decimal128(_DIGITS, column.places)
    return pa.string()

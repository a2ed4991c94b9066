"""Columns of days and counts, as registers hold them, with gaps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Days: TypeAlias = date | Sequence[date | None] | NDArray[Any] | None
Counts: TypeAlias = int | Sequence[int | None] | NDArray[Any] | None
WholeNumbers: TypeAlias = np.ma.MaskedArray[Any, np.dtype[np.int64]]
YesNo: TypeAlias = np.ma.MaskedArray[Any, np.dtype[np.bool_]]
DayColumn: TypeAlias = np.ma.MaskedArray[Any, np.dtype[np.datetime64]]

_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
_DAYS = np.dtype("datetime64[D]")


@dataclass(frozen=True, eq=False)
class Column:
    """Whole numbers with gaps; what stands in a gap has no meaning."""

    numbers: NDArray[np.int64]
    is_missing: NDArray[np.bool_]


def read_days(days: Days, *, in_gaps: date) -> Column:
    """Return days as ordinals (as `date.toordinal`), with `in_gaps` standing in each gap.

    One day, or None, becomes a column of no dimension, which goes with a column of any length.
    Raises TypeError for anything but dates, None, and arrays of datetime64[D].
    """
    if isinstance(days, np.ndarray) and days.dtype.kind == "M":
        return _read_day_array(days, in_gaps.toordinal())
    values, is_one = _as_list(days)
    for kind in set(map(type, values)) - {date, type(None)}:
        if not issubclass(kind, date) or issubclass(kind, datetime):
            raise TypeError(f"A column of days holds dates without time or None, not {kind}")
    gap = in_gaps.toordinal()
    numbers = np.array([gap if day is None else day.toordinal() for day in values], dtype=np.int64)
    return _column(numbers, values, is_one=is_one)


def read_counts(counts: Counts) -> Column:
    """Return whole numbers of Working Days, with 0 standing in each gap.

    Raises TypeError for anything but whole numbers and None, ValueError if one is negative.
    """
    if isinstance(counts, np.ndarray) and counts.dtype.kind in "iu":
        is_missing = np.ma.getmaskarray(counts)
        column = Column(np.where(is_missing, 0, np.asarray(counts, dtype=np.int64)), is_missing)
    else:
        values, is_one = _as_list(counts)
        for kind in set(map(type, values)) - {int, type(None)}:
            if kind is bool or not issubclass(kind, int | np.integer):
                raise TypeError(f"A column of counts holds whole numbers or None, not {kind}")
        numbers = np.array([count or 0 for count in values], dtype=np.int64)
        column = _column(numbers, values, is_one=is_one)
    if column.numbers.size and (lowest := int(column.numbers.min())) < 0:
        raise ValueError(f"count must be 0 or more Working Days, not {lowest}")
    return column


def as_days(ordinals: NDArray[np.int64], is_missing: NDArray[np.bool_]) -> DayColumn:
    """Return ordinals as a masked array of datetime64[D]; its `tolist` gives dates and None."""
    return np.ma.MaskedArray((ordinals - _EPOCH_ORDINAL).astype(_DAYS), mask=is_missing)


def _read_day_array(days: NDArray[Any], gap: int) -> Column:
    if days.dtype != _DAYS:
        raise TypeError(f"An array of days must be datetime64[D], not {days.dtype}")
    plain = np.asarray(days)
    is_missing = np.isnat(plain) | np.ma.getmaskarray(days)
    numbers = plain.astype(np.int64) + _EPOCH_ORDINAL
    return Column(np.where(is_missing, gap, numbers), is_missing)


def _as_list(values: Any) -> tuple[list[Any], bool]:
    if isinstance(values, np.ndarray):
        listed = values.tolist()
        return (listed, False) if isinstance(listed, list) else ([listed], True)
    if isinstance(values, str | bytes) or not hasattr(values, "__iter__"):
        return [values], True
    return list(values), False


def _column(numbers: NDArray[np.int64], values: list[Any], *, is_one: bool) -> Column:
    is_missing = np.fromiter((value is None for value in values), dtype=np.bool_)
    if is_one:
        return Column(numbers.reshape(()), is_missing.reshape(()))
    return Column(numbers, is_missing)

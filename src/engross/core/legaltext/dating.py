"""What changes in storage when something is said to hold from a day on: what ends, what begins.

A row holds for a range of effective days, and is known for a range of recorded moments. When later
law replaces it, its end becomes known at a moment: before that moment it is known to hold on
without end. So a plain amendment ends one row and adds one. Only a correction, or an amendment that
takes effect before one already known, takes a row out of what is known and puts others there.

Here are only the rules, over rows as known now; storage writes down the moment.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, NamedTuple, TypeVar

Said = TypeVar("Said")


class Standing(NamedTuple, Generic[Said]):
    """A row that holds on a day: what it says of `key`, from `since` up to, not with, `until`."""

    row: int
    key: str
    said: Said
    since: date
    until: date | None


class Adding(NamedTuple, Generic[Said]):
    """A row to add; `of` is the row of which it says on a part of what that one said."""

    key: str
    said: Said
    since: date
    until: date | None
    of: int | None = None


@dataclass
class Redating(Generic[Said]):
    """What is to be written: rows that end on the day, rows no longer known, rows to add."""

    ended: list[int] = field(default_factory=list)
    closed: list[int] = field(default_factory=list)
    added: list[Adding[Said]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.ended or self.closed or self.added)


def redating(
    standing: Iterable[Standing[Said]],
    wanted: Mapping[str, Said],
    *,
    on: date,
    until: date | None,
) -> Redating[Said]:
    """Return how rows come to say what is wanted from `on` up to, not with, `until`.

    `standing` are the rows that hold on `on`; each of them must hold up to `until` at least. What
    they say of a key that is not wanted ends. A row that says what is wanted is left alone.
    """
    changes: Redating[Said] = Redating()
    met = set()
    for row in standing:
        said = wanted.get(row.key)
        if said is not None and said == row.said:
            met.add(row.key)
        else:
            _end(row, changes, on=on, until=until)
    changes.added += [
        Adding(key, said, on, until) for key, said in wanted.items() if key not in met
    ]
    return changes


def _end(row: Standing[Said], changes: Redating[Said], *, on: date, until: date | None) -> None:
    """End a row on the day; what it says before and after the time asked about stays."""
    if row.since < on and row.until is None and until is None:
        changes.ended.append(row.row)
        return
    changes.closed.append(row.row)
    if row.since < on:
        changes.added.append(Adding(row.key, row.said, row.since, on, row.row))
    if until is not None and (row.until is None or until < row.until):
        changes.added.append(Adding(row.key, row.said, until, row.until, row.row))

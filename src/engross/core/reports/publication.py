"""Ours beside what was published: which figures agree, and why some do not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from engross.core.reports.checks import KnownSlip, reason_for
from engross.core.reports.figures import Figure
from engross.core.reports.tables import Json, Table, json_cell


class Comparison(StrEnum):
    """What counts as agreement with a published figure."""

    EXACT = "exact"
    AT_LEAST = "at least"


@dataclass(frozen=True)
class PublishedKey:
    """Which figure of ours answers a published key.

    `published` is the path of the key, its parts joined by dots. Where it holds parts or a
    list, `column` names the column of our rows to compare, and `label` the one that names them;
    `row` names the one row that answers a key without parts.
    """

    published: str
    figure: str
    comparison: Comparison = Comparison.EXACT
    label: str = ""
    column: str = ""
    row: str = ""


@dataclass(frozen=True)
class Reconciled:
    """One published figure beside ours; `ours` None and a remark where we have none."""

    published_key: str
    figure: str
    ours: Json
    published: Json
    comparison: Comparison
    agrees: bool
    difference: str = ""
    remark: str = ""
    known: str = ""

    def to_json(self) -> dict[str, Json]:
        """Return the row as plain values."""
        return {
            "published_key": self.published_key,
            "figure": self.figure,
            "ours": self.ours,
            "published": self.published,
            "comparison": self.comparison.value,
            "agrees": self.agrees,
            "difference": self.difference,
            "remark": self.remark,
            "known": self.known,
        }


@dataclass(frozen=True)
class Reconciliation:
    """All published figures beside ours, and the published keys that nothing here answers."""

    rows: tuple[Reconciled, ...]
    unmapped: tuple[str, ...] = ()

    @property
    def disagreeing(self) -> tuple[Reconciled, ...]:
        """Return the rows that differ, explained or not."""
        return tuple(row for row in self.rows if not row.agrees)

    def to_json(self) -> dict[str, Json]:
        """Return the reconciliation as plain values."""
        return {
            "rows": [row.to_json() for row in self.rows],
            "unmapped": list(self.unmapped),
        }


def reconcile(
    published: Mapping[str, Json],
    keys: Iterable[PublishedKey],
    figures: Mapping[str, Figure],
    *,
    month: str,
    slips: Sequence[KnownSlip] = (),
) -> Reconciliation:
    """Return every published figure beside ours.

    `published` holds the published figures alone, without the head of their paper.
    A key that no entry of `keys` answers is named in `unmapped`.
    """
    leaves = dict(_leaves(dict(published)))
    rows: list[Reconciled] = []
    answered: set[str] = set()
    for key in keys:
        for path, expected in leaves.items():
            if path == key.published or path.startswith(f"{key.published}."):
                answered.add(path)
                known = reason_for(slips, path, month) or reason_for(slips, key.published, month)
                rows.append(_reconciled(key, path, expected, figures.get(key.figure), known))
    return Reconciliation(tuple(rows), tuple(path for path in leaves if path not in answered))


def _leaves(published: Json, path: str = "") -> Iterable[tuple[str, Json]]:
    if not isinstance(published, dict):
        yield path, published
        return
    for name, value in published.items():
        yield from _leaves(value, f"{path}.{name}" if path else name)


def _reconciled(
    key: PublishedKey, path: str, expected: Json, figure: Figure | None, known: str
) -> Reconciled:
    ours, remark = _ours(key, path, figure)
    agrees = not remark and _agree(ours, expected, key.comparison)
    return Reconciled(
        published_key=path,
        figure=key.figure,
        ours=ours,
        published=expected,
        comparison=key.comparison,
        agrees=agrees,
        difference="" if agrees else _difference(ours, expected),
        remark=remark,
        known="" if agrees else known,
    )


def _ours(key: PublishedKey, path: str, figure: Figure | None) -> tuple[Json, str]:
    if figure is None:
        return None, f"no figure '{key.figure}' was computed"
    if not figure.is_known:
        return None, figure.state.value
    if not key.column:
        return json_cell(figure.value), ""
    return _of_rows(key, path, figure.rows or Table(()))


def _of_rows(key: PublishedKey, path: str, rows: Table) -> tuple[Json, str]:
    if not key.label:
        return [json_cell(cell) for cell in rows.cells(key.column)], ""
    part = key.row or path.removeprefix(key.published).removeprefix(".")
    found = {name.casefold(): cell for name, cell in rows.by(key.label, key.column).items()}
    if part.casefold() not in found:
        return None, f"no row is called '{part}'"
    return json_cell(found[part.casefold()]), ""


def _agree(ours: Json, expected: Json, comparison: Comparison) -> bool:
    one, other = _number(ours), _number(expected)
    if one is None or other is None:
        return comparison is Comparison.EXACT and ours == expected
    return one >= other if comparison is Comparison.AT_LEAST else one == other


def _difference(ours: Json, expected: Json) -> str:
    one, other = _number(ours), _number(expected)
    if one is None or other is None:
        return ""
    return f"{one - other:+}"


def _number(value: Json) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None

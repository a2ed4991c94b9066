"""Checks that tie figures together, and the slips that are known and explained."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from engross.core.codes.problems import nearest
from engross.core.reports.figures import Asking, Figure, NoRecords
from engross.core.reports.tables import Cell, Json

Run: TypeAlias = Callable[[Asking], "CheckResult"]


class Verdict(StrEnum):
    """How a check came out."""

    AGREES = "agrees"
    KNOWN_SLIP = "known slip"
    DISAGREES = "disagrees"
    NO_RECORDS = "no records"


@dataclass(frozen=True)
class CheckResult:
    """What a check found, in one sentence that names the numbers compared.

    `ok` None says that nothing could be compared. `name`, `title` and `known` (the reason
    why a disagreement is known) are filled in by whoever runs the check.
    """

    ok: bool | None
    statement: str
    figures: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    name: str = ""
    title: str = ""
    known: str = ""

    @property
    def verdict(self) -> Verdict:
        """Return how the check came out, a known slip being one that is explained."""
        if self.ok is None:
            return Verdict.NO_RECORDS
        if self.ok:
            return Verdict.AGREES
        return Verdict.KNOWN_SLIP if self.known else Verdict.DISAGREES

    def to_json(self) -> dict[str, Json]:
        """Return the result as plain values."""
        return {
            "name": self.name,
            "title": self.title,
            "verdict": self.verdict.value,
            "statement": self.statement,
            "known": self.known,
            "figures": list(self.figures),
            "details": list(self.details),
        }


@dataclass(frozen=True)
class KnownSlip:
    """A disagreement that a paper is known to have: of a check or a published key, and why.

    `months` are written as 2021-09; without any, the slip is known in every month.
    """

    subject: str
    reason: str
    months: tuple[str, ...] = ()

    def explains(self, subject: str, month: str) -> bool:
        """Return whether this slip is about `subject` in `month`."""
        return self.subject == subject and (not self.months or month in self.months)


@dataclass(frozen=True)
class _Check:
    name: str
    title: str
    run: Run


class CheckRegistry:
    """All checks that the parts of the platform can run, by their names."""

    def __init__(self) -> None:
        self._checks: dict[str, _Check] = {}

    def register(self, name: str, title: str, run: Run) -> None:
        """Add a check; raises ValueError if another bears its name."""
        if name in self._checks:
            raise ValueError(f"Two checks are called '{name}'")
        self._checks[name] = _Check(name, title, run)

    @property
    def titles(self) -> Mapping[str, str]:
        """Return the title of every check by its name."""
        return {name: each.title for name, each in sorted(self._checks.items())}

    def run(self, name: str, asking: Asking, *, slips: Sequence[KnownSlip] = ()) -> CheckResult:
        """Return what one check finds; without records for it, that it found nothing.

        Raises LookupError for an unknown name, with the nearest known one.
        """
        if name not in self._checks:
            raise LookupError(f"No check is called '{name}'. {nearest(name, self._checks)}")
        check = self._checks[name]
        try:
            found = check.run(asking)
        except NoRecords as missing:
            found = CheckResult(None, f"There are no records of {missing}", (str(missing),))
        known = "" if found.ok else reason_for(slips, name, str(asking.month)) or found.known
        return replace(found, name=name, title=check.title, known=known)


CHECKS = CheckRegistry()


def check(name: str, *, title: str, registry: CheckRegistry = CHECKS) -> Callable[[Run], Run]:
    """Return a decorator that registers a function as this check."""

    def register(run: Run) -> Run:
        registry.register(name, title, run)
        return run

    return register


def run_checks(
    asking: Asking,
    names: Iterable[str] | None = None,
    *,
    slips: Sequence[KnownSlip] = (),
    registry: CheckRegistry = CHECKS,
) -> tuple[CheckResult, ...]:
    """Return what the named checks find, or all checks if `names` is None.

    Raises LookupError for an unknown name.
    """
    chosen = registry.titles if names is None else names
    return tuple(registry.run(name, asking, slips=slips) for name in chosen)


def reason_for(slips: Iterable[KnownSlip], subject: str, month: str) -> str:
    """Return why a disagreement about `subject` is known in `month`, or an empty text."""
    return next((slip.reason for slip in slips if slip.explains(subject, month)), "")


def parts_equal_total(asking: Asking, parts: str, column: str, total: str) -> CheckResult:
    """Return whether a column of one figure adds up to the value of another."""
    return same(
        (f"The parts of {parts}", sum_of(asking.rows(parts).cells(column))),
        (total, asking.value(total)),
        figures=(parts, total),
    )


def rows_equal_count(asking: Asking, rows: str, count: str) -> CheckResult:
    """Return whether a figure has as many rows as another says."""
    return same(
        (f"The rows of {rows}", len(asking.rows(rows).rows)),
        (count, asking.value(count)),
        figures=(rows, count),
    )


def figures_equal(asking: Asking, one: str, other: str) -> CheckResult:
    """Return whether two figures have one value."""
    return same((one, asking.value(one)), (other, asking.value(other)), figures=(one, other))


def last_of_series_equals(asking: Asking, series: str, column: str, value: str) -> CheckResult:
    """Return whether the last row of a series, as drawn, is the month's own figure.

    Raises NoRecords if the series has no last value.
    """
    cells = asking.rows(series).cells(column)
    if not cells or cells[-1] is None:
        raise NoRecords(series)
    return same(
        (f"The last '{column}' of {series}", cells[-1]),
        (value, asking.value(value)),
        figures=(series, value),
    )


def same(
    one: tuple[str, Cell], other: tuple[str, Cell], *, figures: tuple[str, ...]
) -> CheckResult:
    """Return a result that says whether two named numbers are the same."""
    (what, found), (against, expected) = one, other
    if found == expected:
        return CheckResult(True, f"{what} and {against}: both {found}", figures)
    return CheckResult(False, f"{what}: {found}; {against}: {expected}", figures)


def sum_of(cells: Iterable[Cell]) -> int | Decimal:
    """Return the sum of the cells that hold a number; those without records add nothing."""
    return sum(
        each for each in cells if isinstance(each, int | Decimal) and not isinstance(each, bool)
    )


def disagreeing(results: Iterable[CheckResult]) -> tuple[CheckResult, ...]:
    """Return the results that disagree and are not known slips."""
    return tuple(each for each in results if each.verdict is Verdict.DISAGREES)


def checks_about(results: Iterable[CheckResult], figure: Figure) -> tuple[CheckResult, ...]:
    """Return the results that compared a figure, for the page that opens it."""
    return tuple(each for each in results if figure.name in each.figures)

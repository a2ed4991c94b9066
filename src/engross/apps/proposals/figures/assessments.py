"""Figures of assessments: open on a day, completed over the months, and how long each took.

Each row keeps the convention it was counted by; the true Working Days stand beside it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from engross.apps.dates.figures import calendar_for
from engross.apps.proposals import queries
from engross.apps.proposals.figures.standings import histories_for, stages_for
from engross.apps.registers.figures import called, months_told, once, span_told
from engross.core.codes.codes import Option
from engross.core.proposals.assessments import Assessment
from engross.core.proposals.durations import (
    Convention,
    convention_key,
    convention_named,
    days_taken,
    mean_half_up,
)
from engross.core.reports.checks import CheckResult, check
from engross.core.reports.figures import Answer, Asking, Span, figure
from engross.core.reports.tables import Cell, Table, columns, table

NEEDS = ("assessments",)
OPEN = "open"
COMPLETED = "completed"
COUNT_UNIT = "assessments"
UNDERWAY_COLUMNS = columns(
    ("proposal", "", "text"),
    ("kind", "Type", "text"),
    ("accepted_on", "Date accepted", "day"),
    ("target_working_days", "Target duration", "whole"),
    ("current_working_days", "Current duration", "whole"),
    ("true_working_days", "In true Working Days", "whole"),
    ("late", "", "flag"),
    ("kind_key", "", "text"),
    ("convention_key", "", "text"),
    ("basis_key", "", "text"),
    ("proposal_key", "", "text"),
)
COMPLETED_COLUMNS = columns(
    ("proposal", "", "text"),
    ("kind", "Type", "text"),
    ("returned_on", "Date returned", "day"),
    ("target_working_days", "Target duration", "whole"),
    ("actual_working_days", "Actual duration", "whole"),
    ("true_working_days", "In true Working Days", "whole"),
    ("accepted_on", "Date accepted", "day"),
    ("accepted_basis", "Basis of the date accepted", "text"),
    ("late", "", "flag"),
    ("kind_key", "", "text"),
    ("convention_key", "", "text"),
    ("proposal_key", "", "text"),
)


@dataclass(frozen=True)
class Taken:
    """An assessment and the days it took: by its own convention, and in true Working Days."""

    row: Assessment
    days: int | None
    working_days: int | None


def underway(asking: Asking) -> list[Taken]:
    """Return the assessments underway on the day, with their days up to it."""
    return once(asking, _read_underway)


def _read_underway(asking: Asking) -> list[Taken]:
    day = asking.as_at
    return _taken(asking, [each for each in _rows(asking) if each.is_underway_on(day)], until=day)


def completed(asking: Asking) -> list[Taken]:
    """Return the assessments returned in the months told, with the days each took."""
    return once(asking, _read_completed)


def _read_completed(asking: Asking) -> list[Taken]:
    first, last = span_told(asking)
    found = [each for each in _rows(asking) if each.is_returned_between(first, last)]
    found.sort(key=lambda each: (each.returned_on or last, each.proposal, each.kind))
    return _taken(asking, found, until=None)


def _rows(asking: Asking) -> list[Assessment]:
    return once(asking, _read_rows)


def _read_rows(asking: Asking) -> list[Assessment]:
    return queries.assessments(known_at=asking.known_at)


def _taken(asking: Asking, rows: list[Assessment], *, until: date | None) -> list[Taken]:
    by_convention: dict[str, list[Assessment]] = {}
    for each in rows:
        by_convention.setdefault(each.convention, []).append(each)
    found: dict[int, Taken] = {}
    for key, own in by_convention.items():
        convention = convention_named(asking.code, key)
        spans = [(each.accepted_on, until or each.returned_on) for each in own]
        printed = days_taken(spans, convention, calendar_for(asking))
        true = days_taken(spans, convention.in_working_days, calendar_for(asking))
        for each, *counts in zip(own, printed, true, strict=True):
            found[id(each)] = Taken(each, *counts)
    return [found[id(each)] for each in rows]


def _name(asking: Asking, key: str) -> str:
    history = histories_for(asking).get(key)
    return queries.name_on(history, asking.as_at, stages_for(asking)) if history else key


def _kind(asking: Asking, key: str) -> Option:
    return asking.code.option("assessment_kinds", key)


def _underway_table(asking: Asking, found: Iterable[Taken]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            _name(asking, each.row.proposal),
            _kind(asking, each.row.kind).text("abbreviation"),
            each.row.accepted_on,
            each.row.target_working_days,
            each.days,
            each.working_days,
            each.row.is_late(each.days),
            each.row.kind,
            each.row.convention,
            each.row.basis,
            each.row.proposal,
        )
        for each in found
    ]
    return table(UNDERWAY_COLUMNS, rows)


def _completed_table(asking: Asking, found: Iterable[Taken]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            _name(asking, each.row.proposal),
            _kind(asking, each.row.kind).text("abbreviation"),
            each.row.returned_on,
            each.row.target_working_days,
            each.days,
            each.working_days,
            each.row.accepted_on,
            each.row.basis if each.row.accepted_on else None,
            each.row.is_late(each.days),
            each.row.kind,
            each.row.convention,
            each.row.proposal,
        )
        for each in found
    ]
    return table(COMPLETED_COLUMNS, rows)


FOUND = {OPEN: underway, COMPLETED: completed}
TABLES = {OPEN: _underway_table, COMPLETED: _completed_table}
SAID = {
    OPEN: "accepted by the day and not returned by then",
    COMPLETED: "returned within the months of the report's span",
}
SPANS = {OPEN: Span.DAY, COMPLETED: Span.TWELVE_MONTHS}


def _of_kind(asking: Asking, state: str, kind: str) -> list[Taken]:
    return [each for each in FOUND[state](asking) if each.row.kind == kind]


def bases_of(found: Iterable[Taken]) -> frozenset[str]:
    """Return what the assessments' rows rest on."""
    return frozenset(each.row.basis for each in found)


def _total(state: str) -> Callable[[Asking, str], Answer]:
    def compute(asking: Asking, kind: str) -> Answer:
        found = _of_kind(asking, state, kind)
        return Answer(len(found), TABLES[state](asking, found), bases_of(found))

    return compute


def _average(state: str) -> Callable[[Asking, str], Answer]:
    def compute(asking: Asking, kind: str) -> Answer:
        found = _of_kind(asking, state, kind)
        average = mean_half_up(each.days for each in found)
        gaps = [_name(asking, each.row.proposal) for each in found if each.days is None]
        return Answer(
            average,
            None if average is None else TABLES[state](asking, found),
            bases_of(found),
            (f"Day accepted not known, so left out: {', '.join(gaps)}.",) if gaps else (),
            _in_working_days(asking, found),
        )

    return compute


def _in_working_days(asking: Asking, found: list[Taken]) -> dict[str, int | None]:
    """Return the mean in true Working Days, by the name of that convention."""
    used = {convention_named(asking.code, each.row.convention) for each in found}
    true: set[Convention] = {each.in_working_days for each in used}
    if used == true:
        return {}
    mean = mean_half_up(each.working_days for each in found)
    return {convention_key(asking.code, sorted(true, key=str)[0]): mean}


for _state in (OPEN, COMPLETED):
    _prefix = f"assessments.{{assessment_kinds}}.{_state}"
    figure(
        f"{_prefix}.total",
        title=f"{{assessment_kinds}}, {_state}",
        unit=COUNT_UNIT,
        method=f"Assessments of this kind that were {SAID[_state]}.",
        needs=NEEDS,
        span=SPANS[_state],
    )(_total(_state))
    figure(
        f"{_prefix}.average_working_days",
        title=f"{{assessment_kinds}}, {_state}: average duration",
        unit="Working Days",
        method=f"Mean days of those {SAID[_state]}, from acceptance to the day or to the return, "
        "each by the convention recorded with it; rounded to whole days, a half up.",
        needs=NEEDS,
        span=SPANS[_state],
    )(_average(_state))


@figure(
    "assessments.underway",
    title="Assessments underway",
    unit=COUNT_UNIT,
    method="Assessments accepted by the day and not returned by then, with their days so far by "
    "the convention recorded with each, and in true Working Days.",
    needs=NEEDS,
    span=Span.DAY,
)
def assessments_underway(asking: Asking) -> Answer:
    """List the assessments that are underway on the day."""
    found = sorted(underway(asking), key=lambda each: each.row.accepted_on or asking.as_at)
    return Answer(rows=_underway_table(asking, found), bases=bases_of(found))


@figure(
    "assessments.completed",
    title="Assessments completed",
    unit=COUNT_UNIT,
    method="Assessments returned within the months of the report's span, with the days each took "
    "by the convention recorded with it, and in true Working Days.",
    needs=NEEDS,
    span=Span.TWELVE_MONTHS,
)
def assessments_completed(asking: Asking) -> Answer:
    """List the assessments that were returned in the months told."""
    found = completed(asking)
    return Answer(rows=_completed_table(asking, found), bases=bases_of(found))


@figure(
    "assessments.summary",
    title="Assessments: open and completed",
    unit=COUNT_UNIT,
    method="The totals and average durations of each kind of assessment, in one table.",
    needs=NEEDS,
    span=Span.DAY,
)
def assessments_summary(asking: Asking) -> Answer:
    """Set totals and averages of each kind side by side."""
    states = {
        OPEN: "Open",
        COMPLETED: f"Completed in the last {len(months_told(asking))} months",
    }
    kinds = asking.code.options("assessment_kinds", asking.as_at)
    rows: list[tuple[Cell, ...]] = []
    for kind in sorted(kinds, key=lambda each: each.number("order")):
        for state, printed in states.items():
            prefix = f"assessments.{kind.key}.{state}"
            total = asking.figure(f"{prefix}.total").value
            average = asking.figure(f"{prefix}.average_working_days").value
            rows.append((kind.plural, printed, total, average, kind.key))
    specs = columns(
        ("assessment", "", "text"),
        ("state", "", "text"),
        ("total", "", "whole"),
        ("average_working_days", "Average duration (Working Days)", "whole"),
        ("kind_key", "", "text"),
    )
    return Answer(rows=table(specs, rows))


@check(
    "assessments.working_days_convention",
    title="Assessment durations against true Working Days",
)
def working_days_convention(asking: Asking) -> CheckResult:
    """Compare each duration as counted with true Working Days, and name those that differ."""
    names = ("assessments.underway", "assessments.completed")
    asked = {name: asking.figure(name) for name in names if asking.figure(name).is_known}
    if not asked:
        asking.rows(names[0])
    found = [*underway(asking), *(completed(asking) if names[1] in asked else [])]
    differing = [each for each in found if each.days != each.working_days]
    if not differing:
        said = f"All {len(found)} durations are in true Working Days"
        return CheckResult(True, said, tuple(asked))
    said = f"{len(differing)} of {len(found)} durations differ from true Working Days"
    conventions = {each.row.convention for each in differing}
    counted = "; ".join(called(asking.code, "counting_conventions", each) for each in conventions)
    details = tuple(_difference(asking, each) for each in differing)
    known = f"They keep the convention they were counted by: {counted}"
    return CheckResult(False, said, tuple(asked), details, known=known)


def _difference(asking: Asking, each: Taken) -> str:
    kind = _kind(asking, each.row.kind).text("abbreviation")
    name = _name(asking, each.row.proposal)
    return f"{name} {kind}: {each.days} as counted, {each.working_days} in true Working Days"

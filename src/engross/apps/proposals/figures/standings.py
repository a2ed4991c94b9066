"""Figures of where proposals stand on a day: open, in which stage, concluded, how old."""

from collections.abc import Iterable
from dataclasses import dataclass

from engross.apps.dates.figures import calendar_for
from engross.apps.proposals import queries
from engross.apps.proposals.queries import ProposalHistory
from engross.apps.registers.figures import months_told, once, span_told
from engross.core.proposals.durations import (
    convention_key,
    days_taken,
    mean_half_up,
    published_convention,
)
from engross.core.proposals.histories import Stage, Standing, stages_of, standing_on
from engross.core.reports.checks import CheckResult, check, sum_of
from engross.core.reports.figures import Answer, Asking, Span, figure
from engross.core.reports.tables import Cell, Table, columns, table

NEEDS = ("proposals", "proposal-stages")
COLUMNS = columns(
    ("proposal", "", "text"),
    ("title", "", "text"),
    ("stage_key", "", "text"),
    ("stage", "", "text"),
    ("raised_on", "Raised on", "day"),
    ("concluded_on", "Concluded on", "day"),
    ("days", "Days as the report counts them", "whole"),
    ("working_days", "Working Days", "whole"),
    ("proposal_key", "", "text"),
)


@dataclass(frozen=True)
class Stood:
    """A proposal raised by the day asked about: where it stood, and how long it had taken.

    Units: `days` by the convention of the code's report, `working_days` in true Working Days;
    both from the day it was raised to the day asked about or, once concluded, to that day.
    """

    history: ProposalHistory
    name: str
    standing: Standing
    days: int | None = None
    working_days: int | None = None


def stages_for(asking: Asking) -> dict[str, Stage]:
    """Return every stage of the code, by its key."""
    return once(asking, _read_stages)


def _read_stages(asking: Asking) -> dict[str, Stage]:
    return stages_of(asking.code)


def histories_for(asking: Asking) -> dict[str, ProposalHistory]:
    """Return every proposal as known at the moment asked about, by its key."""
    return once(asking, _read_histories)


def _read_histories(asking: Asking) -> dict[str, ProposalHistory]:
    return {each.key: each for each in queries.histories(known_at=asking.known_at)}


def stood(asking: Asking) -> list[Stood]:
    """Return every proposal raised by the day asked about, in order of keys."""
    return once(asking, _read_stood)


def _read_stood(asking: Asking) -> list[Stood]:
    stages, day = stages_for(asking), asking.as_at
    found: list[tuple[ProposalHistory, Standing]] = []
    for each in histories_for(asking).values():
        standing = standing_on(day, raised_on=each.raised_on, moves=each.moves, stages=stages)
        if standing is not None:
            found.append((each, standing))
    convention = published_convention(asking.code, day)
    spans = [(each.raised_on, at.concluded_on or day) for each, at in found]
    printed = days_taken(spans, convention, calendar_for(asking))
    true = days_taken(spans, convention.in_working_days, calendar_for(asking))
    return [
        Stood(each, queries.name_on(each, day, stages), at, *counts)
        for (each, at), *counts in zip(found, printed, true, strict=True)
    ]


def open_proposals(asking: Asking) -> list[Stood]:
    """Return the proposals that are open on the day asked about."""
    return [each for each in stood(asking) if each.standing.is_open]


def concluded_proposals(asking: Asking) -> list[Stood]:
    """Return the proposals that were concluded in the months the report tells of."""
    first, last = span_told(asking)
    days = ((each, each.standing.concluded_on) for each in stood(asking))
    return [each for each, day in days if day is not None and first <= day <= last]


def _table(found: Iterable[Stood]) -> Table:
    return table(COLUMNS, (_row(each) for each in found))


def _row(each: Stood) -> tuple[Cell, ...]:
    stage = each.standing.stage
    return (
        each.name,
        each.history.title,
        stage.key if stage else None,
        stage.printed if stage else None,
        each.history.raised_on,
        each.standing.concluded_on,
        each.days,
        each.working_days,
        each.history.key,
    )


def bases_of(found: Iterable[Stood]) -> frozenset[str]:
    """Return what the rows of these proposals rest on."""
    return frozenset().union(*(each.history.bases for each in found))


def _unknown_notes(asking: Asking) -> tuple[str, ...]:
    unknown = [each.name for each in stood(asking) if each.standing.stage is None]
    return (f"Stage not known, so not counted: {', '.join(unknown)}.",) if unknown else ()


def _average(asking: Asking, found: list[Stood]) -> Answer:
    undated = [each.name for each in found if each.days is None]
    notes = (f"Day raised not known, so left out: {', '.join(undated)}.",) if undated else ()
    average = mean_half_up(each.days for each in found)
    rows = None if average is None else _table(found)
    return Answer(average, rows, bases_of(found), notes, _in_working_days(asking, found))


def _in_working_days(asking: Asking, found: list[Stood]) -> dict[str, int | None]:
    """Return the mean in true Working Days by that convention's name, if it is another one."""
    printed = published_convention(asking.code, asking.as_at)
    if printed == printed.in_working_days:
        return {}
    key = convention_key(asking.code, printed.in_working_days)
    return {key: mean_half_up(each.working_days for each in found)}


@figure(
    "proposals.open",
    title="Open proposals",
    unit="proposals",
    method="Proposals raised by the day whose last dated move by then was into an open stage. "
    "A move without a day counts nowhere; who has none with a day is listed in the notes.",
    needs=NEEDS,
    span=Span.DAY,
)
def proposals_open(asking: Asking) -> Answer:
    """Count the proposals that are open on the day."""
    found = open_proposals(asking)
    return Answer(len(found), _table(found), bases_of(found), _unknown_notes(asking))


@figure(
    "proposals.open.average_working_days",
    title="Average duration of open proposals",
    unit="Working Days",
    method="Mean of the days from the day raised to the day asked about, counted by the code's "
    "convention for its report and rounded to whole days, a half up.",
    needs=NEEDS,
    span=Span.DAY,
)
def open_average(asking: Asking) -> Answer:
    """Return the mean age of the open proposals."""
    return _average(asking, open_proposals(asking))


@figure(
    "proposals.concluded.last_12_months",
    title="Proposals concluded in the last 12 months",
    unit="proposals",
    method="Proposals that are in a closed stage on the day and left the open stages within the "
    "months of the report's span; a proposal that was split is not concluded.",
    needs=NEEDS,
    span=Span.TWELVE_MONTHS,
)
def proposals_concluded(asking: Asking) -> Answer:
    """Count the proposals that were concluded in the months told."""
    found = concluded_proposals(asking)
    return Answer(len(found), _table(found), bases_of(found))


@figure(
    "proposals.concluded.average_working_days",
    title="Average duration of concluded proposals",
    unit="Working Days",
    method="Mean of the days from the day raised to the day concluded, counted by the code's "
    "convention for its report and rounded to whole days, a half up.",
    needs=NEEDS,
    span=Span.TWELVE_MONTHS,
)
def concluded_average(asking: Asking) -> Answer:
    """Return the mean time that the concluded proposals took."""
    return _average(asking, concluded_proposals(asking))


@figure(
    "proposals.by_stage",
    title="Proposals in each stage",
    unit="proposals",
    method="Proposals by the stage they stand in on the day, in the stages that the code charts.",
    needs=NEEDS,
    span=Span.DAY,
)
def proposals_by_stage(asking: Asking) -> Answer:
    """Count the proposals in each charted stage, those without any too."""
    found = [each for each in stood(asking) if each.standing.stage]
    in_stage = [each.standing.stage.key for each in found if each.standing.stage]
    charted = [each for each in found if each.standing.stage and each.standing.stage.is_charted]
    rows = [
        (stage.key, stage.printed, in_stage.count(stage.key))
        for stage in _charted_stages(asking)
        if stage.key in in_stage or _is_in_force(asking, stage.key)
    ]
    specs = columns(("stage_key", "", "text"), ("stage", "", "text"), ("proposals", "", "whole"))
    return Answer(rows=table(specs, rows), bases=bases_of(charted), notes=_unknown_notes(asking))


def _charted_stages(asking: Asking) -> list[Stage]:
    charted = (each for each in stages_for(asking).values() if each.is_charted)
    return sorted(charted, key=lambda each: each.order)


def _is_in_force(asking: Asking, stage: str) -> bool:
    return any(each.key == stage for each in asking.code.options("proposal_stages", asking.as_at))


@figure(
    "proposals.status_summary",
    title="Open and concluded proposals",
    unit="proposals",
    method="The totals and average durations of open and of concluded proposals, in one table.",
    needs=NEEDS,
    span=Span.DAY,
)
def status_summary(asking: Asking) -> Answer:
    """Set totals and averages of open and concluded proposals side by side."""
    months = len(months_told(asking))
    names = {
        "Open (pre-decision)": ("proposals.open", "proposals.open.average_working_days"),
        f"Concluded in the last {months} months": (
            "proposals.concluded.last_12_months",
            "proposals.concluded.average_working_days",
        ),
    }
    rows: list[tuple[Cell, ...]] = [
        (status, *(asking.figure(name).value for name in pair)) for status, pair in names.items()
    ]
    specs = columns(
        ("status", "", "text"),
        ("total", "", "whole"),
        ("average_working_days", "Average duration (Working Days)", "whole"),
    )
    return Answer(rows=table(specs, rows))


@check("proposals.open_equals_stages", title="Open proposals against the stages in the chart")
def open_equals_stages(asking: Asking) -> CheckResult:
    """Compare the open proposals with the open stages of the chart, and name who is in none."""
    names = ("proposals.open", "proposals.by_stage")
    total, parts = asking.value(names[0]), asking.rows(names[1])
    stages = stages_for(asking)
    open_parts = [
        row["proposals"] for row in parts.records() if stages[str(row["stage_key"])].is_open
    ]
    found = sum_of(open_parts)
    if found == total:
        return CheckResult(
            True, f"The open stages of the chart and {names[0]}: both {total}", names
        )
    uncharted = [each for each in open_proposals(asking) if not _is_charted(each)]
    said = f"The open stages of the chart add up to {found}; {names[0]}: {total}"
    details = tuple(f"{each.name} is in {_stage_name(each)}, not charted" for each in uncharted)
    known = f"The chart leaves out {_listed(uncharted)}" if found + len(uncharted) == total else ""
    return CheckResult(False, said, names, details, known=known)


def _is_charted(each: Stood) -> bool:
    return each.standing.stage is not None and each.standing.stage.is_charted


def _stage_name(each: Stood) -> str:
    return each.standing.stage.printed if each.standing.stage else "no known stage"


def _listed(found: Iterable[Stood]) -> str:
    return ", ".join(f"{each.name} ({_stage_name(each)})" for each in found)

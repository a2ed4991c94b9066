"""Figures of how proposals moved in a month and over the months: raised, approved, split."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from engross.apps.proposals.figures.standings import NEEDS, histories_for, stages_for
from engross.apps.proposals.queries import ProposalHistory, name_on
from engross.apps.registers.figures import (
    called,
    count_by_month,
    days_of_month,
    months_told,
    months_without,
)
from engross.core.dates.months import Month
from engross.core.proposals.histories import (
    APPROVED,
    IMPLEMENTED,
    REJECTED,
    SPLIT,
    WITHDRAWN,
    Move,
    moves_until,
)
from engross.core.reports.figures import Answer, Asking, figure
from engross.core.reports.tables import Cell, ColumnKind, ColumnSpec, columns, table

# Names of the scalar figures, what a stage must count as, and the title.
IN_MONTH = (
    ("proposals.split.in_month", SPLIT, "Proposals split in the month"),
    ("proposals.approved.in_month", APPROVED, "Proposals approved in the month"),
    ("proposals.implemented.in_month", IMPLEMENTED, "Proposals implemented in the month"),
)
MOVE_COLUMNS = columns(
    ("proposal", "", "text"),
    ("title", "", "text"),
    ("stage_key", "", "text"),
    ("stage", "", "text"),
    ("moved_on", "Moved on", "day"),
    ("body_key", "", "text"),
    ("body", "", "text"),
    ("proposal_key", "", "text"),
)


class Moved(NamedTuple):
    """A proposal's dated move."""

    history: ProposalHistory
    move: Move
    moved_on: date


def moves_between(asking: Asking, first: date, last: date) -> list[Moved]:
    """Return the dated moves from `first` to `last`, both included, in order."""
    stages = stages_for(asking)
    found = [each for each in _dated_moves(asking) if first <= each.moved_on <= last]
    return sorted(
        found, key=lambda each: (each.moved_on, stages[each.move.stage].order, each.history.key)
    )


def _dated_moves(asking: Asking) -> Iterator[Moved]:
    stages = stages_for(asking)
    for history in histories_for(asking).values():
        for move in history.moves:
            if move.moved_on is not None and move.stage in stages:
                yield Moved(history, move, move.moved_on)


def name_before(asking: Asking, history: ProposalHistory, day: date) -> str:
    """Return the name under which a proposal came to a day: before the moves of that day.

    One that is not known to have moved before bears the name that its first day gave it.
    """
    stages = stages_for(asking)
    before = day.fromordinal(day.toordinal() - 1)
    is_undated = any(move.moved_on is None for move in history.moves)
    has_moved = is_undated or bool(moves_until(history.moves, before, stages))
    return name_on(history, before if has_moved else day, stages)


def _row(asking: Asking, each: Moved) -> tuple[Cell, ...]:
    return (
        name_before(asking, each.history, each.moved_on),
        each.history.title,
        each.move.stage,
        stages_for(asking)[each.move.stage].printed,
        each.moved_on,
        each.move.body or None,
        called(asking.code, "bodies", each.move.body) if each.move.body else None,
        each.history.key,
    )


def _answer_of(asking: Asking, found: list[Moved], *, with_count: bool) -> Answer:
    bases = frozenset(each.move.basis for each in found)
    rows = table(MOVE_COLUMNS, (_row(asking, each) for each in found))
    count = len({each.history.key for each in found}) if with_count else None
    return Answer(count, rows, bases)


def _counted_as(asking: Asking, found: list[Moved], counted_as: str) -> list[Moved]:
    stages = stages_for(asking)
    return [each for each in found if stages[each.move.stage].counted_as == counted_as]


def _in_month(counted_as: str) -> Callable[[Asking], Answer]:
    def compute(asking: Asking) -> Answer:
        found = moves_between(asking, *days_of_month(asking))
        return _answer_of(asking, _counted_as(asking, found, counted_as), with_count=True)

    return compute


for _name, _word, _title in IN_MONTH:
    figure(
        _name,
        title=_title,
        unit="proposals",
        method=f"Proposals that entered a stage that the code counts as {_word} on a day of the "
        "month.",
        needs=NEEDS,
    )(_in_month(_word))


@figure(
    "proposals.raised.in_month",
    title="Proposals raised in the month",
    unit="proposals",
    method="Proposals raised on a day of the month; the parts of a split are not raised anew.",
    needs=("proposals",),
)
def raised_in_month(asking: Asking) -> Answer:
    """Count the proposals that were raised in the month."""
    first, last = days_of_month(asking)
    stages = stages_for(asking)
    found = [each for each in _raised(asking) if first <= (each.raised_on or date.min) <= last]
    specs = columns(
        ("proposal", "", "text"),
        ("title", "", "text"),
        ("raised_on", "Raised on", "day"),
        ("proposal_key", "", "text"),
    )
    rows = [
        (name_on(each, asking.as_at, stages), each.title, each.raised_on, each.key)
        for each in found
    ]
    return Answer(len(found), table(specs, rows), frozenset(each.basis for each in found))


def _raised(asking: Asking) -> list[ProposalHistory]:
    return [each for each in histories_for(asking).values() if each.raised_on and not each.is_part]


@figure(
    "proposals.moved_in_month",
    title="Moves of the month",
    unit="proposals",
    method="Every stage that a proposal entered on a day of the month, and the body that moved "
    "it; the name is the one under which it came to that day.",
    needs=NEEDS,
)
def moved_in_month(asking: Asking) -> Answer:
    """List the moves of the month."""
    found = moves_between(asking, *days_of_month(asking))
    return _answer_of(asking, found, with_count=False)


@figure(
    "proposals.process.by_month",
    title="Proposals through the process",
    unit="proposals",
    method="Proposals by the month in which they were raised, and in which they entered a stage "
    "that counts as approved, implemented, rejected or withdrawn, once in a month for each.",
    needs=NEEDS,
)
def process_by_month(asking: Asking) -> Answer:
    """Count what happened to proposals in each month that the report tells of."""
    months = months_told(asking)
    first, last = months[0].first_day, days_of_month(asking)[1]
    raised = [each for each in _raised(asking) if first <= (each.raised_on or date.min) <= last]
    days = [each.raised_on for each in raised if each.raised_on]
    series = [count_by_month(days, months, without=months_without(asking, "proposals"))]
    found = moves_between(asking, first, last)
    words = (APPROVED, IMPLEMENTED, REJECTED, WITHDRAWN)
    counted = [each for word in words for each in _counted_as(asking, found, word)]
    for word in words:
        days = _days_once_a_month(_counted_as(asking, found, word))
        without = months_without(asking, "proposal-stages")
        series.append(count_by_month(days, months, without=without))
    specs = (
        ColumnSpec("month", kind=ColumnKind.MONTH),
        *(ColumnSpec(word, kind=ColumnKind.WHOLE) for word in ("raised", *words)),
    )
    bases = frozenset([*(e.basis for e in raised), *(e.move.basis for e in counted)])
    return Answer(rows=table(specs, zip(months, *series, strict=True)), bases=bases)


def _days_once_a_month(found: list[Moved]) -> list[date]:
    return list(
        {(each.history.key, Month.of(each.moved_on)): each.moved_on for each in found}.values()
    )

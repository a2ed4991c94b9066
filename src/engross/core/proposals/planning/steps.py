"""The steps of a timetable, as a code's data name them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from engross.core.codes.codes import Code, Option

# The parameter that says how long before a meeting its papers are due, if the code has it.
PAPERS = "papers_before_meeting"


class StepKind(StrEnum):
    """What a step is: work that takes days, answers that are waited for, a meeting, a release."""

    WORK = "work"
    CONSULTATION = "consultation"
    MEETING = "meeting"
    RELEASE = "release"


@dataclass(frozen=True)
class Step:
    """One step of a timetable.

    Units: `working_days` is how long it takes; of a meeting how long before it its papers are
    due, of a release how long before it the step before has to be done.
    """

    key: str
    name: str
    stage: str
    kind: StepKind
    working_days: int
    body: str
    begun_by: frozenset[str]
    ended_by: frozenset[str]
    filed_as: str = ""


def steps_of(code: Code, *, route: str, day: date) -> list[Step]:
    """Return the steps of a proposal on a route, in order, as the code sets them on a day.

    Raises LookupError if a length has no value on that day.
    """
    options = sorted(code.options("timetable_steps", day), key=lambda each: each.number("order"))
    return [
        _step(code, option, day)
        for option in options
        if not option.texts("routes") or not route or route in option.texts("routes")
    ]


def _step(code: Code, option: Option, day: date) -> Step:
    kind = StepKind(option.text("kind"))
    return Step(
        key=option.key,
        name=option.name,
        stage=option.text("stage"),
        kind=kind,
        working_days=_length(code, option, kind, day),
        body=option.text("body"),
        begun_by=frozenset(option.texts("begun_by")),
        ended_by=frozenset(option.texts("ended_by")),
        filed_as=option.text("filed_as"),
    )


def _length(code: Code, option: Option, kind: StepKind, day: date) -> int:
    named = option.text("length_parameter")
    if not named and kind is StepKind.MEETING and PAPERS in code.parameters:
        named = PAPERS
    if named:
        return int(str(code.parameter(named, on=day)))
    length = option.attributes["working_days"]
    return length if isinstance(length, int) else 0


def steps_from(steps: Sequence[Step], stage: str, order: Sequence[str]) -> list[Step]:
    """Return the steps of a stage and of those that come after it in the code's order."""
    if stage not in order:
        return []
    later = set(order[order.index(stage):])  # fmt: skip
    return [step for step in steps if step.stage in later]

"""What is expected of a proposal: its timetable told from where it stands."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from engross.core.codes.codes import Code
from engross.core.proposals.framework.facts import Fact
from engross.core.proposals.framework.rules import Frameworks
from engross.core.proposals.framework.states import Event
from engross.core.proposals.planning.actuals import actual_spans
from engross.core.proposals.planning.plans import Gates, Plan, plan
from engross.core.proposals.planning.steps import Step, steps_from, steps_of

if TYPE_CHECKING:  # The tables of holidays take long to load.
    from engross.core.dates.working_days import WorkingDayCalendar


@dataclass(frozen=True)
class Planner:
    """What every timetable of a day rests on: the code, the calendar, meetings and releases."""

    code: Code
    frameworks: Frameworks
    calendar: "WorkingDayCalendar"
    gates: Gates
    on: date
    _steps: dict[str, tuple[Step, ...]] = field(default_factory=dict)

    def steps(self, route: str) -> tuple[Step, ...]:
        """Return the steps of a route as the code sets them on the day."""
        if route not in self._steps:
            self._steps[route] = tuple(steps_of(self.code, route=route, day=self.on))
        return self._steps[route]

    def expected(
        self, *, stage: str, route: str, events: Iterable[Event], facts: Iterable[Fact],
        lengths: Mapping[str, int] | None = None, left_out: Collection[str] = (),
    ) -> Plan:  # fmt: skip
        """Return the timetable of a proposal: what is done as it was, the rest from the day on.

        Steps of stages that it never came through are left out. It is empty where the code sets
        no steps.
        """
        steps = self.steps(route)
        actual = actual_spans(self.frameworks, events, facts, steps)
        ahead = _ahead(steps, stage, self._order)
        past = {step.key for step in steps if step.key not in ahead and step.key not in actual}
        return plan(steps, self.on, calendar=self.calendar, gates=self.gates, actual=actual,
                    lengths=lengths, left_out=past | set(left_out))  # fmt: skip

    @cached_property
    def _order(self) -> tuple[str, ...]:
        stages = sorted(self.code.options("proposal_stages"), key=lambda each: each.number("order"))
        return tuple(each.key for each in stages)


@lru_cache(maxsize=512)
def _ahead(steps: Sequence[Step], stage: str, order: tuple[str, ...]) -> frozenset[str]:
    return frozenset(step.key for step in steps_from(steps, stage, order))

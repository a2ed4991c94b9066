"""When what runs against a proposal is due, in Working Days, with the times it stood still."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from engross.core.codes.codes import Code
from engross.core.dates.spans import Ends
from engross.core.proposals.durations import Convention, convention_named, target_day
from engross.core.proposals.framework.rules import ClockRule, Framework
from engross.core.proposals.framework.states import Clock, State, clocks_running

if TYPE_CHECKING:  # The tables of holidays take long to load.
    from engross.core.dates.working_days import WorkingDayCalendar


@dataclass(frozen=True)
class Deadline:
    """A clock and the day on which its target is reached.

    Units: `target` and `taken` in days of its convention, without those in which it stood
    still; `turned_on` is since when it stands still or runs. `due_on` is None where the
    published holidays do not reach so far; while it stands still it is the day that it would be
    if it went on today.
    """

    clock: ClockRule
    started_on: date
    target: int
    taken: int
    due_on: date | None
    is_paused: bool
    turned_on: date
    ended_on: date | None = None

    def is_late(self, on: date) -> bool:
        """Say whether its target had passed on a day, or when it ended."""
        end = min(on, self.ended_on) if self.ended_on else on
        return self.due_on is not None and self.due_on < end

    @property
    def waits_on(self) -> tuple[str, ...]:
        """Return the keys of the bodies that it waits on."""
        return self.clock.waits_on_paused if self.is_paused else self.clock.waits_on


def deadlines_of(
    state: State, framework: Framework, *, code: Code, calendar: "WorkingDayCalendar", on: date
) -> list[Deadline]:
    """Return the deadline of each clock that runs, or stands still, in the order of the data."""
    return [
        deadline_of(rule, clock, code=code, calendar=calendar, on=on)
        for rule, clock in clocks_running(framework, state)
    ]


def deadline_of(
    rule: ClockRule, clock: Clock, *, code: Code, calendar: "WorkingDayCalendar", on: date
) -> Deadline:
    """Return when a clock is due. Raises LookupError if its target has no value when it started."""
    target = code.parameter(rule.target_parameter, on=clock.started_on)
    if not isinstance(target, int):
        raise TypeError(f"{rule.target_parameter} is {target!r}, not a number of days")
    counting = _convention(rule, code, clock.started_on)
    used = calendar.weekdays_only() if counting.weekdays_only else calendar
    stood = days_stood(clock, counting, calendar, on=on)
    end = max(clock.ended_on or on, clock.started_on)
    taken = _days(used, clock.started_on, end) + counting.is_inclusive - stood
    return Deadline(
        clock=rule,
        started_on=clock.started_on,
        target=target,
        taken=max(taken, 0),
        due_on=target_day(clock.started_on, target, counting, calendar, stood=stood),
        is_paused=clock.paused_on is not None,
        turned_on=clock.turned_on,
        ended_on=clock.ended_on,
    )


def windows_after(
    framework: Framework,
    *,
    outcome: str,
    body: str,
    route: str,
    on: date,
    code: Code,
    calendar: "WorkingDayCalendar",
) -> list[date | None]:
    """Return until when the windows run that a decision opens, by the move that it must have been.

    So that a decision which a register tells of, and no move, can be appealed against as long.
    None stands for a day that lies after the published holidays.
    """
    return [
        deadline_of(framework.clocks[key], Clock(on), code=code, calendar=calendar, on=on).due_on
        for move in framework.moves.values()
        if move.outcome == outcome
        and (not move.routes or route in move.routes)
        and body in framework.bodies_of(move)
        for key in move.starts
        if framework.clocks[key].is_window
    ]


def _convention(rule: ClockRule, code: Code, on: date) -> Convention:
    if rule.convention:
        return convention_named(code, rule.convention)
    return convention_named(code, str(code.parameter("deadline_count_convention", on=on)))


def days_stood(
    clock: Clock, counting: Convention, calendar: "WorkingDayCalendar", *, on: date
) -> int:
    """Return for how many days of a convention a clock has stood still by a day."""
    used = calendar.weekdays_only() if counting.weekdays_only else calendar
    return sum(_days(used, *pause) for pause in _pauses(clock, on))


def _pauses(clock: Clock, on: date) -> Iterable[tuple[date, date]]:
    yield from clock.pauses
    if clock.paused_on is not None and clock.paused_on < on:
        yield clock.paused_on, on


def _days(calendar: "WorkingDayCalendar", start: date, end: date) -> int:
    return calendar.count_working_days(start, end, inclusive=Ends.END) if start < end else 0

"""What other queries of proposals rest on: stages, routes, parts, calendars."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from engross.apps.proposals.models import MoveMade
from engross.apps.registers.queries import active_code, last_kept_day
from engross.apps.registers.registers import register_named
from engross.core.codes.codes import Option
from engross.core.proposals.durations import Convention, days_taken
from engross.core.refusals import Refused

if TYPE_CHECKING:  # The tables of holidays take long to load.
    from engross.core.dates.working_days import WorkingDayCalendar

# Waiting has no published convention: true Working Days after the day it began.
WAITED = Convention(weekdays_only=False, is_inclusive=False)


def open_stages() -> tuple[str, ...]:
    """Return the keys of the stages in which a proposal is not decided yet."""
    stages = active_code().options("proposal_stages")
    return tuple(dict.fromkeys(each.key for each in stages if each.flag("is_open")))


def route_option(key: str) -> Option | None:
    """Return a route of the code; None if none is recorded."""
    return active_code().option("proposal_routes", key) if key else None


def outside_routes() -> frozenset[str]:
    """Return the keys of the routes by which the code is changed without a proposal's process."""
    routes = active_code().options("proposal_routes")
    return frozenset(each.key for each in routes if each.flag("is_outside"))


def tranches_of(known_at: datetime | None) -> Any:
    """Return the parts in which proposals go live: a register of an app further up."""
    model: Any = register_named("proposal-tranches").model
    return model.objects.known_at(known_at).order_by("proposal_id", "sequence")


def priorities_known(known_at: datetime | None) -> Any:
    """Return the priorities that proposals were given: a register of an app further up."""
    model: Any = register_named("priority-determinations").model
    return model.objects.known_at(known_at)


@dataclass(frozen=True)
class CountedTo:
    """The day to which waits are counted: `today`, or the last of which the register is kept.

    A proposal that was moved here since is known to today all the same; `moved` has their labels.
    """

    kept: date
    today: date
    moved: frozenset[str] = frozenset()

    def of(self, label: str) -> date:
        """Return the day to which is counted how long a proposal waits."""
        return self.today if label in self.moved else self.kept


def counted_to(today: date, register: str = "proposal-stages") -> CountedTo:
    """Return to which day waits are counted today, by what a register holds."""
    kept = last_kept_day(register, today)
    since = MoveMade.objects.filter(made_on__gt=kept).order_by()
    labels = since.values_list("proposal__label", flat=True).distinct() if kept < today else ()
    return CountedTo(kept, today, frozenset(labels))


def waited_working_days(
    calendar: "WorkingDayCalendar", since: date | None, day: date
) -> int | None:
    """Return for how many Working Days something has waited; the first day does not count."""
    return days_between(since, day, WAITED, calendar)


def days_between(
    start: date | None, end: date, convention: Convention, calendar: "WorkingDayCalendar"
) -> int | None:
    """Return the days from `start` to `end`; None where no holidays are known so far."""
    try:
        return days_taken([(start, end)], convention, calendar)[0]
    except Refused:
        return None


def days_before(day: date, span: timedelta) -> date:
    """Return the day that lies a span before another; the first day there is, if it is none."""
    return day - span if day - date.min > span else date.min

"""What Parties completed on the way to using the central services."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from engross.core.dates.months import Month


class Completion(NamedTuple):
    """A step of market entry that a Party completed, for one User Role or for none.

    Where only the month is known, `completed_on` is its first day and `day_known` is no.
    """

    party: str
    process: str
    user_role: str
    completed_on: date
    basis: str = "record"
    day_known: bool = True


class Completed(NamedTuple):
    """What a Party completed of one process on one day, for however many User Roles."""

    process: str
    party: str
    completed_on: date
    day_known: bool
    user_roles: tuple[str, ...]


def completed_together(completions: Iterable[Completion]) -> list[Completed]:
    """Return the completions of one Party, process and day as one, in order of days."""
    found: dict[tuple[date, str, str, bool], list[str]] = {}
    for each in completions:
        together = (each.completed_on, each.process, each.party, each.day_known)
        found.setdefault(together, []).append(each.user_role)
    return [
        Completed(process, party, day, day_known, tuple(sorted(filter(None, roles))))
        for (day, process, party, day_known), roles in sorted(found.items())
    ]


def completed_between(
    completions: Iterable[Completion], first: date, last: date
) -> list[Completion]:
    """Return the completions from `first` to `last`, both included.

    One of which only the month is known is among them if that month reaches into the span.
    """
    return [each for each in completions if first <= _last_day(each) and each.completed_on <= last]


def _last_day(each: Completion) -> date:
    return each.completed_on if each.day_known else Month.of(each.completed_on).last_day

"""What Parties completed on the way to using the central services."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple


class Completion(NamedTuple):
    """A step of market entry that a Party completed, for one User Role or for none."""

    party: str
    process: str
    user_role: str
    completed_on: date
    basis: str = "record"


class Completed(NamedTuple):
    """What a Party completed of one process on one day, for however many User Roles."""

    process: str
    party: str
    completed_on: date
    user_roles: tuple[str, ...]


def completed_together(completions: Iterable[Completion]) -> list[Completed]:
    """Return the completions of one Party, process and day as one, in order of days."""
    found: dict[tuple[date, str, str], list[str]] = {}
    for each in completions:
        found.setdefault((each.completed_on, each.process, each.party), []).append(each.user_role)
    return [
        Completed(process, party, day, tuple(sorted(filter(None, roles))))
        for (day, process, party), roles in sorted(found.items())
    ]


def completed_between(
    completions: Iterable[Completion], first: date, last: date
) -> list[Completion]:
    """Return the completions from `first` to `last`, both included."""
    return [each for each in completions if first <= each.completed_on <= last]

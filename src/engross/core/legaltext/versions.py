"""Versions of a code: their order, and how each stands on a day."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_DIGITS = re.compile(r"(\d+)")


class Standing(StrEnum):
    """How a version stands on a day."""

    IN_FORCE = "in-force"
    SUPERSEDED = "superseded"
    PUBLISHED = "published"
    PLANNED = "planned"


@dataclass(frozen=True)
class VersionDays:
    """A version's number with the days that matter; `published_on` is None where unknown."""

    number: str
    effective_on: date
    published_on: date | None = None

    @property
    def place(self) -> tuple[date, tuple[tuple[int, int, str], ...]]:
        """Where it comes among versions: by its day, then by its number."""
        return self.effective_on, number_order(self.number)


def number_order(number: str) -> tuple[tuple[int, int, str], ...]:
    """Return what sorts version numbers as people read them: 9.0 before 10.0."""
    parts = [part for part in _DIGITS.split(number) if part]
    return tuple((1, int(part), "") if part.isdecimal() else (0, 0, part) for part in parts)


def in_force_on(day: date, versions: Iterable[VersionDays]) -> VersionDays | None:
    """Return the version in force on a day: the last to take effect by then, or None."""
    begun = (each for each in versions if each.effective_on <= day)
    return max(begun, key=lambda each: each.place, default=None)


def standing_of(version: VersionDays, *, on: date, in_force: str) -> Standing:
    """Return how a version stands on a day, where `in_force` is the number in force then.

    A version whose day of publication is not known counts as planned until it takes effect.
    """
    if version.number == in_force:
        return Standing.IN_FORCE
    if version.effective_on <= on:
        return Standing.SUPERSEDED
    is_published = version.published_on is not None and version.published_on <= on
    return Standing.PUBLISHED if is_published else Standing.PLANNED


def next_number(number: str, *, later: Collection[str] = ()) -> str:
    """Return the number of a document's next version: '3.0' after '2.1', '1.0' after nothing.

    Where versions are known that take effect later, it comes between: '2.2' after '2.1'.
    """
    parts = [int(part) for part in _DIGITS.findall(number)]
    if not later:
        return f"{parts[0] + 1}.0" if parts else "1.0"
    first, second = (*parts, 0, 0)[:2]
    while (between := f"{first}.{second + 1}") in later:
        second += 1
    return between

"""Assessments of proposals: which are underway on a day, which came back, which are late."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Assessment:
    """An assessment as recorded; a day that is not known, or has not come, is None.

    Units: `target_working_days` in days as its `convention` counts them.
    """

    proposal: str
    kind: str
    accepted_on: date | None
    returned_on: date | None
    target_working_days: int
    convention: str
    basis: str = "record"

    def is_underway_on(self, day: date) -> bool:
        """Say whether it was accepted by the end of `day` and not returned by then."""
        is_accepted = self.accepted_on is not None and self.accepted_on <= day
        return is_accepted and (self.returned_on is None or self.returned_on > day)

    def is_returned_between(self, first: date, last: date) -> bool:
        """Say whether it came back from `first` to `last`, both included."""
        return self.returned_on is not None and first <= self.returned_on <= last

    def is_late(self, days: int | None) -> bool:
        """Say whether so many days are more than its target; False while they are not known."""
        return days is not None and days > self.target_working_days

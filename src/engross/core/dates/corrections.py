"""What staff know of holidays before a published table does: a day added, or struck off."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from engross.core.dates.spans import check_day
from engross.core.refusals import Reason


@dataclass(frozen=True, order=True, slots=True)
class Correction:
    """One day that is a holiday after all, or is not one.

    The newest correction of a day holds, by `recorded_on`. Striking a holiday does not make a
    Working Day of a weekend.
    """

    day: date
    recorded_on: date
    is_holiday: bool
    name: str
    reason: str

    def __post_init__(self) -> None:
        check_day(self.day, named="day")
        check_day(self.recorded_on, named="recorded_on")
        if type(self.is_holiday) is not bool:
            raise TypeError(f"is_holiday must be True or False, not {self.is_holiday!r}")
        for named, text in (("name", self.name), ("reason", self.reason)):
            if not text.strip():
                raise ValueError(f"A correction of {self.day} needs a {named}")


def corrections_in_force(corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """Return the newest correction of each day, in order of days."""
    newest = {correction.day: correction for correction in sorted(corrections)}
    return tuple(newest.values())


def reasons_against_corrections(corrections: Iterable[Correction]) -> list[Reason]:
    """Return why these cannot stand together: two of one day recorded on one day that differ."""
    verdicts: dict[tuple[date, date], set[bool]] = defaultdict(set)
    for correction in corrections:
        verdicts[correction.day, correction.recorded_on].add(correction.is_holiday)
    return [
        Reason(
            f"Two corrections recorded on {recorded_on} disagree whether {day} is a holiday",
            "Keep the one that is right and withdraw the other",
        )
        for (day, recorded_on), said in sorted(verdicts.items())
        if len(said) > 1
    ]

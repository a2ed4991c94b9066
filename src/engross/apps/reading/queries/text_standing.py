"""How far the text that somebody reads is out of date, or soon will be."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from engross.apps.reading.queries.clause_history import ClauseHistory
from engross.apps.reading.queries.open_sets import SetSeen


@dataclass(frozen=True)
class TextStanding:
    """How a text of a day stands today.

    `changed_on` are the days by today from which it read otherwise after the day that is shown;
    `comes_on` the days still to come that are published. `approved` are the change sets whose
    proposals are approved and wait for a release.
    """

    on: date
    today: date
    changed_on: tuple[date, ...]
    comes_on: tuple[date, ...]
    approved: tuple[SetSeen, ...]

    @property
    def is_past(self) -> bool:
        """Say whether a later text is in force today."""
        return bool(self.changed_on)

    @property
    def is_to_come(self) -> bool:
        """Say whether the text that is shown is one of a day that lies ahead."""
        return self.on > self.today

    @property
    def until(self) -> date | None:
        """The first day on which it no longer reads so; None while none is known."""
        return min((*self.changed_on, *self.comes_on), default=None)

    @property
    def waiting(self) -> int:
        """How many changes are approved or published and not yet in force."""
        return len(self.comes_on) + len(self.approved)


def text_standing(
    days: Iterable[date], *, on: date, today: date, open_here: Iterable[SetSeen]
) -> TextStanding:
    """Return how a text stands whose days are those from which it read otherwise, all known."""
    later = sorted({day for day in days if day > on})
    return TextStanding(
        on=on,
        today=today,
        changed_on=tuple(day for day in later if day <= today),
        comes_on=tuple(day for day in later if day > today),
        approved=tuple(each for each in open_here if each.is_approved),
    )


def days_of_history(history: ClauseHistory) -> list[date]:
    """Return the days from which a clause read otherwise."""
    return [step.since for step in history.steps]

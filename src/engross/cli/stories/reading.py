"""Reading a story: its steps in the order of their days."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.utils.timezone import make_aware

from engross.core.dates.working_days import WorkingDayCalendar

NAME = "story.toml"


@dataclass(frozen=True)
class Step:
    """One thing that happens: what, to which proposal if to one, and on which day.

    `says` is what the file says of it; `about` is the proposal's name within the story.
    """

    does: str
    day: int
    says: Mapping[str, Any]
    about: str = ""


@dataclass(frozen=True)
class Days:
    """The days of a story, counted in Working Days from `today`, which is one itself."""

    calendar: WorkingDayCalendar
    today: date

    def day(self, count: int) -> date:
        """Return the day that lies so many Working Days after today, or before it."""
        if count < 0:
            return self.calendar.subtract_working_days(self.today, -count)
        return self.calendar.add_working_days(self.today, count)

    def moment(self, count: int, hour: int = 9) -> datetime:
        """Return an hour of such a day, where the code holds."""
        return make_aware(datetime.combine(self.day(count), time(hour)))


def steps_of(folder: Path, *, code: str) -> list[Step]:
    """Return the steps of the story in a folder, earliest first, those of one day as written.

    A step that the file keeps from a code (`unless`) is left out for it.
    """
    told = tomllib.loads((folder / NAME).read_text(encoding="utf-8"))
    steps = [step for step in _steps(told) if code not in step.says.get("unless", ())]
    return sorted(steps, key=lambda step: step.day)


def _steps(told: Mapping[str, Any]) -> Iterator[Step]:
    for each in told.get("step", ()):
        yield _step(each)
    for each in told.get("problem", ()):
        yield Step("problem", each["day"], each)
    for each in told.get("proposal", ()):
        yield Step("raise", each["day"], each, each["name"])
        for step in each.get("step", ()):
            yield _step(step, each["name"])


def _step(says: Mapping[str, Any], about: str = "") -> Step:
    """Return a step; the first word of its table says what it does."""
    return Step(next(iter(says)), says["day"], says, about)

"""Courses of proposals as an office makes them: work, queues for meetings, seasons, years.

This is on purpose not how forecasts are made. Nothing here is a curve of durations by stage: a
proposal has a size, its work goes on by the day and slower in summer and at Christmas, every
step ends at the next meeting of a body, a few are put on hold for months or years, each year's
are somewhat slower than the last's, and some withdraw while they wait.
"""

import math
import random
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from engross.core.dates.working_days import WorkingDayCalendar
from engross.core.proposals.forecasting.passages import Held, Passage, Spell, Ways

WAYS = Ways(
    open=("define", "refine", "opine", "awaiting-authority"),
    decided=frozenset({"release", "implemented", "rejected"}),
    awaiting=frozenset({"release"}),
    live=frozenset({"implemented"}),
    withdrawn=frozenset({"withdrawn"}),
)
# Route: its share, how much work its refinement is, how often the work is long, who decides.
ROUTES = {
    "self-governance": (0.55, 1.0, 0.25, "change-board"),
    "authority-determined": (0.27, 1.5, 0.45, "authority"),
    "authority-led": (0.10, 1.2, 0.30, "authority"),
    "fast-track": (0.08, 0.0, 0.0, "panel"),
}
FIRST, LAST = date(2010, 1, 1), date(2034, 1, 1)


@dataclass(frozen=True)
class Bodies:
    """The days on which bodies meet and releases go live, and all Working Days."""

    days: Mapping[str, list[date]]
    releases: list[date]
    working: list[date]

    def next_of(self, body: str, day: date, *, after: int = 0) -> date:
        """Return a body's first meeting at least so many calendar days after a day."""
        known = self.days[body]
        return known[bisect_left(known, day + timedelta(days=after))]

    def working_day(self, day: date, count: int) -> date:
        """Return the Working Day that comes so many after a day."""
        return self.working[bisect_right(self.working, day) + max(count, 1) - 1]


@cache
def bodies() -> Bodies:
    """Return when bodies meet: monthly by weekday, the board not in August."""
    calendar = WorkingDayCalendar.of("england-and-wales")
    months = [(year, month) for year in range(FIRST.year, LAST.year + 8) for month in range(1, 13)]
    by_rule = {"working-group": (2, 0), "csc": (1, 2), "panel": (4, 1), "change-board": (2, 3)}
    days = {
        body: [
            calendar.next_working_day(_nth(year, month, weekday, nth), or_same=True)
            for year, month in months
            if not (body == "change-board" and month == 8)
        ]
        for body, (weekday, nth) in by_rule.items()
    }
    releases = [_nth(year, month, 3, 0 if month == 11 else 3)
                for year, month in months if month in (2, 6, 11)]  # fmt: skip
    until = date(LAST.year + 8, 12, 31)
    return Bodies(days, releases, list(calendar.working_days_between(FIRST, until)))


def _nth(year: int, month: int, weekday: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * nth)


def passages(
    *, seed: int, first: date, last: date, yearly: float, drift: float = 0.05
) -> list[Passage]:
    """Return the passages of proposals raised from `first` to `last`, each followed to its end.

    Units: `yearly` proposals raised in a year; `drift` the share by which work grows in a year.
    """
    chosen = random.Random(seed)  # noqa: S311 - for measuring, not for secrets
    found, years = list[Passage](), 0.0
    while True:
        years += chosen.expovariate(yearly)
        day = first + timedelta(days=365.25 * years)
        if day >= last:
            return found
        number = f"{seed}-{len(found):05d}"
        found.append(_Life(chosen, number, day, (1 + drift) ** years).passage())


class _Life:
    """One proposal, from the day it is raised until it is over."""

    def __init__(self, chosen: random.Random, number: str, day: date, slowness: float) -> None:
        self.chosen, self.number, self.day, self.bodies = chosen, number, day, bodies()
        names = list(ROUTES)
        self.route = chosen.choices(names, [ROUTES[each][0] for each in names])[0]
        _, self.amount, self.often_long, self.decider = ROUTES[self.route]
        self.slowness = slowness
        # How large it is: tells its refinement, its authority's time and its way to a release.
        self.size = math.exp(chosen.gauss(0, 0.45)) * (2.2 if self._is(self.often_long) else 1)
        self.holds: list[Held] = []
        self.withdraws_on = self._impatience()

    def _is(self, share: float) -> bool:
        return self.chosen.random() < share

    def _impatience(self) -> date:
        """Return the day on which its proposer gives up, if it is still open then."""
        months = self.chosen.weibullvariate(95, 1.3)
        return self.day + timedelta(days=30 * months)

    def work(self, working_days: float) -> None:
        """Let work go on for so many Working Days, slower in August and at Christmas."""
        left = working_days * self.slowness * math.exp(self.chosen.gauss(0, 0.2))
        while left > 0:
            self.day = self.bodies.working_day(self.day, 1)
            is_slow = self.day.month == 8 or (self.day.month, self.day.day // 16) == (12, 1)
            left -= 0.4 if is_slow else 1.0

    def hold(self) -> None:
        """Put it on hold for a long time, rarely."""
        if self._is(0.035):
            began = self.day
            months = min(3 * self.chosen.paretovariate(1.1), 40)
            self.day = self.bodies.working_day(self.day, int(21 * months))
            self.holds.append(Held(began, self.day))

    def passage(self) -> Passage:
        """Return the spells that it went through, cut off on the day on which it is withdrawn."""
        entered = list(self._stages())
        spells = []
        for (stage, began), (to, ended) in zip(entered, [*entered[1:], ("", LAST)], strict=True):
            is_open = stage in WAYS.open
            if is_open and ended > self.withdraws_on > began:
                gone = self.bodies.working_day(self.withdraws_on, 1)
                spells += [Spell(stage, began, gone, "withdrawn"), Spell("withdrawn", gone)]
                break
            spells.append(Spell(stage, began, ended, to) if to else Spell(stage, began))
        return Passage(self.number, self.route, tuple(spells), tuple(self.holds))

    def _stages(self) -> Iterator[tuple[str, date]]:
        if self.route == "fast-track":
            yield "opine", self.day
            self.work(3 + self.chosen.expovariate(1 / 16))
            self.day = self.bodies.next_of("panel", self.day, after=5)
            yield from self._decided()
            return
        yield "define", self.day
        self.work(8 + 12 * self.chosen.random())
        self.day = self.bodies.next_of("csc", self.day, after=6)
        while True:
            yield "refine", self.day
            self._refine()
            yield "opine", self.day
            self.work(18 + 6 * self.chosen.random())
            self.day = self.bodies.next_of("change-board", self.day, after=6)
            if self._is(0.05):
                continue
            if self.decider == "authority":
                yield "awaiting-authority", self.day
                self.work(14 + 16 * self.size**0.5)
                if self._is(0.04):
                    continue
            yield from self._decided()
            return

    def _refine(self) -> None:
        """Work through meetings of the Working Group, assessments and a consultation."""
        self.hold()
        for _ in range(1 + min(int(self.chosen.expovariate(1 / (1.2 * self.size))), 9)):
            self.work(9 * self.amount * self.size**0.5)
            self.day = self.bodies.next_of("working-group", self.day)
        if self._is(0.6):
            self.work(self.chosen.lognormvariate(3.2, 0.5) * self.amount)
        if self._is(0.35):
            self.work(self.chosen.lognormvariate(4.0, 0.4) * self.amount)
        self.work(15 + 10 * self.chosen.random())
        self.hold()
        self.day = self.bodies.next_of("csc", self.day, after=6)

    def _decided(self) -> Iterator[tuple[str, date]]:
        if self._is(0.12):
            yield "rejected", self.day
            return
        yield "release", self.day
        needs = int(12 + 45 * self.size * self.chosen.random())
        ready = self.bodies.working_day(self.day, needs)
        known = self.bodies.releases
        yield "implemented", known[bisect_left(known, ready)]


def deciding_meetings() -> dict[str, list[date]]:
    """Return the meetings of the body that decides each route; the Authority needs none."""
    days = bodies().days
    return {route: list(days.get(each[3], ())) for route, each in ROUTES.items()}

"""How forecasts of the past turned out: whether the day fell into the interval that was told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from engross.core.proposals.forecasting.forecasts import CONFIDENCE, forecasts
from engross.core.proposals.forecasting.passages import Passage, Ways
from engross.core.proposals.forecasting.past import History
from engross.core.proposals.forecasting.told import Forecast, Interval, Why


@dataclass(frozen=True)
class Outcome:
    """What was told of a proposal on a day, and the day on which it came about, if it has."""

    on: date
    forecast: Forecast
    told: Interval | Why
    came_on: date | None

    @property
    def is_told(self) -> bool:
        """Say whether days were told."""
        return isinstance(self.told, Interval)

    @property
    def is_held(self) -> bool:
        """Say whether it came about within the days that were told."""
        if not isinstance(self.told, Interval) or self.came_on is None:
            return False
        return self.told.holds(self.came_on)


def decided_on(passage: Passage, ways: Ways) -> date | None:
    """Return the day on which a proposal was decided; None if it was not."""
    days = [each.entered_on for each in passage.spells if each.stage in ways.decided]
    return days[0] if days else None


def live_on(passage: Passage, ways: Ways) -> date | None:
    """Return the day on which a proposal went live; None if it did not."""
    days = [each.entered_on for each in passage.spells if each.stage in ways.live]
    return days[0] if days else None


def told_on(
    history: History, days: Iterable[date], *, confidence: float = CONFIDENCE
) -> list[tuple[date, Forecast]]:
    """Return the forecasts of each day, with the day.

    Each uses what was known by its day, and no more.
    """
    return [(on, each) for on in days for each in forecasts(history, on, confidence=confidence)]


def outcomes(
    history: History, told: Iterable[tuple[date, Forecast]], *, of_going_live: bool = False
) -> list[Outcome]:
    """Return what was told of each proposal's decision, or going live, beside what came about."""
    passages = {each.proposal: each for each in history.passages}
    came = live_on if of_going_live else decided_on
    found = []
    for on, each in told:
        days = each.go_live if of_going_live else each.decision
        if days is not None:
            found.append(Outcome(on, each, days, came(passages[each.proposal], history.ways)))
    return found


@dataclass(frozen=True)
class Held:
    """How often the day fell into what was told: of how many, how many, and how wide it was.

    `told_share` is the share that was told to fall in, a little more or less than the confidence;
    `without_last` counts those whose last day could not be told, which have no width.
    Units: `width_working_days` from first to last day, on average; None of none.
    """

    outcomes: int
    held: int
    told_share: float
    without_last: int
    width_working_days: float | None

    @property
    def share(self) -> float:
        """Return the share that fell in."""
        return self.held / self.outcomes


def held_of(told: Iterable[Outcome]) -> Held | None:
    """Return how often the day fell into what was told; None if nothing told has come about."""
    days = [(each.told, each.is_held) for each in told if each.came_on]
    kept = [(told, held) for told, held in days if isinstance(told, Interval)]
    if not kept:
        return None
    widths = [told.last_in - told.first_in for told, _ in kept if told.last_in is not None]
    return Held(
        outcomes=len(kept),
        held=sum(held for _, held in kept),
        told_share=sum(told.share for told, _ in kept) / len(kept),
        without_last=len(kept) - len(widths),
        width_working_days=sum(widths) / len(widths) if widths else None,
    )


def held_by_route(told: Iterable[Outcome]) -> dict[str, Held]:
    """Return how often the day fell into what was told, by route, in order."""
    routes: dict[str, list[Outcome]] = {}
    for each in told:
        routes.setdefault(each.forecast.route, []).append(each)
    found = {route: held_of(routes[route]) for route in sorted(routes)}
    return {route: held for route, held in found.items() if held is not None}

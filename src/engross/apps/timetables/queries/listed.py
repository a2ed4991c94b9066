"""The list of forecasts: those that were asked for, in an order."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from engross.apps.proposals.queries import titles_of
from engross.apps.registers.queries import active_code
from engross.apps.timetables.queries.forecasts import Forecasts, forecasts_on
from engross.core.proposals.forecasting.told import Forecast, Interval, Why


@dataclass(frozen=True)
class ForecastsAsked:
    """What a reader asked of the forecasts; a sort with - before it goes backwards."""

    day: date
    stage: str = ""
    route: str = ""
    sort: str = ""


@dataclass(frozen=True)
class ListedForecast:
    """A forecast with how its proposal is called now, and its title."""

    identifier: str
    title: str
    forecast: Forecast


class ForecastList(Sequence[ListedForecast]):
    """The forecasts that were asked for; names are read a slice at a time."""

    def __init__(self, asked: ForecastsAsked) -> None:
        self.told: Forecasts = forecasts_on(asked.day)
        kept = [
            each
            for each in self.told.rows
            if asked.stage in ("", each.stage) and asked.route in ("", each.route)
        ]
        self._rows = _ordered(kept, asked.sort)

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, place: Any) -> Any:
        if not isinstance(place, slice):
            return self[place : place + 1][0]
        rows = self._rows[place]
        return _listed(rows, titles_of([each.proposal for each in rows]))


def _listed(rows: list[Forecast], titles: Mapping[str, tuple[str, str]]) -> list[ListedForecast]:
    return [ListedForecast(*titles.get(each.proposal, (each.proposal, "")), each) for each in rows]


def _ordered(rows: list[Forecast], sort: str) -> list[Forecast]:
    """Return the forecasts in order; what cannot be told comes last either way."""
    backwards, name = sort.startswith("-"), sort.removeprefix("-")
    by = _SORTS.get(name, _SORTS["decision"])
    told = [each for each in rows if by(each) is not None]
    told.sort(key=lambda each: (by(each), each.proposal), reverse=backwards)
    return told + [each for each in rows if by(each) is None]


def _days(told: Interval | Why | None) -> tuple[date, date, date] | None:
    if not isinstance(told, Interval):
        return None
    return (told.middle or date.max, told.first, told.last or date.max)


def _place(each: Forecast) -> int:
    stages = {option.key: option.number("order")
              for option in active_code().options("proposal_stages")}  # fmt: skip
    return stages.get(each.stage, 0)


_SORTS: dict[str, Callable[[Forecast], Any]] = {
    "identifier": lambda each: each.proposal,
    "stage": _place,
    "since": lambda each: each.since,
    "decision": lambda each: _days(each.decision),
    "live": lambda each: _days(each.go_live),
}

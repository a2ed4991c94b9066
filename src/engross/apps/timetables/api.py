"""The read API of timetables: what is to be expected of open proposals."""

from datetime import date
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest
from django.urls import reverse
from ninja import Field, Query, Router, Schema

from engross.apps.registers.api import PROBLEMS, PageOf, Turned, plain_values, turn_to
from engross.apps.timetables.queries import ForecastList, ForecastsAsked, ListedForecast
from engross.core.proposals.forecasting.told import Interval, Why

router = Router(tags=["Proposals and Parties"])


class ForecastsQuery(Turned):
    """What the list of forecasts can be asked."""

    as_at: date | None = Field(None, description="As told from what was known on this day")
    stage: str = Field("", max_length=60, description="A key of the list proposal_stages")
    route: str = Field("", max_length=60, description="A key of the list proposal_routes")
    sort: str = Field("", max_length=60, description="decision, live, since, stage or identifier; "
                      "with - before it, backwards")  # fmt: skip


class ToldDays(Schema):
    """The days that are told, both included, and the share of all such that fell into them.

    They are the fewest that hold some 80 %; meetings and releases make it less or more. Where a
    last day is told, nearly all others came after it. `middle` and `last` are null where they lie
    beyond what can be told.
    """

    first: date
    middle: date | None = None
    last: date | None = None
    share: float


class RestsOnSpells(Schema):
    """The spells in the stage that it rests on: on the proposal's route, and on all routes."""

    exits: int
    running: int
    all_exits: int
    all_running: int
    is_pooled: bool


class ForecastItem(Schema):
    """A forecast: days of decision and of going live, or why they cannot be told."""

    identifier: str
    url: str
    title: str
    route: str | None = None
    stage: str
    since: date
    waited_working_days: int
    decision: ToldDays | None = Field(None, description="If it is decided; null once it is")
    decision_untold: Why | None = None
    go_live: ToldDays | None = Field(None, description="If it is approved")
    go_live_untold: Why | None = None
    withdrawn_share: float | None = None
    rests_on: RestsOnSpells


class ForecastPage(PageOf):
    """A page of forecasts, and the day on which they are told."""

    on: date
    rows: list[ForecastItem]


@router.get("", response={200: ForecastPage, **PROBLEMS}, summary="Forecasts",
            operation_id="list_forecasts")  # fmt: skip
def list_forecasts(request: HttpRequest, asked: Query[ForecastsQuery]) -> Any:
    """When open proposals are to be expected decided and live."""
    turn = turn_to(request, asked)
    day = min(asked.as_at or turn.today, turn.today)
    found = ForecastList(ForecastsAsked(day, asked.stage, asked.route, asked.sort))
    page, place = turn.page(found, lambda each: each.identifier), reverse("proposals:list")
    rows = [_item(each, place) for each in page.rows]
    return page.answer(rows, on=found.told.on.isoformat())


def _item(each: ListedForecast, place: str) -> dict[str, Any]:
    told = each.forecast
    return {
        "identifier": each.identifier,
        "url": f"{place}{quote(each.identifier)}/",
        "title": each.title,
        **plain_values(told, "route", "stage", "since"),
        "waited_working_days": told.waited,
        "decision": _days(told.decision),
        "decision_untold": told.decision if isinstance(told.decision, Why) else None,
        "go_live": _days(told.go_live),
        "go_live_untold": told.go_live if isinstance(told.go_live, Why) else None,
        "withdrawn_share": _rounded(told.withdrawn_share),
        "rests_on": vars(told.rests_on),
    }


def _days(told: Interval | Why | None) -> dict[str, Any] | None:
    if not isinstance(told, Interval):
        return None
    return {**plain_values(told, "first", "middle", "last"), "share": _rounded(told.share)}


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 3)

"""Reading the monthly totals that come from outside."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple

from engross.apps.metrics.models import SeriesValue
from engross.core.dates.months import Month


class SeriesRow(NamedTuple):
    """One value of a series: for a month and, where the series has parts, a part."""

    series: str
    month: Month
    part: str
    value: int | None
    rank: int | None
    is_at_least: bool
    source: str
    basis: str


def series_between(
    series: Collection[str], first: Month, last: Month, *, known_at: datetime | None = None
) -> list[SeriesRow]:
    """Return the values of some series from one month to another, both included, in order."""
    span: tuple[date, date] = (first.first_day, last.first_day)
    known: Any = SeriesValue.objects.known_at(known_at)
    rows = known.filter(series__in=series, month__range=span)
    fields = ("series", "month", "part", "value", "rank", "is_at_least", "source", "basis")
    ordered = rows.order_by("series", "month", "rank", "part").values_list(*fields)
    return [SeriesRow(series, Month.of(month), *rest) for series, month, *rest in ordered]

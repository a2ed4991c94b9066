"""Days and months as they are typed on the command line."""

import re
from datetime import date
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from engross.core.dates.months import Month


class DayType(click.ParamType[date]):
    """A day, written as 2021-09-30."""

    name = "day"
    _written = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

    def convert(
        self, value: str | date, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        if isinstance(value, date):
            return value
        try:
            # Python would also take '20210930' and '2021-W39-4'.
            if not self._written.fullmatch(value):
                raise ValueError(value)
            return date.fromisoformat(value)
        except ValueError:
            self.fail(
                f"'{value}' is not a day. Write year, month and day as 2021-09-30.", param, ctx
            )


class MonthType(click.ParamType["Month"]):
    """A month, written as 2021-09."""

    name = "month"

    def convert(
        self, value: "str | Month", param: click.Parameter | None, ctx: click.Context | None
    ) -> "Month":
        from engross.core.dates.months import Month  # calendars, which a day does not need

        if isinstance(value, Month):
            return value
        try:
            return Month.parse(value)
        except ValueError as wrong:
            self.fail(f"{wrong}.", param, ctx)


class PeriodType(click.ParamType[tuple[date, date]]):
    """A year, a month or a day; the first and last day of it."""

    name = "period"

    def convert(
        self,
        value: str | tuple[date, date],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> tuple[date, date]:
        if isinstance(value, tuple):
            return value
        if re.fullmatch(r"[0-9]{4}", value) and value != "0000":
            return date(int(value), 1, 1), date(int(value), 12, 31)
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}", value):
            month = MONTH.convert(value, param, ctx)
            return month.first_day, month.last_day
        day = DAY.convert(value, param, ctx)
        return day, day


DAY = DayType()
MONTH = MonthType()
PERIOD = PeriodType()

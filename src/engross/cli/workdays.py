"""`engross workdays`: Working Days and holidays, asked from the command line."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from engross.cli.arguments import DAY, PERIOD
from engross.core.dates.spans import Ends
from engross.core.refusals import Reason, Refused

if TYPE_CHECKING:
    from engross.core.dates.working_days import WorkingDayCalendar

DEFAULT_CODE = "sec"


@dataclass(frozen=True)
class Asked:
    """The calendar a person chose, and how the answer is to be printed."""

    calendar: "WorkingDayCalendar"
    as_json: bool

    def answer(self, text: str, **values: object) -> None:
        """Print `text`, or as JSON the values and the calendar they rest on."""
        if not self.as_json:
            click.echo(text)
            return
        calendar = {
            "country": self.calendar.country,
            "nation": self.calendar.nation,
            "weekdays_only": not self.calendar.observes_holidays,
            "calendar_version": self.calendar.version,
        }
        click.echo(json.dumps(calendar | values, default=str, indent=2))


def asks_a_calendar(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that choose a calendar, and hand the command what was `asked`."""

    @click.option("--nation", help="Such as scotland; a subdivision if --country is another.")
    @click.option("--country", help="Such as IE or DE-BY.  [default: the code's own]")
    @click.option("--weekdays-only", is_flag=True, help="Ignore holidays: weekdays count.")
    @click.option("--json", "as_json", is_flag=True, help="Print the answer for a machine.")
    @wraps(command)
    def with_calendar(
        *, nation: str | None, country: str | None, weekdays_only: bool, as_json: bool, **rest: Any
    ) -> None:
        calendar = _calendar(nation=nation, country=country)
        if weekdays_only:
            calendar = calendar.weekdays_only()
        command(Asked(calendar, as_json), **rest)

    return with_calendar


@click.group(short_help="Ask about Working Days and holidays.")
def workdays() -> None:
    """Ask which days are Working Days, count them, and add them to a day.

    A Working Day is neither weekend nor holiday where the code holds; --nation and --country
    choose another place. Answers come from the published holidays: corrections that staff have
    recorded are not read.

    \b
    Example:
      engross workdays count 2021-05-10 2021-09-30 --inclusive
    """


@workdays.command("is", short_help="Say whether a day is a Working Day.")
@click.argument("day", type=DAY)
@asks_a_calendar
def is_(asked: Asked, *, day: date) -> None:
    """Say whether DAY is a Working Day, and if not, why.

    \b
    Example:
      engross workdays is 2023-05-08 --nation scotland
    """
    calendar = asked.calendar
    is_working = calendar.is_working_day(day)
    why = None
    if not is_working:
        why = calendar.holiday_name(day) or "weekend"
    text = "yes" if why is None else f"no ({why})"
    asked.answer(text, day=day, is_working_day=is_working, why_not=why)


@workdays.command(short_help="Print the day so many Working Days later.")
@click.argument("start", type=DAY)
@click.argument("count", type=click.IntRange(min=0))
@click.option("--back", is_flag=True, help="Count backwards from START.")
@asks_a_calendar
def add(asked: Asked, *, start: date, count: int, back: bool) -> None:
    """Print the day that falls COUNT Working Days after START; START itself never counts.

    \b
    Examples:
      engross workdays add 2021-12-24 15
      engross workdays add 2021-09-10 5 --back
    """
    calendar = asked.calendar
    add_days = calendar.subtract_working_days if back else calendar.add_working_days
    day = add_days(start, count)
    asked.answer(str(day), start=start, count=count, back=back, day=day)


@workdays.command(short_help="Count the Working Days of a span.")
@click.argument("start", type=DAY)
@click.argument("end", type=DAY)
@click.option("--inclusive", is_flag=True, help="Count START too, if it is a Working Day.")
@asks_a_calendar
def count(asked: Asked, *, start: date, end: date, inclusive: bool) -> None:
    """Print how many Working Days lie from START to END.

    END counts if it is one; START counts only with --inclusive.

    \b
    Examples:
      engross workdays count 2021-05-10 2021-09-30 --inclusive
      engross workdays count 2021-05-10 2021-09-30 --inclusive --weekdays-only
    """
    ends = Ends.BOTH if inclusive else Ends.END
    found = asked.calendar.count_working_days(start, end, inclusive=ends)
    asked.answer(str(found), start=start, end=end, inclusive=ends.value, working_days=found)


@workdays.command("next", short_help="Print the next Working Day, or the one before.")
@click.argument("day", type=DAY)
@click.option("--or-same", is_flag=True, help="DAY itself will do if it is a Working Day.")
@click.option("--back", is_flag=True, help="Look for the one before DAY.")
@asks_a_calendar
def next_(asked: Asked, *, day: date, or_same: bool, back: bool) -> None:
    """Print the first Working Day after DAY.

    \b
    Examples:
      engross workdays next 2021-12-24
      engross workdays next 2022-01-01 --back
    """
    calendar = asked.calendar
    look = calendar.previous_working_day if back else calendar.next_working_day
    found = look(day, or_same=or_same)
    asked.answer(str(found), asked_for=day, back=back, day=found)


@workdays.command("list", short_help="List Working Days, or holidays by name.")
@click.argument("first", type=PERIOD)
@click.argument("last", type=PERIOD, required=False)
@click.option("--holidays", is_flag=True, help="List the holidays, by name, instead.")
@asks_a_calendar
def list_(
    asked: Asked,
    *,
    first: tuple[date, date],
    last: tuple[date, date] | None,
    holidays: bool,
) -> None:
    """List the Working Days of a year, a month or a day, or from FIRST to LAST, both included.

    \b
    Examples:
      engross workdays list 2021-09
      engross workdays list 2021-09-01 2021-10-15
      engross workdays list 2021 --holidays --nation northern-ireland
    """
    start, end = first[0], (last or first)[1]
    if holidays:
        found = asked.calendar.holidays_between(start, end)
        text = "\n".join(f"{holiday.day} {holiday.name}" for holiday in found)
        listed = [{"day": str(holiday.day), "name": holiday.name} for holiday in found]
        asked.answer(text or "none", start=start, end=end, holidays=listed)
        return
    days = [str(day) for day in asked.calendar.working_days_between(start, end)]
    asked.answer("\n".join(days) or "none", start=start, end=end, working_days=days)


def _calendar(*, nation: str | None, country: str | None) -> "WorkingDayCalendar":
    # Holiday tables take a third of a second to load, too long for a page of help.
    from engross.core.dates.places import UK, uk_nation_named
    from engross.core.dates.working_days import WorkingDayCalendar

    if country is not None:
        return WorkingDayCalendar(country, nation) if nation else WorkingDayCalendar.of(country)
    if nation is None:
        return WorkingDayCalendar(*_place_of_the_code())
    if uk_nation_named(nation):
        return WorkingDayCalendar(UK, nation)
    return WorkingDayCalendar(_place_of_the_code()[0], nation)


def _place_of_the_code() -> tuple[str, str | None]:
    """Return country and nation of the active code; raises Refused if there is no such code."""
    from engross.adapters.code_folder import load_code

    try:
        calendar = load_code(os.environ.get("ENGROSS_CODE", DEFAULT_CODE)).calendar
    except LookupError as missing:
        raise Refused(Reason(str(missing), "Or name a place with --nation or --country")) from None
    return calendar.country, calendar.nation or None

"""`engross workdays`: Working Days and holidays, asked from the command line."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engross.cli.arguments import DAY, PERIOD
from engross.core.dates.spans import Ends
from engross.core.refusals import Reason, Refused

if TYPE_CHECKING:
    from engross.core.dates.working_days import WorkingDayCalendar

DEFAULT_CODE = "sec"
REPOSITORY = Path(__file__).resolve().parents[3]


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
            "corrections": len(self.calendar.corrections),
            "calendar_version": self.calendar.version,
        }
        click.echo(json.dumps(calendar | values, default=str, indent=2))


def asks_a_calendar(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that choose a calendar, and hand the command what was `asked`."""

    @click.option("--nation", help="Such as scotland; a subdivision if --country is another.")
    @click.option("--country", help="Such as IE or DE-BY.  [default: the code's own]")
    @click.option("--weekdays-only", is_flag=True, help="Ignore holidays: weekdays count.")
    @click.option(
        "--corrections/--no-corrections",
        "corrected",
        default=True,
        show_default=True,
        help="Mind what staff have corrected, where there is a database.",
    )
    @click.option("--json", "as_json", is_flag=True, help="Print the answer for a machine.")
    @wraps(command)
    def with_calendar(
        *,
        nation: str | None,
        country: str | None,
        weekdays_only: bool,
        corrected: bool,
        as_json: bool,
        **rest: Any,
    ) -> None:
        calendar = _calendar(nation=nation, country=country)
        if weekdays_only:
            calendar = calendar.weekdays_only()
        elif corrected:
            calendar = _corrected(calendar)
        command(Asked(calendar, as_json), **rest)

    return with_calendar


@click.group(short_help="Ask about Working Days and holidays.")
def workdays() -> None:
    """Ask which days are Working Days, count them, and add them to a day.

    A Working Day is neither weekend nor holiday where the code holds; --nation and --country
    choose another place. Holidays are those that are published, with what staff have corrected
    for the code's country. Corrections are read from the deployment's database; where there is
    none, the published holidays alone answer.

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


def _corrected(calendar: "WorkingDayCalendar") -> "WorkingDayCalendar":
    """Return the calendar with what staff have corrected; as it is where nothing is recorded.

    Raises Refused if there is a database that does not answer.
    """
    if not _may_hold_corrections():
        return calendar
    from engross.cli.django_setup import database_troubles, set_up_django

    set_up_django()
    from django.db import ProgrammingError

    from engross.apps.dates.queries import calendar_of_the_code

    if calendar.country != _place_of_the_code()[0]:
        return calendar
    with database_troubles():
        try:
            return calendar_of_the_code(calendar.nation)
        except ProgrammingError:  # a database whose tables are not made yet
            return calendar


def _may_hold_corrections() -> bool:
    """Return whether it is worth a second to load Django and ask the database.

    A look into the SQLite file itself takes a hundredth of that, and most hold no correction.
    """
    if os.environ.get("DATABASE_URL"):
        return True
    import sqlite3
    from contextlib import closing

    file = Path(os.environ.get("ENGROSS_VAR") or REPOSITORY / "var") / "engross.sqlite3"
    if not file.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as opened:
            live = "SELECT 1 FROM dates_holidaycorrection WHERE superseded_at IS NULL LIMIT 1"
            return opened.execute(live).fetchone() is not None
    except sqlite3.OperationalError:  # a database whose tables are not made yet
        return False

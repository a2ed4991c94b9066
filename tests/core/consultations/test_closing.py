"""When a consultation closes: Working Days, the hour where the code holds, changed clocks."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engross.core.consultations.closing import (
    Length,
    closing_moment,
    is_late,
    reasons_against_closing_day,
    usual_closing_day,
)
from engross.core.dates.spans import Ends
from engross.core.dates.working_days import WorkingDayCalendar

CALENDAR = WorkingDayCalendar("GB", "england-and-wales")
FIFTEEN = Length(15, "Section D7.8")
DAYS = st.dates(date(2015, 1, 1), date(2026, 12, 31))


def _reasons(closes_on, opens_on, length=FIFTEEN):
    found = reasons_against_closing_day(
        closes_on, opens_on=opens_on, length=length, calendar=CALENDAR
    )
    return " ".join(map(str, found))


def test_a_real_consultation_closed_fifteen_working_days_after_it_opened():
    assert usual_closing_day(date(2022, 6, 22), FIFTEEN, CALENDAR) == date(2022, 7, 13)
    assert not _reasons(date(2022, 7, 13), date(2022, 6, 22))


@pytest.mark.parametrize(
    "closes_on", [date(2022, 1, 28), date(2022, 2, 4), date(2022, 2, 8), date(2021, 11, 22)]
)
def test_days_on_which_real_consultations_closed_are_allowed(closes_on):
    """As newsletters told them: a budget, MP192, MP078 and MP085A, MP085A before."""
    opened_on = CALENDAR.subtract_working_days(closes_on, 15)
    assert not _reasons(closes_on, opened_on)
    assert usual_closing_day(opened_on, FIFTEEN, CALENDAR) == closes_on


@pytest.mark.parametrize(
    ("day", "why", "instead"),
    [
        (date(2022, 6, 3), "Platinum Jubilee", "Monday 6 June 2022"),
        (date(2022, 4, 15), "Good Friday", "Tuesday 19 April 2022"),
        (date(2022, 5, 28), "a Saturday", "Monday 30 May 2022"),
    ],
)
def test_a_close_on_no_working_day_is_refused_with_the_next_one(day, why, instead):
    told = _reasons(day, date(2022, 3, 1))
    assert why in told
    assert instead in told


def test_a_close_that_is_too_early_says_how_long_it_was_and_until_when_it_must_be():
    told = _reasons(date(2022, 7, 12), date(2022, 6, 22))
    assert "14 Working Days of 15 (Section D7.8)" in told
    assert "Wednesday 13 July 2022 or later" in told


def test_what_is_urgent_may_close_sooner_but_not_before_it_opened():
    urgent = Length(15, is_urgent=True)
    assert not _reasons(date(2022, 6, 23), date(2022, 6, 22), urgent)
    assert "opens on" in _reasons(date(2022, 6, 22), date(2022, 6, 22), urgent)


def test_a_day_that_no_calendar_knows_is_refused_and_does_not_crash():
    assert "calendar" in _reasons(date(2999, 1, 1), date(2022, 6, 22)).casefold()


@given(DAYS, st.integers(1, 40))
def test_the_usual_day_is_always_allowed_and_the_working_day_before_it_never(opens_on, length):
    asked = Length(length)
    closes_on = usual_closing_day(opens_on, asked, CALENDAR)
    assert not _reasons(closes_on, opens_on, asked)
    assert CALENDAR.count_working_days(opens_on, closes_on, inclusive=Ends.END) == length
    before = CALENDAR.previous_working_day(closes_on)
    assert _reasons(before, opens_on, asked)


@pytest.mark.parametrize(
    ("day", "hour"), [(date(2022, 3, 25), 17), (date(2022, 3, 28), 16), (date(2022, 10, 31), 17)]
)
def test_five_in_the_afternoon_is_local_on_either_side_of_a_change_of_clocks(day, hour):
    moment = closing_moment(day, time(17), "Europe/London")
    assert moment.astimezone(UTC) == datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def test_an_answer_at_the_very_close_is_in_time_and_a_second_later_is_late():
    closes_at = closing_moment(date(2022, 7, 13), time(17), "Europe/London")
    assert not is_late(closes_at, closes_at)
    assert is_late(closes_at + timedelta(seconds=1), closes_at)

"""Months: how they are read, written, ordered and walked through."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engross.core.dates.months import Month, months_between

SEPTEMBER = Month(2021, 9)
MONTHS = st.builds(Month, st.integers(2000, 2040), st.integers(1, 12))


def test_a_month_is_read_and_written_the_same_way():
    assert Month.parse("2021-09") == SEPTEMBER
    assert str(SEPTEMBER) == "2021-09"


@given(MONTHS)
def test_every_month_comes_back_from_its_own_text(month):
    assert Month.parse(str(month)) == month


@pytest.mark.parametrize(
    "text", ["2021", "2021-9", "2021-13", "2021-00", "09-2021", "", "2021-09-01"]
)
def test_text_that_is_no_month_is_refused(text):
    with pytest.raises(ValueError, match="month"):
        Month.parse(text)


def test_a_month_has_the_name_that_people_write():
    assert SEPTEMBER.name == "September 2021"
    assert SEPTEMBER.short_name == "Sep 2021"


def test_february_ends_on_the_29th_only_in_a_leap_year():
    assert Month(2024, 2).last_day == date(2024, 2, 29)
    assert Month(2023, 2).last_day == date(2023, 2, 28)
    assert Month(1900, 2).length_days == 28


@given(MONTHS)
def test_months_follow_each_other_without_a_gap(month):
    assert month.last_day + timedelta(days=1) == month.next.first_day
    assert month.next.previous == month
    assert month.previous < month < month.next


@given(MONTHS)
def test_a_month_holds_its_own_days_and_no_others(month):
    assert all(day in month and Month.of(day) == month for day in month.days)
    assert len(month.days) == month.length_days
    assert month.first_day - timedelta(days=1) not in month
    assert month.next.first_day not in month


def test_december_is_followed_by_january_of_the_next_year():
    assert Month(2021, 12).next == Month(2022, 1)
    assert Month(2022, 1).previous == Month(2021, 12)


def test_the_last_twelve_months_end_in_the_month_itself():
    last = SEPTEMBER.last_months()
    assert len(last) == 12
    assert (last[0], last[-1]) == (Month(2020, 10), SEPTEMBER)
    assert list(last) == sorted(last)


@given(MONTHS, st.integers(-300, 300))
def test_going_on_some_months_and_asking_how_many_agree(month, ahead):
    assert month.plus(ahead).months_since(month) == ahead


def test_months_between_includes_both_and_is_empty_backwards():
    assert list(months_between(Month(2021, 11), Month(2022, 1))) == [
        Month(2021, 11),
        Month(2021, 12),
        Month(2022, 1),
    ]
    assert list(months_between(SEPTEMBER, SEPTEMBER)) == [SEPTEMBER]
    assert list(months_between(SEPTEMBER, SEPTEMBER.previous)) == []


def test_a_month_can_key_a_dictionary_and_cannot_be_changed():
    assert {SEPTEMBER: 59}[Month.parse("2021-09")] == 59
    with pytest.raises(AttributeError):
        SEPTEMBER.year = 2022


def test_a_month_is_made_of_whole_numbers_in_range():
    with pytest.raises(ValueError, match="1 to 12"):
        Month(2021, 13)
    with pytest.raises(ValueError, match="year"):
        Month(0, 1)
    with pytest.raises(TypeError):
        Month("2021", 9)
    with pytest.raises(ValueError, match="1 or more"):
        SEPTEMBER.last_months(0)

"""Days taken, by the convention they are counted in, and their mean."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engross.core.dates.working_days import WorkingDayCalendar
from engross.core.proposals.assessments import Assessment
from engross.core.proposals.durations import Convention, days_taken, mean_half_up

ENGLAND = WorkingDayCalendar("GB", "england-and-wales")
WEEKDAYS = Convention(weekdays_only=True, is_inclusive=True)
END_OF_SEPTEMBER = date(2021, 9, 30)


def taken(convention, *spans):
    return days_taken(spans, convention, ENGLAND)


def test_weekdays_count_bank_holidays_and_working_days_do_not():
    span = (date(2021, 5, 10), END_OF_SEPTEMBER)  # Spring and August bank holidays lie between.

    assert taken(WEEKDAYS, span) == [104]
    assert taken(WEEKDAYS.in_working_days, span) == [102]


def test_a_convention_that_is_not_inclusive_leaves_the_first_day_out():
    span = (date(2021, 9, 29), END_OF_SEPTEMBER)

    assert taken(WEEKDAYS, span) == [2]
    assert taken(Convention(weekdays_only=True, is_inclusive=False), span) == [1]


def test_one_day_alone_counts_as_one():
    assert taken(WEEKDAYS, (END_OF_SEPTEMBER, END_OF_SEPTEMBER)) == [1]


def test_missing_and_reversed_ends_leave_a_gap_and_not_an_error():
    spans = [
        (None, END_OF_SEPTEMBER),
        (END_OF_SEPTEMBER, None),
        (END_OF_SEPTEMBER, date(2021, 9, 1)),
    ]

    assert taken(WEEKDAYS, *spans, (date(2021, 9, 30), END_OF_SEPTEMBER)) == [None, None, None, 1]
    assert taken(WEEKDAYS, *spans) == [None, None, None]
    assert taken(WEEKDAYS) == []


@pytest.mark.parametrize(
    ("values", "mean"),
    [([], None), ([None], None), ([1, 2], 2), ([2, 3], 3), ([1, 1, 2], 1), ([3, None, 4], 4)],
)
def test_a_mean_is_whole_and_a_half_goes_up(values, mean):
    assert mean_half_up(values) == mean


@given(st.lists(st.integers(0, 5000), min_size=1))
def test_a_mean_is_never_more_than_half_a_day_from_the_exact_one(values):
    found = mean_half_up(values)

    assert -len(values) <= 2 * (sum(values) - found * len(values)) < len(values)


def assessment(accepted_on, returned_on=None, target=15):
    return Assessment("0001", "pa", accepted_on, returned_on, target, "weekdays-inclusive")


def test_an_assessment_is_underway_from_acceptance_until_the_day_before_its_return():
    row = assessment(date(2021, 9, 1), date(2021, 9, 17))

    days = [date(2021, 8, 31), date(2021, 9, 1), date(2021, 9, 16), date(2021, 9, 17)]
    assert [row.is_underway_on(day) for day in days] == [False, True, True, False]


def test_an_assessment_without_a_day_of_acceptance_is_not_known_to_be_underway():
    assert not assessment(None).is_underway_on(END_OF_SEPTEMBER)


def test_an_assessment_is_late_only_past_its_target():
    row = assessment(date(2021, 9, 1))

    assert [row.is_late(days) for days in (None, 15, 16)] == [False, False, True]


def test_a_return_counts_on_the_first_and_the_last_day_of_a_span():
    first, last = date(2020, 10, 1), END_OF_SEPTEMBER

    assert assessment(None, first).is_returned_between(first, last)
    assert assessment(None, last).is_returned_between(first, last)
    assert not assessment(None, date(2021, 10, 1)).is_returned_between(first, last)
    assert not assessment(None).is_returned_between(first, last)

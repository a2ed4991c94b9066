"""Columns of a register: each row as if asked alone, gaps kept, every wrong row named."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engross.core.dates.spans import Ends
from engross.core.dates.working_days import WorkingDayCalendar
from engross.core.refusals import Refused

ENGLAND = WorkingDayCalendar.of("england")
DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))
GAPPY_DAYS = st.lists(st.none() | DAYS, max_size=30)
SPANS = st.lists(
    st.tuples(DAYS, st.integers(0, 900)).map(lambda span: (span[0], span[0] + timedelta(span[1])))
    | st.tuples(st.none(), DAYS)
    | st.tuples(DAYS, st.none()),
    max_size=30,
)
MAY, SEPTEMBER = date(2021, 5, 10), date(2021, 9, 30)


def as_array(days):
    return np.array(days, dtype="datetime64[D]")


@given(SPANS, st.sampled_from(Ends))
def test_a_column_of_counts_is_each_row_counted_alone(spans, ends):
    starts, finishes = [s for s, _ in spans], [e for _, e in spans]
    expected = [
        None if s is None or e is None else ENGLAND.count_working_days(s, e, inclusive=ends)
        for s, e in zip(starts, finishes, strict=True)
    ]
    lists = ENGLAND.count_working_days_each(starts, finishes, inclusive=ends)
    arrays = ENGLAND.count_working_days_each(as_array(starts), as_array(finishes), inclusive=ends)
    assert lists.tolist() == arrays.tolist() == expected


@given(SPANS, st.sampled_from(Ends))
def test_a_column_of_weekdays_is_each_row_counted_alone(spans, ends):
    full = [(s, e) for s, e in spans if s and e]
    counted = ENGLAND.count_weekdays_each(
        [s for s, _ in full], [e for _, e in full], inclusive=ends
    )
    assert counted.tolist() == [ENGLAND.count_weekdays(s, e, inclusive=ends) for s, e in full]


@given(st.lists(st.tuples(st.none() | DAYS, st.none() | st.integers(0, 500)), max_size=30))
def test_a_column_of_deadlines_is_each_row_added_alone(rows):
    starts, counts = [s for s, _ in rows], [n for _, n in rows]
    expected = [None if s is None or n is None else ENGLAND.add_working_days(s, n) for s, n in rows]
    assert ENGLAND.add_working_days_each(starts, counts).tolist() == expected
    assert ENGLAND.add_working_days_each(as_array(starts), counts).tolist() == expected


@given(GAPPY_DAYS)
def test_a_column_of_days_is_each_day_asked_alone(days):
    expected = [None if day is None else ENGLAND.is_working_day(day) for day in days]
    assert ENGLAND.is_working_day_each(days).tolist() == expected
    assert ENGLAND.is_working_day_each(as_array(days)).tolist() == expected


def test_one_day_goes_with_every_row_of_a_column():
    counted = ENGLAND.count_working_days_each(
        [MAY, None, SEPTEMBER], SEPTEMBER, inclusive=Ends.BOTH
    )
    assert counted.tolist() == [102, None, 1]
    assert ENGLAND.add_working_days_each([MAY, None], 1).tolist() == [date(2021, 5, 11), None]


def test_a_span_of_one_day_without_its_ends_is_empty_and_not_less():
    counted = ENGLAND.count_working_days_each([MAY], [MAY], inclusive=Ends.NEITHER)
    assert counted.tolist() == [0]


def test_gaps_stay_out_of_an_average():
    counted = ENGLAND.count_working_days_each([MAY, None], SEPTEMBER, inclusive=Ends.BOTH)
    assert counted.mean() == 102


def test_an_empty_column_gives_an_empty_column():
    assert ENGLAND.count_working_days_each([], [], inclusive=Ends.BOTH).tolist() == []
    assert ENGLAND.add_working_days_each([], []).tolist() == []
    assert ENGLAND.is_working_day_each([]).tolist() == []


def test_what_comes_out_of_one_column_goes_into_the_next():
    counted = ENGLAND.count_working_days_each([MAY, None, MAY], SEPTEMBER, inclusive=Ends.END)
    landed = ENGLAND.add_working_days_each([MAY, MAY, None], counted)
    assert landed.tolist() == [SEPTEMBER, None, None]
    assert ENGLAND.is_working_day_each(landed).tolist() == [True, None, None]


def test_every_row_that_runs_backwards_is_named():
    with pytest.raises(Refused) as refused:
        ENGLAND.count_working_days_each(
            [MAY, SEPTEMBER, None, SEPTEMBER], [SEPTEMBER, MAY, MAY, MAY], inclusive=Ends.BOTH
        )
    said = [str(reason) for reason in refused.value.reasons]
    assert len(said) == 2
    assert said[0].startswith("Row 2 ends before it starts")
    assert said[1].startswith("Row 4 ")


def test_every_row_outside_the_calendar_is_named():
    with pytest.raises(Refused, match="Row 3 holds a day outside"):
        ENGLAND.is_working_day_each([MAY, None, date(2200, 1, 1)])
    with pytest.raises(Refused, match="Row 1 runs past 2100-12-31"):
        ENGLAND.add_working_days_each([date(2100, 12, 1)], [400])


def test_a_column_wrong_throughout_is_refused_in_a_readable_length():
    with pytest.raises(Refused) as refused:
        ENGLAND.is_working_day_each([date(2200, 1, 1)] * 1000)
    assert len(refused.value.reasons) == 21
    assert "980 further rows" in str(refused.value.reasons[-1])


@pytest.mark.parametrize(
    "days",
    [
        ["2021-09-03"],
        "2021-09-03",
        [datetime(2021, 9, 3, tzinfo=UTC)],
        [20210903],
        np.array([1.5]),
        np.array(["2021-09-03T12:00"], dtype="datetime64[m]"),
    ],
)
def test_a_column_of_anything_but_days_is_a_type_error(days):
    with pytest.raises(TypeError):
        ENGLAND.is_working_day_each(days)


def test_a_column_of_counts_holds_whole_numbers_of_0_or_more():
    with pytest.raises(ValueError, match="not -3"):
        ENGLAND.add_working_days_each([MAY, MAY], [1, -3])
    with pytest.raises(ValueError, match="not -3"):
        ENGLAND.add_working_days_each([MAY], np.array([-3]))
    for wrong in ([1.5], [True], ["1"], np.array([1.5])):
        with pytest.raises(TypeError):
            ENGLAND.add_working_days_each([MAY], wrong)

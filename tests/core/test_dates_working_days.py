"""Working Days: known spans, laws that must hold on any day, and agreement with slow counting."""

import pickle
from datetime import UTC, date, datetime, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engross.core.dates.months import Month
from engross.core.dates.spans import Ends
from engross.core.dates.working_days import Weekday, WorkingDayCalendar
from engross.core.refusals import Refused

ENGLAND = WorkingDayCalendar.of("england-and-wales")
SCOTLAND = WorkingDayCalendar.of("scotland")
NORTHERN_IRELAND = WorkingDayCalendar.of("northern-ireland")
FRIDAY = date(2021, 9, 3)
MONDAY = date(2021, 9, 6)

DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))
SPANS = st.tuples(DAYS, DAYS).map(sorted)
COUNTS = st.integers(0, 400)
CALENDARS = st.sampled_from(
    [ENGLAND, SCOTLAND, NORTHERN_IRELAND, WorkingDayCalendar.of("DE-BY"), ENGLAND.weekdays_only()]
)
SLOW_TABLES = {
    "england-and-wales": holidays.country_holidays("GB", subdiv="ENG", years=range(2000, 2043)),
    "scotland": holidays.country_holidays("GB", subdiv="SCT", years=range(2000, 2043)),
    "northern-ireland": holidays.country_holidays("GB", subdiv="NIR", years=range(2000, 2043)),
}
NATIONS = st.sampled_from(sorted(SLOW_TABLES))


def works(nation, day):
    return day.weekday() < 5 and day not in SLOW_TABLES[nation]


def slow_count(nation, start, end, ends):
    day, found = start, 0
    while day <= end:
        skipped = (day == start and ends in ("end", "neither")) or (
            day == end and ends in ("start", "neither")
        )
        found += works(nation, day) and not skipped
        day += timedelta(days=1)
    return found


def slow_add(nation, start, count):
    day = start
    while count:
        day += timedelta(days=1)
        count -= works(nation, day)
    return day


# What is known from papers and proclamations


@pytest.mark.parametrize(
    ("calendar", "expected"), [(ENGLAND, 102), (SCOTLAND, 102), (NORTHERN_IRELAND, 101)]
)
def test_the_summer_of_2021_has_its_known_working_days(calendar, expected):
    start, end = date(2021, 5, 10), date(2021, 9, 30)
    assert calendar.count_working_days(start, end, inclusive=Ends.BOTH) == expected
    assert calendar.count_weekdays(start, end, inclusive=Ends.BOTH) == 104


def test_the_first_monday_of_august_is_a_holiday_in_scotland_only():
    week = date(2021, 8, 2), date(2021, 8, 6)
    assert ENGLAND.count_working_days(*week, inclusive=Ends.BOTH) == 5
    assert SCOTLAND.count_working_days(*week, inclusive=Ends.BOTH) == 4


@pytest.mark.parametrize("day", [date(2023, 5, 8), date(2022, 9, 19), date(2022, 6, 3)])
@pytest.mark.parametrize("calendar", [ENGLAND, SCOTLAND, NORTHERN_IRELAND])
def test_a_bank_holiday_proclaimed_once_is_no_working_day(calendar, day):
    assert day.weekday() < 5
    assert not calendar.is_working_day(day)
    assert calendar.holiday_name(day)


def test_england_and_wales_have_the_same_holidays():
    years = range(2000, 2041)
    england = holidays.country_holidays("GB", subdiv="ENG", years=years)
    wales = holidays.country_holidays("GB", subdiv="WLS", years=years)
    assert set(england) == set(wales)


def test_christmas_on_a_weekend_moves_to_the_days_after():
    assert not ENGLAND.is_working_day(date(2021, 12, 27))
    assert not ENGLAND.is_working_day(date(2021, 12, 28))
    assert ENGLAND.add_working_days(date(2021, 12, 24), 1) == date(2021, 12, 29)


def test_a_year_end_is_crossed_by_its_working_days_only():
    assert ENGLAND.add_working_days(date(2021, 12, 31), 1) == date(2022, 1, 4)
    assert SCOTLAND.add_working_days(date(2021, 12, 31), 1) == date(2022, 1, 5)
    over = ENGLAND.count_working_days(date(2021, 12, 31), date(2022, 1, 4), inclusive=Ends.BOTH)
    assert over == 2


def test_the_29th_of_february_counts_when_it_is_a_weekday():
    assert ENGLAND.is_working_day(date(2024, 2, 29))
    assert not ENGLAND.is_working_day(date(2020, 2, 29))
    assert ENGLAND.add_working_days(date(2024, 2, 28), 1) == date(2024, 2, 29)
    assert ENGLAND.add_working_days(date(2023, 2, 28), 1) == date(2023, 3, 1)


# What adding and counting mean


def test_the_start_of_a_deadline_never_counts():
    assert ENGLAND.add_working_days(FRIDAY, 1) == MONDAY
    assert ENGLAND.add_working_days(FRIDAY + timedelta(days=1), 1) == MONDAY


def test_none_added_is_the_start_even_on_a_weekend():
    saturday = FRIDAY + timedelta(days=1)
    assert ENGLAND.add_working_days(saturday, 0) == saturday
    assert ENGLAND.subtract_working_days(saturday, 0) == saturday


@pytest.mark.parametrize(
    ("inclusive", "expected"),
    [(Ends.BOTH, 2), (Ends.START, 1), (Ends.END, 1), (Ends.NEITHER, 0)],
)
def test_each_end_counts_only_where_it_is_asked_to(inclusive, expected):
    assert ENGLAND.count_working_days(FRIDAY, MONDAY, inclusive=inclusive) == expected


@pytest.mark.parametrize(
    ("inclusive", "expected"),
    [(Ends.BOTH, 1), (Ends.START, 0), (Ends.END, 0), (Ends.NEITHER, 0)],
)
def test_a_span_of_one_day_is_that_day_or_nothing(inclusive, expected):
    assert ENGLAND.count_working_days(FRIDAY, FRIDAY, inclusive=inclusive) == expected


def test_the_next_working_day_is_later_unless_the_same_is_allowed():
    saturday = FRIDAY + timedelta(days=1)
    assert ENGLAND.next_working_day(FRIDAY) == MONDAY
    assert ENGLAND.next_working_day(FRIDAY, or_same=True) == FRIDAY
    assert ENGLAND.next_working_day(saturday, or_same=True) == MONDAY
    assert ENGLAND.previous_working_day(MONDAY) == FRIDAY
    assert ENGLAND.previous_working_day(MONDAY, or_same=True) == MONDAY
    assert ENGLAND.previous_working_day(saturday, or_same=True) == FRIDAY


def test_listing_the_working_days_of_a_month_agrees_with_counting_them():
    august = Month(2021, 8)
    listed = ENGLAND.working_days_between(august.first_day, august.last_day)
    assert len(listed) == 21
    assert date(2021, 8, 30) not in listed
    assert all(ENGLAND.is_working_day(day) for day in listed)


def test_holidays_of_a_span_come_with_names_in_order():
    found = ENGLAND.holidays_between(date(2021, 4, 1), date(2021, 5, 31))
    assert [h.day for h in found] == [
        date(2021, 4, 2),
        date(2021, 4, 5),
        date(2021, 5, 3),
        date(2021, 5, 31),
    ]
    assert all(h.name and not h.by_correction for h in found)


# Laws


@given(CALENDARS, DAYS, COUNTS)
def test_counting_undoes_adding(calendar, start, count):
    end = calendar.add_working_days(start, count)
    assert calendar.count_working_days(start, end, inclusive=Ends.END) == count


@given(CALENDARS, DAYS, COUNTS)
def test_counting_undoes_subtracting(calendar, end, count):
    start = calendar.subtract_working_days(end, count)
    assert calendar.count_working_days(start, end, inclusive=Ends.START) == count


@given(CALENDARS, DAYS, st.integers(1, 400))
def test_adding_lands_on_a_working_day_and_subtracting_returns(calendar, start, count):
    landed = calendar.add_working_days(start, count)
    assert calendar.is_working_day(landed)
    back = calendar.subtract_working_days(landed, count)
    assert back == calendar.previous_working_day(start, or_same=True)


@given(CALENDARS, DAYS, COUNTS, COUNTS)
def test_adding_twice_is_adding_the_sum(calendar, start, first, second):
    twice = calendar.add_working_days(calendar.add_working_days(start, first), second)
    assert twice == calendar.add_working_days(start, first + second)


@given(CALENDARS, st.tuples(DAYS, DAYS, DAYS).map(sorted))
def test_two_spans_that_meet_add_up(calendar, days):
    a, b, c = days
    whole = calendar.count_working_days(a, c, inclusive=Ends.END)
    parts = [calendar.count_working_days(x, y, inclusive=Ends.END) for x, y in ((a, b), (b, c))]
    assert whole == sum(parts)


@given(CALENDARS, SPANS)
def test_the_four_conventions_differ_by_the_ends_only(calendar, days):
    start, end = days
    count = {ends: calendar.count_working_days(start, end, inclusive=ends) for ends in Ends}
    assert count[Ends.BOTH] - count[Ends.END] == calendar.is_working_day(start)
    assert count[Ends.BOTH] - count[Ends.START] == calendar.is_working_day(end)
    if start < end:
        both_ends = calendar.is_working_day(start) + calendar.is_working_day(end)
        assert count[Ends.BOTH] - count[Ends.NEITHER] == both_ends


@given(CALENDARS, SPANS, COUNTS)
def test_a_later_start_or_more_days_never_end_earlier(calendar, days, count):
    early, late = days
    assert calendar.add_working_days(early, count) <= calendar.add_working_days(late, count)
    assert calendar.add_working_days(early, count) <= calendar.add_working_days(early, count + 1)


@given(CALENDARS, SPANS)
def test_holidays_only_ever_take_days_away(calendar, days):
    start, end = days
    working = calendar.count_working_days(start, end, inclusive=Ends.BOTH)
    weekdays = calendar.count_weekdays(start, end, inclusive=Ends.BOTH)
    assert working <= weekdays <= (end - start).days + 1


# Agreement with counting day by day


@given(NATIONS, DAYS, st.integers(0, 500), st.sampled_from(Ends))
def test_counts_agree_with_walking_from_day_to_day(nation, start, length, ends):
    end = start + timedelta(days=length)
    found = WorkingDayCalendar.of(nation).count_working_days(start, end, inclusive=ends)
    assert found == slow_count(nation, start, end, ends.value)


@given(NATIONS, DAYS, st.integers(0, 200))
def test_added_days_agree_with_walking_from_day_to_day(nation, start, count):
    found = WorkingDayCalendar.of(nation).add_working_days(start, count)
    assert found == slow_add(nation, start, count)


@pytest.mark.parametrize("nation", sorted(SLOW_TABLES))
def test_every_day_of_2000_to_2040_agrees_with_the_published_table(nation):
    calendar = WorkingDayCalendar.of(nation)
    first = date(2000, 1, 1)
    days = [first + timedelta(days=i) for i in range((date(2041, 1, 1) - first).days)]
    wrong = [day for day in days if calendar.is_working_day(day) != works(nation, day)]
    assert wrong == []


# Places


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("england", "england-and-wales"),
        ("Wales", "england-and-wales"),
        ("England and Wales", "england-and-wales"),
        ("GB-SCT", "scotland"),
        ("UK-NIR", "northern_ireland"),
        ("de-by", "DE-BY"),
        ("DE-Bayern", "DE-BY"),
    ],
)
def test_names_of_one_place_make_equal_calendars(one, other):
    left, right = WorkingDayCalendar.of(one), WorkingDayCalendar.of(other)
    assert left == right
    assert hash(left) == hash(right)
    assert left.version == right.version


def test_other_countries_have_their_own_holidays():
    corpus_christi = date(2021, 6, 3)
    assert not WorkingDayCalendar.of("DE-BY").is_working_day(corpus_christi)
    assert WorkingDayCalendar.of("DE-BE").is_working_day(corpus_christi)
    assert not WorkingDayCalendar.of("US").is_working_day(date(2021, 7, 5))
    assert not WorkingDayCalendar.of("IE").is_working_day(date(2021, 10, 25))


def test_a_country_that_moved_its_weekend_is_known_on_both_sides():
    emirates = WorkingDayCalendar.of("AE")
    friday_before, friday_after = date(2021, 11, 5), date(2022, 11, 4)
    assert emirates.is_weekend(friday_before)
    assert not emirates.is_weekend(friday_after)


def test_a_country_that_works_on_some_weekends_counts_those_days():
    worked_saturday = date(2021, 9, 18)
    china = WorkingDayCalendar.of("CN")
    assert china.is_weekend(worked_saturday)
    assert china.is_working_day(worked_saturday)
    assert not china.weekdays_only().is_working_day(worked_saturday)


@pytest.mark.parametrize("place", ["atlantis", "XX", "DE-ZZ", "GB-cornwall", "", "date", "IE-DUB"])
def test_an_unknown_place_is_refused_with_a_remedy(place):
    with pytest.raises(Refused) as refused:
        WorkingDayCalendar.of(place)
    assert all(reason.remedy for reason in refused.value.reasons)


def test_the_united_kingdom_without_a_nation_is_refused():
    with pytest.raises(Refused, match="scotland"):
        WorkingDayCalendar("GB")


def test_a_further_weekend_day_is_never_worked():
    four_days = WorkingDayCalendar.of("england", extra_weekend=[Weekday.FRIDAY])
    assert not four_days.is_working_day(FRIDAY)
    assert four_days.is_working_day(MONDAY)
    week = date(2021, 9, 6), date(2021, 9, 12)
    assert four_days.count_weekdays(*week, inclusive=Ends.BOTH) == 4
    assert four_days != ENGLAND
    assert four_days.version != ENGLAND.version


def test_a_week_of_weekend_is_refused():
    with pytest.raises(Refused, match="no Working Day"):
        WorkingDayCalendar.of("england", extra_weekend=list(Weekday))


# The calendar as a value


def test_a_calendar_cannot_be_changed_and_survives_being_stored():
    with pytest.raises(AttributeError):
        ENGLAND.nation = "scotland"
    assert pickle.loads(pickle.dumps(ENGLAND)) == ENGLAND


def test_the_versions_of_different_calendars_differ():
    calendars = [ENGLAND, SCOTLAND, NORTHERN_IRELAND, ENGLAND.weekdays_only()]
    assert len({calendar.version for calendar in calendars}) == 4
    assert ENGLAND.version.startswith("GB-england-and-wales:")


# Errors


@pytest.mark.parametrize("day", [date(1850, 1, 1), date(2150, 1, 1)])
def test_a_day_outside_what_is_known_is_refused_and_not_guessed(day):
    with pytest.raises(Refused, match=str(day)):
        ENGLAND.is_working_day(day)
    with pytest.raises(Refused, match="1872-01-01 to 2100-12-31"):
        ENGLAND.add_working_days(day, 1)
    with pytest.raises(Refused):
        ENGLAND.holiday_name(day)


def test_the_first_and_last_days_known_can_be_counted():
    first, last = ENGLAND.first_day, ENGLAND.last_day
    whole = ENGLAND.count_working_days(first, last, inclusive=Ends.BOTH)
    assert whole == len(ENGLAND.working_days_between(first, last))
    assert ENGLAND.count_working_days(last, last, inclusive=Ends.END) == 0


def test_running_past_either_end_of_the_calendar_is_refused():
    with pytest.raises(Refused, match="does not reach 1 Working Days after"):
        ENGLAND.add_working_days(ENGLAND.last_day, 1)
    with pytest.raises(Refused, match="does not reach 1 Working Days before"):
        ENGLAND.subtract_working_days(ENGLAND.first_day, 1)


def test_a_span_that_runs_backwards_is_refused():
    for count in (ENGLAND.count_working_days, ENGLAND.count_weekdays):
        with pytest.raises(Refused, match="before it starts"):
            count(MONDAY, FRIDAY, inclusive=Ends.BOTH)
    with pytest.raises(Refused, match="before it starts"):
        ENGLAND.working_days_between(MONDAY, FRIDAY)
    with pytest.raises(Refused, match="before it starts"):
        ENGLAND.holidays_between(MONDAY, FRIDAY)


@pytest.mark.parametrize("day", ["2021-09-03", 20210903, None, datetime(2021, 9, 3, tzinfo=UTC)])
def test_anything_but_a_plain_date_is_a_type_error(day):
    with pytest.raises(TypeError, match="date without time"):
        ENGLAND.is_working_day(day)
    with pytest.raises(TypeError, match="date without time"):
        ENGLAND.count_working_days(FRIDAY, day, inclusive=Ends.BOTH)


def test_a_count_is_a_whole_number_of_0_or_more():
    for wrong in (-1, -400):
        with pytest.raises(ValueError, match="0 or more"):
            ENGLAND.add_working_days(FRIDAY, wrong)
        with pytest.raises(ValueError, match="0 or more"):
            ENGLAND.subtract_working_days(FRIDAY, wrong)
    for wrong in (1.0, "1", True, None):
        with pytest.raises(TypeError, match="whole number"):
            ENGLAND.add_working_days(FRIDAY, wrong)

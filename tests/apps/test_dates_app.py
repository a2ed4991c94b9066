"""The code's Working Days: published holidays, and what staff have corrected."""

from datetime import UTC, date, datetime

import pytest

from engross.apps.dates.queries import calendar_of_the_code
from engross.core.dates.spans import Ends
from engross.core.refusals import Refused
from tests.factories import record, withdraw

pytestmark = pytest.mark.django_db

FUNERAL = date(2024, 9, 18)  # an ordinary Wednesday in the published tables
BEFORE = datetime(2024, 9, 1, 9, 0, tzinfo=UTC)
ANNOUNCED = datetime(2024, 9, 10, 9, 0, tzinfo=UTC)
AFTER = datetime(2024, 9, 11, 9, 0, tzinfo=UTC)


def correct(day, *, is_holiday=True, nation="", at=ANNOUNCED, name="A day of mourning"):
    row = {"nation": nation, "day": day, "is_holiday": is_holiday, "name": name}
    record("holiday-corrections", [{**row, "announced_on": "2024-09-10"}], at=at)


def week_of_the_funeral(**asked):
    calendar = calendar_of_the_code(**asked)
    return calendar.count_working_days(date(2024, 9, 16), date(2024, 9, 20), inclusive=Ends.BOTH)


def test_a_holiday_that_staff_add_is_no_working_day():
    assert week_of_the_funeral() == 5

    correct(FUNERAL)

    assert week_of_the_funeral() == 4
    assert calendar_of_the_code().holiday_name(FUNERAL) == "A day of mourning"


def test_a_holiday_that_staff_strike_is_a_working_day():
    christmas = date(2024, 12, 25)
    assert not calendar_of_the_code().is_working_day(christmas)

    correct(christmas, is_holiday=False)

    assert calendar_of_the_code().is_working_day(christmas)


def test_before_a_correction_was_recorded_the_day_counted():
    correct(FUNERAL)

    assert week_of_the_funeral(known_at=BEFORE) == 5
    assert week_of_the_funeral(known_at=AFTER) == 4


def test_a_withdrawn_correction_counts_only_for_what_was_known_then():
    correct(FUNERAL)
    later = datetime(2024, 9, 30, 9, 0, tzinfo=UTC)
    withdraw("holiday-corrections", day=FUNERAL, at=later)

    assert week_of_the_funeral() == 5
    assert week_of_the_funeral(known_at=AFTER) == 4


def test_a_correction_for_one_nation_leaves_the_others_alone():
    correct(FUNERAL, nation="scotland")

    assert week_of_the_funeral() == 5
    assert week_of_the_funeral(nation="Scotland") == 4
    assert week_of_the_funeral(nation="northern-ireland") == 5


def test_a_correction_without_a_nation_is_the_codes_own():
    correct(FUNERAL)

    assert week_of_the_funeral(nation="england") == 4
    assert week_of_the_funeral(nation="scotland") == 5


def test_a_correction_that_names_the_nation_outweighs_one_that_does_not():
    correct(FUNERAL)
    correct(FUNERAL, nation="england-and-wales", is_holiday=False, name="Struck out again")

    assert week_of_the_funeral() == 5


@pytest.mark.parametrize(
    ("day", "nation"), [("2150-12-24", ""), ("2024-09-18", "atlantis")], ids=["year", "nation"]
)
def test_a_correction_that_cannot_apply_breaks_no_page(day, nation):
    correct(day, nation=nation)

    assert week_of_the_funeral() == 5


def test_a_nation_that_the_country_does_not_have_is_refused():
    with pytest.raises(Refused, match="atlantis"):
        calendar_of_the_code("atlantis")


def test_asking_costs_one_query_and_the_same_corrections_make_one_calendar(
    django_assert_num_queries,
):
    correct(FUNERAL)
    first = calendar_of_the_code()

    with django_assert_num_queries(1):
        again = calendar_of_the_code()

    assert again is first

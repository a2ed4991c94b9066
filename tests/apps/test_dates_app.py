"""The code's Working Days: published holidays, and what staff have corrected."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from engross.apps.dates.queries import calendar_of_the_code
from engross.apps.registers import registers
from engross.apps.registers.registers import register_named
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
def test_a_correction_that_no_calendar_would_look_at_is_refused(day, nation):
    with pytest.raises(Refused, match=r"atlantis|2150"):
        correct(day, nation=nation)

    assert week_of_the_funeral() == 5


def test_a_correction_recorded_before_the_rule_was_there_breaks_no_page(monkeypatch):
    loose = replace(register_named("holiday-corrections"), row_rules=lambda values: ())
    monkeypatch.setitem(registers._registers, loose.name, loose)
    correct("2150-12-24")
    correct("2024-09-18", nation="atlantis")

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


def page(client, query="", status=200):
    response = client.get(f"/working-days/{query}")
    assert response.status_code == status
    return response.content.decode()


def test_the_calculator_counts_between_two_days(client):
    asked = "?start=2021-05-10&end=2021-09-30&inclusive=on"

    assert "<strong>102 Working Days</strong>" in page(client, asked)
    assert "<strong>101 Working Days</strong>" in page(client, f"{asked}&nation=northern-ireland")
    # The first day counts only when it is asked for.
    assert "<strong>101 Working Days</strong>" in page(client, asked.replace("&inclusive=on", ""))
    assert "Late Summer Bank Holiday" in page(client, asked)


def test_the_calculator_adds_working_days_and_takes_them_away(client):
    ahead = page(client, "?start=2021-12-24&days=1").split('role="status"')[1]
    back = page(client, "?start=2021-12-29&days=-1").split('role="status"')[1]

    assert ahead.index('datetime="2021-12-29"') < ahead.index("1 Working Day after")
    assert back.index('datetime="2021-12-24"') < back.index("1 Working Day before")


def test_the_calculator_minds_corrections_and_lists_them(client):
    correct(FUNERAL)
    shown = page(client, "?start=2024-09-16&end=2024-09-20&inclusive=on")

    assert "<strong>4 Working Days</strong>" in shown
    assert "A day of mourning (added by staff)" in shown
    assert "/registers/holiday-corrections/" in shown.split("Corrections by staff")[1]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?start=2021-12-24&end=2021-12-01", "before it starts"),
        ("?start=2021-12-24&end=2021-12-31&days=3", "not both"),
        ("?start=2099-12-24&days=5000", "does not reach"),
        ("?start=x", "valid date"),
        ("?start=2021-12-24&days=99999999", "less than or equal"),
        ("?start=2021-12-24&days=2&nation=atlantis", "valid choice"),
    ],
)
def test_what_cannot_be_counted_is_explained(client, query, said):
    assert said in page(client, query, status=422)


def test_without_a_question_the_calculator_shows_this_years_holidays(client, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: date(2023, 5, 2))

    assert "Coronation of Charles III" in page(client)

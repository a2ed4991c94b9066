"""Corrections: a holiday proclaimed or struck off, and what was known when."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from engross.core.dates.corrections import (
    Correction,
    corrections_in_force,
    reasons_against_corrections,
)
from engross.core.dates.spans import Ends
from engross.core.dates.working_days import WorkingDayCalendar
from engross.core.refusals import Refused

WEDNESDAY = date(2027, 6, 16)
ADDED = Correction(
    day=WEDNESDAY,
    recorded_on=date(2027, 3, 1),
    is_holiday=True,
    name="Jubilee",
    reason="Proclaimed",
)
WITHDRAWN = replace(ADDED, recorded_on=date(2027, 4, 1), is_holiday=False, reason="Called off")
STRUCK = Correction(
    day=date(2027, 8, 30),
    recorded_on=date(2027, 3, 1),
    is_holiday=False,
    name="Late Summer Bank Holiday",
    reason="Moved",
)
PLAIN = WorkingDayCalendar.of("england")


def england(*corrections):
    return WorkingDayCalendar.of("england", corrections=corrections)


def test_an_added_holiday_is_no_working_day_and_has_its_name():
    assert PLAIN.is_working_day(WEDNESDAY)
    corrected = england(ADDED)
    assert not corrected.is_working_day(WEDNESDAY)
    assert corrected.holiday_name(WEDNESDAY) == "Jubilee"
    assert corrected.add_working_days(date(2027, 6, 15), 1) == date(2027, 6, 17)
    assert corrected.count_working_days_each([WEDNESDAY], WEDNESDAY, inclusive=Ends.BOTH)[0] == 0


def test_an_added_holiday_is_listed_as_a_correction():
    listed = england(ADDED).holidays_between(date(2027, 6, 1), date(2027, 8, 31))
    assert [(h.day, h.by_correction) for h in listed] == [
        (WEDNESDAY, True),
        (date(2027, 8, 30), False),
    ]


def test_a_struck_holiday_is_worked():
    assert not PLAIN.is_working_day(STRUCK.day)
    corrected = england(STRUCK)
    assert corrected.is_working_day(STRUCK.day)
    assert corrected.holiday_name(STRUCK.day) is None


def test_striking_a_holiday_on_a_weekend_does_not_make_it_a_working_day():
    christmas = replace(STRUCK, day=date(2027, 12, 25), name="Christmas Day")
    assert not england(christmas).is_working_day(christmas.day)


def test_weekdays_ignore_corrections_as_they_ignore_holidays():
    assert england(ADDED).count_weekdays(WEDNESDAY, WEDNESDAY, inclusive=Ends.BOTH) == 1


def test_the_newest_correction_of_a_day_holds_whatever_their_order():
    assert england(ADDED, WITHDRAWN).is_working_day(WEDNESDAY)
    assert england(WITHDRAWN, ADDED) == england(ADDED, WITHDRAWN)


def test_one_correction_of_each_day_is_in_force_in_order_of_days():
    assert corrections_in_force([STRUCK, WITHDRAWN, ADDED]) == (WITHDRAWN, STRUCK)


def test_what_was_known_on_a_day_stays_answerable():
    calendar = england(ADDED, WITHDRAWN)
    assert calendar.known_on(date(2027, 2, 28)) == PLAIN
    assert not calendar.known_on(date(2027, 3, 1)).is_working_day(WEDNESDAY)
    assert not calendar.known_on(date(2027, 3, 31)).is_working_day(WEDNESDAY)
    assert calendar.known_on(date(2027, 4, 1)) == calendar


def test_each_correction_gives_the_calendar_another_version():
    versions = {PLAIN.version, england(ADDED).version, england(ADDED, WITHDRAWN).version}
    assert len(versions) == 3
    assert england(ADDED, ADDED).version == england(ADDED).version
    assert england(replace(ADDED, reason="Proclaimed twice")).version != england(ADDED).version


def version_elsewhere(prepare=""):
    code = (
        "from datetime import date\n"
        "import holidays\n"
        f"{prepare}\n"
        "from engross.core.dates.working_days import WorkingDayCalendar\n"
        "print(WorkingDayCalendar.of('wales').version)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return ran.stdout.strip()


def test_a_version_is_the_same_in_another_process():
    assert version_elsewhere() == PLAIN.version


def test_a_version_changes_when_a_newer_table_publishes_another_holiday():
    newer_table = (
        "published = holidays.country_holidays\n"
        "def country_holidays(*args, **kwargs):\n"
        "    table = published(*args, **kwargs)\n"
        "    table[date(2027, 6, 16)] = 'Jubilee'\n"
        "    return table\n"
        "holidays.country_holidays = country_holidays"
    )
    newer = version_elsewhere(newer_table)
    assert newer.startswith("GB-england-and-wales:")
    assert newer != PLAIN.version


def test_corrections_that_contradict_each_other_are_refused():
    contrary = replace(WITHDRAWN, recorded_on=ADDED.recorded_on)
    assert len(reasons_against_corrections([ADDED, contrary, STRUCK])) == 1
    assert reasons_against_corrections([ADDED, WITHDRAWN, STRUCK]) == []
    with pytest.raises(Refused, match="disagree"):
        england(ADDED, contrary)


def test_a_correction_out_of_reach_is_refused_at_once():
    with pytest.raises(Refused, match="out of reach"):
        england(replace(ADDED, day=date(2200, 1, 1)))


def test_a_correction_needs_plain_days_a_verdict_a_name_and_a_reason():
    with pytest.raises(TypeError, match="day must be a date without time"):
        replace(ADDED, day=datetime(2027, 6, 16, tzinfo=UTC))
    with pytest.raises(TypeError, match="recorded_on must be a date"):
        replace(ADDED, recorded_on="2027-03-01")
    with pytest.raises(TypeError, match="is_holiday"):
        replace(ADDED, is_holiday="yes")
    for field in ("name", "reason"):
        with pytest.raises(ValueError, match=f"needs a {field}"):
            replace(ADDED, **{field: " "})

"""On which days news is told, and to whom."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engross.core.following import EVERYTHING, Kind, Rhythm, Subject, is_followed, is_told_on

MONDAY = date(2021, 8, 30)  # a bank holiday
DAYS = st.sets(st.integers(0, 27))


def told(rhythm, day, *, last=None, holidays=(MONDAY,)):
    def is_working_day(each):
        return each.weekday() < 5 and each not in holidays

    return is_told_on(rhythm, day, last_told_on=last, is_working_day=is_working_day)


@pytest.mark.parametrize(
    ("rhythm", "ahead", "last", "expected"),
    [
        (Rhythm.INSTANT, -1, -1, True),  # a Sunday
        (Rhythm.DAILY, -1, -2, False),
        (Rhythm.DAILY, 0, -3, False),  # the bank holiday
        (Rhythm.DAILY, 1, -3, True),
        (Rhythm.DAILY, 1, 1, False),
        (Rhythm.WEEKLY, 0, -7, False),
        (Rhythm.WEEKLY, 1, -7, True),  # the first Working Day of that week
        (Rhythm.WEEKLY, 2, 1, False),
        (Rhythm.WEEKLY, 2, -7, True),  # the first was missed
        (Rhythm.WEEKLY, 7, 2, True),
        (Rhythm.NONE, 1, None, False),
    ],
)
def test_when_news_is_told(rhythm, ahead, last, expected):
    since = None if last is None else MONDAY + timedelta(days=last)
    assert told(rhythm, MONDAY + timedelta(days=ahead), last=since) is expected


@given(DAYS, DAYS)
def test_a_week_with_a_working_day_has_weekly_news_once(off, down):
    """`off` are holidays, `down` days on which nobody asked."""
    holidays, last = {MONDAY + timedelta(days=count) for count in off}, None
    for week in range(4):
        days = [7 * week + count for count in range(7)]
        asked = [MONDAY + timedelta(days=count) for count in days if count not in down]
        times = 0
        for day in asked:
            if told(Rhythm.WEEKLY, day, last=last, holidays=holidays):
                times, last = times + 1, day
        assert times == any(told(Rhythm.DAILY, day, holidays=holidays) for day in asked)


def test_news_reaches_who_follows_its_subject_or_everything():
    about = {Subject(Kind.PROPOSAL, "0078"), Subject(Kind.BODY, "panel")}
    assert is_followed(Subject(Kind.PROPOSAL, "0078"), about)
    assert is_followed(EVERYTHING, about)
    assert not is_followed(Subject(Kind.BODY, "0078"), about)

"""When jobs come again, over days on which the clocks change."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engross.core.jobs import Cron

LONDON = ZoneInfo("Europe/London")


def after(cron: str, moment: str) -> str:
    found = Cron.parse(cron).next_after(datetime.fromisoformat(moment), LONDON)
    return f"{found:%Y-%m-%dT%H:%MZ}"


@pytest.mark.parametrize(
    ("cron", "moment", "expected"),
    [
        ("0 7 * * *", "2021-09-22T05:59:59Z", "2021-09-22T06:00Z"),  # British Summer Time
        ("0 7 * * *", "2021-09-22T06:00:00Z", "2021-09-23T06:00Z"),  # after, not at
        ("0 7 * * *", "2021-12-22T06:59:00Z", "2021-12-22T07:00Z"),
        ("0 7 * * mon-fri", "2021-09-24T10:00:00Z", "2021-09-27T06:00Z"),
        ("0 7 * * 7", "2021-09-24T10:00:00Z", "2021-09-26T06:00Z"),
        ("*/15 * * * *", "2021-09-22T06:01:00Z", "2021-09-22T06:15Z"),
        ("5/20 3 * * *", "2021-12-01T03:06:00Z", "2021-12-01T03:25Z"),
        ("0 0 29 2 *", "2021-03-01T00:00:00Z", "2024-02-29T00:00Z"),
        ("30 1 * * *", "2021-03-28T00:00:00Z", "2021-03-28T01:00Z"),  # skipped: when clocks change
        ("30 1 * * *", "2021-03-28T01:00:00Z", "2021-03-29T00:30Z"),
        ("30 1 * * *", "2021-10-31T00:00:00Z", "2021-10-31T00:30Z"),  # twice: the first time only
        ("30 1 * * *", "2021-10-31T00:30:00Z", "2021-11-01T01:30Z"),
        ("30 * * * *", "2021-10-31T00:30:00Z", "2021-10-31T01:30Z"),  # every hour: both
    ],
)
def test_the_next_time(cron, moment, expected):
    assert after(cron, moment) == expected


@pytest.mark.parametrize(
    "cron",
    ["", "* * * *", "60 * * * *", "0 24 * * *", "0 0 0 * *", "5-1 * * * *", "*/0 * * * *",
     "0 0 1 * mon", "a * * * *", "0 0 * * day", "² * * * *", "0 0 * * */-1", "0,, 1 * * *"],
)  # fmt: skip
def test_what_is_no_cron_text_is_refused(cron):
    with pytest.raises(ValueError, match=r"'"):
        Cron.parse(cron)


def test_a_day_that_never_comes_is_told():
    with pytest.raises(ValueError, match="never comes"):
        after("0 0 31 2 *", "2021-01-01T00:00:00Z")


@given(
    hour=st.integers(0, 23),
    minute=st.integers(0, 59),
    start=st.sampled_from(["2021-03-26", "2021-10-29", "2021-07-01"]),
)
def test_a_time_of_day_comes_once_on_every_local_day(hour, minute, start):
    cron = Cron.parse(f"{minute} {hour} * * *")
    at = datetime.fromisoformat(f"{start}T00:00:00").replace(tzinfo=LONDON) - timedelta(seconds=1)
    days = []
    for _ in range(5):
        at = cron.next_after(at, LONDON)
        days.append(at.astimezone(LONDON).date())
    assert days == [days[0] + timedelta(days=count) for count in range(5)]


@given(
    minutes=st.sampled_from(["*", "*/7", "0,30", "59"]),
    hours=st.sampled_from(["*", "*/5", "1", "0-3"]),
    offset=st.integers(0, 4 * 24 * 60),
    start=st.sampled_from(["2021-03-27", "2021-10-30"]),
)
def test_no_earlier_minute_shows_such_a_time(minutes, hours, offset, start):
    cron = Cron.parse(f"{minutes} {hours} * * *")
    began = datetime.fromisoformat(f"{start}T00:00:00").replace(tzinfo=UTC)
    moment = began + timedelta(minutes=offset)
    found = cron.next_after(moment, LONDON)
    between = (moment + timedelta(minutes=count) for count in range(1, 26 * 60))
    for each in between:
        if each >= found:
            break
        local = each.astimezone(LONDON)
        is_shown = local.minute in cron.minutes and local.hour in cron.hours
        assert not is_shown or (local.fold and not cron.is_every_hour)

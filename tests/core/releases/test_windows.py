"""Release windows: the days that the rule gives, and those that moved."""

from datetime import date

import pytest

from engross.core.releases.windows import MovedWindow, WindowRule, next_windows, windows_between

pytestmark = pytest.mark.once
FEBRUARY = WindowRule("february", "February", 2, 3, -1, carries_systems=False)
JUNE = WindowRule("june", "June", 6, 3, -1, carries_systems=True)
NOVEMBER = WindowRule("november", "November", 11, 3, 1, carries_systems=True)
RULES = (NOVEMBER, FEBRUARY, JUNE)
MOVED = (MovedWindow("november", 2020, date(2020, 11, 29)),)


# Days on which releases were seen to go live.
@pytest.mark.parametrize(
    "day",
    [(2018, 11, 1), (2019, 2, 28), (2020, 11, 29), (2021, 6, 24), (2021, 11, 4), (2022, 2, 24),
     (2022, 6, 30)],
)  # fmt: skip
def test_the_rule_and_the_days_that_moved_give_the_days_that_were_seen(
    day: tuple[int, int, int],
) -> None:
    on = date(*day)
    (found,) = windows_between(RULES, MOVED, first=on, last=on)
    assert found.on == on
    assert found.is_moved == (on.year == 2020)


def test_a_window_that_moved_is_not_where_the_rule_puts_it() -> None:
    assert not windows_between(RULES, MOVED, first=date(2020, 11, 1), last=date(2020, 11, 28))


def test_the_windows_ahead_come_in_order_and_today_is_not_ahead() -> None:
    found = next_windows(RULES, MOVED, after=date(2021, 11, 4), count=4)
    assert [each.window.key for each in found] == ["february", "june", "november", "february"]
    assert not next_windows((), (), after=date(2021, 11, 4), count=4)


def test_a_fifth_thursday_that_is_not_there_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="day 5 of 4"):
        WindowRule("x", "X", 2, 3, 5, carries_systems=False).day_in(2021)

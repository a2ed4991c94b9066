"""Which rows end and which begin when something is said to hold from a day on."""

from datetime import date

from engross.core.legaltext.dating import Adding, Redating, Standing, redating

JAN, MAR, MAY, JULY = (date(2021, month, 1) for month in (1, 3, 5, 7))


def _row(said: str, since: date = JAN, until: date | None = None) -> Standing[str]:
    return Standing(7, "clause", said, since, until)


def test_a_row_that_says_what_is_wanted_is_left_alone() -> None:
    assert not redating([_row("law")], {"clause": "law"}, on=MAR, until=None)


def test_an_amendment_ends_one_row_and_adds_one() -> None:
    found = redating([_row("old")], {"clause": "new"}, on=MAR, until=None)
    assert found == Redating(ended=[7], added=[Adding("clause", "new", MAR, None)])


def test_what_is_not_wanted_ends() -> None:
    assert redating([_row("old")], {}, on=MAR, until=None) == Redating(ended=[7])


def test_what_is_said_for_the_very_day_replaces_what_was_said() -> None:
    found = redating([_row("old")], {"clause": "new"}, on=JAN, until=None)
    assert found == Redating(closed=[7], added=[Adding("clause", "new", JAN, None)])


def test_an_amendment_before_one_already_known_leaves_what_holds_before_and_after() -> None:
    found = redating([_row("old", JAN, JULY)], {"clause": "new"}, on=MAR, until=MAY)
    assert found.closed == [7]
    assert found.added == [
        Adding("clause", "old", JAN, MAR, 7),
        Adding("clause", "old", MAY, JULY, 7),
        Adding("clause", "new", MAR, MAY),
    ]


def test_a_row_that_ends_where_the_text_does_has_nothing_after_it() -> None:
    found = redating([_row("old", MAR, MAY)], {"clause": "new"}, on=MAR, until=MAY)
    assert found == Redating(closed=[7], added=[Adding("clause", "new", MAR, MAY)])

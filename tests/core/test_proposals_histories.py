"""Where a proposal stood on a day: its edges, its unknown days, splits and sending back."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engross.core.proposals.histories import Move, Stage, moves_until, standing_on

DRAFT = Stage("draft", "Draft", 1, is_open=True, is_charted=True, counted_as="")
REVIEW = Stage("review", "Review", 2, is_open=True, is_charted=True, counted_as="")
PARKED = Stage("parked", "Parked", 3, is_open=True, is_charted=False, counted_as="")
AGREED = Stage("agreed", "Agreed", 4, is_open=False, is_charted=True, counted_as="approved")
LIVE = Stage("live", "Live", 5, is_open=False, is_charted=False, counted_as="implemented")
CUT = Stage("cut", "Cut", 6, is_open=False, is_charted=False, counted_as="split")
STAGES = {each.key: each for each in (DRAFT, REVIEW, PARKED, AGREED, LIVE, CUT)}
RAISED = date(2021, 3, 1)


def moved(*moves):
    return [Move(stage, day) for stage, day in moves]


def standing(day, *moves, raised_on=RAISED):
    return standing_on(day, raised_on=raised_on, moves=moved(*moves), stages=STAGES)


def test_a_proposal_stands_nowhere_before_the_day_it_was_raised():
    moves = (("draft", RAISED),)

    assert standing(RAISED - timedelta(days=1), *moves) is None
    assert standing(RAISED, *moves).stage is DRAFT


def test_a_move_counts_from_its_own_day_on():
    moves = (("draft", RAISED), ("review", date(2021, 9, 30)))

    assert standing(date(2021, 9, 29), *moves).stage is DRAFT
    assert standing(date(2021, 9, 30), *moves).stage is REVIEW


def test_of_two_moves_on_one_day_the_later_stage_holds():
    day = date(2021, 9, 28)

    assert standing(day, ("review", day), ("draft", day)).stage is REVIEW


def test_without_a_dated_move_the_stage_is_not_known():
    found = standing(date(2021, 9, 30), ("review", None))

    assert found.stage is None
    assert not found.is_open


def test_a_move_shows_that_a_proposal_without_a_day_had_been_raised():
    found = standing(date(2021, 9, 30), ("review", date(2021, 9, 1)), raised_on=None)

    assert found.is_open
    assert standing(date(2021, 8, 31), ("review", date(2021, 9, 1)), raised_on=None) is None


@pytest.mark.parametrize(("undated", "is_open"), [("agreed", False), ("review", True)])
def test_only_a_closing_on_an_unknown_day_makes_an_open_stage_unknown(undated, is_open):
    found = standing(date(2021, 9, 30), ("draft", RAISED), (undated, None))

    assert found.is_open is is_open


def test_a_proposal_is_concluded_when_it_leaves_the_open_stages_and_not_again_when_live():
    moves = (("draft", RAISED), ("agreed", date(2021, 5, 4)), ("live", date(2021, 6, 24)))

    assert standing(date(2021, 9, 30), *moves).concluded_on == date(2021, 5, 4)
    assert standing(date(2021, 5, 3), *moves).concluded_on is None


def test_a_proposal_sent_back_is_open_again_and_concludes_anew():
    moves = (
        ("agreed", date(2021, 5, 4)),
        ("review", date(2021, 6, 1)),
        ("agreed", date(2021, 8, 2)),
    )

    assert standing(date(2021, 7, 1), *moves).is_open
    assert standing(date(2021, 7, 1), *moves).concluded_on is None
    assert standing(date(2021, 9, 30), *moves).concluded_on == date(2021, 8, 2)


def test_a_split_proposal_is_neither_open_nor_concluded():
    found = standing(date(2021, 9, 30), ("draft", RAISED), ("cut", date(2021, 9, 7)))

    assert not found.is_open
    assert found.concluded_on is None


def test_raised_and_withdrawn_on_one_day_is_concluded_that_day():
    found = standing(RAISED, ("draft", RAISED), ("agreed", RAISED))

    assert found.concluded_on == RAISED


def test_a_stage_that_the_code_no_longer_has_counts_nowhere():
    assert moves_until(moved(("gone", RAISED), ("draft", RAISED)), RAISED, STAGES) == [
        Move("draft", RAISED)
    ]


DAYS = st.dates(date(2020, 1, 1), date(2022, 12, 31))
MOVES = st.lists(st.tuples(st.sampled_from(sorted(STAGES)), st.none() | DAYS), max_size=6)


@given(MOVES, DAYS, st.none() | DAYS)
def test_nobody_is_open_and_concluded_at_once_and_no_day_lies_ahead(moves, day, raised_on):
    found = standing(day, *moves, raised_on=raised_on)
    if found is None:
        return

    assert not (found.is_open and found.concluded_on)
    assert all(each is None or each <= day for each in (found.since, found.concluded_on))


@given(MOVES, DAYS, st.none() | DAYS)
def test_the_order_in_which_moves_are_told_does_not_matter(moves, day, raised_on):
    told_backwards = standing(day, *reversed(moves), raised_on=raised_on)

    assert standing(day, *moves, raised_on=raised_on) == told_backwards

"""What an answer may hold, which version of it counts, and how answers are counted."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engross.core.consultations.counting import (
    Answered,
    Handed,
    LateDecision,
    counted_version,
    reasons_against_late_decision,
    summary_of,
)
from engross.core.consultations.questions import (
    Given,
    Question,
    Shape,
    pounds,
    printed_answer,
    read_pounds,
    reasons_against_answer,
    reasons_against_question,
)
from engross.core.consultations.states import (
    Drafted,
    State,
    reasons_against_answering,
    reasons_against_extending,
    reasons_against_opening,
    reasons_against_publishing,
    state_at,
)

APPROVE = Question(1, "Should it be approved?", Shape.CHOICE, ("Yes", "No"), is_required=True)
CLOSES_AT = datetime(2022, 7, 13, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("given_answer", "why"),
    [
        (Given(), "not answered"),
        (Given(choice="Perhaps"), "no answer 'Perhaps'"),
        (Given(choice="Yes", words="x" * 20_001), "20,001 characters"),
        (Given(least_pence=2, most_pence=1), "begins above its end"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_by_the_question_s_number(given_answer, why):
    told = " ".join(map(str, reasons_against_answer(APPROVE, given_answer)))
    assert "Question 1" in told
    assert why in told


def test_a_choice_needs_two_different_answers():
    assert reasons_against_question(Question(1, "Which?", Shape.CHOICE, ("Yes", "Yes")))
    assert not reasons_against_question(APPROVE)


@given(st.integers(0, 99_999_999_999))
def test_pounds_are_read_as_they_are_written(pence):
    assert read_pounds(pounds(pence)) == pence


@pytest.mark.parametrize("text", ["", "about 1000", "1,00", "-5", "1.234", "٣", "9" * 15])
def test_what_is_no_figure_is_refused_in_words(text):
    with pytest.raises(ValueError, match="pounds"):
        read_pounds(text)


def test_a_range_is_printed_from_the_least_to_the_most():
    assert printed_answer(Given(least_pence=100_000, most_pence=250_050)) == "£1,000 to £2,500.50"


HANDED = st.lists(
    st.tuples(st.booleans(), st.sampled_from(list(LateDecision))).map(list), max_size=6
).map(lambda rows: [Handed(n, *row) for n, row in enumerate(rows, start=1)])


@given(HANDED)
def test_the_last_version_in_time_stands_unless_a_later_one_was_taken_in(versions):
    counted = counted_version(versions)
    standing = [each for each in versions if each.counts]
    assert counted == (standing[-1].number if standing else None)
    for each in versions:
        if each.is_late and each.decision is not LateDecision.TAKEN:
            assert counted != each.number


def test_a_late_answer_is_decided_once_and_with_a_reason():
    late = Handed(1, is_late=True)
    assert not reasons_against_late_decision(late, reason="Our mail was down")
    assert reasons_against_late_decision(late, reason=" ")
    assert reasons_against_late_decision(Handed(1), reason="why")
    decided = Handed(1, is_late=True, decision=LateDecision.LEFT_OUT)
    assert reasons_against_late_decision(decided, reason="why")


def test_answers_are_counted_by_category_and_the_sums_agree():
    responses = [
        Answered("A", "Networks", {1: Given(choice="Yes")}),
        Answered("B", "Networks", {1: Given(choice="No")}),
        Answered("C", "", {1: Given(choice="Yes")}),
        Answered("D", "Networks", {1: Given()}),
    ]
    table = summary_of(APPROVE, responses, categories=["Suppliers", "Networks"])
    assert table.rows == (("Networks", 1, 1, 2), ("Not told", 1, 0, 1))
    assert table.total == ("Total", 2, 1, 3)


def test_an_answer_of_a_category_nobody_knows_is_not_dropped_silently():
    with pytest.raises(ValueError, match="is a category unknown"):
        summary_of(APPROVE, [Answered("A", "Elves", {1: Given(choice="Yes")})], categories=[])


def test_a_draft_is_told_everything_it_lacks_at_once():
    bare = Drafted(State.DRAFT, 0, has_summary=False, needs_proposal=True)
    assert len(reasons_against_opening(bare)) == 3
    assert not reasons_against_opening(Drafted(State.DRAFT, 1, has_summary=True))
    assert reasons_against_opening(Drafted(State.OPEN, 1, has_summary=True))


def test_past_its_moment_it_is_closed_though_nobody_closed_it():
    after = CLOSES_AT.replace(second=1)
    assert state_at(State.OPEN, CLOSES_AT, CLOSES_AT) is State.OPEN
    assert state_at(State.OPEN, CLOSES_AT, after) is State.CLOSED
    day = date(2022, 7, 13)
    late = date(2022, 7, 20)
    asked = {"closes_on": day, "until": late, "closes_at": CLOSES_AT}
    assert not reasons_against_extending(State.OPEN, **asked, at=CLOSES_AT)
    assert reasons_against_extending(State.OPEN, **asked, at=after)
    assert reasons_against_extending(State.OPEN, **{**asked, "until": day}, at=CLOSES_AT)


def test_answers_are_taken_until_they_are_published_and_published_when_all_is_decided():
    assert [bool(reasons_against_answering(each)) for each in State] == [True, False, False, True]
    assert not reasons_against_publishing(State.CLOSED, undecided=0)
    assert reasons_against_publishing(State.CLOSED, undecided=1)
    assert reasons_against_publishing(State.OPEN, undecided=0)

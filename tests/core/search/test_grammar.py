"""What is typed into the box: whatever it is, it is a question."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engross.core.search import DayRange, Term, day_range, read_query
from engross.core.search.expressions import fts5, tsquery
from engross.core.search.grammar import LONGEST, MOST_WORDS


def test_words_phrases_beginnings_and_what_is_left_out():
    query = read_query('meter "due and payable" instal* -gas -"not used" over-the-air')
    assert [str(term) for term in query.required] == [
        "meter", '"due and payable"', "instal*", '"over the air"',
    ]  # fmt: skip
    assert [str(term) for term in query.excluded] == ["gas", '"not used"']


def test_filters_are_told_from_words():
    query = read_query('kind:proposal category:"large supplier" -class:green price:high D7.2(a)')
    assert query.values_of("kind") == ("proposal",)
    assert query.values_of("category") == ("large supplier",)
    assert query.values_of("class") == ()
    assert query.required == (Term(("price", "high")), Term(("d7", "2", "a")))


@pytest.mark.parametrize("text", ["", "  ", '"', "*", "-", "- -", ":", '""', "™ · …"])
def test_signs_alone_ask_nothing(text):
    assert not read_query(text).required


@given(st.text(max_size=600))
@example('"' * 500)
@example("kind:" * 100)
@example("a " * 500)
def test_any_text_is_a_question_in_bounds(text):
    query = read_query(text)
    words = [word for term in (*query.required, *query.excluded) for word in term.words]
    assert len(words) <= MOST_WORDS
    assert all(word.isalnum() for word in words)
    assert read_query(text[:LONGEST]) == query


@given(st.text(max_size=80))
def test_nothing_typed_is_an_operator_of_a_database(text):
    terms = read_query(text).required
    for expression, signs in ((fts5(terms), '"() *'), (tsquery(terms), "'()&<->:* ")):
        bare = expression.replace(" AND ", " ")
        assert all(sign.isalnum() or sign in signs for sign in bare)
        assert expression.count('"') % 2 == 0
        assert expression.count("'") % 2 == 0


def test_days_are_a_year_a_month_a_day_or_from_one_to_another():
    assert [tuple(map(str, day_range(text))) for text in ("2021", "2021-12", "2021-09-22")] == [
        ("2021-01-01", "2022-01-01"),
        ("2021-12-01", "2022-01-01"),
        ("2021-09-22", "2021-09-23"),
    ]
    assert tuple(map(str, day_range("2021-09..2021-11"))) == ("2021-09-01", "2021-12-01")
    assert day_range("2021..").until is None
    assert day_range("..2021").start is None


@given(st.text(max_size=30))
@example("0000-01")
@example("9999-12-31")
@example("2021-02-30")
@example("2021-13")
@example("..")
def test_what_is_no_day_is_refused_and_nothing_else_happens(text):
    try:
        found = day_range(text)
    except ValueError:
        return
    assert found != DayRange()
    assert not (found.start and found.until) or found.start < found.until

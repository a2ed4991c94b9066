"""Who may read what: the rule, line by line, and what must hold for every reader."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engross.core.access import ANYONE, Marking, Reach, Reader, may_read
from engross.core.codes.reading import REACHES

KEYS = st.frozensets(st.sampled_from(["alpha", "beta"]))
readers = st.builds(
    Reader,
    person=st.integers(1, 3),
    is_staff=st.booleans(),
    has_second_factor=st.booleans(),
    is_authority=st.booleans(),
    parties=KEYS,
    bodies=KEYS,
)
markings = st.builds(
    Marking,
    reach=st.sampled_from(Reach),
    parties=KEYS,
    body=st.sampled_from(["", "alpha", "beta"]),
    people=st.frozensets(st.integers(1, 3)),
)


@given(markings)
def test_a_stranger_reads_what_reaches_anyone_and_nothing_else(marking):
    assert may_read(ANYONE, marking) == (marking.reach is Reach.ANYONE)


@given(readers, markings)
def test_whoever_is_outside_reads_only_what_names_them(reader, marking):
    if not reader.is_within and reader.person not in marking.people:
        assert may_read(reader, marking) == (marking.reach is Reach.ANYONE)


@given(readers, markings)
def test_staff_without_a_second_factor_are_no_more_than_the_community(reader, marking):
    if reader.is_staff and not reader.has_second_factor and marking.reach is Reach.NAMED:
        assert may_read(reader, marking) == (reader.person in marking.people)


@pytest.mark.parametrize(
    ("reader", "may"),
    [
        (Reader(person=1, parties=frozenset({"alpha"})), True),
        (Reader(person=1, parties=frozenset({"beta"})), False),
        (Reader(person=1, bodies=frozenset({"panel"})), True),
        (Reader(person=1, bodies=frozenset({"board"})), False),
        (Reader(person=1, is_staff=True), False),
        (Reader(person=1, is_staff=True, has_second_factor=True), True),
    ],
)
def test_a_circle_is_its_party_its_body_and_staff_with_a_second_factor(reader, may):
    marking = Marking(Reach.CIRCLE, parties=frozenset({"alpha"}), body="panel")
    assert may_read(reader, marking) is may


def test_the_code_s_data_may_name_each_reach_there_is():
    assert tuple(reach.value for reach in Reach) == REACHES

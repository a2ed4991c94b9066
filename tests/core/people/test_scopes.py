"""What a token lets a program read: never more than its person, never more than its scopes."""

from hypothesis import given
from hypothesis import strategies as st

from engross.core.access import ANYONE, Marking, Reach, Reader, may_read
from engross.core.people.scopes import Scope, reader_within

KEYS = st.frozensets(st.sampled_from("abc"))
READERS = st.builds(
    Reader, person=st.integers(1, 3), is_staff=st.booleans(), has_second_factor=st.booleans(),
    is_authority=st.booleans(), parties=KEYS, bodies=KEYS,
)  # fmt: skip
MARKINGS = st.builds(
    Marking,
    reach=st.sampled_from(Reach),
    parties=KEYS,
    body=st.sampled_from(["", "a", "b"]),
    people=st.frozensets(st.integers(1, 3)),
)
SCOPES = st.frozensets(st.sampled_from(Scope))


@given(READERS, SCOPES, MARKINGS)
def test_a_token_reads_nothing_that_its_person_may_not(reader, scopes, marking):
    if may_read(reader_within(reader, scopes), marking):
        assert may_read(reader, marking)


@given(READERS, MARKINGS)
def test_without_a_scope_that_reads_more_a_token_reads_what_anyone_reads(reader, marking):
    narrowed = reader_within(reader, {Scope.READ_PUBLIC, Scope.WRITE_OWN})

    assert may_read(narrowed, marking) == may_read(ANYONE, marking)


@given(READERS, MARKINGS)
def test_reading_for_the_community_stops_before_a_circle(reader, marking):
    narrowed = reader_within(reader, {Scope.READ_COMMUNITY})

    expected = may_read(reader, marking) and marking.reach in (Reach.ANYONE, Reach.PARTIES)
    assert may_read(narrowed, marking) == expected


@given(READERS, MARKINGS)
def test_reading_ones_own_reads_what_the_person_reads(reader, marking):
    assert may_read(reader_within(reader, {Scope.READ_OWN}), marking) == may_read(reader, marking)


@given(READERS, MARKINGS)
def test_a_scope_that_is_no_longer_one_reads_nothing_more(reader, marking):
    narrowed = reader_within(reader, {"read:everything"})

    assert may_read(narrowed, marking) == may_read(ANYONE, marking)

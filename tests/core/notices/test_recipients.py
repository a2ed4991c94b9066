"""Who of those whom rules name is told: each once, and nobody beyond the class of it."""

from hypothesis import given
from hypothesis import strategies as st

from engross.core.access import Marking, Reach, Reader, may_read
from engross.core.notices import Candidate, told_and_left_out

PEOPLE = st.builds(
    lambda number, has_account, is_open, is_program, why: Candidate(
        f"to {number}", f"{'Reader' if why == 'a' else 'reader'}{number}@example.org", why,
        person=number if has_account else None, is_open=is_open, is_program=is_program,
    ),
    st.integers(1, 6), st.booleans(), st.booleans(), st.booleans(), st.sampled_from("abc"),
)  # fmt: skip
MARKINGS = st.builds(
    Marking, st.sampled_from(Reach), parties=st.just(frozenset({"P1"})), body=st.just("csc"),
    people=st.frozensets(st.integers(1, 6)),
)  # fmt: skip
READERS = st.dictionaries(
    st.integers(1, 6),
    st.builds(
        Reader, person=st.integers(1, 6), is_staff=st.booleans(), has_second_factor=st.booleans(),
        parties=st.sampled_from([frozenset(), frozenset({"P1"})]),
        bodies=st.sampled_from([frozenset(), frozenset({"csc"})]),
    ),
)  # fmt: skip


@given(st.lists(PEOPLE, max_size=12), MARKINGS, READERS, st.frozensets(st.integers(1, 6)))
def test_everybody_is_told_once_or_left_out_with_a_reason(candidates, marking, readers, opted_out):
    told, left_out = told_and_left_out(
        candidates, marking=marking, readers=readers, opted_out=opted_out,
        without=["READER6@example.org"],
    )  # fmt: skip
    addresses = [each.address.casefold() for each in (*told, *left_out)]
    assert len(addresses) == len(set(addresses))
    assert set(addresses) == {each.address.casefold() for each in candidates}
    assert all(each.left_out for each in left_out)
    assert not any(each.left_out for each in told)
    first = {}
    for each in candidates:
        first.setdefault(each.address.casefold(), each)
    for each in told:
        known = first[each.address.casefold()]
        assert known.is_open
        assert not known.is_program
        assert known.person not in opted_out or known.person is None
        assert each.address.casefold() != "reader6@example.org"
        if marking.reach is not Reach.ANYONE:
            assert known.person is not None
            assert may_read(readers[known.person], marking)

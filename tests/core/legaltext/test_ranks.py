"""Ranks among siblings: always room for one more, and nobody else has to move."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engross.core.legaltext.ranks import DIGITS, LONGEST, new_ranks, ranks_between

ranks = st.text(DIGITS, min_size=1, max_size=8).filter(lambda rank: not rank.endswith("0"))


@given(st.none() | ranks, st.none() | ranks, st.integers(0, 200))
def test_between_any_two_ranks_there_are_as_many_as_are_asked_for(
    before: str | None, after: str | None, count: int
) -> None:
    if before is not None and after is not None:
        if before == after:
            return
        before, after = sorted((before, after))
    found = ranks_between(before, after, count)
    everything = [before or "", *found, *([after] if after else [])]
    assert len(found) == count
    assert all(one < other for one, other in pairwise(everything))
    assert not any(rank.endswith("0") for rank in found)


@pytest.mark.parametrize(("before", "after"), [("b", "b"), ("b", "a"), ("a", "")])
def test_there_is_no_room_between_ranks_that_are_not_in_order(before: str, after: str) -> None:
    if after:
        with pytest.raises(ValueError, match="no room"):
            ranks_between(before, after, 1)
    else:
        assert ranks_between(before, after, 1) > [before]


def test_a_thousand_siblings_have_short_ranks() -> None:
    assert max(map(len, ranks_between(None, None, 1000))) == 2


@given(st.lists(st.none() | ranks, max_size=40))
def test_new_ranks_rise_and_keep_as_many_as_can_be_kept(old: list[str | None]) -> None:
    found = new_ranks(old)
    assert found == sorted(set(found))
    assert len(found) == len(old)
    kept = sum(one == other for one, other in zip(old, found, strict=True))
    assert kept >= _longest_rise(old)


def _longest_rise(old: list[str | None]) -> int:
    best: list[int] = []
    for at, rank in enumerate(old):
        if rank is None:
            best.append(0)
            continue
        before = [best[i] for i in range(at) if old[i] is not None and (old[i] or "") < rank]
        best.append(1 + max(before, default=0))
    return max(best, default=0)


def test_one_moved_sibling_is_ranked_anew_and_no_other() -> None:
    old = ranks_between(None, None, 9)
    moved = [*old[1:5], old[0], *old[5:]]
    found = new_ranks(moved)
    assert [at for at in range(9) if found[at] != moved[at]] == [4]


def test_ranks_never_grow_without_end() -> None:
    siblings = ranks_between(None, None, 2)
    for _ in range(2000):
        siblings = new_ranks([siblings[0], None, *siblings[1:]])
    assert len(siblings) == 2002
    assert max(map(len, siblings)) <= LONGEST

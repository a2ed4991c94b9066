"""What two sequences have in common, also where they are too long to compare all with all."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engross.core.legaltext import sequences
from engross.core.legaltext.sequences import matching
from tests.support.slow_models import most_in_common

elements = st.lists(st.sampled_from("abcde"), max_size=20)


def check(old: list[str], new: list[str]) -> int:
    """Return how much is in common, having seen that it is, in order and apart."""
    at_old = at_new = common = 0
    for one, other, length in matching(old, new):
        assert one >= at_old
        assert other >= at_new
        assert length > 0
        assert old[one : one + length] == new[other : other + length]
        at_old, at_new, common = one + length, other + length, common + length
    return common


@settings(max_examples=200)
@given(elements, elements)
def test_short_sequences_have_the_most_in_common(old: list[str], new: list[str]) -> None:
    assert check(old, new) == most_in_common(old, new)


@settings(max_examples=200)
@given(elements, elements)
def test_long_sequences_have_runs_in_common_in_order(old: list[str], new: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sequences, "CELLS", 12)
        patch.setattr(sequences, "WINDOW", 4)
        check(old, new)


@pytest.mark.parametrize("kinds", [4, 1_000_000])
def test_few_edits_of_a_long_sequence_cost_little_in_common(
    kinds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    random = Random(1)
    old = [f"e{random.randrange(kinds)}" for _ in range(3_000)]
    new = list(old)
    for at in range(100, 2_900, 200):
        new[at : at + 2] = ["new"]
    monkeypatch.setattr(sequences, "CELLS", 250_000)
    monkeypatch.setattr(sequences, "WINDOW", 400)
    assert check(old, new) >= len(old) - 2 * 14 - 10

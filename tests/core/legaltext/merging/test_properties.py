"""What must hold of merging any change sets."""

from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from engross.core.legaltext.aligning import align
from engross.core.legaltext.applying import apply
from engross.core.legaltext.change_sets import ChangeSet
from engross.core.legaltext.changing import changes_from
from engross.core.legaltext.merging import Merged, Resolution, merge
from engross.core.legaltext.provisions import Code
from tests.support.legal_texts import families


def sets_of(texts: list[Code]) -> list[ChangeSet]:
    """Return the change set of each text after the first, on the first."""
    return [
        changes_from(align(texts[0], text), f"MP{count:03}")
        for count, text in enumerate(texts[1:], start=1)
    ]


def answers(merged: Merged, draw: st.DataObject) -> list[Resolution]:
    """Return an answer to each conflict: one of its sides, or the base."""
    found = []
    for conflict in merged.conflicts:
        side = draw.draw(st.integers(0, len(conflict.sides)))
        take = "side" if side else "base"
        found.append(Resolution(conflict.id, take, "Ada", "It reads best.", str(side or "")))
    return found


@given(families(2))
@settings(max_examples=40, deadline=None)
def test_merging_one_set_is_applying_it(texts):
    (one,) = sets_of(texts)
    merged = merge(texts[0], [one])

    assert merged.code == apply(texts[0], one).code
    assert merged.complete
    assert {outcome.kind for outcome in merged.outcomes} <= {"one"}


@given(families(4, edits=3))
@settings(max_examples=40, deadline=None)
def test_the_order_of_sets_says_nothing(texts):
    sets = sets_of(texts)
    first, *others = [merge(texts[0], order) for order in permutations(sets)]

    assert all(other == first for other in others)


@given(families(2))
@settings(max_examples=40, deadline=None)
def test_sets_that_say_the_same_are_one(texts):
    (one,) = sets_of(texts)
    again = ChangeSet("MP900", one.operations)
    merged = merge(texts[0], [one, again])

    assert merged.complete
    assert merged.code == apply(texts[0], one).code
    assert {outcome.kind for outcome in merged.outcomes} <= {"agreed"}


@given(families(4, edits=4), st.data())
@settings(max_examples=60, deadline=None)
def test_answers_to_all_conflicts_give_one_complete_text(texts, data):
    sets = sets_of(texts)
    merged = merge(texts[0], sets)
    resolutions: list[Resolution] = []
    # An answer may bring up a number that two provisions now bear: that is asked next.
    for _ in range(6):
        if merged.complete:
            break
        resolutions += answers(merged, data)
        merged = merge(texts[0], sets, resolutions)
    assert merged.complete

    again = merge(texts[0], sets[::-1], resolutions[::-1])
    assert again.hash == merged.hash
    assert again == merged

"""Tranches of a change set: each a set of its own, together the whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engross.core.legaltext.aligning import align
from engross.core.legaltext.changing import changes_from, with_ids
from engross.core.legaltext.merging import merge
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code
from engross.core.refusals import Refused
from engross.core.releases.tranches import bundles_of, parted
from tests.support.legal_texts import pairs
from tests.support.stored_texts import clause, section

pytestmark = pytest.mark.once
NAMES = {1: "first", 2: "second"}


def _base() -> Code:
    return Code((
        section("D", clause("D1", "One.", id="d1"), clause("D2", "Two.", id="d2"),
                clause("D3", "Three.", id="d3")),
    ))  # fmt: skip


def _with(*provisions: object) -> Code:
    return Code((section("D", *provisions),))  # type: ignore[arg-type]


@given(pairs(ids=True), st.data())
def test_parts_are_refused_or_give_the_whole(pair: tuple[Code, Code], data: st.DataObject) -> None:
    aligned = align(*pair)
    whole = changes_from(align(pair[0], with_ids(aligned)), "whole")
    base = Places(pair[0])
    bundles = bundles_of(base, whole)
    tranche_of = [data.draw(st.sampled_from([1, 2])) for _ in bundles]
    assert sorted(at for bundle in bundles for at in bundle) == list(range(len(whole.operations)))
    try:
        parts = parted(base, whole, tranche_of, NAMES)
    except Refused:
        return
    together = merge(base, parts)
    assert together.complete
    assert together.hash == merge(base, [whole]).hash
    assert sum(len(each.operations) for each in parts) == len(whole.operations)


def test_two_rewordings_go_live_one_after_the_other() -> None:
    base = _base()
    new = _with(clause("D1", "Uno.", id="d1"), clause("D2", "Two.", id="d2"),
                clause("D3", "Tres.", id="d3"))  # fmt: skip
    whole = changes_from(align(base, new), "MP1")
    first, second = parted(Places(base), whole, [2, 1], {1: "MP1-part-1", 2: "MP1-part-2"})
    assert (first.change_set, second.change_set) == ("MP1-part-1", "MP1-part-2")
    after_first = merge(base, [first]).code
    assert [each.text for each in after_first.documents[0].provisions] == ["One.", "Two.", "Tres."]
    assert first.result == merge(base, [first]).hash


def test_what_is_added_stays_with_what_stands_under_it() -> None:
    base = _base()
    new = _with(clause("D1", "One.", id="d1"), clause("D2", "Two.", id="d2"),
                clause("D3", "Three.", id="d3"),
                clause("D4", "Four:", clause("D4.1", "more.")))  # fmt: skip
    whole = changes_from(align(base, new), "MP1")
    assert len(bundles_of(Places(base), whole)) == 1


def test_a_part_that_would_be_empty_is_refused() -> None:
    base = _base()
    new = _with(clause("D1", "Uno.", id="d1"), clause("D2", "Two.", id="d2"),
                clause("D3", "Three.", id="d3"))  # fmt: skip
    whole = changes_from(align(base, new), "MP1")
    with pytest.raises(Refused, match="Nothing would be left for second"):
        parted(Places(base), whole, [1], NAMES)

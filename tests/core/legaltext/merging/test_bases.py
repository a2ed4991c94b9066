"""Sets that were drafted on an older base are carried over before they are merged."""

import pytest
from hypothesis import given, settings

from engross.core.legaltext.aligning import align
from engross.core.legaltext.applying import apply
from engross.core.legaltext.changing import changes_from
from engross.core.legaltext.drafts_merged import Drafted, merge_drafted
from engross.core.legaltext.merging import Resolution, merge
from engross.core.refusals import Refused
from tests.core.legaltext.merging.drafting import (
    BASE,
    delete,
    edit,
    insert,
    named,
    numbers,
    renumber,
    texts,
)
from tests.support.legal_texts import families

SINCE = named("R1", renumber("D8", "D18"), edit("D7.1", ("shall", "must")))
NEWER = apply(BASE, SINCE).code


def test_a_set_on_an_older_base_is_carried_over():
    old = named("MP1", edit("D8.1", ("Each", "Every")), insert("D8", "D8.2", "D8.3"))
    new = named("MP2", renumber("D7.4", "D7.9"))
    found = merge_drafted(NEWER, [Drafted(old, BASE), Drafted(new)])

    assert found.complete
    assert texts(found.code)["D18.1"] == "Every Party has a vote."
    assert {"D18.3", "D7.9"} < set(numbers(found.code))


def test_what_does_not_fit_the_newer_base_is_a_conflict_with_it():
    old = named("MP1", edit("D7.1", ("shall", "may")), edit("D8.1", ("Each", "Every")))
    found = merge_drafted(NEWER, [Drafted(old, BASE)])
    (conflict,) = found.conflicts

    assert (conflict.kind, conflict.address) == ("base", "Section D7.1")
    assert conflict.sides[0].change_sets == ("MP1",)
    assert "must" in (conflict.base or "")
    assert texts(found.code)["D18.1"] == "Every Party has a vote."

    answer = Resolution(conflict.id, "base", "Ada", "The newer words say it.")
    again = merge_drafted(NEWER, [Drafted(old, BASE)], [answer])
    assert again.complete
    assert again.resolved == (conflict,)
    assert again.hash == found.hash
    with pytest.raises(Refused, match="does not fit the base any more"):
        merge_drafted(
            NEWER, [Drafted(old, BASE)], [Resolution(conflict.id, "side", "Ada", "Why.", "MP1")]
        )


def test_a_conflict_between_sets_of_two_bases_is_found():
    old = named("MP1", edit("D8.1", ("Each", "Every")))
    new = changes_from(align(NEWER, apply(NEWER, _deleting_d18()).code), "MP2")
    found = merge_drafted(NEWER, [Drafted(new), Drafted(old, BASE)])

    assert [conflict.kind for conflict in found.conflicts] == ["edit-deletion"]
    assert merge_drafted(NEWER, [Drafted(old, BASE), Drafted(new)]) == found


def _deleting_d18():
    gone = apply(BASE, named("X", delete("D8"))).code
    newer = apply(gone, named("Y", edit("D7.1", ("shall", "must")))).code
    return changes_from(align(NEWER, newer), "MP2")


@given(families(3, edits=2))
@settings(max_examples=40, deadline=None)
def test_sets_apart_give_what_they_give_one_after_the_other(family):
    base, one, other = family
    first = changes_from(align(base, one), "MP1")
    second = changes_from(align(base, other), "MP2")
    together = merge(base, [first, second])
    kinds = {outcome.kind for outcome in together.outcomes}
    if together.complete and kinds <= {"one"}:
        after = merge_drafted(apply(base, first).code, [Drafted(second, base)])

        assert after.complete
        assert [p.documents for p in (after.code,)] == [together.code.documents]

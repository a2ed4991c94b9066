"""A change set made of two aligned texts gives the new one exactly, and the old one back."""

import msgspec
from hypothesis import given, settings

from engross.core.legaltext.aligned import Aligned
from engross.core.legaltext.applying import apply
from engross.core.legaltext.change_sets import ChangeSet
from engross.core.legaltext.changing import changes_from, with_ids
from engross.core.legaltext.inverting import invert
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code
from tests.support.legal_alignments import alignments
from tests.support.legal_texts import codes


def unchanged(code: Code) -> Aligned:
    places = Places(code)
    nodes = list(range(len(places)))
    return Aligned(places, Places(code), nodes, list(nodes))


@given(alignments())
@settings(max_examples=200, deadline=None)
def test_the_changes_give_the_new_text_exactly_whatever_the_alignment(aligned: Aligned):
    change_set = changes_from(aligned, "MP1")

    assert apply(aligned.old.code, change_set).code == with_ids(aligned)


@given(alignments())
@settings(max_examples=200, deadline=None)
def test_turned_round_they_give_the_old_text_back(aligned: Aligned):
    change_set = changes_from(aligned, "MP1")

    assert apply(with_ids(aligned), invert(change_set)).code == aligned.old.code


@given(alignments())
@settings(max_examples=100, deadline=None)
def test_turned_round_twice_and_through_json_a_set_is_what_it_was(aligned: Aligned):
    change_set = changes_from(aligned, "MP1")

    assert invert(invert(change_set)) == change_set
    assert msgspec.json.decode(msgspec.json.encode(change_set), type=ChangeSet) == change_set


@given(codes())
@settings(max_examples=50, deadline=None)
def test_a_text_that_has_not_changed_has_no_changes(code: Code):
    change_set = changes_from(unchanged(code), "MP1")

    assert change_set.operations == ()
    assert change_set.base == change_set.result

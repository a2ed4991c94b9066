"""A change set made of two aligned texts gives the new one exactly, and the old one back."""

import msgspec
from hypothesis import given, settings

from engross.core.legaltext.aligned import NONE, Aligned
from engross.core.legaltext.applying import apply
from engross.core.legaltext.change_sets import ChangeSet
from engross.core.legaltext.changing import changes_from, with_ids
from engross.core.legaltext.inverting import invert
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code, Document, Provision
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


def clause(ident: str, number: str, text: str, *children: Provision) -> Provision:
    return Provision(id=ident, number=number, text=text, children=children)


def numbered(stem: str, number: str) -> Code:
    below = Provision(id="p-2", number=number, text="It votes.")
    return Code((Document("Rules", provisions=(clause("p-1", stem, "The Panel", below),)),))


def test_a_number_that_only_the_way_back_would_change_is_kept_by_name():
    old, new = Places(numbered("D1", "5.1")), Places(numbered("5", "5.1"))
    same = Aligned(old, new, [0, 1, 2], [0, 1, 2])
    change_set = changes_from(same, "MP1")

    assert [type(one).__name__ for one in change_set.operations] == ["Renumber", "Renumber"]
    assert apply(old.code, change_set).code == new.code
    assert apply(new.code, invert(change_set)).code == old.code


def test_one_operation_renumbers_a_section_whatever_stands_under_it():
    def section(stem: str) -> Code:
        under = (
            Provision(number=f"{stem}.{n}({x})", text=f"{n} {x}")
            for n in range(1, 26)
            for x in "abcdefghijklmnopqrst"
        )
        parts = (Provision(number=stem, heading="Duties", children=tuple(under)),)
        return Code((Document("Section D", provisions=parts),))

    old, new = Places(section("D4")), Places(section("D5"))
    nodes = list(range(len(old)))

    assert len(nodes) == 502
    assert len(changes_from(Aligned(old, new, nodes, nodes), "MP1").operations) == 1


def test_an_id_that_another_clause_bears_is_not_inherited():
    old = Places(Code((Document("Rules", provisions=(clause("p-1", "1", "The Panel"),)),)))
    new = Places(
        Code(
            (
                Document(
                    "Rules",
                    provisions=(
                        Provision(number="1", text="The Panel"),
                        clause("p-1", "2", "The Authority"),
                    ),
                ),
            )
        )
    )
    aligned = Aligned(old, new, [0, 1], [0, 1, NONE])

    assert with_ids(aligned) is new.code
    assert apply(old.code, changes_from(aligned, "MP1")).code == new.code

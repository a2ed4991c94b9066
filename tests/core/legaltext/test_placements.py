"""A text taken apart into placements and put together again."""

from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from msgspec import UNSET
from msgspec.structs import replace

from engross.core.legaltext.identities import identified, is_permanent_id, minted_id, seeds_of
from engross.core.legaltext.placements import (
    Bearing,
    Placed,
    Worded,
    document_of,
    json_or_nothing,
    placed,
)
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code, Document, Provision, provisions_of
from tests.support.legal_texts import codes

D = Document("Section D", "About D", provisions=(
    Provision("p-1", "D1", "Raising", children=(
        Provision("p-2", "", text="In this clause:", children=(Provision("p-3", "D1(a)"),)),
    )),
    Provision("p-4", "12A"),
    Provision("p-5", "D2"),
))  # fmt: skip


def _placed(document: Document, old: dict[str, Bearing] | None = None) -> dict[str, Placed]:
    places = Places(Code((document,)))
    ids = [one.id if one else None for one in places.provisions]
    return placed(places, ids, [1] * len(places), old or {})


def _worded(code: Code, places: dict[str, Placed]) -> list[Worded]:
    rows = []
    for one in provisions_of(code):
        at = places[one.id or ""]
        rows.append(Worded(one.id or "", at.parent, at.rank, at.label, at.begins, one.heading,
                           one.text, json_or_nothing(one.inlines),
                           json_or_nothing(one.table)))  # fmt: skip
    return rows


@settings(max_examples=40)
@given(codes(max_documents=1, ids=True))
def test_any_document_is_put_together_as_it_was_in_whatever_order_its_rows_come(code: Code) -> None:
    for document in code.documents:
        rows = _worded(Code((document,)), _placed(document))
        Random(1).shuffle(rows)
        assert document_of(replace(document, provisions=()), rows) == document


def test_a_number_is_kept_as_what_it_adds_to_the_one_above() -> None:
    found = {key: (said.label, said.begins) for key, said in _placed(D).items()}
    assert found == {"p-1": ("1", True), "p-2": ("", False), "p-3": ("(a)", True),
                     "p-4": ("12A", False), "p-5": ("2", True)}  # fmt: skip


def test_a_renumbered_clause_changes_its_own_placement_only() -> None:
    before = _placed(D)
    said = {one.id or "": one for one in provisions_of(D)}
    old = {key: Bearing(at, said[key]) for key, at in before.items()}
    first = D.provisions[0]
    limb = replace(first.children[0].children[0], number="D9(a)")
    renumbered = replace(
        first, number="D9", children=(replace(first.children[0], children=(limb,)),)
    )
    after = _placed(replace(D, provisions=(renumbered, *D.provisions[1:])), old)
    assert [key for key in after if after[key] != before[key]] == ["p-1"]


def test_a_provision_without_an_id_cannot_be_placed() -> None:
    with pytest.raises(ValueError, match="Section D1 has no permanent id"):
        _placed(Document("Section D", provisions=(Provision(number="D1"),)))


def test_no_marks_and_an_empty_list_of_marks_are_the_same() -> None:
    assert json_or_nothing(UNSET) == json_or_nothing(()) == ""


def test_the_same_seed_gives_the_same_id_and_never_one_that_is_taken() -> None:
    first = minted_id("seed", taken=lambda ident: False)
    assert first == minted_id("seed", taken=lambda ident: False)
    assert is_permanent_id(first)
    assert minted_id("seed", taken=lambda ident: ident == first) != first


def test_equal_provisions_in_one_place_have_different_seeds() -> None:
    twice = Provision(number="D1", text="and")
    places = Places(Code((Document("Section D", provisions=(twice, twice)),)))
    seeds = seeds_of(places, [1, 2], on=date(2021, 1, 1))
    assert len(set(seeds.values())) == 2


def test_ids_are_given_to_nodes_and_the_rest_stays_the_very_object() -> None:
    places = Places(Code((D,)))
    code = identified(places, {4: "p-40"})
    assert code.documents[0].provisions[1].id == "p-40"
    assert code.documents[0].provisions[0] is D.provisions[0]


@pytest.mark.parametrize("ident", ["", "p-", "x-1", "p-a b", "p-" + "a" * 39, "p-é", "p-a\n"])
def test_what_cannot_be_a_permanent_id_is_told(ident: str) -> None:
    assert not is_permanent_id(ident)

"""Which provision is which, without being told."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from benchmarks.legal_edits import Plan, edited
from benchmarks.legal_texts import legal_code
from engross.core.legaltext.aligned import NONE, Aligned
from engross.core.legaltext.aligning import align
from engross.core.legaltext.moves import moves
from engross.core.legaltext.provisions import NOT_USED, Code, Document, Provision, provisions_of
from tests.support.legal_texts import codes, pairs

DUTY = "Each User shall keep a record of every Device that it has installed for two years."
RIGHT = "The Authority may direct the Code Administrator to review the register of all Parties."
COST = "The costs of a review shall be borne by the Party that asked for the review in writing."


def code(*provisions: Provision, name: str = "Section D") -> Code:
    return Code((Document(name, "Title", provisions=provisions),))


def part(number: str, text: str = "", *children: Provision, **more: str) -> Provision:
    return Provision(number=number, text=text, children=children, **more)


def pairs_of(aligned: Aligned) -> dict[str, str]:
    """Return the pairs between provisions by address."""
    return {
        aligned.old.addresses[node]: aligned.new.addresses[to]
        for node, to in enumerate(aligned.new_of)
        if to != NONE and aligned.old.provisions[node] is not None
    }


def moved(aligned: Aligned) -> list[str]:
    return [aligned.old.addresses[node] for node in moves(aligned)]


@settings(max_examples=60)
@given(pairs(8))
def test_pairs_are_one_to_one_and_documents_pair_with_documents(pair: tuple[Code, Code]) -> None:
    aligned = align(*pair)
    for node, to in enumerate(aligned.new_of):
        if to != NONE:
            assert aligned.old_of[to] == node
            assert (aligned.old.parents[node] < 0) == (aligned.new.parents[to] < 0)
    assert sum(to != NONE for to in aligned.new_of) == sum(to != NONE for to in aligned.old_of)


@settings(max_examples=60)
@given(pairs(8))
def test_the_same_pairs_are_found_the_other_way_round(pair: tuple[Code, Code]) -> None:
    old, new = pair
    forth, back = align(old, new), align(new, old).inverse()
    assert (forth.new_of, forth.splits, forth.joins) == (back.new_of, back.splits, back.joins)


@settings(max_examples=60)
@given(pairs(8))
def test_under_paired_parents_only_moves_cross(pair: tuple[Code, Code]) -> None:
    aligned = align(*pair)
    away = set(moves(aligned))
    for node, children in enumerate(aligned.old.children):
        stay = [aligned.new_of[child] for child in children if child not in away]
        kept = [to for to in stay if to != NONE]
        assert kept == sorted(kept)
        assert all(aligned.new.parents[to] == aligned.new_of[node] for to in kept)


@settings(max_examples=40)
@given(codes())
def test_a_text_is_its_own_pair(text: Code) -> None:
    aligned = align(text, text)
    assert aligned.new_of == list(range(len(aligned.old)))
    assert not moves(aligned)


@settings(max_examples=50)
@given(pairs(8))
def test_parts_of_a_split_or_join_have_no_pair_but_the_first(pair: tuple[Code, Code]) -> None:
    aligned = align(*pair)
    for node, parts in aligned.splits.items():
        assert aligned.new_of[node] == parts[0]
        assert list(parts) == sorted(parts)
        assert all(aligned.old_of[one] == NONE for one in parts[1:])
    for to, parts in aligned.joins.items():
        assert aligned.old_of[to] == parts[0]
        assert list(parts) == sorted(parts)
        assert all(aligned.new_of[one] == NONE for one in parts[1:])


@settings(max_examples=50)
@given(pairs(8, ids=True))
def test_one_permanent_id_is_one_provision(pair: tuple[Code, Code]) -> None:
    aligned = align(*pair)
    olds = {one.id: one for one in provisions_of(pair[0])}
    shared = {one.id for one in provisions_of(pair[1]) if one.id in olds}
    found = set()
    for node, to in enumerate(aligned.new_of):
        one = aligned.old.provisions[node]
        other = aligned.new.provisions[to] if to != NONE else None
        if one is not None and other is not None and other.id is not None:
            assert one.id == other.id
            found.add(one.id)
    assert found == shared


def test_a_clause_is_known_by_its_words_under_another_number() -> None:
    old = code(part("D1", DUTY), part("D2", RIGHT))
    new = code(part("D1", COST), part("D2", DUTY), part("D3", RIGHT))
    assert pairs_of(align(old, new)) == {"D1": "D2", "D2": "D3"}


def test_a_short_line_is_known_by_its_neighbours() -> None:
    lines = [part("D1(a)", DUTY), part("D1(b)", "and"), part("D1(c)", RIGHT), part("D1(d)", "and")]
    old = code(part("D1", "List:", *lines))
    new = code(part("D1", "List:", lines[0], lines[1], part("D1(c)", COST), lines[3]))
    assert pairs_of(align(old, new))["D1(d)"] == "D1(d)"
    without = code(part("D1", "List:", *lines[2:]))
    assert pairs_of(align(old, without)) == {"D1": "D1", "D1(c)": "D1(c)", "D1(d)": "D1(d)"}


def test_a_parent_is_known_by_its_children() -> None:
    old = code(Provision(number="D1", heading="Records", children=(part("D1.1", DUTY),)))
    new = code(Provision(number="D9", heading="Keeping", children=(part("D9.1", DUTY),)))
    assert pairs_of(align(old, new)) == {"D1": "D9", "D1.1": "D9.1"}


def test_documents_that_changed_names_are_known_by_their_contents() -> None:
    old = Code((Document("Section J", provisions=(part("J1", DUTY),)),
                Document("Section K", provisions=(part("K1", RIGHT),))))  # fmt: skip
    new = Code((Document("Section K", provisions=(part("K1", DUTY),)),
                Document("Section L", provisions=(part("L1", RIGHT),))))  # fmt: skip
    assert align(old, new).new_of == [0, 1, 2, 3]


def test_a_clause_that_moved_and_changed_is_found_afar() -> None:
    old = code(part("D1", "One:", part("D1(a)", DUTY)), part("D2", "Two:", part("D2(a)", RIGHT)))
    changed = DUTY.replace("two years", "three years")
    new = code(part("D1", "One:"), part("D2", "Two:", part("D2(a)", RIGHT), part("D2(b)", changed)))
    aligned = align(old, new)
    assert pairs_of(aligned)["D1(a)"] == "D2(b)"
    assert moved(aligned) == ["D1(a)"]


@pytest.mark.parametrize("formula", [NOT_USED, "[Repealed.]", "and", "the Panel;"])
def test_a_formula_never_moves(formula: str) -> None:
    old = code(part("D1", "One:", part("D1(a)", formula)), part("D2", "Two:", part("D2(a)", DUTY)))
    new = code(part("D1", "One:"), part("D2", "Two:", part("D2(a)", DUTY), part("D2(b)", formula)))
    assert moved(align(old, new)) == []


def test_of_two_that_cross_the_smaller_moved() -> None:
    large = part("D1", "Large:", part("D1(a)", DUTY), part("D1(b)", RIGHT))
    small = part("D2", COST)
    aligned = align(code(large, small), code(small, large))
    assert moved(aligned) == ["D2"]


def test_what_is_left_as_not_used_keeps_its_place() -> None:
    old = code(part("D1", DUTY), part("D2", RIGHT), part("D3", COST))
    new = code(part("D1", DUTY), part("D2", NOT_USED), part("D3", COST))
    assert pairs_of(align(old, new)) == {"D1": "D1", "D2": "D2", "D3": "D3"}


def test_a_text_that_was_parted_is_split_and_the_way_back_is_joined() -> None:
    old = code(part("D1", f"{DUTY} {RIGHT} {COST}"), part("D2", "Other words stand here."))
    new = code(part("D1", DUTY), part("D2", RIGHT), part("D3", COST),
               part("D4", "Other words stand here."))  # fmt: skip
    aligned = align(old, new)
    assert aligned.splits == {1: (1, 2, 3)}
    assert align(new, old).joins == {1: (1, 2, 3)}


def test_a_new_line_beside_a_long_text_that_has_its_words_is_no_part_of_it() -> None:
    long = f"{DUTY} {RIGHT} {COST}"
    line = "Each User shall keep a record of all Parties."
    old = code(part("1", long))
    for edited_long in (long, long.replace("two", "five")):
        aligned = align(old, code(part("1", line), part("2", edited_long)))
        assert not aligned.splits
        assert pairs_of(aligned) == {"1": "2"}


def test_of_several_that_cross_one_the_one_moved() -> None:
    lines = [part(f"1({letter})", f"{RIGHT} {letter} line.") for letter in "abcdef"]
    big = part("4", DUTY, *lines)
    small = [part(number, f"{COST} Line {number}.") for number in "123"]
    aligned = align(code(*small, big), code(big, *small))
    assert moved(aligned) == ["4"]


def test_ids_of_different_makers_say_nothing() -> None:
    old, new = part("D1", DUTY, id="p-1"), part("D1", DUTY, id="other-9")
    assert pairs_of(align(code(old), code(new))) == {"D1": "D1"}


def test_an_id_is_stronger_than_words() -> None:
    old = code(part("D1", DUTY, id="p-1"), part("D2", RIGHT, id="p-2"))
    new = code(part("D1", RIGHT, id="p-1"), part("D2", DUTY, id="p-2"))
    assert pairs_of(align(old, new)) == {"D1": "D1", "D2": "D2"}


@pytest.mark.parametrize("share", [0.01, 0.05, 0.2])
def test_planted_edits_of_a_code_are_found(share: float) -> None:
    old = legal_code(provisions=3_000, words=100_000, seed=5)
    plan = Plan(edited=share, renumbered_sections=1, split=0.002, joined=0.002)
    new, truth = edited(old, plan, seed=6)
    aligned = align(old, new)
    right = sum(map(int.__eq__, aligned.new_of, truth.new_of))
    assert right / len(truth.new_of) >= 0.998
    assert aligned.splits == truth.splits
    assert aligned.joins == truth.joins
    assert set(moves(aligned)) == truth.moved


def test_a_law_said_many_times_over_is_aligned_in_order() -> None:
    lines = tuple(part(f"{at}", f"{DUTY} {at}" if at % 3 else NOT_USED) for at in range(40))
    changed = (*lines[:7], part("7", RIGHT), *lines[8:20], *lines[21:])
    old, new = code(*lines * 30), code(*changed * 30)
    aligned = align(old, new)
    assert aligned.new_of.count(NONE) <= 30 + 1
    assert not moves(aligned)


def test_empty_texts_are_aligned() -> None:
    nothing, empty = Code(), code()
    assert align(nothing, nothing).new_of == []
    assert align(nothing, empty).old_of == [NONE]
    assert align(empty, code(name="Section E")).new_of == [0]
    assert replace(align(empty, empty)).new_of == [0]

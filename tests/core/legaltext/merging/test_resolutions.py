"""What people decide about conflicts: recorded, replayed, and refused where it no longer fits."""

import msgspec
import pytest
from msgspec.structs import replace

from engross.core.legaltext.change_sets import (
    ChangeSet,
    Insert,
    Operation,
    Replace,
    SetTable,
    Slot,
)
from engross.core.legaltext.merging import (
    ConflictsFile,
    Given,
    Merged,
    Resolution,
    ResolutionsFile,
    merge,
)
from engross.core.legaltext.provisions import (
    Code,
    Document,
    Provision,
    Table,
    short_hash,
    text_hash,
)
from engross.core.refusals import Refused
from tests.core.legaltext.merging.drafting import (
    BASE,
    SENDS,
    delete,
    edit,
    head,
    insert,
    key,
    kinds,
    move,
    named,
    numbers,
    provision,
    renumber,
    split,
    texts,
)

SETS = [
    named("MP1", edit("D7.1", ("shall", "must"), ("ask for more", "ask"))),
    named("MP2", edit("D7.1", ("shall", "may")), head("D8", "Voting")),
    named("MP3", edit("D7.1", ("each", "every"))),
]


def sets_of(*operations: tuple[Operation, ...]) -> list:
    return [named(f"MP{count}", *one) for count, one in enumerate(operations, start=1)]


def answer(merged: Merged, take: str, side: str = "", **given) -> Resolution:
    """Answer the one conflict of a merge."""
    (conflict,) = merged.conflicts
    return Resolution(conflict.id, take, "Ada", "It reads best.", side, *_given(given))


def _given(given: dict) -> list[Given]:
    return [Given(**given)] if given else []


def resolved(sets: list, take: str, side: str = "", **given) -> Merged:
    found = merge(BASE, sets)
    return merge(BASE, sets, [answer(found, take, side, **given)])


def test_a_side_is_taken_with_all_that_stands_apart_from_it():
    found = resolved(SETS, "side", "MP2")

    assert found.complete
    assert texts(found.code)["D7.1"] == ("The Panel may send a report to every Party. It may ask.")
    assert [conflict.kind for conflict in found.resolved] == ["text"]
    assert {outcome.kind for outcome in found.outcomes} == {"resolved", "one"}


def test_a_side_is_named_by_its_number_too():
    assert resolved(SETS, "side", "2") == resolved(SETS, "side", "MP2")


def test_the_base_is_taken_where_sets_conflict_and_all_else_stands():
    found = resolved(SETS, "base")

    assert texts(found.code)["D7.1"] == (
        "The Panel shall send a report to every Party. It may ask."
    )


def test_a_given_text_stands_instead_of_every_side():
    found = resolved(SETS, "given", text="The Panel reports.")

    assert texts(found.code)["D7.1"] == "The Panel reports."


def test_answers_give_the_same_hash_every_time():
    first = resolved(SETS, "side", "MP1")

    assert resolved(SETS[::-1], "side", "MP1").hash == first.hash == text_hash(first.code)


def test_a_text_may_hold_two_conflicts_and_each_is_answered():
    sets = sets_of(
        (edit("D7.1", ("Panel", "Board")),),
        (edit("D7.1", ("Panel", "Group"), ("more", "less")),),
        (edit("D7.1", ("more", "papers")),),
    )
    found = merge(BASE, sets)
    one, other = found.conflicts
    first = Resolution(one.id, "side", "Ada", "Better.", "MP1")
    second = Resolution(other.id, "side", "Ada", "Better.", "MP3")

    assert texts(merge(BASE, sets, [first]).code)["D7.1"] == SENDS
    assert texts(merge(BASE, sets, [second, first]).code)["D7.1"] == (
        "The Board shall send a report to each Party. It may ask for papers."
    )


@pytest.mark.parametrize(
    ("side", "there"), [("MP1", False), ("MP2", True)], ids=["deleted", "kept"]
)
def test_a_deletion_or_the_edit_is_taken(side, there):
    found = resolved(sets_of((delete("D8"),), (edit("D8.1", ("Each", "Every")),)), "side", side)

    assert found.complete
    assert ("D8.1" in numbers(found.code)) is there
    assert texts(found.code).get("D8.1", "Every Party has a vote.") == "Every Party has a vote."


def test_a_conflict_within_what_is_deleted_is_gone_with_it():
    sets = sets_of(
        (delete("D8"),),
        (edit("D8.1", ("Each", "Every")),),
        (edit("D8.1", ("Each", "No")),),
    )
    found = merge(BASE, sets)
    assert kinds(found.conflicts) == [("edit-deletion", "D8"), ("text", "D8.1")]
    deletion = next(one for one in found.conflicts if one.kind == "edit-deletion")

    gone = merge(BASE, sets, [Resolution(deletion.id, "side", "Ada", "Not needed.", "MP1")])
    assert gone.complete
    kept = merge(BASE, sets, [Resolution(deletion.id, "side", "Ada", "Needed.", "MP2")])
    assert kinds(kept.conflicts) == [("text", "D8.1")]


def test_of_two_added_under_one_number_one_is_taken_or_both_with_numbers():
    sets = sets_of(
        (insert("D7", "D7.4", "D7.5", "One.", children=(Provision(number="D7.5(a)"),)),),
        (insert("D7", "D7.4", "D7.5", "Two."),),
    )
    assert texts(resolved(sets, "side", "MP2").code)["D7.5"] == "Two."
    assert "D7.5" not in numbers(resolved(sets, "base").code)

    both = resolved(sets, "given", numbers={"MP1": "D7.6", "MP2": "D7.5"})
    assert numbers(both.code)[6:10] == ["D7.4", "D7.5", "D7.6", "D7.6(a)"]
    given = resolved(sets, "given", provisions=(Provision(number="D7.5", text="One and two."),))
    assert texts(given.code)["D7.5"] == "One and two."


def test_a_number_that_two_would_bear_is_settled_by_numbers():
    sets = sets_of((renumber("D7.4", "D7.5"),), (insert("D7", "D7.4", "D7.5", "New."),))
    found = resolved(sets, "given", numbers={"MP1": "D7.5", "MP2": "D7.6"})

    assert found.complete
    assert texts(found.code)["D7.5"] == "A late report is named."
    assert texts(found.code)["D7.6"] == "New."


def test_a_move_is_taken_with_its_number():
    sets = sets_of(
        (move("D7.4", "D8", "D8.2", now="D8.3"), renumber("D7.4", "D8.3")),
        (move("D7.4", "D9", "D9.1", now="D9.2"), renumber("D7.4", "D9.2")),
    )

    assert "D9.2" in numbers(resolved(sets, "side", "MP2").code)
    assert numbers(resolved(sets, "base").code) == numbers(BASE)


def test_where_a_split_is_not_taken_the_edits_of_its_pieces_stay():
    second = "It may ask for more."
    piece_edit = edit("D7.1", ("more", "papers"))
    in_piece = replace(
        piece_edit,
        key=("+1", key("D7.1A")),
        edits=((second.index("more"), "more", "papers"),),
    )
    sets = sets_of(
        (split("D7.1", second, "D7.1A"), in_piece),
        (edit("D7.1", ("Party. It may", "Party and may")),),
    )
    found = resolved(sets, "side", "MP2")

    assert texts(found.code)["D7.1"] == (
        "The Panel shall send a report to each Party and may ask for papers."
    )


def test_headings_numbers_and_tables_are_given():
    sets = sets_of((head("D8", "Voting"),), (head("D8", "Ballots"),))
    assert resolved(sets, "given", heading=None).code.documents[0].provisions[1].heading is None

    sets = sets_of((renumber("D7.4", "D7.6"),), (renumber("D7.4", "D7.7"),))
    assert "D7.9" in numbers(resolved(sets, "given", number="D7.9").code)

    old = provision("D7.3").table or None
    sets = sets_of(
        (SetTable(key("D7.3"), old, Table((("One",),))),),
        (SetTable(key("D7.3"), old, None),),
    )
    found = resolved(sets, "given", table=Table((("Both",),)))
    assert found.code.documents[0].provisions[0].children[2].table == Table((("Both",),))


def test_what_does_not_settle_a_conflict_is_refused():
    with pytest.raises(Refused, match="gives nothing that settles it"):
        resolved(SETS, "given", number="D9")


def test_a_side_that_is_none_is_refused():
    with pytest.raises(Refused, match="'MP3', which is on none of its sides"):
        resolved(SETS, "side", "MP3")


def test_a_decision_without_a_reason_is_refused():
    found = merge(BASE, SETS)
    with pytest.raises(Refused, match="does not say who decided, and why"):
        merge(BASE, SETS, [replace(answer(found, "base"), reason=" ")])


def test_two_decisions_about_one_conflict_are_refused():
    found = merge(BASE, SETS)
    with pytest.raises(Refused, match="is there twice"):
        merge(BASE, SETS, [answer(found, "base"), answer(found, "side", "MP1")])


def test_a_decision_about_a_conflict_that_is_gone_is_refused():
    found = merge(BASE, SETS)
    with pytest.raises(Refused, match="it is not there now"):
        merge(BASE, SETS[:1], [answer(found, "base")])


def test_a_decision_about_sides_that_have_changed_is_refused():
    found = merge(BASE, SETS)
    changed = [SETS[0], named("MP2", edit("D7.1", ("shall", "should")))]
    with pytest.raises(Refused, match="the sides of that conflict have changed"):
        merge(BASE, changed, [answer(found, "base")])


def test_a_conflict_keeps_its_name_when_proposals_are_called_otherwise():
    found = merge(BASE, SETS)
    again = merge(BASE, [replace(one, change_set=f"X{one.change_set}") for one in SETS])

    assert [one.id for one in again.conflicts] == [one.id for one in found.conflicts]


def test_two_sets_of_one_name_are_refused():
    with pytest.raises(Refused, match="Two different change sets are called MP1"):
        merge(BASE, [SETS[0], replace(SETS[1], change_set="MP1")])
    assert merge(BASE, [SETS[0], SETS[0]]) == merge(BASE, SETS[:1])


def test_a_set_that_does_not_fit_the_base_is_refused():
    stranger = named("MP9", replace(edit("D7.1", ("shall", "must")), hashes=("0" * 16, "1" * 16)))
    with pytest.raises(Refused, match="MP9, operation 1"):
        merge(BASE, [*SETS, stranger])


def test_reports_and_answers_are_read_back_from_json():
    found = merge(BASE, SETS)
    report = ConflictsFile(
        text_hash(BASE),
        found.hash,
        ("MP1", "MP2", "MP3"),
        found.conflicts,
        found.outcomes,
        found.notes,
    )
    answers = ResolutionsFile((answer(found, "given", text="The Panel reports."),))

    for file in (report, answers):
        assert msgspec.json.decode(msgspec.json.encode(file), type=type(file)) == file


def test_an_answer_that_another_answer_makes_needless_is_no_fault():
    base = Code((Document("Section D", provisions=(Provision(number="D1", text="First."),)),))
    key = "Section D/D1"
    hashes = short_hash("First."), short_hash("[Not Used]")
    not_used = Replace(key, hashes, ((0, "First.", "[Not Used]"),))
    one, other = (
        Insert(("+1", "Section D/D1(a)"), Slot(key), Provision(number="D1(a)", text=text))
        for text in ("One.", "Two.")
    )
    sets = [ChangeSet("MP1", (not_used,)), ChangeSet("MP2", (one,)), ChangeSet("MP3", (other,))]
    asked = merge(base, sets)
    answers = [
        Resolution(conflict=each.id, take="base", by="Ada", reason="It reads best.")
        for each in asked.conflicts
    ]
    assert {each.kind for each in asked.conflicts} == {"under-deleted", "inserted-number"}
    assert merge(base, sets, answers).complete

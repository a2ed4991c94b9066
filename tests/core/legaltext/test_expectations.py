"""What a change set expects to find: a text in which anything of it is otherwise is refused."""

import pytest
from msgspec.structs import replace

from engross.core.legaltext.applying import apply
from engross.core.legaltext.change_sets import (
    ChangeSet,
    Delete,
    DeleteDocument,
    Insert,
    Join,
    Move,
    Operation,
    Piece,
    Slot,
    Split,
)
from engross.core.legaltext.provisions import Code, Document, Provision, Table, short_hash
from engross.core.refusals import Refused


def clause(ident: str, number: str, text: str, *children: Provision) -> Provision:
    return Provision(id=ident, number=number, text=text, children=children)


LIMB = clause("p-a", "D1.2(a)", "a register;")
BASE = Code(
    (
        Document(
            "Section D",
            provisions=(
                clause(
                    "p-1", "D1", "Duties",
                    clause("p-1.1", "D1.1", "The Panel meets. It votes."),
                    clause("p-1.2", "D1.2", "The Panel keeps", LIMB),
                ),
                clause("p-2", "D2", "Rights"),
            ),
        ),
        Document("Appendix A", provisions=(clause("p-3", "1", "Forms"),)),
    )
)  # fmt: skip


def refused(*operations: Operation) -> str:
    with pytest.raises(Refused) as caught:
        apply(BASE, ChangeSet("MP1", operations))
    return str(caught.value.reasons[0])


def test_a_clause_that_is_taken_away_is_looked_for_where_it_stood():
    removal = Delete(("p-a", "-1"), Slot("p-1.1"), LIMB)

    assert "Section D1.2(a) to stand under p-1.1, but it stands under Section D1.2" in refused(
        removal
    )


def test_a_slot_behind_a_sibling_that_stands_elsewhere_is_refused():
    addition = Insert(("+1", "Section D/D2(b)"), Slot("p-2", "p-a"), Provision(number="D2(b)"))

    assert "Section D1.2(a) to stand under p-2" in refused(addition)


def test_a_slot_behind_what_the_set_itself_puts_elsewhere_is_refused():
    move = Move("p-a", Slot("p-1.2"), Slot("p-1"))
    addition = Insert(("+1", "Section D/D1.2(b)"), Slot("p-1.2", "p-a"), Provision(text="New."))

    assert "p-a to stand under p-1.2, but it stands under p-1" in refused(move, addition)


def test_a_document_is_taken_away_only_as_it_was():
    other = replace(BASE.documents[1], provisions=(clause("p-3", "1", "Old forms"),))

    assert "what Appendix A holds to be as it was" in refused(
        DeleteDocument(("Appendix A", "-1"), other, "Section D")
    )


def test_a_clause_is_not_taken_for_a_document():
    assert "Section D to be a provision, but it is a document" in refused(
        Delete(("Section D", "-1"), Slot("Section D"), LIMB)
    )


def test_a_split_parts_only_the_text_it_was_drafted_on():
    piece = Piece(("+1", "Section D/D1.1A"), Slot("p-1", "p-1.1"), " ", "D1.1A")
    split = Split("p-1.1", (16,), (piece,), short_hash("The Panel meets. It rests."))

    assert "Section D1.1 to have the text it parts" in refused(split)
    assert apply(BASE, ChangeSet("MP1", (replace(split, hash=""),))).operations == 1


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"number": "D9"}, "to be 'D9'"),
        ({"heading": "Notices"}, "Notices"),
        ({"id": "p-9"}, "to be 'D2', 'p-9', but it is 'D2', 'p-2'"),
    ],
)
def test_a_join_puts_together_only_what_it_names(changed: dict[str, str], expected: str):
    piece = Piece(("p-2", "-1"), Slot("Section D", "p-1"), " ", "D2", None, "p-2")

    assert expected in refused(Join("p-1", (6,), (replace(piece, **changed),)))


def test_a_join_takes_no_text_table_or_list_away_unseen():
    leaves_list = Piece(("p-1.2", "-1"), Slot("p-1", "p-1.1"), " ", "D1.2", None, "p-1.2")
    other_text = Piece(("p-2", "-1"), Slot("Section D", "p-1"), " ", "D2", None, "p-2")
    with_table = replace(BASE.documents[1].provisions[0], table=Table((("a",),)))
    base = Code((replace(BASE.documents[1], provisions=(with_table, clause("p-4", "2", "x"))),))
    tabled = Join("p-4", (1,), (Piece(("p-3", "-1"), Slot("Appendix A"), "", "1", None, "p-3"),))

    assert "to have nothing but a text" in refused(Join("p-1.1", (26,), (leaves_list,)))
    assert "to have the texts it joins, but they read 'Duties Rights'" in refused(
        Join("p-1", (6,), (other_text,), short_hash("Duties Wrongs"))
    )
    with pytest.raises(Refused, match="nothing but a text"):
        apply(base, ChangeSet("MP1", (tabled,)))


def test_nothing_is_put_under_what_the_set_itself_takes_away():
    removal = Delete(("p-1.2", "-1"), Slot("p-1", "p-1.1"), BASE.documents[0].provisions[0])
    addition = Insert(("+1", "Section D/D1.2(b)"), Slot("p-a"), Provision(text="New."))

    assert "p-1.2 to stay, but this very set takes it away" in refused(addition, removal)


def test_two_moves_do_not_put_two_clauses_under_each_other():
    moves = Move("p-1.1", Slot("p-1"), Slot("p-1.2")), Move("p-1.2", Slot("p-1"), Slot("p-1.1"))

    assert "p-1.1 to go elsewhere, but it would stand under itself" in refused(*moves)


def test_a_set_does_one_kind_of_thing_to_a_clause_once():
    move = Move("p-1.1", Slot("p-1"), Slot("p-2"))

    assert "p-1.1 once" in refused(move, move)


def test_a_set_of_another_text_is_refused_by_its_first_expectations_and_soon():
    clauses = [clause(f"p-{at}", f"D{at}", f"Clause {at} says this and that.") for at in range(60)]
    removals = [
        Delete((one.id or "", f"-{at}"), Slot("Section D"), replace(one, text=f"{one.text} Gone."))
        for at, one in enumerate(clauses)
    ]
    base = Code((Document("Section D", provisions=tuple(clauses)),))
    with pytest.raises(Refused) as caught:
        apply(base, ChangeSet("MP1", tuple(removals)))
    told = [str(reason) for reason in caught.value.reasons]
    assert len(told) == 21
    assert told[0].startswith("MP1, operation 1: it expects Section D0 to read 'Clause 0 says")
    assert told[-1].startswith("MP1: and 40 more")


def test_what_stands_where_it_is_looked_for_is_not_its_own_nearest_match():
    removal = Delete(("p-a", "-1"), Slot("p-1.2"), replace(LIMB, text="a register of Parties;"))
    assert "nearest" not in refused(removal)


def test_a_clause_that_stands_elsewhere_is_named_as_the_nearest_match():
    gone = clause("p-9", "D9", "The Panel meets. It votes.")
    assert "The nearest match is Section D1.1" in refused(Delete(("p-9", "-1"), Slot("p-1"), gone))

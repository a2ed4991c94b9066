"""Change sets applied: every kind of operation, alone, together, and refused."""

import pytest

from engross.core.legaltext.applying import apply, apply_operations
from engross.core.legaltext.change_sets import (
    ChangeSet,
    Delete,
    DeleteDocument,
    EditTable,
    Insert,
    InsertDocument,
    Join,
    Move,
    Operation,
    Piece,
    Renumber,
    Replace,
    SetDocument,
    SetHeading,
    Slot,
    Split,
)
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import (
    Code,
    Document,
    Inline,
    Provision,
    Table,
    provisions_of,
    short_hash,
)
from engross.core.refusals import Refused

LEAD = "The Panel shall:"
PARTS = (
    Provision(number="D7.2(a)", text="keep a register; and"),
    Provision(number="D7.2(b)", text="publish it."),
)
D7 = Provision(
    number="D7",
    heading="Reports",
    children=(
        Provision(number="D7.1", text="A report is made. It is sent to all Parties."),
        Provision(number="D7.2", text=LEAD, children=PARTS),
        Provision(number="D7.3", text="Times:", table=Table((("Step", "Days"), ("Draft", "5")))),
    ),
)
D8 = Provision(number="D8", heading="Votes", children=(Provision(number="D8.1", text="A vote."),))
BASE = Code((Document("Section D", "Changes", provisions=(D7, D8)),))


def changed(*operations: Operation) -> Code:
    return apply(BASE, ChangeSet("MP1", operations)).code


def numbers(code: Code) -> list[str]:
    return [provision.number for provision in provisions_of(code)]


def text_of(code: Code, number: str) -> str:
    return next(p.text for p in provisions_of(code) if p.number == number)


def replaced(number: str, old: str, new: str, *, text: str) -> Replace:
    result = text.replace(old, new)
    key = f"Section D/{number}"
    return Replace(key, (short_hash(text), short_hash(result)), ((text.index(old), old, new),))


def test_what_no_operation_names_is_the_base_s_own_object():
    result = changed(SetHeading("Section D/D8", "Votes", "Voting"))

    assert result.documents[0].provisions[1].heading == "Voting"
    assert result.documents[0].provisions[0] is BASE.documents[0].provisions[0]


def test_what_stands_under_a_renumbered_clause_follows_it():
    result = changed(Renumber(("Section D/D7", "Section D/D6"), "D7", "D6"))

    assert numbers(result)[:5] == ["D6", "D6.1", "D6.2", "D6.2(a)", "D6.2(b)"]


def test_a_renamed_section_renumbers_all_that_bears_its_letter():
    result = changed(SetDocument(("Section D", "Section X"), "document", "Section D", "Section X"))

    assert result.documents[0].document == "Section X"
    assert numbers(result)[0] == "X7"
    assert numbers(result)[-1] == "X8.1"


def test_a_provision_is_inserted_after_another_and_a_second_after_the_first():
    first = Insert(
        ("+1", "Section D/D7.1A"),
        Slot("Section D/D7", "Section D/D7.1"),
        Provision(number="D7.1A", text="One."),
    )
    second = Insert(
        ("+2", "Section D/D7.1B"),
        Slot("Section D/D7", "+1"),
        Provision(number="D7.1B", text="Two."),
    )

    assert numbers(changed(second, first))[1:4] == ["D7.1", "D7.1A", "D7.1B"]


def test_a_moved_clause_takes_what_is_under_it_and_the_number_of_its_new_place():
    move = Move(
        ("Section D/D7.2", "Section D/D8.2"),
        was=Slot("Section D/D7", "Section D/D7.1"),
        to=Slot("Section D/D8", "Section D/D8.1"),
    )

    assert numbers(changed(move))[-4:] == ["D8.1", "D8.2", "D8.2(a)", "D8.2(b)"]


def test_a_clause_moves_into_what_the_same_set_inserts():
    insert = Insert(
        ("+1", "Section D/D9"), Slot("Section D", "Section D/D8"), Provision(number="D9")
    )
    move = Move(
        ("Section D/D7.1", "Section D/D9.1"),
        was=Slot("Section D/D7"),
        to=Slot(("+1", "Section D/D9")),
    )

    assert numbers(changed(insert, move))[-2:] == ["D9", "D9.1"]


def test_what_is_moved_out_of_a_deleted_clause_stays():
    move = Move(
        ("Section D/D8.1", "Section D/D7.4"),
        was=Slot("Section D/D8"),
        to=Slot("Section D/D7", "Section D/D7.3"),
    )
    number = Renumber(("Section D/D8.1", "Section D/D7.4"), "D8.1", "D7.4")
    gone = Delete(
        ("Section D/D8", "-1"),
        Slot("Section D", "Section D/D7"),
        Provision(number="D8", heading="Votes"),
    )

    assert numbers(changed(move, number, gone))[-2:] == ["D7.3", "D7.4"]


def test_a_text_is_split_and_its_pieces_edited():
    text = "A report is made. It is sent to all Parties."
    piece = Piece(
        ("+1", "Section D/D7.1A"),
        Slot("Section D/D7", "Section D/D7.1"),
        glue=" ",
        number="D7.1A",
    )
    split = Split("Section D/D7.1", (text.index(" It"),), (piece,))
    second = "It is sent to all Parties."
    edit = Replace(
        ("+1", "Section D/D7.1A"),
        (short_hash(second), short_hash("It is sent to the Panel.")),
        ((second.index("all Parties"), "all Parties", "the Panel"),),
    )
    result = changed(split, edit)

    assert text_of(result, "D7.1") == "A report is made."
    assert text_of(result, "D7.1A") == "It is sent to the Panel."


def test_two_texts_are_joined_and_the_second_is_gone():
    piece = Piece(
        ("Section D/D7.2(b)", "-1"),
        Slot("Section D/D7.2", "Section D/D7.2(a)"),
        glue=" ",
        number="D7.2(b)",
    )
    result = changed(Join("Section D/D7.2(a)", (len(PARTS[0].text),), (piece,)))

    assert text_of(result, "D7.2(a)") == "keep a register; and publish it."
    assert "D7.2(b)" not in numbers(result)


def test_rows_and_cells_of_a_table_are_changed_by_the_rows_of_the_base():
    edit = EditTable("Section D/D7.3", ((1, (), (("Plan", "2"),)),), ((1, 1, ((0, "5", "7"),)),))
    result = next(p for p in provisions_of(changed(edit)) if p.number == "D7.3")

    assert result.table == Table((("Step", "Days"), ("Plan", "2"), ("Draft", "7")))


def test_a_document_is_added_and_another_taken_away():
    added = InsertDocument(("+1", "Section E"), Document("Section E", "Data"), "Section D")
    gone = DeleteDocument(("Section D", "-1"), BASE.documents[0])

    assert [document.document for document in changed(added, gone).documents] == ["Section E"]


def test_marks_follow_the_edits_of_a_text():
    text = "A Party shall pay."
    base = Code(
        (
            Document(
                "Section D",
                provisions=(Provision(number="D1", text=text, inlines=(Inline("strong", 2, 7),)),),
            ),
        )
    )
    edit = replaced("D1", "A ", "Every single ", text=text)
    result = apply(base, ChangeSet("MP1", (edit,))).code.documents[0].provisions[0]

    assert result.text == "Every single Party shall pay."
    assert result.inlines == (Inline("strong", 13, 18),)


def test_sets_are_applied_together_in_any_order():
    sets = [
        (replaced("D7.2", "The Panel", "Each Party", text=LEAD),),
        (replaced("D7.2", "shall", "must", text=LEAD),),
        (
            Insert(
                ("+1", "Section D/D6.1A"),
                Slot(("Section D/D7", "Section D/D6"), ("Section D/D7.1", "Section D/D6.1")),
                Provision(number="D6.1A", text="New."),
            ),
            Renumber(("Section D/D7", "Section D/D6"), "D7", "D6"),
        ),
        (
            Insert(
                ("+1", "Section D/D7.1B"),
                Slot("Section D/D7", "Section D/D7.1"),
                Provision(number="D7.1B", text="Newer."),
            ),
        ),
    ]
    places = Places(BASE)
    forward = apply_operations(places, sets)

    assert apply_operations(places, sets[::-1]) == forward
    assert numbers(forward)[:5] == ["D6", "D6.1", "D6.1A", "D6.1B", "D6.2"]
    assert text_of(forward, "D6.2") == "Each Party must:"


def test_a_text_that_reads_otherwise_is_refused_with_what_stands_there_and_the_nearest():
    edit = replaced("D7.1", "publish", "print", text="publish it.")

    with pytest.raises(Refused, match=r"operation 1.*it reads 'A report is made.*D7\.2\(b\)"):
        changed(edit)


def test_a_clause_that_is_not_there_is_refused():
    with pytest.raises(Refused, match="Section D/D99, but nothing is called that"):
        changed(Renumber("Section D/D99", "D99", "D98"))


def test_a_deletion_is_refused_where_something_new_stands_under_it():
    less = Provision(number="D7.2", text=LEAD, children=PARTS[:1])

    with pytest.raises(Refused, match="what stands under Section D7"):
        changed(Delete(("Section D/D7.2", "-1"), Slot("Section D/D7", "Section D/D7.1"), less))

"""An editor's instructions, by address, become a change set."""

import msgspec
import pytest

from engross.core.legaltext.applying import apply
from engross.core.legaltext.change_sets import ChangeSet
from engross.core.legaltext.editing import Instruction, Instructions, edit, edit_by
from engross.core.legaltext.editing.instructions import (
    Delete,
    DeleteDocument,
    DeleteRow,
    InsertAfter,
    InsertDocument,
    InsertRow,
    InsertUnder,
    Join,
    LeaveNotUsed,
    MoveAfter,
    MoveUnder,
    Renumber,
    ReplaceWords,
    SetCell,
    SetHeading,
    SetTable,
    SetText,
    SetTitle,
    Split,
)
from engross.core.legaltext.inverting import invert
from engross.core.legaltext.provisions import Code, Document, Inline, Provision, Table
from engross.core.refusals import Refused

STEPS = Table((("Step", "Days"), ("Draft", "5"), ("Vote", "2")))


def clause(number: str, text: str = "", *children: Provision, **more: object) -> Provision:
    return Provision(number=number, text=text, children=children, **more)  # type: ignore[arg-type]


BASE = Code(
    (
        Document(
            "Section D",
            "Changes",
            provisions=(
                clause(
                    "D7", "",
                    clause("D7.1", "The Panel shall report. It shall vote."),
                    clause(
                        "D7.2", "The Panel shall:",
                        clause("D7.2(a)", "keep a register;"),
                        clause("D7.2(b)", "publish it."),
                    ),
                    clause("D7.3", "Times:", table=STEPS),
                    heading="Reports",
                ),
                clause("D8", "", clause("D8.1", "A vote."), heading="Votes"),
            ),
        ),
        Document("Appendix L", "Forms", provisions=(clause("1", "A form."),)),
    )
)  # fmt: skip


def lines(code: Code) -> list[str]:
    found: list[str] = []

    def walk(provisions: tuple[Provision, ...]) -> None:
        for one in provisions:
            found.append(" ".join(part for part in (one.number, one.heading, one.text) if part))
            walk(one.children)

    for document in code.documents:
        found.append(f"{document.document}: {document.title}")
        walk(document.provisions)
    return found


def edited(*instructions: Instruction) -> tuple[list[str], list[str], ChangeSet]:
    """Return the lines that go and those that come, and the change set."""
    change_set = edit(BASE, instructions, "MP1")
    result = apply(BASE, change_set).code
    assert apply(result, invert(change_set)).code == BASE
    old, new = lines(BASE), lines(result)
    gone = [line for line in old if line not in new]
    return gone, [line for line in new if line not in old], change_set


def kinds(change_set: ChangeSet) -> list[str]:
    return [type(one).__name__ for one in change_set.operations]


def result_of(*instructions: Instruction) -> list[str]:
    return lines(apply(BASE, edit(BASE, instructions, "MP1")).code)


def refusal(*instructions: Instruction) -> str:
    with pytest.raises(Refused) as caught:
        edit(BASE, instructions, "MP1")
    return str(caught.value)


@pytest.mark.parametrize("at", ["D7.2(a)", "Section D7.2(a)", "Section D/D7.2(a)"])
def test_words_are_replaced_at_any_form_of_an_address(at: str):
    gone, come, change_set = edited(ReplaceWords(at, "register", "list"))

    assert (gone, come) == (["D7.2(a) keep a register;"], ["D7.2(a) keep a list;"])
    assert kinds(change_set) == ["Replace"]
    assert change_set.operations[0].key == "Section D/D7.2(a)"


def test_several_edits_of_one_text_are_made_one_after_the_other():
    _gone, come, change_set = edited(
        ReplaceWords("D7.1", "shall", "may", every=True),
        ReplaceWords("D7.1", "It may", "It shall"),
    )

    assert come == ["D7.1 The Panel may report. It shall vote."]
    assert kinds(change_set) == ["Replace"]


def test_marks_go_along_with_the_words_they_are_over():
    marked = clause("1", "The Panel votes.", inlines=(Inline("strong", 4, 9),))
    base = Code((Document("Rules", provisions=(marked,)),))
    result = apply(base, edit(base, [SetText("1", "Then the Panel votes.")])).code

    (provision,) = result.documents[0].provisions
    assert provision.inlines == (Inline("strong", 9, 14),)


def test_things_put_behind_one_another_stand_in_the_order_they_were_said():
    found = result_of(
        InsertAfter("D7.2(a)", clause("D7.2(aB)", "tell it;")),
        InsertAfter("D7.2(a)", clause("D7.2(aA)", "count it;")),
        InsertUnder("D7.2", clause("D7.2(0)", "meet;"), first=True),
        InsertUnder("D7.2", clause("D7.2(c)", "rest.", clause("D7.2(c)(i)", "long."))),
        InsertUnder("Appendix L", clause("2", "Another form.")),
    )

    assert found[3:11] == [
        "D7.2 The Panel shall:", "D7.2(0) meet;", "D7.2(a) keep a register;", "D7.2(aB) tell it;",
        "D7.2(aA) count it;", "D7.2(b) publish it.", "D7.2(c) rest.", "D7.2(c)(i) long.",
    ]  # fmt: skip
    assert found[-1] == "2 Another form."


def test_a_clause_that_is_not_used_keeps_its_number_only():
    gone, come, _ = edited(LeaveNotUsed("D7.2"), LeaveNotUsed("D8"))

    assert come == ["D7.2 [Not Used]", "D8 [Not Used]"]
    assert "D7.2(a) keep a register;" in gone
    assert "D8.1 A vote." in gone


def test_a_moved_clause_takes_its_list_along_and_its_new_place_s_number():
    gone, come, change_set = edited(MoveUnder("D7.2", "D8"), Renumber("D7.2", "D8.2"))

    assert come == ["D8.2 The Panel shall:", "D8.2(a) keep a register;", "D8.2(b) publish it."]
    assert sorted(kinds(change_set)) == ["Move"]
    assert len(gone) == 3


def test_behind_what_is_moved_is_where_it_goes_and_last_is_behind_what_stays():
    found = result_of(
        MoveAfter("D7.3", "D8.1"),
        InsertAfter("D7.3", clause("D8.4", "Behind.")),
        InsertUnder("D7", clause("D7.9", "Last.")),
    )

    assert found[1:] == [
        "D7 Reports", "D7.1 The Panel shall report. It shall vote.", "D7.2 The Panel shall:",
        "D7.2(a) keep a register;", "D7.2(b) publish it.", "D7.9 Last.", "D8 Votes",
        "D8.1 A vote.", "D8.3 Times:", "D8.4 Behind.", "Appendix L: Forms", "1 A form.",
    ]  # fmt: skip


def test_what_is_moved_out_of_a_deleted_clause_stays():
    gone, come, change_set = edited(
        Delete("D7"), MoveUnder("D7.2", "D8"), Delete("D7.1"), SetText("D7.2(a)", "keep a list;")
    )

    assert come == ["D8.2 The Panel shall:", "D8.2(a) keep a list;", "D8.2(b) publish it."]
    assert "D7.3 Times:" in gone
    assert sorted(kinds(change_set)) == ["Delete", "Move", "Replace"]


def test_a_text_is_split_and_another_put_together():
    _gone, come, change_set = edited(
        Split("D7.1", "It shall vote", "D7.1A"),
        InsertAfter("D7.1", clause("D7.1B", "Then it rests.")),
        Join("D7.2(a)", "D7.2(b)"),
    )

    assert come == [
        "D7.1 The Panel shall report.", "D7.1A It shall vote.", "D7.1B Then it rests.",
        "D7.2(a) keep a register; publish it.",
    ]  # fmt: skip
    assert sorted(kinds(change_set)) == ["Insert", "Join", "Split"]


def test_rows_and_cells_count_from_one():
    change_set = edit(
        BASE,
        [
            SetCell("D7.3", 2, 2, "7"),
            InsertRow("D7.3", 0, ("What", "How long")),
            DeleteRow("D7.3", 4),
            SetTable("D8.1", (("Yes", "No"),)),
        ],
    )
    section = apply(BASE, change_set).code.documents[0]

    assert section.provisions[0].children[2].table == Table(
        (("What", "How long"), ("Step", "Days"), ("Draft", "7"))
    )
    assert section.provisions[1].children[0].table == Table((("Yes", "No"),))


def test_documents_come_go_and_are_titled():
    gone, come, _ = edited(
        SetTitle("Section D", "Modifications"),
        DeleteDocument("Appendix L"),
        InsertDocument(Document("Appendix A", provisions=(clause("1", "New."),)), "Section D"),
        InsertDocument(Document("Appendix B"), "Section D"),
        SetHeading("D8", "Voting"),
    )

    assert come == ["Section D: Modifications", "D8 Voting", "Appendix A: ", "1 New.",
                    "Appendix B: "]  # fmt: skip
    assert "Appendix L: Forms" in gone


@pytest.mark.parametrize(
    ("instructions", "expected"),
    [
        ([SetText("D7.2(z)", "x")], "Nothing is called 'D7.2(z)'. Name a provision by its number "
                                    "or id; the nearest is 'D7.2(a)'"),
        ([SetText("Section D", "x")], "'Section D' is a document"),
        ([DeleteDocument("D7")], "'D7' is not a document"),
        ([ReplaceWords("D7.1", "shall", "may")], "'shall' stands 2 times in D7.1"),
        ([ReplaceWords("D7.1", "must", "may")], "'must' stands not in D7.1"),
        ([SetCell("D7.3", 9, 1, "x")], "The table of D7.3 has no row 9"),
        ([SetCell("D7.3", 1, 3, "x")], "The table of D7.3 has no column 3"),
        ([DeleteRow("D8.1", 1)], "The table of D8.1 has no row 1"),
        ([InsertRow("D7.3", 4, ("x",))], "The table of D7.3 has no row 4"),
        ([Delete("D7"), SetText("D7.1", "x")], "Section D7.1 is edited, and also taken away"),
        ([MoveUnder("D7.1", "D8"), MoveAfter("D7.1", "D7.3")], "D7.1 is to be moved twice"),
        ([MoveAfter("D7.1", "D7.3"), MoveAfter("D7.3", "D7.1")], "cannot each be moved behind"),
        ([MoveUnder("D7", "D7.2")], "it would stand under itself"),
        ([Delete("D8"), InsertUnder("D8", clause("D8.2"))], "this very set takes it away"),
        ([Split("D7.1", "It", "D7.1A"), Join("D7.1", "D7.3")], "split or joined twice"),
        ([Split("D7.1", "It", "D7.1A"), SetText("D7.1", "x")], "edited, and also taken away"),
        ([Join("D7.1", "D7.2")], "to have nothing but a text"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_refused_with_what_is_there(
    instructions: list[Instruction], expected: str
):
    assert expected in refusal(*instructions)


def test_a_number_that_two_documents_bear_needs_its_document():
    base = Code((Document("Appendix A", provisions=(clause("1", "A."),)), BASE.documents[1]))

    with pytest.raises(Refused, match=r"'1' may be any of Appendix A/1, Appendix L/1"):
        edit(base, [SetText("1", "x")])
    assert edit(base, [SetText("Appendix L, 1", "x")]).operations[0].key == "Appendix L/1"


def test_instructions_come_from_a_file():
    file = msgspec.toml.decode(
        """
        change_set = "MP1"
        title = "Lists"
        day = "2022-06-30"

        [[change]]
        do = "replace"
        at = "D7.2(a)"
        find = "register"
        put = "list"

        [[change]]
        do = "insert-after"
        after = "D7.2(b)"
        [change.provision]
        number = "D7.2(c)"
        text = "count it."
        """,
        type=Instructions,
    )
    change_set = edit_by(BASE, file)

    assert (change_set.change_set, change_set.title, change_set.day) == (
        "MP1", "Lists", "2022-06-30"
    )  # fmt: skip
    assert kinds(change_set) == ["Replace", "Insert"]

"""Every way in which two sets can exclude one another, and the near things in which they do not.

Each case is merged twice: alone, and together with a set that renumbers whole clauses.
"""

import pytest
from msgspec.structs import replace

from engross.core.legaltext.change_sets import (
    ChangeSet,
    EditTable,
    Format,
    Insert,
    InsertDocument,
    Operation,
    Replace,
    SetDocument,
    SetTable,
    Slot,
)
from engross.core.legaltext.merging import merge
from engross.core.legaltext.provisions import Code, Document, Inline, Provision, short_hash
from tests.core.legaltext.merging.drafting import (
    BASE,
    SENDS,
    delete,
    edit,
    head,
    insert,
    join,
    key,
    kinds,
    merged,
    move,
    not_used,
    numbers,
    provision,
    renumber,
    split,
    texts,
)

Sets = tuple[tuple[Operation, ...], ...]


def rows(*edits: tuple[int, tuple, tuple]) -> EditTable:
    return EditTable(key("D7.3"), rows=edits)


def cell(row: int, column: int, *edits: tuple[int, str, str]) -> EditTable:
    return EditTable(key("D7.3"), cells=((row, column, edits),))


OLD_TABLE = provision("D7.3").table or None
DRAFT, FINAL = ("Draft report", "5"), ("Final report", "10")
SECOND = "It may ask for more."
SECOND_EDIT = Replace(
    ("+1", key("D7.1A")),
    (short_hash(SECOND), short_hash("It may demand more.")),
    ((SECOND.index("ask for"), "ask for", "demand"),),
)

CONFLICTS: dict[str, tuple[Sets, list[tuple[str, str]]]] = {
    "different text for one span": (
        ((edit("D7.1", ("shall", "must")),), (edit("D7.1", ("shall", "may")),)),
        [("text", "D7.1")],
    ),
    "spans that overlap": (
        ((edit("D7.1", ("Panel shall", "Board")),), (edit("D7.1", ("shall send", "sends")),)),
        [("text", "D7.1")],
    ),
    "spans that touch": (
        ((edit("D7.1", ("Panel ", "Board ")),), (edit("D7.1", ("shall", "must")),)),
        [("text", "D7.1")],
    ),
    "different words put in one place": (
        ((edit("D7.1", ("", " Soon.")),), (edit("D7.1", ("", " Late.")),)),
        [("text", "D7.1")],
    ),
    "one conflict of three sides": (
        (
            (edit("D7.1", ("shall", "must")),),
            (edit("D7.1", ("shall", "may")),),
            (edit("D7.1", ("shall", "should")),),
        ),
        [("text", "D7.1")],
    ),
    "an edit against a deletion": (
        ((delete("D7.2"),), (edit("D7.2", ("names", "says")),)),
        [("edit-deletion", "D7.2")],
    ),
    "an edit under a deletion": (
        ((delete("D7"),), (edit("D7.2(a)", ("done", "planned")),)),
        [("edit-deletion", "D7")],
    ),
    "a heading against a deletion": (
        ((delete("D7.4"),), (head("D7.4", "Delays"),)),
        [("edit-deletion", "D7.4")],
    ),
    "a move out of a deletion": (
        ((delete("D7"),), (move("D7.4", "D8", "D8.2", now="D8.4"),)),
        [("edit-deletion", "D7")],
    ),
    "an edit against '[Not Used]'": (
        ((not_used("D7.4"),), (edit("D7.4", ("late", "missing")),)),
        [("edit-deletion", "D7.4")],
    ),
    "a deletion against '[Not Used]'": (
        ((not_used("D7.4"),), (delete("D7.4"),)),
        [("edit-deletion", "D7.4")],
    ),
    "an insertion under '[Not Used]'": (
        ((not_used("D7.4"),), (insert("D7.4", None, "D7.4(a)"),)),
        [("under-deleted", "D7.4")],
    ),
    "an insertion under something deleted": (
        ((delete("D7.2"),), (insert("D7.2", "D7.2(b)", "D7.2(c)"),)),
        [("under-deleted", "D7.2")],
    ),
    "an insertion deep under something deleted": (
        ((delete("D7"),), (insert("D7.2", "D7.2(b)", "D7.2(c)"),)),
        [("under-deleted", "D7")],
    ),
    "a move into something deleted": (
        ((delete("D8"),), (move("D7.4", "D8", "D8.2", now="D8.4"),)),
        [("under-deleted", "D8")],
    ),
    "two destinations": (
        (
            (move("D7.4", "D8", "D8.2", now="D8.4"), renumber("D7.4", "D8.3")),
            (move("D7.4", "D9", "D9.1", now="D9.4"),),
        ),
        [("destinations", "D7.4")],
    ),
    "moves in a ring": (
        ((move("D8", "D9.1", None),), (move("D9", "D8.1", None),)),
        [("cycle", "D8")],
    ),
    "two insertions under one number": (
        ((insert("D7", "D7.4", "D7.5", "One."),), (insert("D7", "D7.4", "D7.5", "Two."),)),
        [("inserted-number", "D7.5")],
    ),
    "two insertions under one number in two places": (
        ((insert("D7", "D7.4", "D7.5", "One."),), (insert("D7", "D7.3", "D7.5", "Two."),)),
        [("inserted-number", "D7.5")],
    ),
    "an insertion and a renumbering to one number": (
        ((renumber("D7.4", "D7.5"),), (insert("D7", "D7.4", "D7.5"),)),
        [("same-number", "D7.5")],
    ),
    "two clauses renumbered to one number": (
        ((renumber("D7.4", "D7.6"),), (renumber("D7.3", "D7.6"),)),
        [("same-number", "D7.6")],
    ),
    "two numbers for one clause": (
        ((renumber("D7.4", "D7.6"),), (renumber("D7.4", "D7.7"),)),
        [("number", "D7.4")],
    ),
    "two headings": (
        ((head("D8", "Voting"),), (head("D8", None),)),
        [("heading", "D8")],
    ),
    "one cell": (
        ((cell(1, 1, (0, "5", "6")),), (cell(1, 1, (0, "5", "7")),)),
        [("table", "D7.3")],
    ),
    "a cell of a row that is taken away": (
        ((rows((1, (DRAFT,), ())),), (cell(1, 1, (0, "5", "7")),)),
        [("table", "D7.3")],
    ),
    "different rows put in one place": (
        ((rows((3, (), (("Vote", "1"),))),), (rows((3, (), (("Plan", "1"),))),)),
        [("table", "D7.3")],
    ),
    "another table altogether": (
        ((SetTable(key("D7.3"), OLD_TABLE),), (cell(1, 1, (0, "5", "7")),)),
        [("table", "D7.3")],
    ),
    "an edit that crosses a cut": (
        (
            (split("D7.1", SECOND, "D7.1A"),),
            (edit("D7.1", ("Party. It may", "Party and may")),),
        ),
        [("cut", "D7.1")],
    ),
    "an edit that ends with what a cut takes away": (
        (
            (split("D7.1", SECOND, "D7.1A"),),
            (edit("D7.1", ("Party. ", "Party; ")),),
        ),
        [("cut", "D7.1")],
    ),
    "two cuts of one text": (
        (
            (split("D7.1", SECOND, "D7.1A"),),
            (split("D7.1", "to each", "D7.1A"),),
        ),
        [("cut", "D7.1"), ("inserted-number", "D7.1A")],
    ),
    "a piece is edited in two ways": (
        (
            (split("D7.1", SECOND, "D7.1A"), SECOND_EDIT),
            (edit("D7.1", ("ask for", "get")),),
        ),
        [("text", "D7.1")],
    ),
    "what one joins another deletes": (
        ((join("D7.2(a)", "D7.2(b)"),), (delete("D7.2(b)"),)),
        [("edit-deletion", "D7.2(b)")],
    ),
    "what one joins another moves": (
        ((join("D7.2(a)", "D7.2(b)"),), (move("D7.2(b)", "D8", "D8.2", now="D8.2(b)"),)),
        [("cut", "D7.2(b)")],
    ),
    "one text joined to two": (
        ((join("D8.1", "D8.2"),), (join("D9.1", "D8.2"),)),
        [("cut", "D8.2")],
    ),
    "two titles of a document": (
        (
            (SetDocument("Section E", "title", "Data", "Records"),),
            (SetDocument("Section E", "title", "Data", "Files"),),
        ),
        [("document", "")],
    ),
    "two documents of one name": (
        (
            (InsertDocument(("+1", "Section F"), Document("Section F", "One"), "Section E"),),
            (InsertDocument(("+1", "Section F"), Document("Section F", "Two"), "Section E"),),
        ),
        [("document", "")],
    ),
    "unlike marks over one word": (
        (
            (Format(key("D8.2"), (), (Inline("footnote", 2, 6, "One."),)),),
            (Format(key("D8.2"), (), (Inline("footnote", 2, 6, "Two."),)),),
        ),
        [("marks", "D8.2")],
    ),
}  # fmt: skip

NO_CONFLICTS: dict[str, Sets] = {
    "one code point stands between two edits": (
        (edit("D7.1", ("Panel", "Board")),),
        (edit("D7.1", ("shall", "must")),),
    ),
    "the same edit twice, and another by one": (
        (edit("D7.1", ("shall", "must")),),
        (edit("D7.1", ("shall", "must"), ("each", "every")),),
    ),
    "the same words put in one place": (
        (edit("D7.1", ("", " Soon.")),),
        (edit("D7.1", ("", " Soon.")),),
    ),
    "one text by different edits": (
        (edit("D7.1", ("Panel shall", "Board must")),),
        (edit("D7.1", ("Panel", "Board"), ("shall", "must")),),
    ),
    "one clause deleted by two": ((delete("D7.2"),), (delete("D7.2"),)),
    "a clause deleted within one deleted": ((delete("D7"),), (delete("D7.2"),)),
    "a number for what another deletes": ((delete("D7.4"),), (renumber("D7.4", "D7.6"),)),
    "an insertion after something deleted": ((delete("D7.4"),), (insert("D7", "D7.4", "D7.5"),)),
    "an edit of what the deletion's own set moves out": (
        (replace(delete("D8"), provision=replace(provision("D8"), children=(provision("D8.1"),))),
         move("D8.2", "D9", "D9.1", now="D9.2")),
        (edit("D8.2", ("vote", "ballot")),),
    ),
    "one move by two": (
        (move("D7.4", "D8", "D8.2", now="D8.4"),),
        (move("D7.4", "D8", "D8.2", now="D8.4"),),
    ),
    "a move, and a number for it in its old place": (
        (move("D7.4", "D8", "D8.2", now="D8.4"),),
        (renumber("D7.4", "D7.5"),),
    ),
    "a move, and an edit of what moves": (
        (move("D7.2", "D8", "D8.2", now="D8.4"), renumber("D7.2", "D8.3")),
        (edit("D7.2(a)", ("done", "planned")),),
    ),
    "a text to '[Not Used]' by two": ((not_used("D7.4"),), (not_used("D7.4"),)),
    "a clause under one '[Not Used]'": (
        (not_used("D7.2"),),
        (edit("D7.2(a)", ("done", "planned")),),
    ),
    "one clause added by two": (
        (insert("D7", "D7.4", "D7.5"),),
        (insert("D7", "D7.4", "D7.5", name="+7"),),
    ),
    "a heading and a text": ((head("D7.4", "Delays"),), (edit("D7.4", ("late", "missing")),)),
    "two rows that follow one another": (
        (rows((1, (DRAFT,), (("Draft", "4"),))),),
        (rows((2, (FINAL,), (("Final", "9"),))),),
    ),
    "two cells of one row": ((cell(1, 1, (0, "5", "6")),), (cell(1, 0, (0, "Draft", "First")),)),
    "an edit inside a piece": (
        (split("D7.1", SECOND, "D7.1A"),),
        (edit("D7.1", ("ask for", "demand"), ("send", "give")),),
    ),
    "one split by two": (
        (split("D7.1", SECOND, "D7.1A"),),
        (split("D7.1", SECOND, "D7.1A", name="+3"),),
    ),
    "an edit of what is joined": (
        (join("D7.2(a)", "D7.2(b)"),),
        (edit("D7.2(b)", ("cost", "will cost")),),
    ),
    "marks over two words": (
        (Format(key("D8.2"), (), (Inline("strong", 2, 6),)),),
        (Format(key("D8.2"), (), (Inline("strong", 10, 14),)),),
    ),
}  # fmt: skip


@pytest.mark.parametrize("renumbering", [False, True], ids=["alone", "renumbered"])
@pytest.mark.parametrize("name", CONFLICTS)
def test_what_excludes_one_another_is_a_conflict(name: str, renumbering: bool):
    sets, expected = CONFLICTS[name]
    found = merged(*sets, renumbering=renumbering)
    if renumbering:
        expected = [(kind, _renumbered(kind, where)) for kind, where in expected]

    assert kinds(found.conflicts) == expected
    assert merged(*sets[::-1], renumbering=renumbering).hash == found.hash


def _renumbered(kind: str, where: str) -> str:
    """Return the number in the result, by which conflicts about numbers are named."""
    return f"D1{where[1:]}" if kind.endswith("-number") else where


@pytest.mark.parametrize("renumbering", [False, True], ids=["alone", "renumbered"])
@pytest.mark.parametrize("name", NO_CONFLICTS)
def test_what_stands_together_is_no_conflict(name: str, renumbering: bool):
    found = merged(*NO_CONFLICTS[name], renumbering=renumbering)

    assert kinds(found.conflicts) == []
    assert merged(*NO_CONFLICTS[name][::-1], renumbering=renumbering).code == found.code


def test_edits_apart_stand_in_one_text():
    found = merged((edit("D7.1", ("Panel", "Board")),), (edit("D7.1", ("shall", "must")),))

    assert texts(found.code)["D7.1"] == SENDS.replace("Panel shall", "Board must")
    assert [outcome.kind for outcome in found.outcomes] == ["combined"]


def test_what_one_set_says_twice_over_another_stands_once():
    found = merged(*NO_CONFLICTS["one text by different edits"])

    assert texts(found.code)["D7.1"] == SENDS.replace("Panel shall", "Board must")


def test_an_edit_goes_into_the_piece_that_it_falls_in():
    found = merged(*NO_CONFLICTS["an edit inside a piece"])

    assert texts(found.code)["D7.1"] == "The Panel shall give a report to each Party."
    assert texts(found.code)["D7.1A"] == "It may demand more."


def test_a_number_from_the_old_place_does_not_follow_a_move():
    found = merged(*NO_CONFLICTS["a move, and a number for it in its old place"])

    assert "D8.4" in numbers(found.code)
    assert [(note.kind, note.change_set) for note in found.notes] == [("number-set-aside", "MP2")]


def test_marks_of_two_sets_stand_in_one_text():
    found = merged(*NO_CONFLICTS["marks over two words"])
    marks = next(p.inlines for d in found.code.documents for p in d.provisions[1].children[1:])

    assert marks == (Inline("strong", 2, 6), Inline("strong", 10, 14))


def test_marks_that_one_set_takes_away_and_another_sets_are_put_together():
    text = "Each Party has a vote."
    base = Code(
        (
            Document(
                "Section D",
                provisions=(Provision(number="D1", text=text, inlines=(Inline("strong", 0, 4),)),),
            ),
        )
    )
    old = (Inline("strong", 0, 4),)
    sets = [
        ChangeSet("MP1", (Format("Section D/D1", old, ()),)),
        ChangeSet("MP2", (Format("Section D/D1", old, (*old, Inline("emphasis", 5, 10))),)),
    ]
    found = merge(base, sets)

    assert found.complete
    assert found.code.documents[0].provisions[0].inlines == (Inline("emphasis", 5, 10),)


def test_a_torn_clause_stays_as_it_was_and_all_else_is_merged():
    found = merged(
        (edit("D7.1", ("shall", "must"), ("Panel", "Board")), edit("D8.1", ("Each", "Every"))),
        (edit("D7.1", ("shall", "may")), head("D7", "Papers")),
    )

    assert texts(found.code)["D7.1"] == SENDS
    assert texts(found.code)["D8.1"] == "Every Party has a vote."
    assert found.code.documents[0].provisions[0].heading == "Papers"
    assert [side.text for side in found.conflicts[0].sides] == [
        SENDS.replace("Panel shall", "Board must"),
        SENDS.replace("Panel shall", "Board may"),
    ]


def test_a_clause_added_beside_one_that_is_left_out_still_finds_its_place():
    first = insert("D7", "D7.4", "D7.5", "One.")
    follows = Insert(
        ("+2", key("D7.6")), Slot(key("D7"), "+1"), Provision(number="D7.6", text="Six.")
    )
    found = merged((first, follows), (insert("D7", "D7.4", "D7.5", "Two."),))

    assert kinds(found.conflicts) == [("inserted-number", "D7.5")]
    assert numbers(found.code)[6:9] == ["D7.4", "D7.6", "D8"]


def test_the_base_is_not_touched():
    assert merged().code == BASE

"""A change set that was sent out and came back as a text keeps its identity."""

from hypothesis import given, settings
from msgspec.structs import replace

from engross.core.legaltext.aligned import Aligned
from engross.core.legaltext.aligning import align
from engross.core.legaltext.applying import apply
from engross.core.legaltext.change_sets import Operation
from engross.core.legaltext.changing import changes_from
from engross.core.legaltext.changing.ids import bearing
from engross.core.legaltext.editing import Instruction, edit
from engross.core.legaltext.editing.instructions import (
    Delete,
    InsertAfter,
    InsertDocument,
    MoveAfter,
    MoveUnder,
    ReplaceWords,
    SetHeading,
    SetText,
    Split,
)
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code, Document, Provision
from engross.core.legaltext.tracing import Revision, trace
from tests.support.legal_alignments import alignments
from tests.support.legal_texts import families


def without_ids(code: Code) -> Code:
    places = Places(code)
    return bearing(places, [None] * len(places))


@given(alignments())
@settings(max_examples=60, deadline=None)
def test_a_set_that_came_back_as_it_was_is_unchanged(aligned: Aligned):
    sent = changes_from(aligned, "MP1")
    result = apply(aligned.old.code, sent).code
    revision = trace(aligned.old, sent, result, aligned.old.code)

    assert revision.unchanged
    assert revision.change_set == sent
    assert revision.kept == sent.operations
    assert revision.untracked == ()


@given(families(3, edits=3))
@settings(max_examples=60, deadline=None)
def test_what_came_back_is_the_text_and_every_operation_is_accounted_for(texts: list[Code]):
    base, wanted, other = texts
    sent = changes_from(align(base, wanted), "MP1")
    revision = trace(base, sent, other)

    result = apply(base, revision.change_set).code
    assert without_ids(result) == _in_language_and_title(without_ids(other), wanted)
    now = [*revision.kept, *(new for _, new in revision.altered), *revision.added]
    was = [*revision.kept, *(old for old, _ in revision.altered), *revision.taken_out]
    assert sorted(map(repr, now)) == sorted(map(repr, revision.change_set.operations))
    assert len(was) == len(sent.operations)


def _in_language_and_title(code: Code, sent: Code) -> Code:
    titles = {document.document: document.title for document in sent.documents}
    return Code(
        tuple(
            replace(one, title=one.title or titles.get(one.document, "")) for one in code.documents
        )
    )


def clause(number: str, text: str, *children: Provision, **more: str) -> Provision:
    return Provision(number=number, text=text, children=children, **more)  # type: ignore[arg-type]


BASE = Code(
    (
        Document(
            "Section D",
            "Changes",
            provisions=(
                clause(
                    "D1", "",
                    clause("D1.1", "The Panel shall send each report to all Parties in ten days."),
                    clause("D1.2", "The Authority may give a direction to the Panel."),
                    clause("D1.3", "Each Party shall keep a register of its Devices."),
                    clause("D1.4", "A report that nobody has asked for is not made."),
                    heading="Reports",
                ),
                clause("D2", "", clause("D2.1", "A vote is open for five days."), heading="Votes"),
            ),
        ),
    )
)  # fmt: skip
SENT: list[Instruction] = [
    ReplaceWords("D1.1", "ten", "twenty"),
    SetHeading("D2", "Voting"),
    InsertAfter("D1.2", clause("D1.2A", "A direction is published on the day it is given.")),
    Delete("D1.4"),
    MoveAfter("D1.3", "D2.1"),
]


def came_back(*instructions: Instruction, without: int | None = None) -> Revision:
    """Send the set out, let it be edited by address, and read it back without ids."""
    sent = edit(BASE, SENT, "MP1")
    kept = [one for at, one in enumerate(SENT) if at != without]
    text = apply(BASE, edit(BASE, kept, "MP1")).code
    text = apply(text, edit(text, instructions)).code
    return trace(BASE, sent, text, BASE)


def named(operations: tuple[Operation, ...]) -> list[tuple[str, str]]:
    return [(type(one).__name__, str(one.key)) for one in operations]


def test_an_edit_of_an_edited_clause_is_a_change_to_that_operation():
    revision = came_back(ReplaceWords("D1.1", "twenty", "thirty"))

    ((was, now),) = revision.altered
    assert was.edits == ((51, "ten", "twenty"),)  # type: ignore[union-attr]
    assert now.edits == ((51, "ten", "thirty"),)  # type: ignore[union-attr]
    assert len(revision.kept) == len(revision.change_set.operations) - 1
    assert revision.added == revision.taken_out == revision.untracked == ()


def test_an_edit_of_an_inserted_clause_is_a_change_to_the_insertion():
    revision = came_back(ReplaceWords("D1.2A", "on the day", "within a day after"))

    ((was, now),) = revision.altered
    assert "on the day" in was.provision.text  # type: ignore[union-attr]
    assert "within a day after" in now.provision.text  # type: ignore[union-attr]


def test_a_clause_put_before_an_inserted_one_leaves_that_as_it_was():
    revision = came_back(InsertAfter("D1.2", clause("D1.2B", "The Panel answers it in a month.")))

    assert revision.altered == revision.taken_out == ()
    (added,) = revision.added
    assert added.provision.number == "D1.2B"  # type: ignore[union-attr]


def test_a_rejected_change_is_taken_out():
    for at, kind in enumerate(["Replace", "SetHeading", "Insert", "Delete", "Move"]):
        revision = came_back(without=at)

        assert kind in [type(one).__name__ for one in revision.taken_out], kind
        assert {type(one).__name__ for one in revision.taken_out} <= {kind, "Renumber"}
        assert revision.added == (), kind


def test_a_new_change_elsewhere_is_added_and_a_moved_clause_may_be_edited():
    revision = came_back(
        ReplaceWords("D1.2", "may", "shall"), SetText("D2.3", "Each Party keeps a list.")
    )

    assert {name for name, _ in named(revision.added)} == {"Replace"}
    assert len(revision.added) == 2
    assert revision.altered == revision.taken_out == ()


def test_a_moved_clause_that_is_sent_elsewhere_is_an_altered_move():
    revision = came_back(MoveUnder("D2.3", "D2", first=True))

    assert [(type(a).__name__, type(b).__name__) for a, b in revision.altered] == [("Move", "Move")]


def test_what_was_changed_in_the_base_without_a_record_is_named():
    sent = edit(BASE, SENT, "MP1")
    before = apply(BASE, edit(BASE, [ReplaceWords("D1.2", "may", "might")])).code
    after = apply(before, sent).code
    revision = trace(BASE, sent, after, before)

    assert named(revision.untracked) == [("Replace", "Section D/D1.2")]
    assert [type(one).__name__ for one in revision.added] == ["Replace"]


def test_new_documents_and_splits_are_known_again():
    sent = edit(
        BASE,
        [
            InsertDocument(Document("Appendix A", "Forms", "en", (clause("1", "A form."),))),
            Split("D1.1", "to all", "D1.1A"),
        ],
        "MP1",
    )
    after = apply(BASE, sent).code
    untitled = tuple(replace(one, title="", language="cy") for one in after.documents)
    revision = trace(BASE, sent, Code(untitled))

    assert revision.unchanged
    assert revision.change_set == sent

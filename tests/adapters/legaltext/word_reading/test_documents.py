"""Documents out of Word files: others' by their looks, ours by their styles."""

import pytest

from engross.adapters.legaltext.word_reading import code_after, code_before, read_word
from engross.adapters.legaltext.word_writing import write_text
from engross.core.legaltext.provisions import (
    Code,
    Document,
    Inline,
    Provision,
    Table,
    provisions_of,
)
from tests.support.word_files import (
    CLAUSES,
    deleted,
    inserted,
    listed,
    paragraph,
    row,
    run,
    word_file,
)


def after(body: str, name: str = "Section D", **parts: str) -> tuple[Document, ...]:
    return code_after(read_word(word_file(body, parts)), name).code.documents


def flat(document: Document) -> list[tuple[str, str | None, str]]:
    return [(one.number, one.heading, one.text) for one in provisions_of(document)]


def heading(text: str, level: int = 1) -> str:
    return paragraph(run(text), properties=f'<w:outlineLvl w:val="{level - 1}"/>')


def test_numbers_counted_by_word_nest_clauses() -> None:
    body = listed(run("one")) + listed(run("two"), level=1) + listed(run("three"), level=2)
    (document,) = after(body, numbering=CLAUSES)
    assert flat(document) == [("1", None, "one"), ("1.1", None, "two"), ("1.1(a)", None, "three")]
    assert document.provisions[0].children[0].children[0].text == "three"


def test_numbers_typed_by_hand_are_numbers() -> None:
    (document,) = after(heading("D1 Raising") + paragraph(run("D1.1\tAny Party may")))
    assert flat(document) == [("D1", "Raising", ""), ("D1.1", None, "Any Party may")]


def test_marks_keep_their_place_behind_a_typed_number() -> None:
    body = paragraph(run("D1.1\tAny ") + run("Party", "<w:b/>"))
    (provision,) = after(body)[0].provisions
    (mark,) = provision.inlines or ()
    assert provision.text[mark.start : mark.end] == "Party"


def test_a_heading_has_the_unnumbered_text_under_it() -> None:
    (document,) = after(heading("D1 Raising") + paragraph(run("It begins.")) + paragraph(run("B")))
    assert flat(document) == [("D1", "Raising", "It begins."), ("", None, "B")]


def test_titles_begin_documents() -> None:
    body = "".join(
        paragraph(run(line))
        for line in ("Section D: Raising", "D1 Text", "Appendix L: Recovery", "1. One")
    )
    found = after(body)
    assert [(one.document, one.title) for one in found] == [
        ("Section D", "Raising"), ("Appendix L", "Recovery"),
    ]  # fmt: skip


def test_a_table_belongs_to_the_clause_before_it() -> None:
    table = f"<w:tbl>{row(paragraph(run('a')) + paragraph(run('b')), paragraph(run('c')))}</w:tbl>"
    (provision,) = after(paragraph(run("D1 Rates")) + table + paragraph())[0].provisions
    assert provision.table
    assert provision.table.rows == (("a\nb", "c"),)


def test_both_sides_of_tracked_changes_are_documents() -> None:
    body = (
        listed(run("kept"))
        + listed(inserted("new"), mark="ins")
        + listed(run("o") + deleted("ld") + inserted("nly"))
    )
    text = read_word(word_file(body, {"numbering": CLAUSES}))
    assert flat(code_before(text, "A").code.documents[0]) == [
        ("1", None, "kept"),
        ("2", None, "old"),
    ]
    assert flat(code_after(text, "A").code.documents[0]) == [
        ("1", None, "kept"), ("2", None, "new"), ("3", None, "only"),
    ]  # fmt: skip


def test_an_odd_number_is_remarked_on() -> None:
    text = read_word(word_file(paragraph(run("(c) begins late"))))
    assert code_after(text, "A").remarks == ("A, (c): the list begins with (c)",)


def test_known_bookmarks_give_provisions_their_ids() -> None:
    mark = '<w:bookmarkStart w:id="1" w:name="engross_abc"/><w:bookmarkEnd w:id="1"/>'
    text = read_word(word_file(paragraph(mark + run("D1 Text"))))
    read = code_after(text, "Section D", ids={"engross_abc": "p-1"})
    assert read.code.documents[0].provisions == (Provision("p-1", "D1", None, "Text"),)


@pytest.mark.parametrize("body", ["", "<w:p/>", "<w:tbl/>"])
def test_a_file_without_text_is_an_empty_document(body: str) -> None:
    assert after(body) == (Document("Section D"),)


def test_what_we_write_comes_back_as_it_was() -> None:
    marks = (Inline("footnote", 0, 3, "A note"), Inline("strong", 4, 9))
    listed_below = (
        Provision(None, "E1.1(a)", None, "the Panel; and"),
        Provision(None, "E1.1(b)", None, "rates", table=Table((("a", "b"), ("c", "")))),
        Provision(None, "", None, "closing line"),
    )
    first = Provision(None, "E1.1", None, "Any Party may:", marks, children=listed_below)
    clauses = (
        Provision(None, "E1", "Raising", "", children=(first,)),
        Provision(None, "E1A", None, "[Not Used]"),
        Provision(None, "", "Closing", "Under a heading."),
        Provision(None, "E(a)", None, "right under the Section"),
    )
    code = Code((Document("Section E", "Raising", "cy", clauses), Document("Appendix 2")))
    assert code_after(read_word(write_text(code)), "other").code == Code(
        (code.documents[0], Document("Appendix 2", "", "cy"))
    )

"""Word's own numbers, before and after."""

import pytest

from engross.adapters.legaltext.word_reading import read_word
from engross.adapters.legaltext.word_reading.number_formats import formatted
from engross.core.legaltext.tracked import TrackedText
from engross.core.legaltext.tracked_sides import paragraphs_after, paragraphs_before
from tests.support.word_files import (
    CLAUSES,
    WHO,
    W,
    deleted,
    inserted,
    level,
    listed,
    numbering,
    paragraph,
    run,
    word_file,
)


def read(body: str, **parts: str) -> TrackedText:
    return read_word(word_file(body, parts))


def numbers(body: str, **parts: str) -> list[str]:
    return [one.number for one in paragraphs_after(read(body, **parts))]


def levels(*depths: int, list_id: int = 1) -> str:
    return "".join(listed(run("x"), level=depth, list_id=list_id) for depth in depths)


def test_levels_count_on_and_start_anew_below_one_that_counts() -> None:
    found = numbers(levels(0, 1, 1, 2, 2, 3, 1, 2, 0, 1), numbering=CLAUSES)
    assert found == ["1", "1.1", "1.2", "(a)", "(b)", "(i)", "1.3", "(a)", "2", "2.1"]


def test_a_level_above_that_was_passed_over_counts_as_begun() -> None:
    assert numbers(levels(1, 0, 1), numbering=CLAUSES) == ["1.1", "2", "2.1"]


def test_numbers_differ_before_and_after_what_is_inserted_or_deleted() -> None:
    body = (
        listed(run("a"), level=0)
        + listed(inserted("b"), level=0, mark="ins")
        + listed(run("c"), level=0)
        + listed(deleted("d"), level=0, mark="del")
        + listed(run("e"), level=0)
    )
    text = read(body, numbering=CLAUSES)
    assert [(one.number, one.text) for one in paragraphs_before(text)] == [
        ("1", "a"), ("2", "c"), ("3", "d"), ("4", "e"),
    ]  # fmt: skip
    assert [(one.number, one.text) for one in paragraphs_after(text)] == [
        ("1", "a"), ("2", "b"), ("3", "c"), ("4", "e"),
    ]  # fmt: skip


def test_a_list_can_begin_anew_or_go_on_with_its_pattern() -> None:
    lists = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="7"/></w:lvlOverride></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>'
    )
    body = levels(0, 0) + levels(0, 0, list_id=2) + levels(0, list_id=3)
    assert numbers(body, numbering=numbering(level(0, "%1."), lists=lists)) == [
        "1.", "2.", "7.", "8.", "9.",
    ]  # fmt: skip


def test_a_list_can_have_levels_of_its_own() -> None:
    lists = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        f"{level(0, 'Part %1', 'upperRoman')}</w:lvlOverride></w:num>"
    )
    assert numbers(levels(0, list_id=2), numbering=numbering(level(0, "%1"), lists=lists)) == [
        "Part I"
    ]


def test_a_level_can_be_kept_from_starting_anew() -> None:
    never = numbering(level(0, "%1"), level(1, "%1.%2", more='<w:lvlRestart w:val="0"/>'))
    assert numbers(levels(0, 1, 0, 1), numbering=never) == ["1", "1.1", "2", "2.2"]
    first = '<w:lvlRestart w:val="1"/>'
    after_first = numbering(level(0, "%1"), level(1, "%2"), level(2, "%3", more=first))
    assert numbers(levels(0, 1, 2, 1, 2, 0, 2), numbering=after_first)[2::2] == ["1", "2", "1"]


def test_legal_numbers_show_what_they_inherit_in_figures() -> None:
    legal = numbering(
        level(0, "Article %1", "upperRoman"), level(1, "%1.%2", "decimalZero", more="<w:isLgl/>")
    )
    assert numbers(levels(0, 1), numbering=legal) == ["Article I", "1.01"]


def test_bullets_and_lists_that_are_not_there_print_no_number() -> None:
    assert numbers(levels(0), numbering=numbering(level(0, "\u2022", "bullet"))) == [""]
    assert numbers(levels(0, list_id=9) + levels(0, list_id=0), numbering=CLAUSES) == ["", ""]


STYLES = (
    f'<w:styles xmlns:w="{W}">'
    '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:basedOn w:val="N"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="L2"><w:name w:val="Clause 2"/><w:basedOn w:val="H1"/>'
    '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'
    '<w:outlineLvl w:val="9"/><w:ind w:left="720"/></w:pPr></w:style></w:styles>'
)


def styled(text: str, style: str, more: str = "") -> str:
    return paragraph(run(text), properties=f'<w:pStyle w:val="{style}"/>{more}')


def test_styles_bring_lists_levels_headings_and_indentation() -> None:
    tied = numbering(
        level(0, "%1", more='<w:pStyle w:val="H1"/>'),
        level(1, "%1.%2", more='<w:pStyle w:val="L2"/>'),
    )
    body = styled("a", "H1") + styled("b", "L2") + styled("c", "L2") + styled("d", "N")
    found = paragraphs_after(read(body, numbering=tied, styles=STYLES))
    assert [(one.number, one.heading, one.level, one.indent) for one in found] == [
        ("1", 1, 0, 0), ("1.1", 0, 1, 720), ("1.2", 0, 1, 720), ("", 0, -1, 0),
    ]  # fmt: skip


def test_a_paragraph_can_leave_the_list_of_its_style() -> None:
    none = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = styled("a", "H1", none) + styled("b", "H1")
    assert numbers(body, numbering=CLAUSES, styles=STYLES) == ["", "1"]


def test_a_pattern_can_take_its_levels_from_a_style() -> None:
    link = (
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="LS"/></w:abstractNum>'
        '<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>'
    )
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:type="numbering" w:styleId="LS"><w:name w:val="LS"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>'
    )
    both = numbering(level(0, "(%1)", "lowerLetter"), lists=link)
    assert numbers(levels(0, list_id=5), numbering=both, styles=styles) == ["(a)"]


def changed(old: str) -> str:
    return f"<w:pPrChange {WHO}><w:pPr>{old}</w:pPr></w:pPrChange>"


def test_a_changed_style_changes_number_and_heading() -> None:
    body = (
        styled("a", "H1") + styled("b", "H1", changed('<w:pStyle w:val="N"/>')) + styled("c", "H1")
    )
    text = read(body, numbering=CLAUSES, styles=STYLES)
    before = [(one.number, one.heading) for one in paragraphs_before(text)]
    after = [(one.number, one.heading) for one in paragraphs_after(text)]
    assert before == [("1", 1), ("", 0), ("2", 1)]
    assert after == [("1", 1), ("2", 1), ("3", 1)]


def test_inserted_numbering_was_not_there_before() -> None:
    number = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/><w:ins {WHO}/></w:numPr>'
    text = read(paragraph(run("a"), properties=number), numbering=CLAUSES)
    assert (paragraphs_before(text)[0].number, paragraphs_after(text)[0].number) == ("", "1")


def test_an_older_files_note_of_the_number_before_is_read() -> None:
    note = f'<w:numberingChange {WHO} w:original="%1:2:1:.%2:3:4:)"/>'
    number = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/>{note}</w:numPr>'
    text = read(paragraph(run("a"), properties=number), numbering=CLAUSES)
    assert (paragraphs_before(text)[0].number, paragraphs_after(text)[0].number) == ("II.c)", "1")


def test_a_change_of_a_style_itself_is_known() -> None:
    was = changed('<w:outlineLvl w:val="0"/>')
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="S"><w:name w:val="S"/>'
        f"<w:pPr>{was}</w:pPr></w:style></w:styles>"
    )
    text = read(styled("a", "S"), styles=styles)
    assert (paragraphs_before(text)[0].heading, paragraphs_after(text)[0].heading) == (1, 0)
    assert [change.what for change in text.changes] == ["style S"]


def test_a_text_box_counts_on_its_own() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{levels(0)}</w:txbxContent></w:pict></w:r>"
    body = levels(0) + paragraph(box) + levels(0)
    assert numbers(body, numbering=CLAUSES) == ["1", "", "1", "2"]


@pytest.mark.parametrize(
    ("count", "form", "written"),
    [(4, "lowerRoman", "iv"), (1999, "upperRoman", "MCMXCIX"), (26, "lowerLetter", "z"),
     (28, "upperLetter", "BB"), (3, "decimalZero", "03"), (112, "ordinal", "112th"),
     (21, "ordinalText", "Twenty-first"), (342, "cardinalText", "Three hundred forty-two"),
     (20, "ordinalText", "Twentieth"), (12, "0001, 0002, 0003, ...", "0012"), (5, "none", ""),
     (7, "somethingElse", "7"), (0, "lowerRoman", "0"), (-3, "cardinalText", "-3"),
     (2, "arabicAbjad", "ب"), (5, "chicago", "**")],
)  # fmt: skip
def test_counts_are_written_as_word_writes_them(count: int, form: str, written: str) -> None:
    assert formatted(count, form) == written

"""Every way in which Word tracks a change, read on both sides."""

import pytest

from engross.adapters.legaltext.word_reading import read_word, treatments
from engross.core.legaltext.provisions import Inline
from engross.core.legaltext.tracked import Place, TrackedText
from engross.core.legaltext.tracked_changes import changes_of
from engross.core.legaltext.tracked_sides import paragraphs_after, paragraphs_before
from engross.core.refusals import Refused
from tests.support.word_files import (
    WHO,
    W,
    deleted,
    inserted,
    paragraph,
    row,
    run,
    word_file,
)

ALEF = "\u05d0"  # a letter written from right to left


def sides(body: str, **parts: str) -> tuple[list[str], list[str]]:
    text = read_word(word_file(body, parts))
    before, after = paragraphs_before(text), paragraphs_after(text)
    return [one.text for one in before], [one.text for one in after]


def read(body: str, **parts: str) -> TrackedText:
    return read_word(word_file(body, parts))


def test_runs_that_are_alike_run_on_in_one_piece() -> None:
    text = read(paragraph(run("one ") + run("two ") + inserted("three")))
    pieces = text.paragraphs[0].pieces
    assert [(one.text, one.fate.state) for one in pieces] == [
        ("one two ", "kept"), ("three", "inserted"),
    ]  # fmt: skip


def test_who_and_when_are_kept() -> None:
    (change,) = changes_of(read(paragraph(inserted("x"))))
    (revision,) = change.revisions
    assert (revision.id, revision.author, revision.date) == (
        "7", "A. Drafter", "2021-05-10T09:00:00Z",
    )  # fmt: skip


def test_a_deletion_inside_an_insertion_is_on_neither_side() -> None:
    gone = f"<w:ins {WHO}>{run('a')}{deleted('b')}</w:ins>"
    assert sides(paragraph(run("x") + gone)) == (["x"], ["xa"])


def test_a_move_has_a_name_on_its_pieces_and_its_mark() -> None:
    def moved(kind: str) -> str:
        opening = f'<w:{kind}RangeStart {WHO} w:name="move1"/><w:{kind} {WHO}>{run("m")}</w:{kind}>'
        return paragraph(opening, mark=kind) + f'<w:{kind}RangeEnd w:id="7"/>'

    text = read(moved("moveFrom") + paragraph(run("k")) + moved("moveTo") + paragraph(run("e")))
    assert [one.text for one in paragraphs_before(text)] == ["m", "k", "e"]
    assert [one.text for one in paragraphs_after(text)] == ["k", "m", "e"]
    source = text.paragraphs[0]
    assert source.mark.departure is not None
    assert source.mark.departure.move == source.pieces[0].fate.departure.move == "move1"
    assert [change.kinds for change in changes_of(text)] == [("moved",), ("moved",)]


def test_rows_and_cells_are_inserted_and_deleted() -> None:
    def cell(text: str, fate: str = "") -> str:
        properties = f"<w:tcPr><w:{fate} {WHO}/></w:tcPr>" if fate else ""
        return f"<w:tc>{properties}{paragraph(run(text))}</w:tc>"

    cells = f"<w:tr>{cell('a')}{cell('b', 'cellIns')}{cell('c', 'cellDel')}</w:tr>"
    rows = row(paragraph(run("new")), mark="ins") + row(paragraph(run("old")), mark="del")
    text = read(f"<w:tbl>{cells}{rows}</w:tbl>")
    assert [(one.text, one.place) for one in paragraphs_before(text)] == [
        ("a", Place(0, 0, 0)), ("c", Place(0, 0, 1)), ("old", Place(0, 1, 0)),
    ]  # fmt: skip
    assert [(one.text, one.place) for one in paragraphs_after(text)] == [
        ("a", Place(0, 0, 0)), ("b", Place(0, 0, 1)), ("new", Place(0, 1, 0)),
    ]  # fmt: skip


def test_merged_cells_and_changed_spans_are_known_on_both_sides() -> None:
    merged = f'<w:cellMerge {WHO} w:vMerge="cont"/>'
    old = f'<w:tcPrChange {WHO}><w:tcPr><w:gridSpan w:val="3"/></w:tcPr></w:tcPrChange>'
    cells = "".join(
        f"<w:tc><w:tcPr>{one}</w:tcPr>{paragraph()}</w:tc>"
        for one in (merged, f'<w:gridSpan w:val="2"/>{old}', "<w:vMerge/>")
    )
    (first, second, third) = read(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>").tables[0].rows[0].cells
    assert (first.continues_before, first.continues_after) == (False, True)
    assert (second.span_before, second.span_after) == (3, 2)
    assert (third.continues_before, third.continues_after) == (True, True)


def test_tables_nest_and_are_wrapped_in_controls() -> None:
    inner = f"<w:tbl>{row(paragraph(run('in')))}</w:tbl>"
    outer = row(inner + paragraph(run("out")))
    wrapped = f"<w:sdt><w:sdtPr/><w:sdtContent>{outer}</w:sdtContent></w:sdt>"
    text = read(f"<w:tbl>{wrapped}</w:tbl>")
    assert [(one.text, one.place) for one in paragraphs_after(text)] == [
        ("in", Place(1, 0, 0)), ("out", Place(0, 0, 0)),
    ]  # fmt: skip
    assert text.tables[1].within == Place(0, 0, 0)


def field(*parts: str) -> str:
    """Return a complex field: instruction and result with its signs."""
    code, result = parts
    signs = [
        f'<w:r><w:fldChar w:fldCharType="{one}"/></w:r>' for one in ("begin", "separate", "end")
    ]
    return signs[0] + code + signs[1] + result + signs[2]


def instruction(text: str, name: str = "instrText") -> str:
    return f'<w:r><w:{name} xml:space="preserve">{text}</w:{name}></w:r>'


def test_a_field_is_its_result_and_never_its_instruction() -> None:
    nested = field(instruction("IF ") + field(instruction("PAGE"), run("9")), run("see D7"))
    simple = f'<w:fldSimple w:instr=" REF x ">{run("D8")}</w:fldSimple>'
    assert sides(paragraph(nested + simple))[1] == ["see D7D8"]


def test_a_deleted_field_goes_with_its_result() -> None:
    gone = field(instruction("DATE", "delInstrText"), "<w:r><w:delText>May</w:delText></w:r>")
    assert sides(paragraph(f"<w:del {WHO}>{gone}</w:del>")) == (["May"], [""])


def test_links_are_marks_with_their_address() -> None:
    jump = f'<w:hyperlink w:anchor="clause7">{run("here")}</w:hyperlink>'
    coded = field(instruction('HYPERLINK "https://example.org" \\l "top"'), run("there"))
    (one,) = paragraphs_after(read(paragraph(jump + coded)))
    assert one.inlines == (
        Inline("link", 0, 4, "#clause7"), Inline("link", 4, 9, "https://example.org#top"),
    )  # fmt: skip


def test_content_controls_and_markup_are_read_through() -> None:
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{run('a')}</w:sdtContent></w:sdt>"
    mark = f"<w:customXmlInsRangeStart {WHO}/>{control}<w:customXmlInsRangeEnd w:id='7'/>"
    tagged = f'<w:smartTag w:element="place">{run("b")}</w:smartTag>'
    right_to_left = f'<w:dir w:val="rtl">{run(ALEF)}</w:dir>'
    text = read(paragraph(mark + tagged + right_to_left))
    assert paragraphs_after(text)[0].text == "ab" + ALEF
    assert [change.what for change in text.paragraphs[0].changes] == ["content control"]


def test_signs_are_characters() -> None:
    signs = "<w:tab/><w:br/><w:noBreakHyphen/><w:softHyphen/><w:sym w:font='Symbol' w:char='F061'/>"
    page = '<w:br w:type="page"/><w:lastRenderedPageBreak/>'
    assert sides(paragraph(f"<w:r>{signs}{page}</w:r>"))[1] == ["\t\n\u2011\u00adα"]


def test_space_at_the_edge_is_text_only_where_it_is_to_be_kept() -> None:
    assert sides(paragraph("<w:r><w:t> a \n b </w:t></w:r>"))[1] == ["a   b"]
    assert sides(paragraph(run(" a ")))[1] == [" a "]


@pytest.mark.parametrize("requires", ["wps", "v"])
def test_of_alternatives_one_is_read_and_never_two(requires: str) -> None:
    def box(words: str) -> str:
        return f"<w:pict><w:txbxContent>{paragraph(inserted(words))}</w:txbxContent></w:pict>"

    choice = f'<mc:Choice Requires="{requires}">{box("new")}</mc:Choice>'
    other = f"<mc:Fallback>{box('old')}</mc:Fallback>"
    both = f"<mc:AlternateContent>{choice}{other}</mc:AlternateContent>"
    text = read(paragraph(run("host") + f"<w:r>{both}</w:r>") + paragraph(run("next")))
    read_box = "new" if requires == "wps" else "old"
    assert [one.text for one in paragraphs_after(text)] == ["host", read_box, "next"]


def test_a_formula_is_one_line_and_its_signs_have_their_own_fate() -> None:
    control = f"<m:ctrlPr><w:del {WHO}/></m:ctrlPr>"
    power = (
        f"<m:sSup><m:sSupPr>{control}</m:sSupPr><m:e><m:r><m:t>r</m:t></m:r></m:e>"
        f"<m:sup><m:r><w:ins {WHO}><m:t>2</m:t></w:ins></m:r></m:sup></m:sSup>"
    )
    fraction = (
        "<m:f><m:num><m:r><m:t>ab</m:t></m:r></m:num><m:den><m:r><m:t>c</m:t></m:r></m:den></m:f>"
    )
    before, after = sides(paragraph(f"<m:oMath>{power}{fraction}</m:oMath>"))
    assert (before, after) == (["r^(ab)/c"], ["r2(ab)/c"])


def test_marks_of_runs_are_known_before_and_after() -> None:
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:type="character" w:styleId="S"><w:name w:val="S"/>'
        "<w:rPr><w:b/></w:rPr></w:style></w:styles>"
    )
    change = f"<w:rPrChange {WHO}><w:rPr><w:i/></w:rPr></w:rPrChange>"
    body = paragraph(run("ab", f'<w:rStyle w:val="S"/><w:vertAlign w:val="superscript"/>{change}'))
    text = read(body, styles=styles)
    assert paragraphs_after(text)[0].inlines == (
        Inline("strong", 0, 2),
        Inline("superscript", 0, 2),
    )
    assert paragraphs_before(text)[0].inlines == (Inline("emphasis", 0, 2),)
    assert [one.kinds for one in changes_of(text)] == [("formatting",)]


def test_notes_headers_and_footers_are_told_with_their_changes() -> None:
    notes = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator" w:id="-1"/>'
        f'<w:footnote w:id="2">{paragraph(run("See ") + deleted("A") + inserted("B"))}</w:footnote>'
        "</w:footnotes>"
    )
    header = f'<w:hdr xmlns:w="{W}">{paragraph(run("Draft"))}</w:hdr>'
    body = paragraph(run("x") + '<w:r><w:footnoteReference w:id="2"/></w:r>')
    text = read(body, footnotes=notes, header=header)
    assert [(one.kind, one.name) for one in text.stories] == [
        ("footnote", "footnote 2"), ("header", "header.xml"),
    ]  # fmt: skip
    assert paragraphs_after(text)[0].inlines == (Inline("footnote", 1, 1, "See B"),)
    assert [change.story for change in changes_of(text)] == ["footnote 2"]


def test_layouts_are_told_as_changes_and_no_text() -> None:
    change = f"<w:sectPrChange {WHO}><w:sectPr/></w:sectPrChange>"
    text = read(paragraph(run("a")) + f"<w:sectPr>{change}</w:sectPr>")
    assert [one.what for one in text.changes] == ["page layout"]


UNKNOWN = [
    ("w14:conflictIns", paragraph(f"<w14:conflictIns {WHO}>{run('x')}</w14:conflictIns>")),
    ("w14:conflictDel", paragraph(run("x", f"<w14:conflictDel {WHO}/>"))),
    ("w:newMark", paragraph(run("x", f"<w:newMark {WHO}/>"))),
    ("w:ins", paragraph(run("x", f"<w:ins {WHO}/>"))),
    ("w14:conflictIns", paragraph(properties=f"<w:rPr><w14:conflictIns {WHO}/></w:rPr>")),
    ("w:otherChange", paragraph(properties=f"<w:otherChange {WHO}/>")),
    ("w:newText", paragraph(f"<w:r><w:newText {WHO}>words</w:newText></w:r>")),
    ("w:rowSplit", f"<w:tbl><w:tr><w:trPr><w:rowSplit {WHO}/></w:trPr></w:tr></w:tbl>"),
    ("w:newBlock", f"<w:newBlock {WHO}>{paragraph()}</w:newBlock>"),
    ("w:unknown", "<w:unknown><w:t>words without an author</w:t></w:unknown>"),
    ("w:altChunk", '<w:altChunk r:id="r9"/>'),
    ("{urn:x}note", f"<w:sectPr><x:note xmlns:x='urn:x' {WHO}/></w:sectPr>"),
]


@pytest.mark.parametrize(("element", "body"), UNKNOWN)
def test_what_is_not_understood_is_refused_by_name_or_named(element: str, body: str) -> None:
    with pytest.raises(Refused, match="which is not understood, in document") as refusal:
        read(body)
    assert element in str(refusal.value)
    named = read_word(word_file(body), unknown="name")
    assert [one.element for one in named.unknown] == [element]
    assert named.unknown[0].where.startswith("document.xml: w:document/w:body")


def test_what_is_new_and_holds_no_words_is_a_notice() -> None:
    text = read(paragraph(run("a") + "<w:newThing/>" + run("b")))
    assert paragraphs_after(text)[0].text == "ab"
    assert text.notices == ("left out w:newThing, which holds no words",)


def test_pictures_and_hidden_or_struck_text_are_noticed() -> None:
    body = paragraph("<w:r><w:drawing/></w:r>" + run("h", "<w:vanish/>") + run("s", "<w:strike/>"))
    assert read(body).notices == (
        "a picture, drawing or embedded object", "hidden text",
        "text struck through by hand, which is no tracked deletion",
    )  # fmt: skip


def test_every_revision_element_has_a_line_that_says_what_is_done() -> None:
    rows = treatments()
    assert len(rows) == len({name for name, _, _ in rows}) > 30
    assert all(records and done for _, records, done in rows)

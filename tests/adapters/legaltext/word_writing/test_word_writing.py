"""Word files that are written: rejecting all gives the old text, accepting all the new one."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings

from engross.adapters.legaltext.word_reading import read_word
from engross.adapters.legaltext.word_writing import write_redline, write_text
from engross.adapters.legaltext.word_writing.numbers import counted
from engross.core.legaltext.aligned import Aligned
from engross.core.legaltext.aligning import align
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code, Document, Inline, Provision, Table
from engross.core.legaltext.tracked import Paragraph
from engross.core.legaltext.tracked_sides import paragraphs_after, paragraphs_before
from engross.core.refusals import Refused
from tests.support.word_texts import (
    lines_of,
    writable_alignments,
    writable_codes,
    writable_pairs,
)


def seen(paragraphs: list[Paragraph]) -> list[str]:
    """Return what a reader of the page sees, without the lines that say nothing."""
    said = (one for one in paragraphs if one.style not in ("Engross Space", "Engross End"))
    return [(f"{one.number}\t" if one.number else "") + one.text for one in said]


@settings(max_examples=60)
@given(writable_alignments())
def test_rejecting_all_gives_the_old_text_and_accepting_all_the_new(aligned: Aligned):
    text = read_word(write_redline(aligned, author="MP078", day="2021-09-22"))

    assert seen(paragraphs_before(text)) == lines_of(aligned.old.code)
    assert seen(paragraphs_after(text)) == lines_of(aligned.new.code)


@settings(max_examples=40)
@given(writable_pairs())
def test_what_comparison_finds_is_written_exactly(pair: tuple[Code, Code]):
    old, new = pair
    text = read_word(write_redline(align(old, new), author="MP078"))

    assert seen(paragraphs_before(text)) == lines_of(old)
    assert seen(paragraphs_after(text)) == lines_of(new)


@settings(max_examples=40)
@given(writable_codes())
def test_a_clean_file_has_no_tracked_change(code: Code):
    data = write_text(code)
    body = ZipFile(BytesIO(data)).read("word/document.xml").decode()

    assert not re.search("<w:(ins|del|moveFrom|moveTo|rPrChange|pPrChange)[ />]", body)
    assert seen(paragraphs_after(read_word(data))) == lines_of(code)


def test_revision_ids_are_unlike_each_other_and_moves_come_in_pairs():
    moved = Provision(
        number="3", text="A Party that is to pay a charge shall pay it by the tenth Working Day."
    )
    rest = [
        Provision(number=str(n), text=f"The Panel shall keep register {n} of reports.")
        for n in (1, 2)
    ]
    old = Code((Document("Appendix A", provisions=(moved, *rest)),))
    new = Code((Document("Appendix A", provisions=(*rest, moved)),))
    data = write_redline(align(old, new), author="MP078")
    body = ZipFile(BytesIO(data)).read("word/document.xml").decode()
    ids = re.findall(r'<w:(?:ins|del|move\w+?)(?:RangeStart)? w:id="(\d+)" w:author', body)
    names = re.findall(r'w:name="(move\d+)"', body)

    assert len(ids) == len(set(ids))
    assert len(names) == 2
    assert len(set(names)) == 1


def test_a_moved_clause_says_so_in_each_paragraph_and_keeps_its_words() -> None:
    moved = Provision(number="D3", heading="Interest", text="A Party shall pay interest on it.")
    rest = [Provision(number=f"D{n}", text=f"The Panel shall keep register {n}.") for n in (1, 2)]
    old = Code((Document("Section D", provisions=(*rest, moved)),))
    new = Code((Document("Section D", provisions=(moved, *rest)),))
    data = write_redline(align(old, new), author="MP078")
    body = ZipFile(BytesIO(data)).read("word/document.xml").decode()
    names = [re.findall(rf'<w:{end}RangeStart [^>]*w:name="(\w+)"', body)
             for end in ("moveFrom", "moveTo")]  # fmt: skip

    assert len(set(names[0])) == 2
    assert sorted(names[0]) == sorted(names[1])
    for inside in re.findall(r"<w:moveFrom [^>]*>(<w:r>.*?)</w:moveFrom>", body):
        assert "<w:t" in inside
        assert "delText" not in inside  # Word writes what moves as text


@pytest.mark.parametrize(
    ("note", "shown"),
    [("", "Section D: Rules  ·  MP078  ·  22 September 2021"), ("Illustrative", "Illustrative")],
)
def test_every_page_says_whose_changes_it_shows(note: str, shown: str) -> None:
    code = Code(
        (Document("Section D", "Rules", provisions=(Provision(number="D1", text="One."),)),)
    )
    data = write_redline(align(code, code), author="MP078", day="2021-09-22", note=note)
    stories = {story.kind: story for story in read_word(data).stories}
    said = {kind: "".join(piece.text for piece in story.paragraphs[0].pieces)
            for kind, story in stories.items()}  # fmt: skip

    assert said == {"header": shown, "footer": "Page 1 of 1"}


def test_numbers_are_counted_by_word_where_it_counts_as_the_text_does():
    clauses = ["7.1", "7.2", "7.2A", "7.3"]
    provisions = tuple(Provision(number=f"D{n}", text="A clause.") for n in clauses)
    code = Code((Document("Section D", provisions=(Provision(number="D7", children=provisions),)),))
    data = write_text(code)
    body = ZipFile(BytesIO(data)).read("word/document.xml").decode()
    read = paragraphs_after(read_word(data))

    assert [one.number for one in read[1:-1]] == ["D7", "D7.1", "D7.2", "D7.2A", "D7.3"]
    assert body.count("<w:numPr>") == 4
    assert "D7.3" not in body
    assert ">D7.2A<" in body


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (3, "decimal", "3"),
        (27, "lowerLetter", "aa"),
        (28, "lowerLetter", "bb"),
        (4, "lowerRoman", "iv"),
        (19, "lowerRoman", "xix"),
        (2, "upperLetter", "B"),
        (9, "upperRoman", "IX"),
    ],
)
def test_counts_are_printed_as_word_prints_them(value: int, form: str, shown: str):
    assert counted(value, form) == shown


def test_a_character_that_word_cannot_hold_is_refused_by_name():
    code = Code((Document("Section D", provisions=(Provision(number="D1", text="a\x00b"),)),))

    with pytest.raises(Refused, match=r"Section D1 holds the character U\+0000"):
        write_text(code)


def test_an_author_that_word_cannot_hold_is_refused() -> None:
    places = Places(Code())

    with pytest.raises(Refused, match=r"'MP\?' holds the character U\+0007"):
        write_redline(Aligned(places, places, [], []), author="MP\x07")


@pytest.mark.parametrize("rows", [(), ((),), (("a",), ())])
def test_a_table_or_row_without_a_cell_is_refused_by_name(rows: tuple[tuple[str, ...], ...]):
    provision = Provision(number="D1", table=Table(rows))

    with pytest.raises(Refused, match="Section D1 has a table or a row without cells"):
        write_text(Code((Document("Section D", provisions=(provision,)),)))


def test_marks_links_notes_and_tables_are_carried():
    text = "A Party shall pay the Charges."
    provision = Provision(
        number="J1",
        text=text,
        inlines=(
            Inline("strong", 2, 7),
            Inline("link", 22, 29, "https://example.org/?a=1&b=2"),
            Inline("footnote", 30, 30, "As the table says."),
        ),
        table=Table((("Day", "Charge"), ("1", "2 & 3"))),
    )
    read = read_word(write_text(Code((Document("Section J", provisions=(provision,)),))))
    paragraphs = paragraphs_after(read)

    assert set(paragraphs[1].inlines) == set(provision.inlines)
    assert [one.text for one in paragraphs if one.place] == ["Day", "Charge", "1", "2 & 3"]


def test_the_same_text_gives_the_same_bytes():
    code = Code((Document("Section D", provisions=(Provision(number="D1", text="One."),)),))

    assert write_text(code) == write_text(code)

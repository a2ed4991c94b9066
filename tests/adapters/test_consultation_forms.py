"""A response form is written as Word and read back; what is not read is named; no harm is done."""

import io
import zipfile
from copy import deepcopy

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from engross.adapters.consultation_forms import (
    CollatedQuestion,
    Sheet,
    collation_word,
    form_word,
    read_filled_form,
)
from engross.adapters.consultation_forms.reading import BY_ORDER
from engross.adapters.consultation_forms.tags import ANONYMOUS, CONSULTATION, tag_of
from engross.core.consultations.counting import Answered, summary_of
from engross.core.consultations.questions import Given, Question, Shape
from engross.core.refusals import Refused
from tests.support.filled_forms import filled_in

pytestmark = pytest.mark.once
QUESTIONS = [
    Question(1, "Approve <it> & why?", Shape.CHOICE, ("Yes", "No & never"), True, True, "Say why."),
    Question(2, "What does it cost?", Shape.COST, has_reasons=True),
    Question(3, "Anything else?", Shape.TEXT),
]
SHEET = Sheet("CON001", "Longer lamp posts", "Refinement Consultation", "A Code", "White", "Open")
FORM = form_word(SHEET, QUESTIONS)
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"]), max_size=40
).map(str.strip)


def _read(content, reference="CON001"):
    return read_filled_form(content, reference, QUESTIONS)


def test_an_empty_form_says_nothing_and_nothing_about_it_is_remarked():
    read = _read(FORM)
    assert all(each.is_empty for each in read.answers.values())
    assert (read.is_anonymous, read.remarks) == (False, ())


def test_what_is_filled_in_is_read_field_by_field():
    read = _read(filled_in(FORM, {
        tag_of(1, "choice"): "No & never", tag_of(1, "words"): "First line\nSecond line",
        tag_of(2, "least"): "£1,000", tag_of(2, "most"): "2500.50",
        tag_of(2, "confidential"): True, ANONYMOUS: True,
    }))  # fmt: skip
    assert read.answers[1] == Given("No & never", "First line\nSecond line")
    assert read.answers[2] == Given("", "", 100_000, 250_050, is_confidential=True)
    assert read.answers[3].is_empty
    assert (read.is_anonymous, read.remarks) == (True, ())


@settings(max_examples=10)
@given(WORDS, st.booleans())
def test_whatever_words_are_written_are_read_back(words, is_confidential):
    fields = {tag_of(3, "words"): words, tag_of(3, "confidential"): is_confidential}
    given_back = _read(filled_in(FORM, fields)).answers[3]
    assert " ".join(given_back.words.split()) == " ".join(words.split())
    assert given_back.is_confidential == (is_confidential and bool(words))


@pytest.mark.parametrize(
    ("fields", "beside", "remark"),
    [
        ({tag_of(1, "choice"): "Perhaps"}, "", "Question 1 has no answer 'Perhaps'"),
        ({tag_of(2, "least"): "a lot"}, "", "Question 2: 'a lot' is no figure in pounds"),
        ({tag_of(2, "most"): "5"}, "", "Question 2 has the most and not the least"),
        ({}, "By the way, no.", "Outside the fields stands 'By the way, no.'"),
    ],
)
def test_what_cannot_be_read_is_named_and_left_out(fields, beside, remark):
    read = _read(filled_in(FORM, fields, beside=beside))
    assert all(each.is_empty for each in read.answers.values())
    assert remark in " ".join(read.remarks)


def test_fields_that_are_gone_twice_there_or_none_of_ours_are_named():
    document = Document(io.BytesIO(FORM))
    body = document.element.body
    fields = [each for each in body if each.tag.endswith("}p") and b"engross-q3" in _xml(each)]
    for each in fields:
        body.remove(each)
    twice = next(each for each in body if b"engross-q1-choice" in _xml(each))
    twice.addnext(deepcopy(twice))
    strange = next(each for each in body if b"engross-q1-words" in _xml(each))
    tag = next(each for each in strange.iter() if each.tag.endswith("}tag"))
    tag.set(tag.keys()[0], "somebody-else")
    told = " ".join(_read(_saved(document)).remarks)
    assert "Question 3 has no field" in told
    assert "'engross-q1-choice' stands there 2 times" in told
    assert "'somebody-else') is none of the form's" in told


def test_a_form_whose_fields_lost_their_names_is_read_by_their_order():
    filled = filled_in(FORM, {tag_of(1, "choice"): "Yes", tag_of(3, "words"): "In order"})
    document = Document(io.BytesIO(filled))
    for tag in [each for each in document.element.body.iter() if each.tag.endswith("}tag")]:
        tag.getparent().remove(tag)
    read = _read(_saved(document))
    assert (read.answers[1].choice, read.answers[3].words) == ("Yes", "In order")
    assert read.remarks == (BY_ORDER,)


def _xml(element):
    from lxml import etree

    return etree.tostring(element)


def _saved(document):
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def test_the_form_of_another_consultation_is_refused():
    with pytest.raises(Refused, match="form of CON001, not of CON002"):
        _read(FORM, "CON002")
    plain = _saved(Document())
    with pytest.raises(Refused, match="no response form of ours"):
        _read(plain)


def _with_part(name, content):
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(FORM)) as was, zipfile.ZipFile(target, "w", 8) as now:
        for item in was.infolist():
            now.writestr(item, content if item.filename == name else was.read(item))
    return target.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no zip at all",
        FORM[:2000],
        _with_part("word/document.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'),
        _with_part("word/document.xml", b"<w:document" + b" " * 12_000_000),
        _with_part("word/document.xml", b"<x>" + b"<y/>" * 250_000 + b"</x>"),
    ],
    ids=["empty", "no zip", "cut off", "entities", "bomb", "too many elements"],
)
def test_a_file_that_could_do_harm_is_refused_with_a_reason(content):
    with pytest.raises(Refused):
        _read(content)


def test_answers_stand_side_by_side_with_counts_and_no_markup_runs():
    rows = [("=A & B", "Networks", "Yes", "<b>because</b>", "Confidential")]
    summary = summary_of(QUESTIONS[0], [Answered("A", "Networks", {1: Given("Yes")})],
                         categories=["Networks"])  # fmt: skip
    content = collation_word(SHEET, [CollatedQuestion("1. Approve?", summary, rows)])
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert {"=A & B", "<b>because</b>", "Total"} <= set(cells)
    assert CONSULTATION not in str(cells)

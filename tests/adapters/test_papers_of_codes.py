"""The papers of the codes in this repository: whole, dated, and naming what their code has."""

from pathlib import Path

import docx
import pytest
from jinja2 import Environment

from engross.adapters.code_folder import available_codes, folder_with, load_code
from engross.adapters.papers.definition import load_paper, paper_class, paper_keys
from engross.adapters.papers.word_template import BODY_FIELD
from engross.core.dates.months import Month

CODES = Path(__file__).parents[2] / "codes"
PAPERS = [
    (code.name, key)
    for code in sorted(CODES.iterdir())
    if (code / "papers").is_dir()
    for key in paper_keys(code / "papers")
]


def test_every_code_has_papers():
    holds = {code for code, _ in PAPERS}
    # A code that extends another has the other's, unless it brings its own.
    assert {folder_with(key, "papers").name for key in available_codes()} == holds


@pytest.mark.parametrize(("code_key", "key"), PAPERS)
def test_a_paper_names_only_what_its_code_has(code_key, key):
    code = load_code(CODES / code_key)
    paper = load_paper(CODES / code_key / "papers", key)

    assert paper.key == key
    assert code.option("bodies", paper.body)
    assert code.option("paper_actions", paper.action).text("printed")
    for each in (paper.class_key, *(each.class_key for each in paper.attachments)):
        assert paper_class(code, each).sentence


@pytest.mark.parametrize(("code_key", "key"), PAPERS)
def test_the_main_paper_may_be_read_by_anyone_and_its_names_may_not(code_key, key):
    code = load_code(CODES / code_key)
    paper = load_paper(CODES / code_key / "papers", key)

    assert code.option("paper_classes", paper.class_key).flag("is_public")
    assert not any(
        code.option("paper_classes", each.class_key).flag("is_public") for each in paper.attachments
    )


@pytest.mark.parametrize(("code_key", "key"), PAPERS)
def test_every_month_since_the_code_began_has_one_form(code_key, key):
    code = load_code(CODES / code_key)
    paper = load_paper(CODES / code_key / "papers", key)
    month = Month.of(code.first_day)

    while month < Month(2031, 1):
        assert len([form for form in paper.forms if form.holds_in(month)]) == 1
        month = month.next


@pytest.mark.parametrize(
    "file", [file for code, key in PAPERS for file in (CODES / code / "papers" / key).glob("*.md")],
    ids=lambda file: f"{file.parents[2].name}-{file.name}",
)  # fmt: skip
def test_a_form_can_be_read_and_is_used(file):
    paper = load_paper(file.parents[1], file.parent.name)
    reader = Environment(comment_start_string="<!--", comment_end_string="-->", autoescape=True)

    reader.parse(file.read_text(encoding="utf-8"))

    assert file.name in {each.file for each in (*paper.forms, *paper.attachments)}


@pytest.mark.parametrize("code_key", sorted({code for code, _ in PAPERS}))
def test_a_code_has_a_word_template_with_a_place_for_the_text(code_key):
    document = docx.Document(str(CODES / code_key / "papers" / "word-template.docx"))

    assert BODY_FIELD in [each.text for each in document.paragraphs]
    assert {"Heading 1", "Caption", "Paper Table"} <= {style.name for style in document.styles}


def test_the_sec_takes_its_two_known_forms():
    paper = load_paper(CODES / "sec" / "papers", "operations-report")

    assert paper.form_for(Month(2018, 2)).key == "2018"
    assert paper.form_for(Month(2021, 9)).key == "2021"

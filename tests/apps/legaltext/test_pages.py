"""The pages of the text: any day, any clause, any two versions."""

from datetime import UTC, date, datetime
from io import BytesIO
from zipfile import ZipFile

import msgspec
import pytest
from django.test import Client

from engross.apps.legaltext.commands import import_code
from engross.apps.legaltext.models import Recording, TextNotice
from engross.core.legaltext.provisions import Code, Document, Provision

pytestmark = pytest.mark.django_db

FIRST, SECOND = date(2019, 2, 28), date(2020, 2, 29)
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


def text(days: int) -> Code:
    clause = Provision(
        number="D7.2",
        text=f"The Panel shall reply within {days} Working Days and shall:",
        children=(Provision(number="D7.2(a)", text="say why; and"),),
    )
    part = Provision(number="D7", heading="Replies", children=(clause,))
    rules = Provision(number="5", text="A rule with <b>markup</b> in it.")
    return Code((
        Document("Section D", "Process", "en", (part,)),
        Document("Appendix AB", "Rules", "en", (rules,)),
    ))  # fmt: skip


@pytest.fixture
def stored() -> None:
    for days, effective_on in ((5, FIRST), (10, SECOND)):
        published = datetime(effective_on.year, 1, 15, tzinfo=UTC)
        import_code(
            text(days), effective_on=effective_on, published_at=published, by=None, at=AT,
            reason=f"Edition of {days}",
        )  # fmt: skip


def page(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize(
    ("address", "days"),
    [
        ("/code/section/D/", 10),
        ("/code/section/D/2020-02-29/", 10),
        ("/code/section/D/2020-02-28/", 5),
        ("/code/section/D/?as_at=2019-02-28", 5),
        ("/code/section/D/7.2/2019-12-31/", 5),
    ],
)
def test_a_document_reads_as_it_did_on_the_day(address: str, days: int):
    assert f"reply within {days} Working Days" in page(address)


@pytest.mark.usefixtures("stored")
def test_a_clause_has_an_address_and_shows_what_stands_under_it():
    shown = page("/code/section/D/7.2/")

    assert "Section D7.2" in shown
    assert "say why; and" in shown
    assert 'class="clause-heading">Replies' not in shown


@pytest.mark.usefixtures("stored")
def test_the_contents_list_documents_and_editions_with_their_days():
    shown = page("/code/")

    assert "Section D" in shown
    assert "Appendix AB" in shown
    assert "Edition of 10" in shown
    assert "/code/compare/2019-02-28/2020-02-29/" in shown


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("/code/section/D/2019-02-27/", "There is no Section D on 27 February 2019"),
        ("/code/section/Q/", "The documents on that day are Section D, Appendix AB"),
        ("/code/section/D/99/", "There is no Section D99"),
        ("/code/section/D/2019-02-29/", "That is not a day"),
        ("/code/?as_at=tomorrow", "That is not a day"),
        ("/code/compare/45.0/46.0/", "There is no text for 45.0"),
        ("/code/compare/2019-02-28/x.docx", "There is no text for x"),
    ],
)
def test_what_is_not_there_is_said_with_what_is(address: str, why: str):
    answer = Client().get(address)

    assert answer.status_code == 404
    assert why in answer.content.decode()


@pytest.mark.usefixtures("stored")
def test_two_days_are_compared_and_only_what_changed_is_shown():
    shown = page("/code/compare/2019-02-28/2020-02-29/")

    assert "28 February 2019 to 29 February 2020" in shown
    assert "1 changed; 3 unchanged." in shown
    assert '<del><span class="heard">deleted: </span>5' in shown
    assert '<ins><span class="heard">inserted: </span>10' in shown
    assert "A rule with" not in shown
    assert "A rule with &lt;b&gt;markup" in page("/code/compare/2019-02-28/2020-02-29/?view=whole")
    chosen = page("/code/compare/2019-02-28/2020-02-29/?document=appendix%2FAB")
    assert "Nothing is changed between the two." in chosen


@pytest.mark.usefixtures("stored")
def test_a_form_leads_to_the_comparison():
    answer = Client().get("/code/compare/?old=2019-02-28&new=2020-02-29")

    assert answer.headers["Location"] == "/code/compare/2019-02-28/2020-02-29/"


@pytest.mark.usefixtures("stored")
def test_files_hold_the_document_of_the_day():
    document = Client().get("/code/section/D/2019-03-01.json")
    read = msgspec.json.decode(document.content, type=Document)
    word = Client().get("/code/section/D/2019-03-01.docx")
    akoma = Client().get("/code/section/D/2019-03-01.akn")
    redline = Client().get("/code/compare/2019-02-28/2020-02-29.docx")

    assert "within 5 Working Days" in read.provisions[0].children[0].text
    assert read.provisions[0].id
    assert b"within 5 Working Days" in ZipFile(BytesIO(word.content)).read("word/document.xml")
    assert b"within 5 Working Days" in akoma.content
    assert b"<w:ins " in ZipFile(BytesIO(redline.content)).read("word/document.xml")
    assert word.headers["Content-Disposition"] == 'attachment; filename="section-d-2019-03-01.docx"'


@pytest.mark.usefixtures("stored")
def test_the_whole_code_can_be_taken_along():
    whole = Client().get("/code.json?as_at=2019-03-01")
    read = msgspec.json.decode(whole.content, type=Code)

    assert [each.document for each in read.documents] == ["Section D", "Appendix AB"]
    assert b"within 5 Working Days" in whole.content
    assert Client().get("/code.akn").status_code == 200
    assert Client().get("/code.json?as_at=2018-01-01").status_code == 404


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize(
    "address",
    ["/code/", "/code/section/D/", "/code/compare/", "/code/compare/2019-02-28/2020-02-29/"],
)
def test_every_page_says_what_has_to_be_said_of_the_text(address: str):
    TextNotice.objects.create(recording=Recording.objects.first(), notice="This is illustrative.")

    assert "This is illustrative." in page(address)


def test_without_a_text_the_pages_say_so():
    assert "No text is stored" in page("/code/")
    assert "No text is stored yet" in page("/code/compare/")


@pytest.mark.usefixtures("stored")
def test_a_document_takes_a_constant_number_of_queries(django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        page("/code/section/D/2020-02-29/")

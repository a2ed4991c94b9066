"""The page of the search, its operation of the API, and what a browser learns of it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import etree

from engross.apps.search.commands import catch_up
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("records")]


def _page(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def test_what_was_found_is_shown_with_its_words_marked():
    page = _page("/search/?q=metering")
    assert "<mark>Metering</mark> of small sites" in page
    assert 'href="/proposals/MP078/"' in page
    assert "Section D1(a)" in page


def test_an_exact_identifier_leads_there_with_the_way_back():
    client = Client()
    answer = client.get("/search/", {"q": "mp078"}, follow=True)
    assert answer.redirect_chain == [("/proposals/MP078/", 302)]
    page = answer.content.decode()
    assert "You searched for “mp078”" in page
    assert "/search/?q=mp078&amp;all=1" in page
    assert client.get("/search/?q=mp078&all=1").status_code == 200


def test_what_was_typed_is_never_taken_as_markup():
    typed = '"><script>alert(1)</script>'
    for address in ("/search/", "/search/?all=1"):
        page = Client().get(address, {"q": typed}).content.decode()
        assert "<script>alert" not in page
    factories.proposal("MP080", title="<b>Bold</b> & new")
    catch_up()
    page = _page("/search/?q=bold+new&all=1")
    assert "&lt;b&gt;<mark>Bold</mark>&lt;/b&gt; &amp; <mark>new</mark>" in page


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("page=51", 422), ("page=50", 200), ("page=-1", 200), ("page=1e9", 200), ("page=٣", 200),
        ("page=99999999999999999999", 200), ("since=2021-02-30", 200), ("category=nothing", 200),
        ("order=id;drop", 200), ("kind=nothing", 200), ("as_at=0001-01-01", 200),
        ("q=" + "a%20" * 3000, 200), ("until=9999-12-31", 200),
    ],
)  # fmt: skip
def test_whatever_is_asked_is_answered_kindly(query, status):
    assert Client().get(f"/search/?{query}&all=1&q=metering").status_code == status


def test_an_empty_answer_says_what_to_do():
    assert "Nothing was found." in _page("/search/?q=qqqqqq")
    assert "Search without the filters" in _page("/search/?q=metering&since=2030-01-01")
    assert "What can be asked" in _page("/search/")
    assert "in the place of metring" in _page("/search/?q=metring")


def test_the_api_gives_pages_of_hits_with_counts_and_where_it_leads():
    client = Client()
    answer = client.get("/api/v1/search?q=metering&page_size=2").json()
    assert answer["kinds"]["proposal"] == 1
    assert len(answer["rows"]) == 2
    assert answer["rows"][0]["url"] == "/proposals/MP078/"
    seen = [row["url"] + row["title"] for row in answer["rows"]]
    while answer["next"]:
        answer = client.get(answer["next"]).json()
        seen += [row["url"] + row["title"] for row in answer["rows"]]
    assert len(seen) == len(set(seen)) == answer["count"]
    assert client.get("/api/v1/search?q=MP078").json()["jump"]["url"] == "/proposals/MP078/"
    assert client.get("/api/v1/search?q=metring").json()["corrected"] == "metering"


def test_an_answer_that_is_not_whole_yet_is_not_kept(monkeypatch):
    monkeypatch.setattr("engross.apps.search.api.catch_up", lambda: frozenset({"proposals"}))
    answer = Client().get("/api/v1/search?q=metering")
    assert answer.json()["behind"] == ["proposals"]
    assert "ETag" not in answer
    assert answer["Cache-Control"] == "no-store"


def test_a_browser_can_add_the_search():
    answer = Client().get("/opensearch.xml")
    root = etree.fromstring(answer.content)
    place = root.find("{*}Url[@type='text/html']").get("template")
    assert place == "http://testserver/search/?q={searchTerms}"
    assert 'href="/opensearch.xml"' in _page("/search/")


def test_a_page_asks_as_many_questions_however_much_there_is():
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            _page("/search/?q=metering&all=1")
        return len(asked)

    before = questions()
    for number in range(100, 130):
        factories.proposal(f"MP{number}", title=f"Metering number {number}")
    catch_up()
    assert questions() <= before


def test_the_commands_bring_everything_up_to_date():
    from click.testing import CliRunner

    from engross.cli import main

    factories.proposal("MP079", title="Quite another")
    result = CliRunner().invoke(main, ["search", "refresh"])
    assert result.exit_code == 0, result.output
    assert "proposals: " in result.output
    assert "MP079" in _page("/search/?q=another&all=1")

"""The pages, files and API of Parties: who is one on a day, one of them, wrong references."""

import csv
import json
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engross.apps.registers.queries import active_code
from tests import factories
from tests.support.people import staff_client

pytestmark = pytest.mark.django_db
SECRET = "SMKI and Repository Entry Process Tests"


def text(client, url, status=200):
    answer = client.get(url)
    assert answer.status_code == status, answer
    return answer.content.decode()


def listed(client, query=""):
    rows = json.loads(client.get(f"/api/v1/parties?{query}").content)["rows"]
    return [row["reference"] for row in rows]


@pytest.fixture
def parties():
    factories.party("P1", category="large-suppliers", group="G1", name="Amber Power Limited")
    factories.party("P2", category="large-suppliers", group="G1", name="Birch Power Limited")
    factories.party("P3", category="gas-networks", group="G3", name="Cedar Pipes Limited",
                    since="2021-09-10")  # fmt: skip
    factories.party_event("P3", "acceded", "2021-09-10")
    factories.party_event("P2", "default-declared", "2021-09-05", ground="Did not pay")
    factories.market_entry("P1", "uep", "2021-09-17", role="import-supplier")
    factories.market_entry("P1", "srept", "2021-08-01")
    factories.market_entry("P2", "srept", "2021-08-01")


# The list


def test_the_list_shows_who_is_a_party_today(client, parties):
    page = text(client, "/parties/")
    for words in ("Amber Power Limited", "Import Supplier", "Gas Networks", "In default</span>",
                  '<a href="/parties/P1/">P1</a>'):  # fmt: skip
        assert words in page, words


def test_a_party_is_listed_from_its_first_day_and_no_longer_from_its_end(client, parties):
    factories.party("P4", category="large-suppliers", since="2020-01-01", until="2021-09-10")
    assert listed(client, "as_at=2021-09-09") == ["P1", "P2", "P4"]
    assert listed(client, "as_at=2021-09-10") == ["P1", "P2", "P3"]
    assert listed(client, "as_at=2013-01-01") == []


def test_filters_choose(client, parties):
    assert listed(client, "category=gas-networks") == ["P3"]
    assert listed(client, "q=POWER birch") == ["P2"]
    assert listed(client, "entered=yes") == ["P1"]
    assert listed(client, "entered=yes&as_at=2021-09-16") == []
    assert listed(client, "entered=no") == ["P2", "P3"]
    assert listed(client, "in_default=true") == ["P2"]
    assert listed(client, "in_default=true&as_at=2021-09-04") == []
    assert listed(client, "sort=-name") == ["P3", "P2", "P1"]
    assert listed(client, "sort=category") == ["P3", "P1", "P2"]
    assert listed(client, "sort=-reference") == ["P3", "P2", "P1"]


def test_a_default_that_was_cleared_is_over(client, parties):
    factories.party_event("P2", "default-cleared", "2021-09-20", ground="Paid")
    assert listed(client, "in_default=true&as_at=2021-09-19") == ["P2"]
    assert listed(client, "in_default=true&as_at=2021-09-20") == []


def test_the_counts_on_top_count_parties_and_voting_groups_of_the_day(client, parties):
    page = text(client, "/parties/?as_at=2021-09-30")
    stats = page[page.index('<div class="stats">') : page.index("filters")]
    assert "2 Voting Groups" in stats  # of three Parties in all
    assert stats.count("1 Voting Groups") == 2
    before = text(client, "/parties/?as_at=2021-09-09")
    assert before[before.index('<div class="stats">') : before.index("filters")].count(
        "1 Voting Groups") == 2  # fmt: skip


def test_the_name_is_that_of_the_day(client):
    factories.record("parties", [
        {"party": "P1", "legal_name": "Old Limited", "held_from": "2014-01-01",
         "held_until": "2021-09-10"},
        {"party": "P1", "legal_name": "New Limited", "held_from": "2021-09-10"},
    ])  # fmt: skip
    factories.record("party-categories", [
        {"party": "P1", "category": "large-suppliers", "held_from": "2014-01-01"}])  # fmt: skip
    assert "Old Limited" in text(client, "/parties/?as_at=2021-09-09")
    assert "Old Limited" not in text(client, "/parties/?as_at=2021-09-10")
    assert "<h1>Old Limited</h1>" in text(client, "/parties/P1/?as_at=2021-09-09")
    page = text(client, "/parties/P1/")
    assert "<h1>New Limited</h1>" in page
    assert "Old Limited" in page  # in its history


def test_an_empty_list_says_so(client):
    assert "No Party is recorded yet." in text(client, "/parties/")
    assert "Nothing matches these filters." in text(client, "/parties/?category=dcc")


@pytest.mark.parametrize(
    "query", ["as_at=31-12-2021", "category=x", "entered=perhaps", "page=0", "as_at=9999-12-31",
              "as_at=0001-01-01", "sort=%27"],
)  # fmt: skip
def test_a_filter_that_makes_no_sense_is_no_error(client, parties, query):
    text(client, f"/parties/?{query}")
    text(client, f"/parties/P1/?{query}")


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_the_list_can_be_had_as_a_file(client, parties, form):
    answer = client.get(f"/parties.{form}")
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="parties-list.{form}"'


def test_a_file_holds_what_the_list_was_asked_for(client, parties):
    content = client.get("/parties.csv?entered=yes").content.decode("utf-8-sig")
    (row,) = csv.DictReader(StringIO(content))
    assert row["reference"] == "P1"
    assert row["roles"] == "Import Supplier"
    assert SECRET not in content


# One Party


def test_a_page_shows_a_party_with_its_history(client, parties):
    page = text(client, "/parties/P2/")
    for words in ("Birch Power Limited", "Large Suppliers", "In default</span>", "Did not pay",
                  "In the Voting Group G1"):  # fmt: skip
        assert words in page, words
    assert "In default</span>" not in text(client, "/parties/P2/?as_at=2021-09-04")


def test_on_a_day_on_which_it_was_none_the_page_says_so(client, parties):
    assert "Not a Party on this day" in text(client, "/parties/P3/?as_at=2021-09-09")
    assert "Not a Party on this day" not in text(client, "/parties/P3/?as_at=2021-09-10")


def test_the_public_reads_nothing_of_amber_market_entry(client, parties):
    for url in ("/parties/P1/", "/parties/", "/parties.json", "/api/v1/parties/P1",
                "/api/v1/parties"):  # fmt: skip
        answer = text(client, url)
        assert SECRET not in answer
        assert "srept" not in answer.casefold()
    assert "User Entry Process" in text(client, "/parties/P1/")


def test_staff_read_all_of_it_with_its_class(parties):
    page = text(staff_client(), "/parties/P1/")
    assert SECRET in page
    assert 'data-class="amber"' in page


def test_a_reference_in_another_case_leads_to_the_one_it_bears(client, parties):
    assert client.get("/parties/p1/?as_at=2021-09-30")["Location"] == (
        "/parties/P1/?as_at=2021-09-30"
    )


def test_an_unknown_reference_is_answered_with_those_like_it(client, parties):
    assert "Birch Power Limited" in text(client, "/parties/Bir-17/", status=404)
    page = text(client, "/parties/%3Cscript%3Ealert(1)%3C/script%3E/", status=404)
    assert "<script>alert" not in page


def test_what_a_person_typed_stays_text(client):
    factories.party(
        "P1",
        category="large-suppliers",
        group="<b>G</b>",
        name="<script>alert('x')</script> " + "Very " * 30 + "Long Limited",
    )
    for url in ("/parties/", "/parties/P1/"):
        page = text(client, url)
        assert "<script>alert" not in page
        assert "<b>G" not in page


def test_staff_find_the_commands_and_nobody_else_does(client, parties):
    assert "/record/" not in text(client, "/parties/P1/")
    page = text(staff_client(), "/parties/P1/")
    assert 'href="/registers/party-events/record/?party=P1"' in page


# API


def test_the_api_tells_a_party_as_at_a_day(client, parties):
    entry = json.loads(client.get("/api/v1/parties/P1?as_at=2021-09-16").content)
    assert (entry["category"], entry["voting_group"]) == ("large-suppliers", "G1")
    assert entry["market_entry"] == []
    entry = json.loads(client.get("/api/v1/parties/P1").content)
    assert [each["process"] for each in entry["market_entry"]] == ["uep"]
    assert listed(client, "known_at=2021-09-01T00:00:00Z") == []


@pytest.mark.parametrize(
    ("path", "status"), [("/NOBODY", 404), ("?page=9", 422), ("?as_at=x", 422), ("?entered=x", 422)]
)
def test_the_api_answers_wrong_questions_with_a_problem(client, parties, path, status):
    answer = client.get(f"/api/v1/parties{path}")
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"


def test_the_pages_speak_another_codes_words(client, settings):
    settings.ENGROSS_CODE = "example"
    category = active_code().options("party_categories")[0]
    factories.party("L1", category=category.key, group="G1")
    factories.market_entry("L1", "lantern-test", "2021-09-01")
    factories.market_entry("L1", "store-trial", "2021-09-01")
    assert category.name in text(client, "/parties/")
    page = text(client, "/parties/L1/")
    assert "Lantern Test" in page
    assert "Store Trial" not in page
    assert "Store Trial" in text(staff_client(), "/parties/L1/")


# Cost


def many(count, start=100):
    keys = [f"P{number}" for number in range(start, start + count)]
    held = [{"party": key, "held_from": "2014-01-01"} for key in keys]
    factories.record("parties", [{**row, "legal_name": f"{row['party']} Limited"} for row in held])
    factories.record("party-categories", [{**row, "category": "large-suppliers"} for row in held])
    factories.record("voting-groups", [{**row, "voting_group": row["party"]} for row in held])
    factories.record(
        "party-events",
        [{"party": key, "event": "acceded", "happened_on": "2014-01-01"} for key in keys],
    )
    factories.record("market-entry", [
        {"party": key, "process": "uep", "user_role": role, "completed_on": "2015-01-01"}
        for key in keys for role in ("import-supplier", "export-supplier")])  # fmt: skip


@pytest.mark.parametrize(
    "url", ["/parties/", "/parties/?as_at=2021-09-30&in_default=on", "/api/v1/parties",
            "/parties.csv"],
)  # fmt: skip
def test_a_hundred_more_parties_take_no_more_queries(client, url):
    many(5)
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    many(100, start=200)
    client.get(url)
    with CaptureQueriesContext(connection) as more:
        client.get(url)
    assert len(more) <= len(few) <= 12


def test_a_page_with_many_events_takes_no_more_queries(client, parties):
    def record_of_months(*months):
        factories.record("party-events", [
            {"party": "P1", "event": event, "happened_on": f"2020-{month:02}-01", "ground": "Late"}
            for month in months for event in ("default-declared", "default-cleared")
        ])  # fmt: skip

    record_of_months(1)
    client.get("/parties/P1/")
    with CaptureQueriesContext(connection) as few:
        client.get("/parties/P1/")
    record_of_months(*range(2, 13))
    with CaptureQueriesContext(connection) as more:
        client.get("/parties/P1/")
    assert len(more) == len(few) <= 16

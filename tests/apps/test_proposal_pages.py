"""The pages, files and API of proposals: the list as at any day, one of them, wrong names."""

import csv
import json
from datetime import date
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.support.people import staff_client

pytestmark = pytest.mark.django_db
MOVES = [("define", "2021-02-01"), ("refine", "2021-09-28")]


def text(client, url, status=200):
    answer = client.get(url)
    assert answer.status_code == status, answer
    return answer.content.decode()


def listed(client, query=""):
    rows = json.loads(client.get(f"/api/v1/proposals?{query}").content)["rows"]
    return [row["identifier"] for row in rows]


@pytest.fixture
def proposal():
    factories.proposal("DP152", title="A smaller form", raised_on="2021-02-01", moves=MOVES,
                       route="self-governance", proposer_category="large-suppliers",
                       proposer="Example Energy", is_urgent=True)  # fmt: skip


# The list


def test_the_list_shows_where_each_proposal_stands(client, proposal):
    page = text(client, "/proposals/")
    assert '<a href="/proposals/MP152/">MP152</a>' in page
    assert 'data-kind="open">Refine</span>' in page
    assert "28\N{NO-BREAK SPACE}Sep\N{NO-BREAK SPACE}2021" in page
    assert "Self-Governance" in page
    assert "Large Suppliers" in page
    assert "Urgent</span>" in page


def test_as_at_a_day_the_list_shows_the_name_and_stage_of_that_day(client, proposal):
    page = text(client, "/proposals/?as_at=2021-09-27")
    assert '<a href="/proposals/DP152/?as_at=2021-09-27">DP152</a>' in page
    assert 'data-kind="open">Define</span>' in page
    assert "MP152" not in page


def test_a_proposal_is_not_listed_before_it_was_raised(client, proposal):
    assert listed(client, "as_at=2021-01-31") == []
    assert listed(client, "as_at=2021-02-01") == ["DP152"]


def test_filters_choose(client, proposal):
    factories.proposal("MP160", title="Another thing", moves=[("implemented", "2021-09-01")])
    factories.record(
        "proposal-impacts",
        [{"proposal": "MP160", "kind": "party-category", "affected": "Small Suppliers"}],
    )
    factories.release("November 2021", "2021-11-04")
    factories.tranche("MP160", state="approved", release="November 2021")

    assert listed(client) == ["MP160", "MP152"]
    assert listed(client, "open=true") == ["MP152"]
    assert listed(client, "open=true&as_at=2021-08-31") == ["DP152"]
    assert listed(client, "stage=implemented") == ["MP160"]
    assert listed(client, "stage=define&as_at=2021-09-27") == ["DP152"]
    assert listed(client, "route=self-governance") == ["MP152"]
    assert listed(client, "category=large-suppliers") == ["MP152"]
    assert listed(client, "affects=small-suppliers") == ["MP160"]
    assert listed(client, "release=November 2021") == ["MP160"]
    assert listed(client, "q=SMALLER form") == ["MP152"]
    assert listed(client, "q=no such words") == []
    assert listed(client, "affects=nobody") == []


@pytest.mark.parametrize("as_at", ["", "&as_at=2021-12-31"])
def test_the_list_sorts_both_ways_with_the_unknown_last(client, as_at):
    factories.proposal("MP101", title="C", raised_on="2021-03-01", moves=[("opine", "2021-06-01")])
    factories.proposal("MP102", title="A", raised_on="2021-01-01", moves=[("refine", "2021-05-01")])
    factories.proposal("MP103", title="B", moves=[("implemented", "2021-04-01")])
    for sort, expected in {
        "identifier": ["MP101", "MP102", "MP103"],
        "-identifier": ["MP103", "MP102", "MP101"],
        "title": ["MP102", "MP103", "MP101"],
        "raised": ["MP102", "MP101", "MP103"],
        "-raised": ["MP101", "MP102", "MP103"],
        "stage": ["MP102", "MP101", "MP103"],
        "-stage": ["MP103", "MP101", "MP102"],
        "since": ["MP103", "MP102", "MP101"],
        "no-such-column": ["MP103", "MP102", "MP101"],
    }.items():
        assert listed(client, f"sort={sort}{as_at}") == expected, sort


def test_the_list_comes_in_pages_of_sixty(client):
    many(75)
    first, second = text(client, "/proposals/"), text(client, "/proposals/?page=2")
    assert first.count('<th scope="row"') == 60
    assert second.count('<th scope="row"') == 15
    assert text(client, "/proposals/?page=99").count('<th scope="row"') == 15


def test_an_empty_list_says_so(client):
    assert "No proposal is recorded yet." in text(client, "/proposals/")
    assert "Nothing matches these filters." in text(client, "/proposals/?q=nothing")


@pytest.mark.parametrize(
    "query", ["as_at=not-a-day", "stage=none", "page=-1", "page=x", "sort=nothing", "open=maybe",
              "as_at=9999-12-31", "as_at=0001-01-01", "release=%27%22"],
)  # fmt: skip
def test_a_filter_that_makes_no_sense_is_no_error(client, proposal, query):
    text(client, f"/proposals/?{query}")


# Files


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_the_list_can_be_had_as_a_file(client, proposal, form):
    answer = client.get(f"/proposals.{form}?open=on")
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="proposals-list.{form}"'
    assert len(answer.content) > 50


def test_a_file_holds_what_the_list_was_asked_for(client, proposal):
    factories.proposal("MP160", title="=1+1", moves=[("implemented", "2021-09-01")])
    content = client.get("/proposals.csv?as_at=2021-09-27").content.decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(content)))
    assert [(row["identifier"], row["stage"]) for row in rows] == [
        ("MP160", "Implemented"),
        ("DP152", "Development Stage"),
    ]
    assert not rows[0]["title"].startswith("=")


# One proposal


@pytest.mark.parametrize("name", ["DP152", "mp152", "dp152", "MP0152"])
def test_every_other_form_of_a_name_leads_to_the_one_it_bears_now(client, proposal, name):
    answer = client.get(f"/proposals/{name}/?as_at=2021-09-27")
    assert answer.status_code == 302
    assert answer["Location"] == "/proposals/MP152/?as_at=2021-09-27"


def test_a_legacy_name_is_kept(client):
    factories.proposal("SECMP0024", moves=[("refine", "2019-01-01")])
    assert client.get("/proposals/secmp0024/")["Location"] == "/proposals/SECMP0024/"
    assert "SECMP0024" in text(client, "/proposals/SECMP0024/")


def test_an_unknown_name_is_answered_with_those_next_to_it(client, proposal):
    page = text(client, "/proposals/MP150/", status=404)
    assert '<a href="/proposals/MP152/">MP152</a>' in page
    for name in ("nonsense", "MP", "%3Cscript%3Ealert(1)%3C/script%3E", "x" * 900):
        page = text(client, f"/proposals/{name}/", status=404)
        assert "<script>alert" not in page


def test_a_page_says_whose_move_it_is_and_since_when(client, proposal):
    page = text(client, "/proposals/MP152/?as_at=2021-10-05")
    assert "Waiting on <strong>Change Sub-Committee</strong>" in page
    assert "5 Working Days" in page
    assert "Waiting on" not in text(client, "/proposals/MP152/?as_at=2020-01-01")


def test_on_a_past_day_a_page_shows_the_name_and_stage_of_that_day(client, proposal):
    page = text(client, "/proposals/MP152/?as_at=2021-09-27")
    assert '<p class="reference">DP152</p>' in page
    assert 'data-kind="open">Define</span>' in page
    assert "Refinement Process" not in page
    assert "not known to have been raised" in text(client, "/proposals/MP152/?as_at=2020-01-01")


def test_an_assessment_shows_its_days_as_published_and_truly(client, proposal):
    factories.assessment("MP152", "ia", accepted_on="2021-05-10", target=40)
    page = text(client, "/proposals/MP152/?as_at=2021-09-30")
    assert ">104</td>" in page
    assert ">102</td>" in page
    assert 'data-kind="late">Late</span>' in page


def test_a_page_shows_all_that_is_recorded_of_a_proposal(client, proposal):
    factories.proposal("MP152A", title="First part", parent="MP152")
    factories.record(
        "proposal-holds",
        [{"proposal": "MP152", "held_from": "2021-09-01", "ground": "Waiting for a review"}],
    )
    factories.record("proposal-links", [
        {"proposal": "MP152", "relation": "related", "other_code": "REC", "other": "R0216"},
        {"proposal": "MP152A", "relation": "depends-on", "other_code": "", "other": "DP152"},
    ])  # fmt: skip
    factories.record("proposal-impacts", [
        {"proposal": "MP152", "kind": "document", "affected": "Appendix AK"}])  # fmt: skip
    factories.decision("MP152", "timetable-noted", "2021-08-24", body="csc", note="Later")
    factories.version("46.0", "2021-09-22")
    factories.tranche("MP152", state="proposed", version="46.0")

    page = text(client, "/proposals/MP152/")

    for words in (
        "On hold</span>",
        "Waiting for a review",
        "R0216",
        "Appendix AK",
        "Timetable noted",
        "46.0",
        "Proposed",
        "First part",
        "Example Energy",
    ):
        assert words in page, words
    assert "is needed by" in page  # told from the other side
    assert page.count("<h1") == 1


def test_what_a_person_typed_stays_text(client):
    title = "<script>alert('x')</script>&amp; \"quotes\" " + "long " * 40
    factories.proposal("MP160", title=title.strip(), moves=[("refine", "2021-09-01")])
    for url in ("/proposals/", "/proposals/MP160/", "/proposals/?q=script"):
        page = text(client, url)
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_a_withdrawn_entry_is_shown_no_more(client, proposal):
    factories.withdraw("proposals", proposal__label="MP152")
    assert "Its entry was withdrawn." in text(client, "/proposals/MP152/")
    assert "MP152" not in text(client, "/proposals/")
    assert client.get("/api/v1/proposals/MP152").status_code == 404


# Staff


def test_staff_with_a_second_factor_find_the_commands_with_the_proposal_filled_in(proposal):
    client = staff_client()
    page = text(client, "/proposals/MP152/")
    href = "/registers/proposal-stages/record/?proposal=MP152"
    assert f'href="{href}"' in page
    assert 'value="MP152"' in text(client, href)


def test_nobody_else_finds_them(client, proposal):
    assert "/record/" not in text(client, "/proposals/MP152/")
    assert "/record/" not in text(client, "/proposals/")
    assert "/record/" not in text(staff_client(second_factor=False), "/proposals/MP152/")


# API


def test_the_api_tells_a_proposal_as_at_a_day_and_as_known_at_a_moment(client, proposal):
    entry = json.loads(client.get("/api/v1/proposals/dp152?as_at=2021-09-27").content)
    assert (entry["identifier"], entry["stage"]) == ("DP152", "define")
    assert [event["title"] for event in entry["timeline"]] == ["Development Stage", "Raised"]
    assert entry["waits_on"] == [{"key": "csc", "name": "Change Sub-Committee"}]
    before = client.get("/api/v1/proposals/MP152?known_at=2021-09-30T00:00:00Z")
    assert before.status_code == 404
    assert listed(client, "known_at=2021-09-30T00:00:00Z") == []


@pytest.mark.parametrize(
    ("path", "status"),
    [("/nonsense", 404), ("/MP999", 404), ("?page=9", 422), ("?page_size=9999", 422),
     ("?as_at=yesterday", 422)],
)  # fmt: skip
def test_the_api_answers_wrong_questions_with_a_problem(client, proposal, path, status):
    answer = client.get(f"/api/v1/proposals{path}")
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert json.loads(answer.content)["status"] == status


def test_the_pages_speak_another_codes_words(client, settings):
    settings.ENGROSS_CODE = "example"
    factories.proposal("M/07A", title="Brighter lamps", raised_on="2021-02-01",
                       moves=[("spark", "2021-02-01")])  # fmt: skip
    assert 'href="/proposals/M/07A/"' in text(client, "/proposals/")
    page = text(client, "/proposals/M/07A/")
    assert "Brighter lamps" in page
    assert "Trimming Table" in page
    assert json.loads(client.get("/api/v1/proposals/M/07A").content)["stage"] == "spark"


# Cost


def many(count, start=200):
    numbers = range(start, start + count)
    factories.record("proposals", [
        {"proposal": f"MP{n}", "title": f"About {n}", "raised_on": "2021-01-04"} for n in numbers
    ])  # fmt: skip
    factories.record("proposal-stages", [
        {"proposal": f"MP{n}", "stage": stage, "moved_on": f"2021-0{place}-10"}
        for n in numbers for place, stage in enumerate(("define", "refine", "opine"), start=2)
    ])  # fmt: skip


@pytest.mark.parametrize(
    "url", ["/proposals/", "/proposals/?as_at=2021-09-30&open=on", "/api/v1/proposals",
            "/proposals.csv"],
)  # fmt: skip
def test_a_hundred_times_the_proposals_take_no_more_queries(client, url):
    many(5)
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    many(100, start=300)
    client.get(url)
    with CaptureQueriesContext(connection) as more:
        client.get(url)
    assert len(more) <= len(few) <= 20


def test_a_page_with_many_facts_takes_no_more_queries(client, proposal):
    link = {"proposal": "MP152", "relation": "related", "other_code": "", "other": "MP299"}
    factories.record("proposal-links", [link])

    def record_of_days(*days):
        factories.record("decisions", [
            {"proposal": "MP152", "body": "csc", "outcome": "timetable-noted",
             "decided_on": date(2021, 3, day)} for day in days])  # fmt: skip
        factories.record("assessments", [
            {"proposal": "MP152", "kind": "pa", "sequence": day, "target_working_days": 15,
             "convention": "weekdays-inclusive", "accepted_on": date(2021, 3, day)}
            for day in days])  # fmt: skip

    record_of_days(1)
    client.get("/proposals/MP152/")
    with CaptureQueriesContext(connection) as few:
        client.get("/proposals/MP152/")
    record_of_days(*range(2, 31))
    factories.record("proposal-links", [
        {**link, "other": f"MP{n}"} for n in range(300, 330)])  # fmt: skip
    with CaptureQueriesContext(connection) as more:
        client.get("/proposals/MP152/")
    assert len(more) == len(few) <= 17


def test_days_are_counted_to_the_last_day_that_is_kept_and_the_page_says_so(client):
    factories.proposal("MP078", raised_on="2021-09-01", moves=[("refine", "2021-09-13")])
    factories.keep("proposal-stages", since="2020-10-01", until="2021-10-01")

    page = client.get("/proposals/MP078/").content.decode()

    assert "13 Working Days" in page
    assert "the last day of which records are kept" in page

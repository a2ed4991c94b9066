"""The home page: what changed, what is next and whose move it is, today or as at a day."""

from datetime import date

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engross.apps.site import queries
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2021, 9, 30)


def text(client, url="/?as_at=2021-09-30"):
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def changed(home):
    return {block.title: [(line.on, line.name, line.text) for line in block.lines]
            for block in home.changed if not block.is_earlier}  # fmt: skip


@pytest.fixture
def records():
    factories.proposal("MP152", raised_on="2021-02-01", route="self-governance",
                       moves=[("define", "2021-02-01"), ("refine", "2021-09-28")])  # fmt: skip
    factories.proposal("MP140", moves=[("refine", "2021-09-01")])
    factories.proposal("MP141", moves=[("opine", "2021-08-02")], route="authority-led")
    factories.proposal("MP100", moves=[("implemented", "2021-09-22")])
    factories.decision("MP152", "progressed-refinement", "2021-09-28", body="csc")
    factories.version("46.0", "2021-09-22", cause="dcc-direction")
    factories.publication("cpl", "395", "2021-09-27")


def test_what_changed_in_the_last_thirty_days_is_told(records):
    told = changed(queries.home(today=TODAY))
    assert told["Proposal stages"] == [
        (date(2021, 9, 28), "MP152", "Refine"),
        (date(2021, 9, 22), "MP100", "Implemented"),
        (date(2021, 9, 1), "MP140", "Refine"),
    ]
    assert told["Decisions"][0][1:] == ("MP152", "Progressed to Refinement, Change Sub-Committee")
    assert told["Code versions"] == [(date(2021, 9, 22), "46.0", "DCC direction")]
    assert told["Product list publications"][0][2] == "Version 395"


def test_the_thirtieth_day_before_is_out_and_the_day_itself_is_in(records):
    told = changed(queries.home(today=date(2021, 10, 1)))
    assert "MP140" not in [name for _, name, _ in told["Proposal stages"]]
    factories.move("MP140", "opine", "2021-10-01")
    told = changed(queries.home(today=date(2021, 10, 1)))
    assert told["Proposal stages"][0] == (date(2021, 10, 1), "MP140", "Opine")


def test_where_records_end_earlier_it_stands_on_their_last_day_and_says_so(records, client):
    home = queries.home(today=date(2024, 5, 1))
    assert home.day == date(2021, 9, 28)
    assert home.is_past
    page = text(client, "/")
    assert "the last day that is recorded" in page
    assert 'datetime="2021-09-28"' in page


def test_where_one_register_is_silent_its_latest_are_shown_as_earlier(records):
    home = queries.home(today=date(2021, 10, 25))
    block = next(block for block in home.changed if block.title == "Code versions")
    assert block.is_earlier
    assert [line.name for line in block.lines] == ["46.0"]


def test_open_proposals_are_counted_by_the_body_they_wait_on(records):
    told = {names: (each.proposals, each.oldest, each.waited)
            for each, names in queries.home(today=TODAY).waiting}  # fmt: skip
    assert told == {
        "Change Sub-Committee": (2, "MP140", 21),
        "The Authority": (1, "MP141", 42),  # 43 weekdays, of which 30 August was a holiday
    }


def test_as_at_a_day_they_are_counted_as_they_stood(records):
    waiting = queries.home(today=TODAY, as_at=date(2021, 8, 31)).waiting
    assert {names: each.oldest for each, names in waiting} == {
        "Change Sub-Committee": "DP152",
        "The Authority": "MP141",
    }


def test_what_is_next_comes_in_order(records):
    factories.meeting("SECP_97", "panel", "2021-10-15", number="97")
    factories.meeting("SECP_98", "panel", "2021-10-14", is_cancelled=True)
    factories.meeting("SECP_96", "panel", "2021-09-10")
    factories.release("November 2021", "2021-11-04")
    factories.assessment("MP152", "pa", accepted_on="2021-09-13", target=15)
    factories.assessment("MP140", "pa", accepted_on="2021-05-10", target=15)  # late, not next

    lines = [(line.on, line.name, line.text) for line in queries.home(today=TODAY).upcoming]

    assert lines == [
        (date(2021, 10, 1), "MP152", "Preliminary Assessment due"),
        (date(2021, 10, 15), "Meeting SECP_97", "SEC Panel"),
        (date(2021, 11, 4), "November 2021", "Release"),
    ]


def test_the_page_leads_on(records, client):
    page = text(client)
    for words in ('href="/proposals/MP152/"', "Change Sub-Committee", "/proposals/?open=on",
                  "All 3 open"):  # fmt: skip
        assert words in page, words
    assert page.count("<h1") == 1


def test_the_home_of_an_empty_register_is_calm(client):
    page = text(client, "/")
    assert "Nothing is open." in page
    assert "Nothing in these days" in page


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "nonsense"])
def test_a_day_at_the_end_of_time_is_no_error(records, client, day):
    text(client, f"/?as_at={day}")


@pytest.mark.parametrize("url", ["/", "/?as_at=2021-09-30"])
def test_more_records_take_no_more_queries(client, url):
    def many(first, last):
        numbers = range(first, last)
        factories.record("proposals", [{"proposal": f"MP{n}", "title": "One"} for n in numbers])
        factories.record("proposal-stages", [
            {"proposal": f"MP{n}", "stage": "refine", "moved_on": "2021-09-20"} for n in numbers
        ])  # fmt: skip
        factories.record("assessments", [
            {"proposal": f"MP{n}", "kind": "pa", "sequence": 1, "accepted_on": "2021-09-20",
             "target_working_days": 15, "convention": "weekdays-inclusive"} for n in numbers
        ])  # fmt: skip

    many(200, 210)
    client.get(url)
    caches["local"].clear()
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    many(300, 400)
    client.get(url)
    caches["local"].clear()
    with CaptureQueriesContext(connection) as more:
        client.get(url)
    assert len(more) == len(few) <= 36
    # Until something happens, what anybody may read is only asked whether it still holds.
    with CaptureQueriesContext(connection) as kept:
        client.get(url)
    assert len(kept) == 1


def test_where_proposals_are_no_longer_kept_it_stands_on_the_last_day_they_were(records):
    factories.keep("proposal-stages", since="2020-10-01", until="2021-09-16")

    home = queries.home(today=date(2024, 5, 1))

    assert home.day == date(2021, 9, 15)
    assert home.is_past
    assert [each.proposals for each, _ in home.waiting]

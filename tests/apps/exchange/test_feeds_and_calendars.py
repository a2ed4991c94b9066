"""Feeds of registers, proposals and documents; calendars of releases and deadlines."""

import re
from datetime import UTC, date, datetime, timedelta

import feedparser
import pytest
from django.utils import timezone
from icalendar import Calendar

from engross.apps.registers.registers import all_registers
from tests import factories
from tests.support.people import staff_client
from tests.support.stored_texts import clause, section, store

pytestmark = pytest.mark.django_db
DEFINED = [("define", "2021-02-01")]
LATER = datetime(2021, 12, 1, 9, 30, tzinfo=UTC)


def feed(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    parsed = feedparser.parse(answer.content)
    assert not parsed.bozo, parsed.get("bozo_exception")
    ids = [entry.id for entry in parsed.entries]
    assert len(set(ids)) == len(ids)
    assert all(each.startswith("tag:") for each in [parsed.feed.id, *ids])
    assert all("author" not in entry for entry in parsed.entries)
    again = client.get(address, headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    return parsed


def calendar(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    events = Calendar.from_ical(answer.content).events
    assert len({str(event["UID"]) for event in events}) == len(events)
    assert client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    return {str(event["SUMMARY"]): event for event in events}


def test_every_register_has_a_feed_that_is_valid_with_rows_and_without(client):
    factories.party("SEC01", category="small-suppliers", group="A group")
    factories.party_event("SEC01", "acceded", "2021-09-01")
    factories.market_entry("SEC01", "uept", "2021-09-02")
    factories.proposal("DP152", raised_on="2021-02-01", moves=DEFINED)
    factories.meeting("SECP_1", "panel", "2021-09-17", title="Panel 1")
    factories.release("November 2021", "2021-11-04")
    factories.version("45.0", "2021-09-01")
    factories.publication("cpl", "6.20.1", "2021-09-14")
    factories.issue("2021-09-16")
    for register in all_registers():
        parsed = feed(client, f"/registers/{register.name}/feed.atom")
        assert all(entry.title.strip() for entry in parsed.entries), register.name
    [published] = feed(client, "/registers/product-lists/feed.atom").entries
    assert published.title == "Central Products List, version 6.20.1"
    assert calendar(client, "/meetings/calendar.ics?body=panel")
    assert len(calendar(client, "/releases/calendar.ics")) == 2


def test_a_feed_is_of_what_anyone_may_read_whoever_asks():
    row = {"paper": "operations-report", "month": "2021-09", "section": "party-engagement"}
    factories.record("highlights", [
        {**row, "position": "1", "text": "Open", "paper_class": "white"},
        {**row, "position": "2", "text": "wrenhidden", "paper_class": "amber"},
    ])  # fmt: skip
    assert len(feed(staff_client(), "/registers/highlights/feed.atom").entries) == 1


def test_a_correction_keeps_the_id_of_an_entry(client):
    factories.proposal("DP152", title="One", raised_on="2021-02-01",
                       moves=DEFINED)  # fmt: skip
    factories.assessment("DP152", "pa", accepted_on="2021-03-01")
    addresses = ("/proposals/DP152/feed.atom", "/registers/assessments/feed.atom")
    before = [{each.id for each in feed(client, address).entries} for address in addresses]
    factories.assessment("DP152", "pa", accepted_on="2021-03-01", at=LATER,
                         returned_on="2021-03-09")  # fmt: skip
    after = [{each.id for each in feed(client, address).entries} for address in addresses]
    assert before == after
    assert all(before)


def test_what_a_person_typed_is_no_markup_in_a_feed(client):
    factories.issue("2021-09-16")
    factories.record("newsletter-issues", [{"issued_on": "2021-09-17", "title": "<b>News</b>"}])
    answer = client.get("/registers/newsletter-issues/feed.atom").content.decode()
    assert "<b>" not in answer
    assert "&lt;b&gt;" in answer


@pytest.mark.parametrize(
    "address",
    ["/registers/nothing/feed.atom", "/proposals/MP999/feed.atom", "/code/section/Q/feed.atom",
     "/code/section/A/1/feed.atom"],
)  # fmt: skip
def test_there_is_no_feed_of_what_is_not_there(client, address):
    assert client.get(address).status_code == 404


def test_a_withdrawn_proposal_has_no_feed(client):
    factories.proposal(
        "DP152", title="One", raised_on="2021-02-01", moves=[("define", "2021-02-01")]
    )
    factories.withdraw("proposals", proposal__label="DP152", at=LATER)
    assert client.get("/proposals/DP152/feed.atom").status_code == 404


def test_a_document_tells_the_changes_that_lie_ahead(client):
    ahead = timezone.localdate() + timedelta(days=30)
    store(section("A", clause("A1", "One.")), on=date(2020, 1, 1))
    store(section("A", clause("A1", "Two.")), on=ahead, days=366)
    entries = feed(client, "/code/section/A/feed.atom").entries
    assert len(entries) == 2
    assert str(ahead.year) in entries[0].title
    assert entries[0].link.endswith(f"/code/section/A/{ahead}/")


def test_deadlines_are_those_from_today_on(client):
    today = timezone.localdate()
    factories.keep("assessments", at=LATER)
    factories.proposal(
        "DP152", title="One", raised_on="2021-02-01", moves=[("define", "2021-02-01")]
    )
    factories.version("90.0", today + timedelta(days=9))
    factories.version("89.0", today - timedelta(days=9))
    factories.meeting("SECP_1", "panel", today + timedelta(days=60), title="Panel 1")
    factories.assessment("DP152", "pa", accepted_on=today - timedelta(days=1))

    found = calendar(client, "/deadlines.ics")

    assert "Version 90.0 takes effect" in found
    assert "Version 89.0 takes effect" not in found
    assert "Papers due: Panel 1" in found
    assert any(summary.startswith("Assessment is due: DP152") for summary in found)
    assert found["Version 90.0 takes effect"]["DTSTART"].dt == today + timedelta(days=9)
    assert set(calendar(client, "/releases/calendar.ics")) == {
        "Version 90.0 takes effect", "Version 89.0 takes effect",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("address", "feed_of_it"),
    [("/registers/product-lists/", "/registers/product-lists/feed.atom"),
     ("/product-lists/", "/registers/product-lists/feed.atom"),
     ("/proposals/DP152/", "/proposals/DP152/feed.atom"),
     ("/code/section/A/", "/code/section/A/feed.atom"),
     ("/meetings/?body=panel", "/meetings/calendar.ics?body=panel"),
     ("/releases/", "/releases/calendar.ics")],
)  # fmt: skip
def test_a_page_says_where_its_feed_is(client, address, feed_of_it):
    factories.proposal(
        "DP152", title="One", raised_on="2021-02-01", moves=[("define", "2021-02-01")]
    )
    factories.meeting("SECP_1", "panel", "2021-09-17", title="Panel 1")
    store(section("A", clause("A1", "One.")), on=date(2020, 1, 1))
    page = client.get(address).content.decode()
    head = page.partition("</head>")[0]
    assert re.search(f'<link rel="alternate"[^>]*href="{re.escape(feed_of_it)}"', head)

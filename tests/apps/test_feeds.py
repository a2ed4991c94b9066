"""The Atom feed of proposals reads as Atom, and an entry keeps its id for good."""

from datetime import UTC, datetime
from xml.etree import ElementTree

import feedparser
import pytest

from tests import factories

pytestmark = pytest.mark.django_db
FEED = "/proposals/feed.atom"
LATER = datetime(2021, 12, 1, 9, 30, tzinfo=UTC)


def read(client):
    answer = client.get(FEED)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    parsed = feedparser.parse(answer.content)
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


@pytest.fixture
def proposal():
    factories.proposal("DP152", title="Smart & <b>simple</b>", raised_on="2021-02-01",
                       moves=[("define", "2021-02-01")])  # fmt: skip


def test_the_feed_tells_proposals_raised_and_stages_entered(client, proposal):
    parsed = read(client)
    assert sorted(entry.title for entry in parsed.entries) == [
        "DP152 raised: Smart & <b>simple</b>",
        "DP152: Define",
    ]
    assert all(entry.link.endswith("/proposals/DP152/") for entry in parsed.entries)
    assert parsed.feed.title == "Smart Energy Code: Modifications"


def test_an_id_stays_when_the_entry_is_corrected_and_its_date_moves(client, proposal):
    before = {entry.title: (entry.id, entry.updated) for entry in read(client).entries}
    row = {"proposal": "DP152", "raised_on": "2021-02-01", "title": "Another title"}
    factories.record("proposals", [row], at=LATER)
    after = {entry.id: (entry.title, entry.updated) for entry in read(client).entries}

    own_id, updated = before["DP152 raised: Smart & <b>simple</b>"]
    assert own_id.startswith("tag:")
    assert after[own_id] == ("DP152 raised: Another title", "2021-12-01T09:30:00+00:00")
    assert updated < after[own_id][1]


def test_ids_are_unique_and_do_not_hang_on_the_host(client, proposal):
    ids = [entry.id for entry in read(client).entries]
    other = feedparser.parse(client.get(FEED, headers={"host": "localhost"}).content)
    assert len(set(ids)) == len(ids)
    assert sorted(entry.id for entry in other.entries) == sorted(ids)


def test_what_a_person_typed_is_no_markup_in_a_summary(client, proposal):
    namespace = {"a": "http://www.w3.org/2005/Atom"}
    tree = ElementTree.fromstring(client.get(FEED).content)
    summaries = [each.text for each in tree.iterfind("a:entry/a:summary", namespace)]
    assert len(summaries) == 2
    assert all("<b>" not in text for text in summaries)


def test_a_withdrawn_proposal_leaves_the_feed(client, proposal):
    factories.withdraw("proposals", proposal__label="DP152", at=LATER)
    assert read(client).entries == []


def test_the_feed_of_nothing_is_a_feed(client):
    assert read(client).entries == []


def test_the_feed_is_bounded_and_its_queries_are_too(client, django_assert_max_num_queries):
    factories.record("proposals", [
        {"proposal": f"MP{number}", "title": "One of many", "raised_on": "2021-01-04"}
        for number in range(200, 300)
    ])  # fmt: skip
    with django_assert_max_num_queries(4):
        assert len(read(client).entries) == 60

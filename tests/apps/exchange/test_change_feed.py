"""The change feed: every fact once, in order, and to nobody what they may not read."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from engross.apps.audit.commands import record_event
from engross.apps.audit.models import Event
from engross.apps.exchange.queries import changes_after
from engross.apps.registers.commands import correct_entry, record_entry, withdraw_entry
from engross.apps.registers.registers import register_named
from engross.core.access import ANYONE, SYSTEM
from tests import factories
from tests.support.people import client_of, member, person

pytestmark = pytest.mark.django_db
LATER = datetime(2021, 12, 1, 9, 30, tzinfo=UTC)
HIGHLIGHT = {"paper": "operations-report", "month": date(2021, 9, 1), "basis": "record",
             "section": "party-engagement", "text": "wrenhidden"}  # fmt: skip


def changes(client, since=0, **asked):
    query = "&".join(f"{name}={value}" for name, value in {"since": since, **asked}.items())
    answer = client.get(f"/api/v1/changes?{query}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def kinds(client, since=0):
    return [(row["kind"], row["register"]) for row in changes(client, since)["rows"]]


def highlight(by, position, paper_class="white", *, at=LATER):
    register = register_named("highlights")
    values = {**HIGHLIGHT, "position": position, "paper_class": paper_class}
    return record_entry(register, values, by=by, at=at, reason="hush")


def test_an_import_is_one_change_that_leads_to_its_rows(client):
    factories.party("SEC01", name="Northwind", category="small-suppliers")

    found = changes(client)
    imported = next(row for row in found["rows"] if row["register"] == "parties")

    assert (imported["kind"], imported["count"]) == ("rows.imported", 1)
    rows = client.get(imported["api_url"]).json()
    assert rows["count"] == 1
    assert client.get(rows["rows"][0]["api_url"]).status_code == 200
    assert found["position"] == found["latest"] == Event.objects.count()
    assert found["next"] is None


def test_added_corrected_and_withdrawn_are_told_with_their_entry(client, secretary):
    register = register_named("highlights")
    entry = highlight(secretary, 1)
    values = {**HIGHLIGHT, "position": 1, "paper_class": "white", "text": "Other"}
    correct_entry(register, entry, values, by=secretary, at=LATER + timedelta(hours=1), reason="x")
    withdraw_entry(register, entry, by=secretary, at=LATER + timedelta(hours=2), reason="x")

    rows = changes(client)["rows"]

    assert [row["kind"] for row in rows] == ["row.added", "row.corrected", "row.withdrawn"]
    assert {row["entry"] for row in rows} == {str(entry)}
    assert rows[0]["url"] == f"/registers/highlights/{entry}/"
    assert client.get(rows[0]["api_url"]).status_code == 200


def test_neither_person_nor_reason_nor_words_are_told(client, secretary):
    highlight(secretary, 1)
    text = client.get("/api/v1/changes").content.decode()
    assert "hush" not in text
    assert "Secretary" not in text
    assert "wrenhidden" not in text


def test_what_was_done_to_people_is_not_told(client, secretary):
    record_event(action="people.approve", subject="people/1", by=secretary, at=LATER)
    record_event(action="audit.erase", subject="audit", by=secretary, at=LATER)
    record_event(action="register.record", subject="[erased]", by=secretary, at=LATER)
    record_event(action="register.record", subject=f"none/{uuid4()}", by=secretary, at=LATER)
    found = changes(client)
    assert found["rows"] == []
    assert found["position"] == Event.objects.count()


def test_an_amber_row_changes_for_nobody_outside_its_reach(client, secretary):
    highlight(secretary, 1, "amber")
    assert kinds(client) == []
    assert kinds(client_of(secretary)) == [("row.added", "highlights")]
    factories.record("highlights", [
        {**HIGHLIGHT, "month": "2021-09", "position": "2", "paper_class": "amber"}
    ])  # fmt: skip
    assert kinds(client) == []
    assert [kind for kind, _ in kinds(client_of(secretary))] == ["row.added", "rows.imported"]


def test_a_row_that_becomes_amber_is_withdrawn_to_those_who_lose_it(client, secretary):
    register, entry = register_named("highlights"), highlight(secretary, 1)
    values = {**HIGHLIGHT, "position": 1, "paper_class": "amber"}
    correct_entry(register, entry, values, by=secretary, at=LATER + timedelta(hours=1), reason="x")
    shown = {**values, "paper_class": "white"}
    correct_entry(register, entry, shown, by=secretary, at=LATER + timedelta(hours=2), reason="x")

    assert [kind for kind, _ in kinds(client)] == ["row.added", "row.withdrawn", "row.added"]
    assert [kind for kind, _ in kinds(client_of(secretary))] == [
        "row.added", "row.corrected", "row.corrected",
    ]  # fmt: skip


def test_an_imports_count_is_of_the_rows_that_the_reader_may_read(client, secretary):
    row = {**HIGHLIGHT, "month": "2021-09"}
    factories.record("highlights", [
        {**row, "position": "1", "paper_class": "white"},
        {**row, "position": "2", "paper_class": "amber"},
    ])  # fmt: skip
    [seen], [all_of_it] = changes(client)["rows"], changes(client_of(secretary))["rows"]
    assert (seen["count"], all_of_it["count"]) == (1, 2)
    assert client.get(seen["api_url"]).json()["count"] == 1


def test_walking_in_steps_tells_all_once_whatever_comes_meanwhile(client, secretary):
    for number in range(1, 8):
        highlight(secretary, number, at=LATER + timedelta(minutes=number))
    whole = [row["position"] for row in changes(client)["rows"]]
    walked, address = [], "/api/v1/changes?page_size=3"
    while address:
        page = client.get(address).json()
        walked += [row["position"] for row in page["rows"]]
        address = page["next"]
        if len(walked) == 3:
            highlight(secretary, 9, at=LATER + timedelta(hours=1))
    assert walked == [*whole, whole[-1] + 1]
    assert changes(client, since=walked[-1])["rows"] == []


def test_a_position_that_is_not_reached_yet_is_refused_with_what_to_do(client):
    answer = client.get("/api/v1/changes?since=5")
    assert answer.status_code == 422
    assert "begin again" in answer.json()["detail"]
    assert client.get("/api/v1/changes?since=-1").status_code == 422
    assert client.get(f"/api/v1/changes?since={10**30}").status_code == 422


@pytest.mark.parametrize("position", [0, 1, 99, 10**30])
def test_there_are_no_rows_where_no_import_stands(client, position, secretary):
    highlight(secretary, 1)
    assert client.get(f"/api/v1/changes/{position}/rows").status_code == 404


def test_who_has_it_already_is_not_sent_it_again(client, secretary):
    highlight(secretary, 1)
    first = client.get("/api/v1/changes")
    again = client.get("/api/v1/changes", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


def test_the_number_of_queries_does_not_grow_with_the_changes(
    secretary, django_assert_max_num_queries
):
    for number in range(1, 30):
        highlight(secretary, number, at=LATER + timedelta(minutes=number))
    with django_assert_max_num_queries(4):
        found, _ = changes_after(0, most=500, reader=ANYONE)
    assert len(found) == 29
    assert len(changes_after(0, most=500, reader=SYSTEM)[0]) == 29


def test_a_partys_own_rows_are_told_to_it_alone(secretary):
    factories.party("SEC01", name="Northwind", category="small-suppliers")
    factories.party("SEC02", name="Southwind", category="small-suppliers")
    start = Event.objects.count()
    factories.market_entry("SEC01", "srept", "2021-07-04")
    own, other = person("Ada"), person("Bea")
    member(own, "SEC01")
    member(other, "SEC02")
    assert kinds(client_of(own), start) == [("rows.imported", "market-entry")]
    assert kinds(client_of(other), start) == []
    assert kinds(Client(), start) == []

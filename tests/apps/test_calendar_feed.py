"""The meetings as a calendar, read back by a library that subscribers use too."""

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from tests.factories import meeting, record

pytestmark = pytest.mark.django_db


def events(client, query=""):
    response = client.get(f"/meetings/calendar.ics{query}")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return {str(event["SUMMARY"]): event for event in Calendar.from_ical(response.content).events}


# Clocks go forward on 28 March 2021 and back on 31 October.
@pytest.mark.parametrize("day", ["2024-02-29", "2021-03-28", "2021-10-31", "2021-12-31"])
def test_a_meeting_lasts_one_whole_day_whatever_the_clocks_do(client, day):
    meeting("SSC_1", "ssc", day, title="Security Meeting 1")

    event = events(client)["Security Meeting 1"]

    assert event["DTSTART"].dt == date.fromisoformat(day)
    assert type(event["DTSTART"].dt) is date
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(days=1)
    assert event["STATUS"] == "CONFIRMED"


def test_a_cancelled_meeting_stays_and_says_so(client):
    meeting("SSC_1", "ssc", "2021-09-22", title="Security Meeting 1", is_cancelled=True)

    event = events(client)["Cancelled: Security Meeting 1"]

    assert event["STATUS"] == "CANCELLED"


def test_a_moved_meeting_keeps_its_uid_and_counts_its_corrections(client):
    meeting("SSC_1", "ssc", "2021-09-22", title="Security Meeting 1")
    before = events(client)["Security Meeting 1"]
    corrected_at = datetime(2021, 10, 9, 9, tzinfo=UTC)
    meeting("SSC_1", "ssc", "2021-09-29", title="Security Meeting 1", at=corrected_at)
    after = events(client)["Security Meeting 1"]

    assert before["UID"] == after["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert after["DTSTART"].dt == date(2021, 9, 29)
    assert after["LAST-MODIFIED"].dt == corrected_at


def test_every_uid_is_its_own(client):
    for number in range(30):
        meeting(f"SECP_{number}", "panel", "2021-09-22", title=f"Panel {number}")

    uids = [str(event["UID"]) for event in events(client).values()]

    assert len(uids) == 60  # each meeting, and the day its papers are due
    assert len(set(uids)) == 60


def test_the_paper_day_is_an_event_of_its_own_and_minds_holidays(client):
    # Five Working Days before 7 January 2022, over New Year's Day kept on the 3rd.
    meeting("SECP_1", "panel", "2022-01-07", title="Panel 1")

    assert events(client)["Papers due: Panel 1"]["DTSTART"].dt == date(2021, 12, 30)

    row = {"nation": "", "day": "2022-01-05", "is_holiday": True, "name": "A special day"}
    record("holiday-corrections", [{**row, "announced_on": "2021-12-01"}])

    assert events(client)["Papers due: Panel 1"]["DTSTART"].dt == date(2021, 12, 29)


def test_a_cancelled_meeting_asks_for_no_papers(client):
    meeting("SECP_1", "panel", "2022-01-07", title="Panel 1", is_cancelled=True)

    assert list(events(client)) == ["Cancelled: Panel 1"]


def test_a_body_has_a_calendar_of_its_own(client):
    meeting("SSC_1", "ssc", "2021-09-22", title="Security Meeting 1")
    meeting("OPSG_1", "opsg", "2021-09-22", title="Operations 1")

    assert list(events(client, "?body=ssc")) == ["Security Meeting 1"]
    response = client.get("/meetings/calendar.ics?body=nobody")
    assert response.status_code == 404
    assert "ssc" in response.content.decode()


def test_without_meetings_the_calendar_is_empty_and_valid(client):
    assert events(client) == {}


def test_what_was_typed_cannot_add_lines_to_the_calendar(client):
    meeting("SSC_1", "ssc", "2021-09-22", title="One, two; three\\",
            summary="A line\nBEGIN:VEVENT\nSUMMARY:Smuggled")  # fmt: skip

    found = events(client)

    assert list(found) == ["One, two; three\\"]
    assert "Smuggled" in found["One, two; three\\"]["DESCRIPTION"]


def test_who_has_it_already_is_not_sent_it_again(client):
    meeting("SSC_1", "ssc", "2021-09-22")
    first = client.get("/meetings/calendar.ics")

    again = client.get("/meetings/calendar.ics", headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 304
    meeting("SSC_2", "ssc", "2021-10-06")
    changed = client.get("/meetings/calendar.ics", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200


def test_the_number_of_queries_does_not_grow_with_the_meetings(client, django_assert_num_queries):
    meeting("SECP_1", "panel", "2021-09-22")
    with django_assert_num_queries(3):
        client.get("/meetings/calendar.ics")
    for number in range(2, 100):
        meeting(f"SECP_{number}", "panel", "2021-09-22")
    with django_assert_num_queries(3):
        client.get("/meetings/calendar.ics")

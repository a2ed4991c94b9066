"""The pages, files and API of meetings; papers only for those who may read them."""

from datetime import date

import pytest

from tests.factories import decision, meeting, proposal, record

pytestmark = pytest.mark.django_db
TODAY = date(2021, 9, 22)
PANEL = "/meetings/SECP_97/"


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)


@pytest.fixture
def september():
    meeting("SSC_132", "ssc", "2021-09-22", number="132", title="Security Meeting 132",
            summary="Two risks were closed")  # fmt: skip
    meeting("SSC_133", "ssc", "2021-10-06", number="133", title="Security Meeting 133")
    meeting("SECP_97", "panel", "2021-10-15", number="97", title="Panel Meeting 97")
    meeting("CB_58", "change-board", "2021-09-29", title="Change Board 58", is_cancelled=True)
    meeting("SMKI PMA_85", "smki-pma", "2018-03-08", title="PMA 85")
    paper("SECP_97_1510_01", "An open paper", "white")
    paper("SECP_97_1510_02", "A secret paper", "amber")
    paper("SECP_97_1510_03", "A paper for Parties", "green")


def paper(reference, title, paper_class):
    row = {"reference": reference, "meeting": "SECP_97", "title": title, "action": "information"}
    record("papers", [{**row, "paper_class": paper_class}])


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_without_a_question_this_month_is_shown_by_day(client, september):
    shown = page(client, "/meetings/")

    assert "<h2>September 2021</h2>" in shown
    assert shown.index("Security Meeting 132") < shown.index("Change Board 58")
    assert "Security Meeting 133" not in shown
    today = shown.split('id="today"')[1].split("</li>")[0]
    assert "Security Meeting 132" in today


def test_today_is_marked_on_a_day_without_a_meeting(client, september, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: date(2021, 9, 27))
    shown = page(client, "/meetings/")

    assert "Today. No meeting." in shown
    assert shown.index("Security Meeting 132") < shown.index('id="today"')
    assert shown.index('id="today"') < shown.index("Change Board 58")


def test_the_way_leads_to_the_nearest_months_with_meetings(client, september):
    shown = page(client, "/meetings/")

    assert 'href="?month=2018-03" rel="prev"' in shown
    assert 'href="?month=2021-10" rel="next"' in shown
    empty = page(client, "/meetings/?month=2020-01")
    assert "No meeting is recorded for this month." in empty
    assert "?month=2018-03" in empty


@pytest.mark.parametrize(
    ("query", "held"),
    [
        ("body=ssc", {"Security Meeting 132", "Security Meeting 133"}),
        ("q=risks", {"Security Meeting 132"}),
        ("body=ssc&month=2021-10", {"Security Meeting 133"}),
        ("category=engagement", set()),
    ],
)
def test_filters_reach_beyond_the_month(client, september, query, held):
    shown = page(client, f"/meetings/?{query}").split('id="results"')[1]

    titles = {"Security Meeting 132", "Security Meeting 133", "Panel Meeting 97", "PMA 85"}
    assert {title for title in titles if title in shown} == held


@pytest.mark.parametrize(
    ("month", "said"),
    [
        ("2021-13", "Write year and month as 2021-09."),
        ("x", "Write year and month as 2021-09."),
        ("0000-01", "Write year and month as 2021-09."),
        ("9999-12", "Give a year from 1900 to 2200."),
    ],
)
def test_a_month_that_cannot_be_read_is_said_to_be_wrong(client, september, month, said):
    shown = page(client, f"/meetings/?month={month}")

    assert said in shown
    assert "<h2>September 2021</h2>" in shown


def test_a_cancelled_meeting_says_so(client, september):
    assert "Cancelled" in page(client, "/meetings/?month=2021-09").split("Change Board 58")[1]
    assert "This meeting was cancelled." in page(client, "/meetings/CB_58/")


def test_a_meeting_shows_decisions_taken_there(client, september):
    proposal("MP121")
    decision("MP121", "approved", "2021-10-15", body="panel", meeting="SECP_97")

    assert "MP121" in page(client, PANEL).split('id="timeline"')[1]


def test_papers_of_the_panel_are_due_five_working_days_before(client, september):
    assert 'Papers due by</dt><dd><time datetime="2021-10-08">' in page(client, PANEL)
    assert "Papers due by" not in page(client, "/meetings/SSC_132/")


def test_a_special_holiday_brings_the_paper_day_forward(client, september):
    row = {"nation": "", "day": "2021-10-12", "is_holiday": True, "name": "A special day"}
    record("holiday-corrections", [{**row, "announced_on": "2021-09-01"}])

    assert 'Papers due by</dt><dd><time datetime="2021-10-07">' in page(client, PANEL)


PUBLIC_DOORS = (
    PANEL,
    "/meetings/?month=2021-10",
    "/meetings/?q=secret",
    "/meetings/?body=panel",
    "/meetings.json?body=panel",
    "/meetings.csv?month=2021-10",
    "/meetings/calendar.ics",
    "/api/v1/meetings?body=panel",
    "/api/v1/meetings/SECP_97",
)


@pytest.mark.parametrize("address", PUBLIC_DOORS)
def test_the_public_is_not_told_of_papers_of_another_class(client, september, address):
    shown = page(client, address)

    for secret in ("secret paper", "1510_02", "paper for Parties", "1510_03", "Amber"):
        assert secret not in shown


def test_papers_of_another_class_are_not_even_counted(client, september):
    assert "1 paper</span>" in page(client, "/meetings/?month=2021-10")
    assert client.get("/api/v1/meetings?body=panel").json()["rows"][0]["papers"] == 1
    assert len(client.get("/api/v1/meetings/SECP_97").json()["papers"]) == 1


def test_staff_see_every_paper_and_the_page_bears_the_highest_class(client, september, secretary):
    client.force_login(secretary)
    shown = page(client, PANEL)

    assert shown.index("An open paper") < shown.index("A paper for Parties")
    assert shown.index("A paper for Parties") < shown.index("A secret paper")
    assert "This page is Amber" in shown
    assert "/registers/papers/record/?meeting=SECP_97" in shown


def test_a_name_with_a_space_has_an_address_without_one(client, september):
    assert "PMA 85" in page(client, "/meetings/SMKI_PMA_85/")
    assert client.get("/meetings/SMKI PMA_85/")["Location"] == "/meetings/SMKI_PMA_85/"


def test_an_unknown_meeting_is_not_found_and_names_the_nearest(client, september):
    response = client.get("/meetings/SECP_79/")

    assert response.status_code == 404
    assert f'href="{PANEL}"' in response.content.decode()


def test_bodies_are_listed_with_the_last_and_next_meeting(client, september):
    row = page(client, "/meetings/bodies/").split("Security Sub-Committee</a>")[1].split("</tr>")[0]

    assert '<time datetime="2021-09-22">' in row
    assert '<time datetime="2021-10-06">' in row
    assert "/meetings/calendar.ics?body=ssc" in row
    # Its only meeting was cancelled, so the Change Board did not meet.
    assert "Change Board" not in page(client, "/meetings/bodies/").split("<main")[1]


def test_without_records_the_pages_say_so(client):
    assert "None is recorded for any other month either." in page(client, "/meetings/")
    assert "No meeting is recorded yet." in page(client, "/meetings/bodies/")


def test_what_was_typed_never_becomes_markup(client):
    script = "<script>alert(1)</script>"
    meeting("SSC_1", "ssc", "2021-09-22", title=script, summary=script, hosted_by=script)

    for address in ("/meetings/", "/meetings/?body=ssc", "/meetings/SSC_1/"):
        assert script not in page(client, address)


def test_a_file_holds_the_month_that_is_shown(client, september):
    lines = page(client, "/meetings.csv?month=2021-10").splitlines()

    assert [line.split(",")[0] for line in lines[1:]] == ["SSC_133", "SECP_97"]


def test_the_number_of_queries_does_not_grow_with_the_records(
    client, september, django_assert_max_num_queries, django_assert_num_queries
):
    addresses = ("/meetings/?month=2021-10", "/meetings/?body=panel", PANEL, "/meetings/bodies/",
                 "/api/v1/meetings")  # fmt: skip
    with django_assert_max_num_queries(28) as few:
        for address in addresses:
            client.get(address)
    for number in range(100):
        meeting(f"SECP_{200 + number}", "panel", f"2021-10-{1 + number % 31:02}")
        paper(f"SECP_97_1510_{20 + number}", f"Paper {number}", "white") if number < 70 else None
    with django_assert_num_queries(len(few)):
        for address in addresses:
            client.get(address)

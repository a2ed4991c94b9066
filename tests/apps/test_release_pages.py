"""The pages, files and API of releases."""

import pytest

from tests.factories import proposal, record, release, tranche, version

pytestmark = pytest.mark.django_db
NAME = "November 2021 SEC Release"
PAGE = "/releases/November_2021_SEC_Release/"


@pytest.fixture
def november():
    release("June 2021 SEC Release", "2021-06-24")
    release(NAME, "2021-11-04")
    release("Urgent fix", "2021-12-01", kind="ad-hoc")
    version("48.0", "2021-11-04")
    for key, state in (("MP077", "done"), ("MP143", "proposed"), ("MP164", "approved")):
        proposal(key, title=f"About {key}")
        more = {"version": "48.0"} if state == "done" else {}
        tranche(key, state=state, release=NAME, implemented_on="2021-11-04", **more)


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_a_release_shows_its_proposals_the_surest_first(client, november):
    shown = page(client, PAGE)

    assert shown.index("MP077</a>") < shown.index("MP164</a>") < shown.index("MP143</a>")
    assert "About MP164" in shown
    assert 'href="/code-versions/48.0/"' in shown


def test_working_days_left_are_counted_by_the_codes_calendar(client, november):
    # 25 October to 4 November 2021: eight weekdays after the first, none a holiday.
    assert "8 Working Days left" in page(client, f"{PAGE}?as_at=2021-10-25")
    assert "1 Working Day left" in page(client, f"{PAGE}?as_at=2021-11-03")

    row = {"day": "2021-11-01", "is_holiday": True, "name": "A special day"}
    record("holiday-corrections", [{**row, "nation": "", "announced_on": "2021-10-01"}])

    assert "7 Working Days left" in page(client, f"{PAGE}?as_at=2021-10-25")


def test_on_its_day_and_after_it_a_release_has_no_days_left(client, november):
    for day in ("2021-11-04", "2021-11-05"):
        assert "left" not in page(client, f"{PAGE}?as_at={day}").split("<main")[1].split("aside")[0]


def test_what_was_done_later_is_not_shown_as_done_before(client, november):
    assert ">Done later</span>" in page(client, f"{PAGE}?as_at=2021-10-01")
    assert ">Done</span>" in page(client, f"{PAGE}?as_at=2021-11-04")


def test_the_list_shows_what_each_carries(client, november):
    shown = page(client, "/releases/?as_at=2021-11-10&year=2021")

    assert "1 done, 1 approved, 1 proposed" in shown
    assert "Urgent fix" in page(client, "/releases/?kind=ad-hoc")
    assert NAME not in page(client, "/releases/?kind=ad-hoc").split('id="results"')[1]


def test_every_spelling_of_the_address_leads_to_one(client, november):
    response = client.get(f"/releases/{NAME}/")

    assert response.status_code == 302
    assert response["Location"] == PAGE


def test_an_unknown_release_is_not_found_and_names_the_nearest(client, november):
    response = client.get("/releases/november-2021-release/")

    assert response.status_code == 404
    assert f'href="{PAGE}"' in response.content.decode()


def test_without_records_the_list_says_so(client):
    assert "No release is recorded yet." in page(client, "/releases/")


def test_a_name_never_becomes_markup_and_may_hold_anything(client):
    name = 'R&D/<b>"1"</b>?#%_ x'
    release(name, "2021-11-04")

    shown = page(client, "/releases/")
    assert "<b>" not in shown
    href = shown.split('href="/releases/R')[1].split('"')[0].replace("&amp;", "&")
    assert "<b>" not in page(client, f"/releases/R{href}")


def test_the_api_tells_a_release(client, november):
    found = client.get(f"/api/v1/releases/{NAME}").json()

    assert found["proposals"] == {"done": 1, "approved": 1, "proposed": 1}
    assert found["previous"] == "June 2021 SEC Release"
    assert [part["state"] for part in found["parts"]] == ["done", "approved", "proposed"]
    listed = client.get("/api/v1/releases?as_at=2021-11-04").json()
    assert [row["release"] for row in listed["rows"]] == [NAME, "June 2021 SEC Release"]


def test_the_number_of_queries_does_not_grow_with_the_records(
    client, november, django_assert_max_num_queries, django_assert_num_queries
):
    with django_assert_max_num_queries(14) as few:
        client.get("/releases/")
        client.get(PAGE)
    for number in range(60):
        release(f"Release {number}", f"2020-01-{1 + number % 28:02}")
        proposal(f"MP{500 + number}")
        tranche(f"MP{500 + number}", state="approved", release=NAME)
    with django_assert_num_queries(len(few)):
        client.get("/releases/")
        client.get(PAGE)


def test_commands_are_offered_to_staff_only(client, november, secretary):
    assert "/correct/" not in page(client, PAGE)
    client.force_login(secretary)
    assert "/correct/" in page(client, PAGE)
    assert "release=November+2021+SEC+Release" in page(client, PAGE)

"""The pages, files and API of product lists and of assured devices."""

from datetime import date

import pytest

from tests.factories import assured, keep, publication, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def lists():
    keep("product-lists", since="2021-01-01")
    publication("cpl", "6.20.1", "2021-08-14")
    publication("cpl", "6.20.2", "2021-09-14")
    publication("cpl", "6.20.10", "2021-09-20")
    publication("dpl", "0012", "2021-07-01")


@pytest.fixture
def devices():
    assured("DA-1", "esme", since="2019-07-19", devices=3, mode="credit", region="north")
    assured(
        "DA-2",
        "gsme",
        since="2020-01-01",
        devices=2,
        mode="prepayment",
        region="central-south",
        ended_on="2021-09-30",
    )
    assured("DA-3", "esme", since="2021-10-01", devices=5, mode="credit", region="north")


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def cells(shown, first):
    """Return the cells of the table row that begins with `first`, tags taken out."""
    row = shown.split(f'<th scope="row">{first}</th>')[1].split("</tr>")[0]
    return [cell.split(">", 1)[1].split("</td>")[0] for cell in row.split("<td")[1:]]


def test_the_latest_version_of_each_list_is_shown_as_at_a_day(client, lists):
    assert "6.20.10" in page(client, "/product-lists/?as_at=2021-09-30")
    before = page(client, "/product-lists/?as_at=2021-09-19")
    assert "6.20.2" in before
    assert "6.20.10" not in before
    assert "0012" in before


def test_versions_are_counted_by_month(client, lists):
    row = cells(page(client, "/product-lists/?as_at=2021-09-30"), "CPL")

    assert row[-3:] == ["1", "2", "3"]  # August, September, all


def test_a_month_before_the_register_was_kept_has_no_records(client, lists):
    row = cells(page(client, "/product-lists/?as_at=2021-09-30"), "CPL")

    assert "no records" in row[0]  # October 2020
    assert "no records" in row[2]
    assert row[3] == "0"  # January 2021


def test_a_list_shows_every_publication(client, lists):
    shown = page(client, "/product-lists/cpl/")

    assert shown.index("6.20.10</a>") < shown.index("6.20.2</a>") < shown.index("6.20.1</a>")
    assert "0012" not in shown
    assert "6.20.10</a>" not in page(client, "/product-lists/cpl/?as_at=2021-09-15")


def test_a_list_without_publications_says_so(client):
    assert "No version is recorded." in page(client, "/product-lists/fir/")
    assert "No device is recorded as assured yet." in page(client, "/device-assurance/")


def test_an_unknown_list_is_not_found_and_names_the_nearest(client):
    response = client.get("/product-lists/cpll/")

    assert response.status_code == 404
    assert 'href="/product-lists/cpl/"' in response.content.decode()


def test_devices_are_counted_as_at_a_day_with_their_sums(client, devices):
    on_the_day = page(client, "/device-assurance/?as_at=2021-09-29")
    assert cells(on_the_day, "All types")[-1] == "5"
    # The day on which an assurance ends is the first without it; the next begins on 1 October.
    assert cells(page(client, "/device-assurance/?as_at=2021-09-30"), "All types")[-1] == "3"
    assert cells(page(client, "/device-assurance/?as_at=2021-10-01"), "All types")[-1] == "8"


def test_devices_can_be_filtered(client, devices):
    shown = page(client, "/device-assurance/?as_at=2021-09-29&mode=prepayment")

    assert "DA-2</a>" in shown
    assert "DA-1</a>" not in shown
    lines = page(client, "/device-assurance.csv?as_at=2021-09-29&device_type=esme").splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == ["DA-1"]


def test_what_was_typed_never_becomes_markup(client):
    script = "<script>alert(1)</script>"
    row = {"product_list": "cpl", "published_on": "2021-09-01", "note": script}
    record("product-lists", [{**row, "version": "<b>1</b>"}])
    assured("<i>1</i>", "esme", since="2021-09-01")

    for address in ("/product-lists/", "/product-lists/cpl/", "/device-assurance/"):
        shown = page(client, address)
        assert not any(tag in shown for tag in (script, "<b>1", "<i>1"))


def test_a_made_up_publication_says_so(client, lists):
    row = {"product_list": "cpl", "version": "7", "published_on": "2021-09-25"}
    record("product-lists", [{**row, "basis": "fictional"}])

    assert 'data-basis="fictional"' in page(client, "/product-lists/?as_at=2021-09-30")
    assert 'data-basis="fictional"' not in page(client, "/product-lists/?as_at=2021-09-20")


def test_the_api_answers_as_at_a_day(client, lists, devices):
    found = client.get("/api/v1/product-lists?as_at=2021-09-15").json()
    assert {row["product_list"]: row["version"] for row in found}["cpl"] == "6.20.2"
    one = client.get("/api/v1/product-lists/cpl?page_size=2").json()
    assert [row["version"] for row in one["publications"]] == ["6.20.10", "6.20.2"]
    assert one["count"] == 3
    assert one["next"]
    assert client.get("/api/v1/product-lists/zz").status_code == 404
    assert client.get("/api/v1/device-assurance?as_at=2021-09-29&mode=credit").json()["count"] == 1


def test_commands_are_offered_to_staff_only(client, lists, secretary):
    address = "/registers/product-lists/record/?product_list=cpl"
    assert address not in page(client, "/product-lists/cpl/")
    client.force_login(secretary)
    assert address in page(client, "/product-lists/cpl/")


def test_the_number_of_queries_does_not_grow_with_the_records(
    client, lists, devices, django_assert_max_num_queries, django_assert_num_queries
):
    addresses = ("/product-lists/", "/product-lists/cpl/", "/device-assurance/",
                 "/api/v1/product-lists", "/api/v1/device-assurance")  # fmt: skip
    with django_assert_max_num_queries(22) as few:
        for address in addresses:
            client.get(address)
    for number in range(100):
        publication("cpl", f"9.{number}", date(2021, 9, 1 + number % 30))
        assured(f"DB-{number}", "esme", since="2021-09-01")
    with django_assert_num_queries(len(few)):
        for address in addresses:
            client.get(address)

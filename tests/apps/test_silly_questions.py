"""Questions that nobody means: they are answered or refused, and never break the server."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from tests.factories import keep, party

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("month", ["0001-01", "1900-01", "2013-08", "9999-12"])
def test_a_month_outside_the_codes_life_is_not_found(client: Client, month: str) -> None:
    pages = ("/reports/figures/parties.total/?month={}", "/api/v1/figures/parties.total?month={}",
             "/reports/operations-report/{}/", "/api/v1/reports/operations-report/{}")  # fmt: skip
    assert {client.get(page.format(month)).status_code for page in pages} == {404}


def test_the_codes_first_month_is_answered(client: Client) -> None:
    assert client.get("/reports/figures/parties.total/?month=2013-09").status_code == 200


@pytest.mark.parametrize(
    ("moment", "count"),
    [("0001-01-01T00:00:00%2B14:00", 0), ("9999-12-31T23:59:59-12:00", 1),
     ("2020-01-01T00:00:00-22:48", 0), ("2999-01-01T00:00:00%2B23:59", 1)],
)  # fmt: skip
def test_a_moment_at_the_edge_of_time_is_answered(client: Client, moment: str, count: int) -> None:
    party("P1", category="large-suppliers")
    found = client.get(f"/api/v1/registers/parties?known_at={moment}")
    assert found.json()["count"] == count


def test_a_figures_json_is_as_known_when_its_page_is(client: Client) -> None:
    keep("party-categories", at=datetime(2021, 9, 1, tzinfo=UTC))
    party("P1", category="large-suppliers", at=datetime(2021, 11, 1, tzinfo=UTC))
    page = client.get("/reports/figures/parties.total/?month=2021-09&known_at=2021-10-15T12:00")
    assert page.context["figure"].value == 0
    assert client.get(page.context["json_url"]).json()["value"] == 0

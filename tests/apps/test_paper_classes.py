"""A White paper and the lists of its months tell nothing of what is of another class."""

import pytest
from django.test import Client

from tests.factories import meeting, record

pytestmark = pytest.mark.django_db
PAPER = "operations-report"


@pytest.fixture
def amber_attachment() -> None:
    """Record an Amber paper of the report's month, and an Amber highlight of another."""
    meeting("SECP_90", "secp", "2021-10-15", number="90")
    record("papers", [{"meeting": "SECP_90", "reference": "SECP_90_1510_01", "title": "Who tested",
                       "paper_class": "amber", "report": PAPER, "month": "2021-09",
                       "written_on": "2021-10-13"}])  # fmt: skip
    record("highlights", [{"paper": PAPER, "month": "2021-07", "section": "team-party-engagement",
                           "text": "Not for all", "paper_class": "amber"}])  # fmt: skip


@pytest.mark.usefixtures("amber_attachment")
def test_a_white_paper_does_not_bear_the_reference_of_its_amber_attachment(client: Client) -> None:
    found = client.get(f"/api/v1/reports/{PAPER}/2021-09")
    assert b"SECP_90_1510_01" not in found.content
    assert b"2021-10-13" not in found.content


@pytest.mark.usefixtures("amber_attachment")
def test_the_months_of_a_paper_do_not_give_away_what_is_amber(client: Client) -> None:
    assert [each["months"] for each in client.get("/api/v1/reports").json()] == [[]]


def test_the_months_of_a_paper_tell_what_is_white(client: Client) -> None:
    record("highlights", [{"paper": PAPER, "month": "2021-07", "section": "team-party-engagement",
                           "text": "For all"}])  # fmt: skip
    assert [each["months"] for each in client.get("/api/v1/reports").json()] == [["2021-07"]]

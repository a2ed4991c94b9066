"""What is known of February 2018, computed from the demonstration's records."""

import json
from decimal import Decimal

import pytest

from engross.cli.demo import REPOSITORY

KNOWN = json.loads(
    (REPOSITORY / "demo" / "sec" / "printed/known-2018-02.json").read_text(encoding="utf-8"),
    parse_float=Decimal,
)["figures"]


@pytest.fixture(scope="module")
def february(ask):
    return ask("2018-02")


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("parties", "parties.total"),
        ("voting_groups", "parties.voting_groups.total"),
        ("effort_days", "effort.days.total"),
        ("helpdesk_calls_about", "helpdesk.calls.in_month"),
    ],
)
def test_a_number_known_of_the_month_comes_out(key, name, february):
    assert february.figure(name).value == KNOWN[key]


def test_what_happened_in_the_year_adds_up_to_what_is_known(february):
    totals = february.figure("parties.membership.by_month").rows.cells("total")
    assert list(totals) == [
        KNOWN[f"{event}_12_months"]
        for event in ("accessions", "withdrawals", "expulsions", "defaults")
    ]


def test_the_tests_completed_are_as_many_as_is_known(february):
    from engross.apps.parties.models import MarketEntry

    rows = MarketEntry.objects.filter(process="uept")
    assert rows.count() == KNOWN["uept_user_roles"]
    assert rows.values("party").distinct().count() == KNOWN["uept_parties"]


@pytest.mark.parametrize(
    ("name", "column", "key"),
    [
        ("website.by_month", "visits", "website_visits"),
        ("website.by_month", "page_views", "website_page_views"),
        ("helpdesk.emails.by_month", "emails", "helpdesk_emails"),
    ],
)
def test_a_series_stays_between_the_least_and_the_most_known(name, column, key, february):
    cells = february.figure(name).rows.cells(column)
    assert len(cells) == 12
    assert (min(cells), max(cells)) == (KNOWN[f"{key}_lowest_month"], KNOWN[f"{key}_highest_month"])


def test_proposals_of_the_month_have_no_records(february):
    assert str(february.figure("proposals.open").state) == "no records"

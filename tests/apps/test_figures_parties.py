"""Figures of Parties from tiny registers: who counts on a day, events, market entry."""

from datetime import UTC, datetime

import pytest

from engross.adapters.code_folder import load_code
from engross.apps.parties.figures.entry import class_of_tests
from engross.core.reports.checks import CHECKS, Verdict
from tests import factories

pytestmark = pytest.mark.django_db

PARTIES = ("parties", "party-categories", "voting-groups", "party-events", "market-entry")
LATER = datetime(2021, 12, 1, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def registers_kept():
    factories.keep(*PARTIES)


def cells(asking, name, column):
    return list(asking.rows(name).cells(column))


def test_a_party_counts_from_its_first_day_until_the_day_before_its_end():
    factories.party("P1", category="small-suppliers", since="2021-09-30")
    factories.party("P2", category="small-suppliers", since="2021-01-01", until="2021-09-30")

    assert factories.ask("2021-09").value("parties.total") == 1
    assert factories.ask("2021-08").value("parties.total") == 1
    assert cells(factories.ask("2021-09"), "parties.total", "party_key") == ["P1"]


def test_the_category_without_a_vote_is_in_neither_total():
    factories.party("P1", category="gas-networks", group="G1")
    factories.party("P2", category="dcc", group="G2")

    asking = factories.ask("2021-09")

    assert asking.value("parties.total") == 1
    assert asking.value("parties.voting_groups.total") == 1


def test_voting_groups_are_counted_by_category_and_add_up():
    factories.party("P1", category="large-suppliers", group="Same")
    factories.party("P2", category="large-suppliers", group="Same")
    factories.party("P3", category="small-suppliers", group="Same")
    factories.party("P4", category="small-suppliers")

    asking = factories.ask("2021-09")
    table = asking.rows("parties.voting_groups.by_category")

    assert table.by("category_key", "voting_groups") == {
        "electricity-networks": 0,
        "gas-networks": 0,
        "large-suppliers": 1,
        "small-suppliers": 1,
        "other-sec-parties": 0,
    }
    assert table.total[-1] == asking.value("parties.voting_groups.total") == 2
    assert asking.figure("parties.voting_groups.total").notes == (
        "In no Voting Group: P4 Limited.",
    )
    assert CHECKS.run("parties.voting_groups.add_up", asking).verdict is Verdict.AGREES


def test_withdrawing_one_row_moves_the_figure_and_the_past_stays_answerable():
    factories.party("P1", category="small-suppliers", group="G1")
    factories.party("P2", category="small-suppliers", group="G2")
    factories.withdraw("voting-groups", party__key="P1", at=LATER)

    assert factories.ask("2021-09").value("parties.voting_groups.total") == 1
    before = factories.ask("2021-09", known_at=datetime(2021, 11, 1, tzinfo=UTC))
    assert before.value("parties.voting_groups.total") == 2


def test_a_backdated_accession_counts_only_as_known_later():
    factories.party("P1", category="small-suppliers", since="2021-09-10", at=LATER)
    factories.party_event("P1", "acceded", "2021-09-10", at=LATER)

    as_published = factories.ask("2021-09", known_at=datetime(2021, 10, 8, tzinfo=UTC))
    as_known_now = factories.ask("2021-09")

    assert as_published.value("parties.acceded.in_month") == 0
    assert as_known_now.value("parties.acceded.in_month") == 1
    assert [each.value("parties.total") for each in (as_published, as_known_now)] == [0, 1]


def test_events_count_on_the_first_and_the_last_day_of_their_month():
    factories.party("P1", category="small-suppliers")
    for event, day in [
        ("acceded", "2020-02-01"),
        ("withdrew", "2020-02-29"),
        ("expelled", "2020-03-01"),
        ("default-declared", "2020-01-31"),
    ]:
        factories.party_event("P1", event, day)

    asking = factories.ask("2020-02")

    assert asking.value("parties.acceded.in_month") == 1
    assert asking.value("parties.withdrawn.in_month") == 1
    assert asking.value("parties.expelled.in_month") == 0
    assert asking.value("parties.defaults_declared.in_month") == 0
    assert asking.rows("parties.events.by_month").rows[-1][1:] == (1, 1, 0, 0)
    assert asking.rows("parties.events.by_month").rows[-2][1:] == (0, 0, 0, 1)


def test_months_before_the_register_was_kept_have_no_records_and_no_share_in_the_sum():
    factories.withdraw("kept-registers", register="party-events", at=LATER)
    factories.keep("party-events", since="2021-08-01", at=LATER)
    factories.party("P1", category="small-suppliers")
    factories.party_event("P1", "acceded", "2021-07-05")
    factories.party_event("P1", "withdrew", "2021-09-06")

    asking = factories.ask("2021-09")

    assert cells(asking, "parties.events.by_month", "accessions") == [None] * 10 + [0, 0]
    assert cells(asking, "parties.events.by_month", "withdrawals") == [None] * 10 + [0, 1]
    assert cells(asking, "parties.membership.by_month", "total") == [0, 1, 0, 0]
    assert not factories.ask("2021-07").figure("parties.acceded.in_month").is_known


def test_entries_and_exits_tell_the_category_that_a_party_had():
    factories.party("P1", category="small-suppliers", since="2020-01-01", until="2021-09-15")
    factories.party("P2", category="other-sec-parties", since="2021-09-17", name="New Limited")
    factories.party_event("P1", "withdrew", "2021-09-15")
    factories.party_event("P2", "acceded", "2021-09-17")
    factories.party_event("P2", "default-declared", "2021-09-18", ground="Unpaid")

    rows = factories.ask("2021-09").rows("parties.entries_and_exits")

    assert [row[:4] for row in rows.rows] == [
        ("acceded", "Acceded", "New Limited", "Other SEC Parties"),
        ("withdrew", "Withdrawn", "P1 Limited", "Small Suppliers"),
    ]


def test_completing_for_one_role_is_enough_and_who_left_no_longer_counts():
    for key, category in [
        ("P1", "large-suppliers"),
        ("P2", "electricity-networks"),
        ("P3", "other-sec-parties"),
    ]:
        factories.party(key, category=category)
    factories.party("P4", category="gas-networks", until="2021-06-01")
    for role in ("import-supplier", "gas-supplier"):
        factories.market_entry("P1", "uep", "2021-09-30", role=role)
    factories.market_entry("P4", "uep", "2020-01-01", role="gas-transporter")

    asking = factories.ask("2021-09")

    assert asking.value("parties.uep.completed") == 1
    assert asking.value("parties.uep.networks_and_suppliers_without") == 1
    assert cells(asking, "parties.uep.completed_in_month", "roles") == [
        "Gas Supplier, Import Supplier"
    ]
    assert factories.ask("2021-08").value("parties.uep.completed") == 0


def test_since_the_last_panel_begins_on_the_day_of_the_main_bodys_last_meeting():
    factories.keep("meetings")
    factories.meeting("SECP_96", "panel", "2021-09-17", number="96")
    factories.meeting("SECP_97", "panel", "2021-10-15", number="97")
    factories.party("P1", category="small-suppliers")
    factories.market_entry("P1", "uep", "2021-09-16", role="import-supplier")
    factories.market_entry("P1", "uep", "2021-09-17", role="gas-supplier")
    factories.market_entry("P1", "srept", "2021-09-30")
    factories.market_entry("P1", "uept", "2021-10-01", role="gas-supplier")

    asking = factories.ask("2021-09")

    assert cells(asking, "parties.uep.completed_since_last_panel", "roles") == ["Gas Supplier"]
    assert asking.rows("parties.testing.summary").by("process_key", "parties") == {
        "srept": 1,
        "uept": 0,
        "smets1-eligibility": 0,
    }
    later = factories.ask("2021-09", as_at="2021-10-08")
    assert cells(later, "parties.testing.completions", "process_key") == ["srept", "uept"]


def test_a_day_of_completion_that_is_not_known_is_not_printed_as_one():
    factories.party("P1", category="small-suppliers")
    factories.market_entry("P1", "uep", "2021-09-01", role="gas-supplier", day_known=False)

    found = factories.ask("2021-09").figure("parties.uep.completed_in_month")

    assert found.rows.cells("completed_on") == (None,)
    assert found.notes == ("Only the month is known of P1 Limited.",)


def test_names_behind_a_step_that_is_not_public_stand_only_in_the_classed_figure():
    factories.party("P1", category="small-suppliers")
    factories.market_entry("P1", "srept", "2021-09-20")

    asking = factories.ask("2021-09")

    assert asking.value("parties.srept.completed") == 1
    names = (
        "parties.srept.completed",
        "parties.srept.networks_and_suppliers_without",
        "parties.srept.completed_in_month",
        "parties.srept.completed_since_last_panel",
        "parties.testing.summary",
    )
    assert "P1" not in str([asking.figure(name).to_json() for name in names])
    assert cells(asking, "parties.testing.completions", "party") == ["P1 Limited"]
    classes = {name: asking.figure(name).spec.paper_class for name in names}
    assert classes == dict.fromkeys(names, "white")
    assert asking.figure("parties.testing.completions").spec.paper_class == "amber"


def test_the_class_of_tests_is_each_codes_own():
    assert [class_of_tests(load_code(key)) for key in ("sec", "example")] == ["amber", "sealed"]


def test_a_figure_rests_on_what_its_own_rows_rest_on():
    factories.party("P1", category="small-suppliers", basis="fictional")
    factories.party("P2", category="dcc", basis="derived")
    factories.party_event("P1", "acceded", "2021-09-10")

    asking = factories.ask("2021-09")

    assert asking.figure("parties.total").bases == {"fictional"}
    assert asking.figure("parties.acceded.in_month").bases == {"record"}


def test_without_kept_registers_nothing_is_known():
    for each in PARTIES:
        factories.withdraw("kept-registers", register=each, at=LATER)
    factories.party("P1", category="small-suppliers", group="G1")

    asking = factories.ask("2021-09")

    assert not asking.figure("parties.total").is_known
    check = CHECKS.run("parties.voting_groups.add_up", asking)
    assert check.verdict is Verdict.NO_RECORDS

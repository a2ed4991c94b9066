"""Figures of proposals from tiny registers: open, concluded, moved, decided, their ages."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from engross.core.reports.checks import CHECKS, Verdict
from tests import factories

pytestmark = pytest.mark.django_db

LATER = datetime(2021, 12, 1, 9, tzinfo=UTC)
AS_PUBLISHED = datetime(2021, 10, 8, tzinfo=UTC)


@pytest.fixture(autouse=True)
def registers_kept():
    factories.keep("proposals", "proposal-stages", "decisions")


def names(asking, figure):
    return list(asking.rows(figure).cells("proposal"))


def test_a_proposal_is_open_on_its_first_day_and_no_longer_on_the_day_of_its_decision():
    factories.proposal(
        "MP001",
        raised_on="2021-09-30",
        moves=[("define", "2021-09-30"), ("rejected", "2021-10-31")],
    )

    values = [factories.ask(month).value("proposals.open") for month in ("2021-08", "2021-09")]

    assert values == [0, 1]
    assert factories.ask("2021-10").value("proposals.open") == 0
    assert factories.ask("2021-10", as_at="2021-10-30").value("proposals.open") == 1


def test_the_name_printed_is_the_one_borne_on_the_day():
    factories.proposal(
        "MP182",
        raised_on="2021-09-01",
        moves=[("define", "2021-09-01"), ("refine", "2021-10-26")],
    )

    assert names(factories.ask("2021-09"), "proposals.open") == ["DP182"]
    assert names(factories.ask("2021-10"), "proposals.open") == ["MP182"]
    # It came to the meeting that moved it as a draft.
    assert names(factories.ask("2021-10"), "proposals.moved_in_month") == ["DP182"]


def test_a_stage_that_is_not_known_counts_nowhere_and_is_named():
    factories.proposal("MP001", raised_on="2021-01-04")
    factories.proposal("MP002", raised_on="2021-01-04", moves=[("refine", None)])
    factories.proposal(
        "MP003", raised_on="2021-01-04", moves=[("define", "2021-01-04"), ("withdrawn", None)]
    )

    found = factories.ask("2021-09").figure("proposals.open")

    assert found.value == 0
    assert found.notes == ("Stage not known, so not counted: MP001, MP002, DP003.",)


def test_concluded_counts_the_first_leaving_of_the_open_stages_within_twelve_months():
    factories.proposal(
        "MP001",
        raised_on="2020-01-06",
        moves=[("define", "2020-01-06"), ("release", "2020-10-01"), ("implemented", "2021-06-24")],
    )
    factories.proposal(
        "MP002",
        raised_on="2020-01-06",
        moves=[("define", "2020-01-06"), ("release", "2020-09-30"), ("implemented", "2021-06-24")],
    )
    factories.proposal(
        "MP003",
        raised_on="2021-09-30",
        moves=[("define", "2021-09-30"), ("withdrawn", "2021-09-30")],
    )

    asking = factories.ask("2021-09")

    assert names(asking, "proposals.concluded.last_12_months") == ["MP001", "DP003"]
    assert asking.value("proposals.raised.in_month") == 1
    assert asking.value("proposals.open") == 0


def test_a_split_is_one_more_open_proposal_and_none_raised_or_concluded():
    factories.proposal(
        "MP001", raised_on="2021-01-04", moves=[("refine", "2021-02-01"), ("split", "2021-09-07")]
    )
    for part in ("MP001A", "MP001B"):
        factories.proposal(
            part, raised_on="2021-09-07", parent="MP001", moves=[("refine", "2021-09-07")]
        )

    before, after = factories.ask("2021-08"), factories.ask("2021-09")

    assert [each.value("proposals.open") for each in (before, after)] == [1, 2]
    assert after.value("proposals.raised.in_month") == 0
    assert after.value("proposals.split.in_month") == 1
    assert after.value("proposals.concluded.last_12_months") == 0


def test_averages_are_whole_days_a_half_up_with_working_days_beside():
    # Weekdays from 30 August (a bank holiday) to 30 September: 24; from 29 September: 2.
    for key, raised_on in [("MP001", "2021-08-30"), ("MP002", "2021-09-29"), ("MP003", None)]:
        factories.proposal(key, raised_on=raised_on, moves=[("refine", "2021-09-29")])
    factories.proposal("MP004", raised_on="2021-09-30", moves=[("define", "2021-09-30")])

    found = factories.ask("2021-09").figure("proposals.open.average_working_days")

    assert found.value == 9  # (24 + 2 + 1) / 3
    assert found.alternatives == {"working-days-inclusive": 9}  # 26 / 3 is 8.67
    assert found.notes == ("Day raised not known, so left out: MP003.",)


def test_an_average_of_nothing_is_known_and_has_no_value():
    found = factories.ask("2021-09").figure("proposals.open.average_working_days")

    assert found.is_known
    assert found.value is None
    assert not found.is_table


def test_approved_and_implemented_count_the_days_of_the_month_only():
    factories.proposal(
        "MP001",
        raised_on="2020-01-06",
        moves=[("release", "2020-02-29"), ("implemented", "2020-03-01")],
    )

    values = {
        month: [
            factories.ask(month).value(f"proposals.{each}.in_month")
            for each in ("approved", "implemented")
        ]
        for month in ("2020-01", "2020-02", "2020-03")
    }

    assert values == {"2020-01": [0, 0], "2020-02": [1, 0], "2020-03": [0, 1]}
    row = factories.ask("2020-03").rows("proposals.process.by_month").rows
    assert [tuple(each[1:]) for each in row[-3:]] == [
        (1, 0, 0, 0, 0),
        (0, 1, 0, 0, 0),
        (0, 0, 1, 0, 0),
    ]


def test_the_open_proposal_that_no_chart_shows_is_named_by_the_check():
    factories.proposal("MP001", raised_on="2021-01-04", moves=[("refine", "2021-02-01")])
    factories.proposal(
        "MP002", raised_on="2021-01-04", moves=[("awaiting-authority", "2021-09-29")]
    )

    asking = factories.ask("2021-09")
    check = CHECKS.run("proposals.open_equals_stages", asking)

    assert asking.value("proposals.open") == 2
    assert asking.rows("proposals.by_stage").by("stage_key", "proposals") == {
        "define": 0,
        "refine": 1,
        "opine": 0,
        "release": 0,
    }
    assert check.verdict is Verdict.KNOWN_SLIP
    assert check.details == ("MP002 is in Awaiting Authority decision, not charted",)

    factories.withdraw("proposal-stages", proposal__label="MP002", at=LATER)
    agreed = CHECKS.run("proposals.open_equals_stages", factories.ask("2021-09"))
    assert agreed.verdict is Verdict.AGREES


def test_a_correction_moves_the_figure_and_what_was_published_stays_answerable():
    factories.proposal("MP001", raised_on="2021-01-04", moves=[("refine", "2021-02-01")])
    factories.move("MP001", "withdrawn", "2021-09-20", at=LATER)

    assert factories.ask("2021-09").value("proposals.open") == 0
    assert factories.ask("2021-09", known_at=AS_PUBLISHED).value("proposals.open") == 1


def test_decisions_of_the_month_bear_outcome_and_body():
    factories.proposal("MP001", raised_on="2021-01-04", moves=[("opine", "2021-02-01")])
    factories.decision("MP001", "approved", "2021-09-30", body="change-board")
    factories.decision("MP001", "timetable-noted", "2021-10-01", body="csc")

    rows = factories.ask("2021-09").rows("decisions.in_month").records()

    assert [(each["proposal"], each["outcome_key"], each["body"]) for each in rows] == [
        ("MP001", "approved", "Change Board")
    ]


def test_the_status_table_repeats_the_figures_it_is_made_of():
    factories.proposal("MP001", raised_on="2021-09-29", moves=[("refine", "2021-09-29")])

    asking = factories.ask("2021-09")

    assert asking.rows("proposals.status_summary").rows == (
        ("Open (pre-decision)", 1, 2),
        ("Concluded in the last 12 months", 0, None),
    )


def test_twelve_months_before_the_register_was_kept_are_not_nought():
    for each in ("proposals", "proposal-stages"):
        factories.withdraw("kept-registers", register=each, at=LATER)
    factories.keep("proposals", "proposal-stages", since="2021-09-01", at=LATER)

    asking = factories.ask("2021-09")

    assert asking.value("proposals.open") == 0
    assert not asking.figure("proposals.concluded.last_12_months").is_known
    assert asking.rows("proposals.process.by_month").cells("raised") == (*[None] * 11, 0)


OPEN_STAGES = ("define", "refine", "opine", "awaiting-authority")
MOVES = st.tuples(st.sampled_from((*OPEN_STAGES, "release", "withdrawn")), st.integers(0, 700))


@settings(max_examples=10)
@given(st.lists(st.lists(MOVES, max_size=3, unique=True), min_size=1, max_size=4))
def test_charted_and_uncharted_stages_add_up_to_what_is_open(told):
    first = date(2020, 1, 1)
    with transaction.atomic():
        for number, moves in enumerate(told, start=100):
            dated = [(stage, first + timedelta(days=days)) for stage, days in moves]
            factories.proposal(f"MP{number}", raised_on=first, moves=dated)
        asking = factories.ask("2021-09")
        by_stage = asking.rows("proposals.by_stage").by("stage_key", "proposals")
        uncharted = asking.rows("proposals.open").cells("stage_key").count("awaiting-authority")
        transaction.set_rollback(True)

    charted = sum(by_stage[key] for key in OPEN_STAGES if key in by_stage)
    assert asking.value("proposals.open") == charted + uncharted

"""Figures of assessments: open, completed, late, by the convention recorded with each."""

import pytest

from engross.core.reports.checks import CHECKS, Verdict
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_proposal():
    factories.keep("assessments")
    factories.proposal("MP078", raised_on="2019-01-07", moves=[("refine", "2019-02-01")])


def test_an_assessment_underway_shows_both_counts_and_is_late_past_its_target():
    factories.assessment("MP078", "ia", accepted_on="2021-05-10", target=40)
    factories.assessment("MP078", "pa", accepted_on="2021-09-30")

    rows = factories.ask("2021-09").rows("assessments.underway").records()

    shown = ("proposal", "kind", "current_working_days", "true_working_days", "late")
    assert [tuple(row[each] for each in shown) for row in rows] == [
        ("MP078", "IA", 104, 102, True),
        ("MP078", "PA", 1, 1, False),
    ]


def test_an_assessment_is_open_until_the_day_it_is_returned():
    factories.assessment("MP078", "pa", accepted_on="2021-09-01", returned_on="2021-09-30")

    assert factories.ask("2021-09", as_at="2021-09-29").value("assessments.pa.open.total") == 1
    asking = factories.ask("2021-09")
    assert asking.value("assessments.pa.open.total") == 0
    assert asking.value("assessments.pa.completed.total") == 1
    assert asking.value("assessments.ia.completed.total") == 0


def test_completed_reaches_back_over_twelve_months_and_no_further():
    for sequence, day in enumerate(("2020-09-30", "2020-10-01", "2021-09-30", "2021-10-01"), 1):
        factories.assessment(
            "MP078", "pa", accepted_on="2020-06-01", returned_on=day, sequence=sequence
        )

    table = factories.ask("2021-09").rows("assessments.completed")

    assert [str(day) for day in table.cells("returned_on")] == ["2020-10-01", "2021-09-30"]


def test_on_target_is_not_late_and_a_day_more_is():
    for sequence, day in enumerate(("2021-09-21", "2021-09-22"), 1):
        factories.assessment(
            "MP078", "pa", accepted_on="2021-09-01", returned_on=day, sequence=sequence
        )

    rows = factories.ask("2021-09").rows("assessments.completed").records()

    assert [(row["actual_working_days"], row["late"]) for row in rows] == [(15, False), (16, True)]


def test_averages_keep_the_convention_of_each_row_and_leave_unknown_starts_out():
    factories.assessment("MP078", "ia", accepted_on="2021-08-30", returned_on="2021-09-03")
    factories.assessment(
        "MP078", "ia", accepted_on="2021-08-30", returned_on="2021-09-03", sequence=2,
        convention="working-days-after",
    )  # fmt: skip
    factories.assessment("MP078", "ia", returned_on="2021-09-03", sequence=3)

    found = factories.ask("2021-09").figure("assessments.ia.completed.average_working_days")

    assert found.value == 5  # (5 + 4) / 2, a half up
    assert found.notes == ("Day accepted not known, so left out: MP078.",)
    total = factories.ask("2021-09").figure("assessments.ia.completed.total")
    assert total.value == 3


def test_a_derived_day_of_acceptance_is_shown_as_derived():
    factories.assessment(
        "MP078", "pa", accepted_on="2021-09-01", returned_on="2021-09-17", basis="derived"
    )

    found = factories.ask("2021-09").figure("assessments.completed")

    assert found.rows.cells("accepted_basis") == ("derived",)
    assert found.bases == {"derived"}


def test_the_summary_repeats_the_figures_it_is_made_of():
    factories.assessment("MP078", "pa", accepted_on="2021-09-29")

    rows = factories.ask("2021-09").rows("assessments.summary").rows

    assert [row[:4] for row in rows] == [
        ("Preliminary Assessments", "Open", 1, 2),
        ("Preliminary Assessments", "Completed in the last 12 months", 0, None),
        ("Impact Assessments", "Open", 0, None),
        ("Impact Assessments", "Completed in the last 12 months", 0, None),
    ]


def test_the_check_names_the_durations_that_a_bank_holiday_changed():
    factories.assessment("MP078", "pa", accepted_on="2021-09-13")
    agreed = CHECKS.run("assessments.working_days_convention", factories.ask("2021-09"))
    factories.assessment("MP078", "ia", accepted_on="2021-05-10", target=40)

    found = CHECKS.run("assessments.working_days_convention", factories.ask("2021-09"))

    assert agreed.verdict is Verdict.AGREES
    assert found.verdict is Verdict.KNOWN_SLIP
    assert found.details == ("MP078 IA: 104 as counted, 102 in true Working Days",)
    assert "bank holidays too" in found.known


def test_a_correction_of_the_holidays_moves_true_working_days_alone():
    factories.assessment("MP078", "pa", accepted_on="2021-09-29")
    factories.record(
        "holiday-corrections",
        [
            {
                "day": "2021-09-30",
                "is_holiday": True,
                "name": "A day off",
                "announced_on": "2021-09-01",
            }
        ],
    )

    (row,) = factories.ask("2021-09").rows("assessments.underway").records()

    assert (row["current_working_days"], row["true_working_days"]) == (2, 1)

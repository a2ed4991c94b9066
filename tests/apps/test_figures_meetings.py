"""Figures of meetings, versions and releases from tiny registers."""

import pytest

from engross.core.reports.checks import CHECKS, Verdict
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def registers_kept():
    factories.keep("meetings", "code-versions", "releases", "proposal-tranches")


def test_cancelled_meetings_and_those_of_outside_bodies_are_not_counted():
    factories.meeting("SSC_131", "ssc", "2021-09-01", number="131")
    factories.meeting("SSC_132", "ssc", "2021-09-30", number="132")
    factories.meeting("SSC_133", "ssc", "2021-10-01", number="133")
    factories.meeting("CSC_31", "csc", "2021-09-28", number="31", is_cancelled=True)
    factories.meeting("TSIRS_5", "tsirs", "2021-09-28")
    factories.meeting("TAG_82X", "tag", "2021-09-03", number="82X")

    asking = factories.ask("2021-09")

    assert asking.value("meetings.held.in_month") == 3
    assert asking.value("meetings.extraordinary.in_month") == 1
    assert asking.rows("meetings.held_by_body").by("body_key", "meetings") == {
        "ssc": 2,
        "tag": 1,
        "tsirs": 1,
    }
    assert CHECKS.run("meetings.rows_equal_count", asking).verdict is Verdict.AGREES


def test_a_kept_month_without_meetings_has_none_and_an_unkept_one_no_records():
    factories.withdraw("kept-registers", register="meetings")
    factories.keep("meetings", since="2021-09-01", until="2021-10-01")

    assert factories.ask("2021-09").value("meetings.held.in_month") == 0
    assert not factories.ask("2021-10").figure("meetings.held.in_month").is_known
    assert not factories.ask("2021-08").figure("meetings.in_month").is_known


def test_the_summary_says_who_did_not_meet_and_when_it_next_will():
    factories.meeting("SSC_131", "ssc", "2021-09-08", summary="Agreed a plan.")
    factories.meeting("SSC_132", "ssc", "2021-09-22")
    factories.meeting("CSC_32", "csc", "2021-10-26")
    factories.meeting("TAG_99", "tag", "2023-01-25")

    rows = factories.ask("2021-09").rows("meetings.summary_by_category").records()
    told = {row["body_key"]: (row["dates"], row["summary"]) for row in rows}

    assert told["ssc"] == ("8 and 22 September 2021", "Agreed a plan.")
    not_met = "Did not meet in the month."
    assert told["csc"] == (None, f"{not_met} It next meets on 26 October 2021.")
    assert told["tag"] == (None, not_met)
    assert "tsirs" not in told


def test_the_main_bodys_last_meeting_is_the_one_held_by_the_day():
    factories.meeting("SECP_95", "panel", "2021-08-20", number="95")
    factories.meeting("SECP_96", "panel", "2021-09-17", number="96")
    factories.meeting("SSC_132", "ssc", "2021-09-22", number="132")

    last = [
        factories.ask("2021-09", as_at=day).rows("meetings.main_body.last").cells("meeting_key")
        for day in ("2021-09-16", "2021-09-17")
    ]

    assert last == [("SECP_95",), ("SECP_96",)]
    assert not factories.ask("2021-07").figure("meetings.main_body.last").is_known


def test_versions_are_listed_in_the_month_in_which_they_took_effect():
    factories.version("45.0", "2021-09-01", key_changes="Several Sections")
    factories.version("46.0", "2021-09-30")
    factories.version("47.0", "2021-10-01", published_on="2021-09-15")

    table = factories.ask("2021-09").rows("versions.issued_in_month")

    assert table.cells("version") == ("45.0", "46.0")
    assert table.cells("key_changes") == ("Several Sections", None)


def test_releases_to_come_name_their_proposals_as_of_the_day():
    factories.proposal("MP002", moves=[("define", "2021-01-04"), ("refine", "2021-10-20")])
    factories.proposal("MP001", moves=[("release", "2021-05-04")])
    factories.proposal("MP003", raised_on="2021-10-01", moves=[("define", "2021-10-01")])
    factories.release("November 2021 Release", "2021-11-04")
    factories.release("September 2021 Release", "2021-09-30")
    for key in ("MP002", "MP001", "MP003"):
        factories.tranche(key, state="approved", release="November 2021 Release")

    rows = factories.ask("2021-09").rows("releases.coming").rows

    assert [(row[0], row[2]) for row in rows] == [("November 2021 Release", "DP002, MP001")]

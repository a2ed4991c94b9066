"""A proposal's report: what is on file, what is missing, and what issuing it keeps."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client

from engross.apps.consultations import commands as consulting
from engross.apps.files.models import StoredFile
from engross.apps.legaltext.commands import publish_version
from engross.apps.proposals.commands import Raising, raise_proposal
from engross.apps.proposals.models import MoveMade, Proposal, ProposalDocument
from engross.apps.reports import queries
from engross.apps.reports.commands import Issuing, issue_modification_report
from engross.apps.reports.models import IssuedReport
from engross.apps.reports.queries.proposal_record import details_of
from engross.core.consultations.questions import Given
from engross.core.refusals import Refused
from tests import factories
from tests.support import composing
from tests.support.consulting import (
    APPROVE,
    CLOSES_AT,
    WORDS,
    answer,
    begun,
    opened,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]
AT = datetime(2021, 12, 1, 9, 0, tzinfo=UTC)
TODAY = AT.date()
SECRET, MARKUP = "our price is 7", "<script>alert(1)</script> =1+1 | **x** {{ 7 * 7 }}"


def told(key, *, kind="modification-report", on=TODAY):
    """Return the rows of a report by the names of its tables."""
    asked = queries.ReportAsked(details_of(Proposal.objects.get(key=key)), kind, on)
    figures = queries.proposal_report(asked).figures
    return {name.removeprefix("proposal."): each.rows for name, each in figures.items()}


@pytest.fixture
def proposal(secretary):
    """Return a raised proposal with legal text that fits the text in force."""
    publish_version("46.0", composing.BASE, effective_on=composing.DAY, by=None,
                    at=composing.AT, whole=True)  # fmt: skip
    raised = raise_proposal(Raising("Meet weekly", "Too rarely", secretary, date(2021, 11, 5),
                                    AT, TODAY))  # fmt: skip
    composing.saved("weekly", "D2", "The Panel shall meet every week.", proposal=raised.label)
    return raised


def issuing(secretary, **more):
    return Issuing(**{"kind": "modification-report", "by": secretary, "at": AT, "on": TODAY,
                      **more})  # fmt: skip


def test_a_proposal_of_which_nothing_is_recorded_has_a_report_that_says_so():
    factories.proposal("MP078")
    page = Client().get("/proposals/MP078/report/").content.decode()
    assert "Missing: Issue, Solution, Business case, Legal text" in page
    assert Client().get("/proposals/MP999/report/").status_code == 404
    assert Client().get("/proposals/DP078/report/").status_code == 302


def test_each_statement_names_its_source_and_nothing_but_what_everybody_may_read_is_told():
    factories.proposal("MP078", summary="Too dim", raised_on="2021-06-01")
    solution = {"proposal": "MP078", "described_on": "2021-07-01"}
    factories.record("proposal-solutions", [
        {**solution, "solution": f"{MARKUP}\n\n{'long ' * 1500}"},
        {**solution, "described_on": "2021-08-01", "solution": SECRET, "paper_class": "amber"},
    ])  # fmt: skip
    cost = {"proposal": "MP078", "kind": "central", "low_pounds": 100, "stated_on": "2021-07-01",
            "source": "Assessment"}  # fmt: skip
    factories.record("proposal-costs", [
        {**cost, "what": "Build"}, {**cost, "what": SECRET, "paper_class": "amber"},
    ])  # fmt: skip
    rows = told("0078")
    assert [row["what"] for row in rows["costs"].records()] == ["Build"]
    assert "/registers/proposal-costs/" in rows["costs"].records()[0]["link"]
    assert len(rows["solution"].rows) == 2
    page = Client().get("/proposals/MP078/report/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert "{{ 7 * 7 }}" in page
    for form in ("html", "docx", "json"):
        content = Client().get(f"/proposals/MP078/report.{form}").content
        said = ZipFile(BytesIO(content)).read("word/document.xml") if form == "docx" else content
        assert SECRET.encode() not in said


def test_an_answer_that_is_confidential_is_in_no_report(secretary):
    row = opened(secretary)
    answer(begun(row, "Ada", organisation="Bright Limited"), {
        APPROVE: Given(choice="Yes"), WORDS: Given(words=SECRET, is_confidential=True),
    })  # fmt: skip
    answer(begun(row, "Carol", organisation="Dim Limited"), {APPROVE: Given(choice="No")},
           is_anonymous=True)  # fmt: skip
    later = CLOSES_AT + timedelta(days=1)
    consulting.close_due_consultations(at=later)
    row.refresh_from_db()
    assert not told("0209", on=later.date())["answers"].rows
    consulting.publish_responses(row, by=secretary, at=later)
    rows = told("0209", on=later.date())
    assert {each["respondent"] for each in rows["answers"].records()} == {
        "Bright Limited", "Anonymous",
    }  # fmt: skip
    assert SECRET not in str(rows)
    assert "Dim Limited" not in str(rows)


def test_an_issued_report_is_frozen_filed_and_on_file(secretary, proposal):
    assert "[+week+]" in str(told(proposal.key)["changes"].rows)
    issued = issue_modification_report(proposal, issuing(secretary, seen=0), formats=["docx"])
    assert (issued.version, len(issued.sha256)) == (1, 64)
    assert MoveMade.objects.get(proposal=proposal, move="file-report").made_on == TODAY
    document = ProposalDocument.objects.get(entry=issued.document)
    assert (document.change_set, document.change_set_version) == ("weekly", 1)
    assert StoredFile.objects.get(entry=issued.document).paper_class == "white"
    address = f"/proposals/{proposal.label}/report/modification-report/1/report.json"
    assert Client().get(address).json()["sha256"] == issued.sha256
    page = Client().get(f"/proposals/{proposal.label}/").content.decode()
    assert "Modification Report" in page.split('id="documents"')[1]
    assert "version 1" in page.split('id="report"')[1]


def test_a_second_version_needs_a_reason_something_new_and_nobody_in_between(secretary, proposal):
    issue_modification_report(proposal, issuing(secretary), formats=[])
    for more, why in (
        ({"seen": 0}, "Somebody issued a report"),
        ({}, "needs a reason"),
        ({"reason": "Again"}, "Nothing has moved"),
    ):
        with pytest.raises(Refused, match=why):
            issue_modification_report(proposal, issuing(secretary, **more), formats=[])
    factories.record("proposal-solutions", [
        {"proposal": proposal.label, "described_on": "2021-11-20", "solution": "Meet"},
    ])  # fmt: skip
    asked = issuing(secretary, reason="The solution is there", seen=1)
    assert issue_modification_report(proposal, asked, formats=[]).version == 2


def test_the_conclusions_report_is_issued_of_its_own_without_a_move(secretary, proposal):
    issued = issue_modification_report(
        proposal, issuing(secretary, kind="conclusions-report"), formats=[]
    )
    assert issued.version == 1
    assert "We asked, you said, we did" in str(issued.content["blocks"])
    assert not MoveMade.objects.filter(proposal=proposal, move="file-report").exists()


def test_a_report_whose_move_is_not_open_is_not_issued(secretary):
    raised = raise_proposal(Raising("No text", "None", secretary, date(2021, 11, 5), AT, TODAY))
    with pytest.raises(Refused):
        issue_modification_report(raised, issuing(secretary), formats=[])
    assert not IssuedReport.objects.exists()
    assert not ProposalDocument.objects.exists()


def test_staff_see_what_issuing_does_before_it_is_done(secretary, proposal):
    staff = Client()
    staff.force_login(secretary)
    address = f"/proposals/{proposal.label}/report/issue/modification-report/"
    assert "confirmed" not in staff.get(address).content.decode()
    preview = staff.post(address, {"seen": 0}).content.decode()
    assert "frozen as version 1" in preview
    assert "It says that it lacks" in preview
    assert not IssuedReport.objects.exists()
    assert staff.post(address, {"seen": 5, "confirmed": "yes"}).status_code == 422
    assert Client().get(address).status_code == 302

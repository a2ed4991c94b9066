"""Of papers that are due and not there it is said in time, once, to whom the code's data name."""

from datetime import UTC, date, datetime, timedelta

import pytest

from engross.apps.mail.models import Mail
from engross.apps.people.models import TeamMembership
from engross.apps.proposals.commands import hand_over
from engross.apps.proposals.models import Proposal
from engross.apps.timetables.commands import tell_of_papers_due
from tests import factories
from tests.support.people import person

pytestmark = [pytest.mark.django_db, pytest.mark.once]
MEETS_ON = date(2021, 11, 24)
DUE_ON = date(2021, 11, 17)  # five Working Days before
REMINDED_ON = date(2021, 11, 15)  # two before that
AT = datetime(2021, 11, 15, 9, 0, tzinfo=UTC)
ITEM = {"meeting": "CB_60", "position": "1", "title": "MP901: vote", "proposal": "MP901",
        "paper_class": "white"}  # fmt: skip


@pytest.fixture(autouse=True)
def _agenda():
    """Plan a meeting of the Change Board with one proposal on its agenda, and somebody to tell."""
    factories.proposal("MP901", title="Fictional change")
    factories.meeting("CB_60", "change-board", MEETS_ON.isoformat())
    factories.record("agenda-items", [ITEM])
    TeamMembership.objects.create(user=person("Sec", is_staff=True), team="secretariat",
                                  held_from=date(2020, 1, 1), recorded_at=AT)  # fmt: skip


def tell(on: date = REMINDED_ON) -> int:
    return tell_of_papers_due(on=on, at=datetime.combine(on, AT.time(), UTC))


def test_it_is_told_in_time_and_once(secretary):
    ada = person("Ada", is_staff=True)
    hand_over(Proposal.objects.get(key="0901"), ada, by=secretary, on=date(2021, 11, 1), at=AT)
    Mail.objects.all().delete()
    assert tell(REMINDED_ON - timedelta(days=1)) == 0
    assert tell() == 2
    assert tell() == tell(DUE_ON) == 0
    assert {each.to_person.name for each in Mail.objects.all()} == {"Ada", "Sec"}
    text = Mail.objects.first().text
    assert "MP901: vote" in text
    assert "17 November 2021" in text
    # It meets a week later: its papers are due on another day.
    factories.meeting("CB_60", "change-board", "2021-12-01")
    assert tell() == 0
    assert tell(date(2021, 11, 22)) == 2


def test_it_is_told_up_to_the_day_if_nothing_ran_before():
    assert tell(DUE_ON + timedelta(days=1)) == 0
    assert tell(DUE_ON) == 1


@pytest.mark.parametrize(("paper", "count"), [("CB_60_2411_01", 0), ("CB_60_2411_02", 1)])
def test_a_paper_that_is_there_is_not_missed(paper, count):
    factories.record("papers", [
        {"reference": "CB_60_2411_01", "meeting": "CB_60", "title": "Report",
         "paper_class": "white", "action": "decision"},
    ])  # fmt: skip
    factories.record("agenda-items", [{**ITEM, "paper": paper}])
    assert tell() == count


def test_only_the_main_body_is_reminded_without_an_agenda():
    factories.meeting("SECP_98", "panel", "2021-11-24")
    factories.meeting("CSC_33", "csc", "2021-11-24")
    assert tell() == 2
    panel = Mail.objects.get(subject__contains="SECP_98")
    assert "Not there yet" not in panel.text


def test_an_amber_item_is_told_within_its_class_alone():
    factories.record("agenda-items", [{**ITEM, "paper_class": "amber"}])
    # Without a second factor staff are anyone to the rule about classes.
    assert tell() == 0
    assert not Mail.objects.exists()

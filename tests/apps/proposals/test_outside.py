"""What others order is recorded with its paper and day, has no vote, and is no proposal."""

from datetime import UTC, date, datetime

import pytest

from engross.apps.proposals.commands import (
    Instrument,
    Making,
    Raising,
    make_move,
    raise_proposal,
    record_outside,
)
from engross.apps.proposals.models import Decision, Proposal, ProposalDocument
from engross.apps.proposals.queries import histories
from engross.apps.proposals.queries.courses import course_of
from engross.apps.proposals.queries.movers import starts_open_to
from engross.apps.releases.models import ChangeSet, ChangeSetVersion, ReleaseDetails, Tranche
from engross.apps.releases.queries.readiness import carried
from engross.core.refusals import Refused
from tests.support.people import staff_client

MADE, EFFECTIVE, TODAY = date(2021, 9, 6), date(2021, 9, 22), date(2021, 9, 24)
AT = datetime(2021, 9, 24, 9, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def ordered(by, *, move="record-designation", on=MADE, effective_on=EFFECTIVE):
    asked = Raising("New appendix", "Adds an appendix", by, on, AT, TODAY, move=move)
    return record_outside(asked, Instrument("Designation notice", effective_on))


def test_a_designation_has_a_record_a_course_and_a_release_of_its_own(secretary):
    record = ordered(secretary)
    assert (record.label, record.stage) == ("SOS-20210906", "release")
    assert ordered(secretary).label == "SOS-20210906A", "another of the same day"
    course = course_of(record, on=TODAY)
    assert (course.state.route, course.state.clocks) == ("sos-designation", {})
    decision = Decision.objects.known_at(None).filter(proposal=record).get()
    assert (decision.body, decision.outcome) == ("secretary-of-state", "designated")
    paper = ProposalDocument.objects.known_at(None).filter(proposal=record).get()
    assert (paper.kind, paper.written_on) == ("instrument", MADE)
    part = Tranche.objects.known_at(None).filter(proposal=record).get()
    assert (str(part.release), part.implemented_on) == ("Release of SOS-20210906", EFFECTIVE)
    assert ReleaseDetails.objects.known_at(None).filter(kind="ad-hoc").count() == 2
    assert not histories(), "no figure counts it among the proposals"
    make_move(record, Making("implement", secretary, EFFECTIVE, AT, TODAY))
    record.refresh_from_db()
    assert record.stage == "implemented"


def test_a_direction_is_the_dccs_and_can_be_revoked_before_its_day(secretary):
    record = ordered(secretary, move="record-direction")
    assert record.label == "DCC-20210906"
    with pytest.raises(Refused, match="not part of this proposal's route"):
        make_move(record, Making("revoke-designation", secretary, MADE, AT, TODAY, reason="No"))
    make_move(record, Making("revoke-direction", secretary, MADE, AT, TODAY, reason="In error"))
    record.refresh_from_db()
    assert (record.label, record.stage) == ("DCC-20210906", "withdrawn")


def test_its_text_goes_into_a_release_without_a_vote_or_a_decision_on_scope(secretary):
    record = ordered(secretary)
    release = Tranche.objects.known_at(None).get().release
    text = ChangeSetVersion(change_set=ChangeSet(name="appendix", proposal=record), number=1)
    [told] = carried([text], release=release.pk, on=TODAY)
    assert told.is_approved
    assert told.is_in_scope
    assert told.appeal_ends_on is None


def test_an_order_takes_effect_on_the_day_it_is_made_or_later(secretary):
    with pytest.raises(Refused, match="before it is made"):
        ordered(secretary, effective_on=date(2021, 9, 5))
    assert not Proposal.objects.exists()


def test_the_panel_raises_by_the_fast_track_and_approves_once_there_is_text(secretary):
    asked = Raising("A slip", "One word", secretary, MADE, AT, TODAY, move="raise-fast-track")
    record = raise_proposal(asked)
    assert (record.label, record.stage) == ("MP001", "opine")
    with pytest.raises(Refused, match="There is no legal text on file"):
        make_move(record, Making("panel-approve", secretary, MADE, AT, TODAY))


def test_staff_record_an_order_on_its_page_after_they_saw_what_it_does(client):
    staff = staff_client()
    assert "Record a designation of the Secretary of State" in staff.get("/proposals/ways/").text
    address = "/proposals/ways/record-designation/"
    page = staff.get(address)
    token = page.context["form"]["token"].initial
    typed = {"title": "New appendix", "summary": "Adds one", "on": "2021-09-06", "token": token,
             "effective_on": "2021-09-22", "paper": "Designation notice", "link": ""}  # fmt: skip
    preview = staff.post(address, typed)
    assert "An ad hoc release of 22 September 2021 carries it." in preview.text
    assert not Proposal.objects.exists()
    staff.post(address, {**typed, "confirmed": "yes"})
    assert "Designation notice" in client.get("/proposals/SOS-20210906/").text
    assert client.get(address).status_code == 302


def test_every_other_way_to_raise_a_proposal_begins_one(secretary):
    begun = {}
    for rule in starts_open_to(secretary, on=TODAY):
        asked = Raising("A slip", "One word", secretary, MADE, AT, TODAY, move=rule.key)
        begun[rule.key] = raise_proposal(asked)
    routes = {key: course_of(each, on=TODAY).state.route for key, each in begun.items()}
    assert routes == {
        "raise-authority-led": "authority-led",
        "raise-fast-track": "fast-track",
        "vary-by-authority": "authority-led-variation",
        "record-designation": "sos-designation",
        "record-direction": "dcc-direction",
    }

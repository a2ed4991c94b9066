"""One timeline of a thing, told from every register that names it, upper apps' too."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engross.apps.parties.models import Party
from engross.apps.proposals.models import Proposal
from engross.apps.registers.queries import timeline_of
from engross.core.access import SYSTEM
from tests import factories

pytestmark = pytest.mark.django_db
LATER = datetime(2021, 12, 1, 9, tzinfo=UTC)


def told(owner, identity, **asked):
    return [(each.on, each.title) for each in timeline_of(owner, identity, **asked)]


@pytest.fixture
def proposal():
    factories.proposal("DP152", raised_on="2021-02-01", proposer="Example Energy",
                       moves=[("define", "2021-02-01"), ("refine", "2021-09-28")])  # fmt: skip
    factories.decision("MP152", "progressed-refinement", "2021-09-28", body="csc")
    factories.assessment("MP152", "pa", accepted_on="2021-03-01", returned_on="2021-03-22")
    factories.release("November 2021", "2021-11-04")
    factories.tranche("MP152", state="approved", release="November 2021",
                      implemented_on="2021-11-04")  # fmt: skip
    return Proposal.objects.get()


def test_registers_above_the_app_tell_their_events_too(proposal):
    assert told("proposals", proposal) == [
        (date(2021, 11, 4), "Implementation, part 1: Approved"),
        (date(2021, 9, 28), "Change Sub-Committee: Progressed to Refinement"),
        (date(2021, 9, 28), "Refinement Process"),
        (date(2021, 3, 22), "Preliminary Assessment returned"),
        (date(2021, 3, 1), "Preliminary Assessment accepted"),
        (date(2021, 2, 1), "Development Stage"),
        (date(2021, 2, 1), "Raised"),
    ]


def test_each_event_leads_to_the_record_that_tells_it(proposal, client):
    for event in timeline_of("proposals", proposal):
        assert client.get(event.href).status_code == 200


def test_as_at_a_day_later_events_are_left_out_and_plans_lie_ahead(proposal):
    events = timeline_of("proposals", proposal, as_at=date(2021, 3, 10))
    assert [(each.title, each.kind) for each in events] == [
        ("Implementation, part 1: Approved", "future"),
        ("Preliminary Assessment accepted", ""),
        ("Development Stage", ""),
        ("Raised", ""),
    ]


def test_what_was_recorded_later_is_not_told_as_known_before(proposal):
    factories.move("MP152", "opine", "2021-10-20", at=LATER)
    known = told("proposals", proposal, known_at=datetime(2021, 11, 1, tzinfo=UTC))
    assert (date(2021, 10, 20), "Report Phase") not in known
    assert (date(2021, 10, 20), "Report Phase") in told("proposals", proposal)


def test_an_event_without_a_day_comes_last(proposal):
    factories.move("MP152", "opine", None)
    assert told("proposals", proposal)[-1] == (None, "Report Phase")


def test_a_parent_tells_of_its_parts_by_their_names(proposal):
    factories.proposal("MP152A", parent="MP152", raised_on="2021-09-29")
    assert told("proposals", proposal)[1] == (date(2021, 9, 29), "MP152A: Raised")
    part = Proposal.objects.get(suffix="A")
    assert told("proposals", part) == [(date(2021, 9, 29), "Raised")]


def test_only_who_may_see_all_is_told_of_amber_market_entry():
    factories.party("P1", category="large-suppliers")
    factories.market_entry("P1", "uep", "2021-09-17", role="import-supplier")
    factories.market_entry("P1", "srept", "2021-08-01")
    party = Party.objects.get()

    public = [title for _, title in told("parties", party)]
    everything = [title for _, title in told("parties", party, reader=SYSTEM)]

    assert "User Entry Process completed" in public
    assert "SMKI and Repository Entry Process Tests completed" not in public
    assert "SMKI and Repository Entry Process Tests completed" in everything


def test_what_ended_is_told_on_its_day():
    factories.party("P1", category="large-suppliers", group="G1", until="2021-09-30")
    titles = told("parties", Party.objects.get())
    assert (date(2021, 9, 30), "No longer in the Party Category Large Suppliers") in titles
    assert (date(2021, 9, 30), "No longer in the Voting Group G1") in titles


def test_more_rows_take_no_more_queries(proposal, django_assert_num_queries):
    with CaptureQueriesContext(connection) as few:
        timeline_of("proposals", proposal)
    factories.record("decisions", [
        {"proposal": "MP152", "body": "csc", "decided_on": f"2021-{month:02}-{day:02}",
         "outcome": "timetable-noted"}
        for month in range(1, 6) for day in range(1, 21)
    ])  # fmt: skip
    with django_assert_num_queries(len(few)):
        assert len(timeline_of("proposals", proposal)) == 107

"""Whose move it is: the same in the list, on a proposal's page, for programs and for bodies."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from engross.apps.proposals.queries import ProposalList, ProposalsAsked, open_turns, whose_move
from engross.apps.timetables.queries.work import work_on
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2021, 9, 30)


@pytest.fixture
def register():
    """Make proposals in one stage: as usual, assessed, assessed and on hold, returned, to come."""
    for number in range(1, 6):
        factories.proposal(f"MP00{number}", raised_on="2021-01-04",
                           moves=[("refine", "2021-02-01")])  # fmt: skip
    factories.record("assessments", [
        {"proposal": f"MP00{number}", "kind": "pa", "sequence": 1, "target_working_days": 15,
         "convention": "working-days-after", "accepted_on": accepted_on, "returned_on": returned_on}
        for number, accepted_on, returned_on in (
            (2, "2021-09-20", ""), (3, "2021-09-20", ""), (4, "2021-03-01", "2021-04-01"),
            (5, "2021-10-20", ""))
    ])  # fmt: skip
    factories.record("proposal-holds", [{"proposal": "MP003", "held_from": "2021-09-24"}])


def _listed(**asked):
    rows = ProposalList(ProposalsAsked(on=TODAY, sort="identifier", **asked))[:]
    return {each.identifier: each.waits_on for each in rows}


def test_the_list_tells_what_the_framework_tells(register):
    told = _listed()
    assert told == {each.label: each.bodies for each in work_on(TODAY)}
    assert told["MP002"] == ("dcc",)
    assert told["MP003"] == ("administrator",)
    assert told["MP001"] == told["MP004"] == told["MP005"]
    assert told["MP001"] not in [("dcc",), ("administrator",)]


@pytest.mark.parametrize("past", [{}, {"as_at": TODAY}])
def test_a_list_of_what_waits_on_a_body_has_what_its_column_says(register, past):
    told = _listed(**past)
    for body in {body for bodies in told.values() for body in bodies}:
        wanted = {name: bodies for name, bodies in told.items() if body in bodies}
        assert _listed(waits_on=body, **past) == wanted


def test_a_day_in_the_past_is_told_as_it_was(register):
    assert _listed(as_at=date(2021, 9, 22))["MP003"] == ("dcc",)
    assert _listed(as_at=date(2021, 9, 17))["MP003"] == _listed()["MP001"]
    assert _listed(as_at=date(2021, 10, 21))["MP005"] == ("dcc",)


@pytest.mark.parametrize("past", [{}, {"as_at": TODAY}])
def test_what_is_counted_by_body_is_what_the_list_says(register, past):
    told = list(_listed(**past).values())
    counted = {each.bodies: each for each in whose_move(on=TODAY, **past)}
    assert {key: each.proposals for key, each in counted.items()} == {
        bodies: told.count(bodies) for bodies in told
    }
    assert (counted["dcc",].oldest, counted["dcc",].since) == ("MP002", date(2021, 9, 20))
    turns = {turn.proposal: turn.bodies for turn in open_turns(["0001", "0002"], on=TODAY)}
    assert turns == {name: _listed()[name] for name in ("MP001", "MP002")}


def test_a_page_and_programs_are_told_the_same(register, client):
    today = timezone.localdate()
    listed = ProposalList(ProposalsAsked(on=today))[:]
    for each in listed:
        entry = client.get(f"/api/v1/proposals/{each.identifier}").json()
        assert tuple(body["key"] for body in entry["waits_on"]) == each.waits_on
    page = client.get("/proposals/MP002/").content.decode()
    assert "<strong>The DCC</strong>" in page
    assert 'since <time datetime="2021-09-20"' in page


def test_more_that_is_assessed_takes_no_more_queries(register):
    with CaptureQueriesContext(connection) as few:
        _listed(as_at=TODAY)
    for number in range(10, 30):
        factories.proposal(f"MP0{number}", moves=[("refine", "2021-02-01")])
        factories.record("assessments", [
            {"proposal": f"MP0{number}", "kind": "pa", "sequence": 1, "target_working_days": 15,
             "convention": "working-days-after", "accepted_on": "2021-09-20"}
        ])  # fmt: skip
    with CaptureQueriesContext(connection) as more:
        _listed(as_at=TODAY)
    assert len(more) <= len(few)

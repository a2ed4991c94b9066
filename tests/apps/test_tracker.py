"""The list of proposals as a tracker: what it can be asked, and filters that bear a name."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engross.apps.proposals.models import LeadAnalyst, Proposal, SavedFilter
from engross.apps.proposals.queries import ProposalList, ProposalsAsked
from tests import factories
from tests.support.people import client_of, person, staff_client

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 30)


@pytest.fixture
def proposals():
    define, refine = ("define", "2025-02-01"), ("refine", "2025-03-04")
    opine = ("opine", "2026-05-05")
    factories.proposal("DP310", raised_on="2025-02-01", moves=[define])
    factories.proposal("DP311", raised_on="2025-02-01", moves=[define, refine, opine],
                       route="self-governance", is_urgent=True)  # fmt: skip
    factories.proposal("DP312", raised_on="2026-05-05", moves=[opine], route="authority-led")
    factories.proposal("DP313", raised_on="2026-05-05", moves=[opine])
    factories.proposal("DP314", raised_on="2025-02-01", moves=[define, ("withdrawn", "2025-04-01")])


def found(**asked):
    rows = ProposalList(ProposalsAsked(on=TODAY, sort="identifier", **asked))[:]
    return [each.identifier[2:] for each in rows]


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({"waits_on": "csc"}, ["310"]),
        ({"waits_on": "change-board"}, ["311", "313"]),  # of 313 nobody knows the route yet
        ({"waits_on": "authority"}, ["312", "313"]),
        ({"urgent_only": True}, ["311"]),
        ({"raised_before": date(2026, 1, 1), "open_only": True}, ["310", "311"]),
        ({"waits_on": "csc", "as_at": date(2025, 3, 31)}, ["310", "311", "314"]),
    ],
)
def test_the_list_is_asked_by_whose_move_urgency_and_age(proposals, asked, numbers):
    assert found(**asked) == numbers


def test_each_row_says_whose_move_it_is(proposals):
    rows = ProposalList(ProposalsAsked(on=TODAY, sort="identifier"))[:]
    assert [each.waits_on for each in rows] == [
        ("csc",), ("change-board",), ("authority",), ("change-board", "authority"), (),
    ]  # fmt: skip


def test_only_staff_ask_by_analyst(proposals, client):
    staff = person("Grace", email="grace@engross.example", is_staff=True)
    LeadAnalyst.objects.create(user=staff, proposal=Proposal.objects.get(key="0310"),
                               held_from="2025-02-01", recorded_at=factories.AT)  # fmt: skip
    query = f"/proposals/?analyst={staff.pk}&sort=identifier"
    assert "DP310" in (answer := staff_client().get(query).content.decode())
    assert "MP311" not in answer
    public = client.get(query).content.decode()
    assert "Grace" not in public
    assert "MP311" in public


def test_a_filter_is_named_used_renamed_and_deleted_by_its_owner_alone(proposals):
    owner = client_of(person("Ada", email="ada@engross.example"))
    other = client_of(person("Eve", email="eve@engross.example"))
    shown = owner.get("/proposals/?waits_on=csc&q=").content.decode()
    assert "/proposals/filters/save/?waits_on=csc" in shown
    kept = owner.post("/proposals/filters/save/?waits_on=csc&q=", {"name": "Ours"})
    assert kept.url == "/proposals/?waits_on=csc"
    saved = SavedFilter.objects.get()
    mine = owner.get("/proposals/filters/").content.decode()
    assert "Whose move: Change Sub-Committee" in mine
    assert "Ours" in owner.get("/proposals/?waits_on=csc").content.decode()
    for page in ("", "delete/"):
        assert other.get(f"/proposals/filters/{saved.pk}/{page}").status_code == 404
    owner.post(f"/proposals/filters/{saved.pk}/", {"name": "CSC", "is_default": "on"})
    begun = owner.get("/proposals/")
    assert begun.url == "/proposals/?waits_on=csc"
    assert owner.get("/proposals/?all=on").status_code == 200
    assert other.get("/proposals/").status_code == 200
    owner.post(f"/proposals/filters/{saved.pk}/delete/")
    assert not SavedFilter.objects.exists()


def test_a_name_is_kept_once_and_one_filter_begins_the_list(proposals):
    owner = client_of(person("Ada", email="ada@engross.example"))
    for query, name in (("stage=define", "A"), ("stage=refine", "B"), ("urgent=on", "A")):
        owner.post(f"/proposals/filters/save/?{query}", {"name": name, "is_default": "on"})
    rows = SavedFilter.objects.order_by("name").values_list("name", "query", "is_default")
    assert list(rows) == [("A", "urgent=on", True), ("B", "stage=refine", False)]
    taken = owner.post(f"/proposals/filters/{SavedFilter.objects.get(name='B').pk}/", {"name": "A"})
    assert taken.status_code == 422
    assert "You have a filter called A" in taken.content.decode()
    empty = owner.post("/proposals/filters/save/", {"name": "C"})
    assert "This filter asks nothing" in empty.content.decode()


def test_nobody_keeps_a_filter_without_signing_in(client):
    assert client.get("/proposals/filters/").status_code == 302
    client.post("/proposals/filters/save/?urgent=on", {"name": "A"})
    assert not SavedFilter.objects.exists()


def test_the_number_of_queries_does_not_grow_with_proposals(client, proposals):
    def count(query):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(f"/proposals/?{query}").status_code == 200
        return len(asked)

    queries = ("", "sort=priority", "waits_on=csc", "priority=none")
    few = [count(query) for query in queries]
    for number in range(320, 340):
        factories.proposal(f"DP{number}", raised_on="2025-02-01", moves=[("define", "2025-02-01")])
    assert [count(query) for query in queries] == few

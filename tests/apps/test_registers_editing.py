"""One entry at a time: withdrawn names are no longer borne, and keys that are taken are said."""

from datetime import date, timedelta

import pytest

from engross.apps.accounts.models import User
from engross.apps.meetings.models import Meeting
from engross.apps.parties.models import CategorySpell, Party
from engross.apps.proposals.models import Proposal, StageMove
from engross.apps.registers.commands import correct_entry, withdraw_entry
from engross.apps.registers.queries import values_of
from engross.apps.registers.registers import register_named
from engross.core.refusals import Refused
from tests.factories import AT, meeting, move, party, proposal, record, withdraw
from tests.support.people import staff_client

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)


def test_a_party_bears_the_name_before_when_its_latest_is_withdrawn(secretary: User) -> None:
    rows = [("Old Limited", "2014-01-01", "2020-01-01"), ("New Limited", "2020-01-01", "")]
    for name, since, until in rows:
        record("parties", [{"party": "P1", "legal_name": name, "held_from": since,
                            "held_until": until}])  # fmt: skip
    withdraw("parties", by=secretary, at=LATER, legal_name="New Limited")
    assert Party.objects.get().label == "Old Limited"


def test_a_party_bears_its_reference_when_its_only_name_is_withdrawn(secretary: User) -> None:
    party("P1", category="large-suppliers", name="Another Limited")
    withdraw("parties", by=secretary, at=LATER, party__key="P1")
    assert Party.objects.get().label == "P1"


def test_a_meeting_bears_its_lasting_name_when_it_is_withdrawn(secretary: User) -> None:
    meeting("SECP_90", "secp", "2021-09-10")
    withdraw("meetings", by=secretary, at=LATER, meeting__key="SECP_90")
    assert Meeting.objects.get().label == "SECP_90"


def test_a_proposal_falls_back_to_the_move_before_and_then_to_none(secretary: User) -> None:
    proposal("MP001", moves=[("refine", "2021-02-01"), ("opine", "2021-03-01")])
    withdraw("proposal-stages", by=secretary, at=LATER, stage="opine")
    assert Proposal.objects.get().stage == "refine"
    withdraw("proposal-stages", by=secretary, at=LATER, stage="refine")
    assert (Proposal.objects.get().stage, Proposal.objects.get().stage_since) == ("", None)


def test_both_proposals_follow_when_a_move_is_corrected_to_be_the_others(secretary: User) -> None:
    proposal("MP001")
    proposal("MP002")
    move("MP001", "refine", "2021-02-01")
    register = register_named("proposal-stages")
    row = StageMove.objects.known_at(None).get()
    values = {**values_of(register, row), "proposal": Proposal.objects.get(number=2).key}
    correct_entry(register, row.entry, values, by=secretary, at=LATER, reason="It was the other")
    assert dict(Proposal.objects.values_list("number", "stage")) == {1: "", 2: "refine"}


@pytest.mark.parametrize(
    ("day", "said"),
    [(date(2014, 1, 1), "has an entry with this party, held_from"),
     (date(2015, 1, 1), "would have two Party Categories")],
)  # fmt: skip
def test_a_correction_may_not_take_anothers_key_or_days(
    secretary: User, day: date, said: str
) -> None:
    party("P1", category="large-suppliers")
    party("P2", category="small-suppliers")
    register = register_named("party-categories")
    row = CategorySpell.objects.known_at(None).get(party__key="P2")
    values = {**values_of(register, row), "party": "P1", "held_from": day}
    with pytest.raises(Refused, match=said):
        correct_entry(register, row.entry, values, by=secretary, at=LATER, reason="It was P1")


def test_who_corrects_what_another_corrected_meanwhile_is_told_so(secretary: User) -> None:
    party("P1", category="large-suppliers")
    register = register_named("party-categories")
    seen = CategorySpell.objects.known_at(None).get()
    values = values_of(register, seen) | {"party": "P1"}
    first = {**values, "category": "small-suppliers"}
    correct_entry(register, seen.entry, first, by=secretary, at=LATER, reason="Fewer", seen=seen.pk)

    late = {**values, "category": "gas-networks"}
    with pytest.raises(Refused, match="since you opened it"):
        correct_entry(register, seen.entry, late, by=secretary, at=LATER, reason="No", seen=seen.pk)
    with pytest.raises(Refused, match="since you opened it"):
        withdraw_entry(register, seen.entry, by=secretary, at=LATER, reason="No", seen=seen.pk)
    assert CategorySpell.objects.known_at(None).get().category == "small-suppliers"


@pytest.mark.once
def test_the_pages_that_change_an_entry_say_its_class() -> None:
    staff = staff_client()
    meeting("SECP_90", "secp", "2021-09-10")
    record("papers", [{"reference": "SECP_90_1009_01", "meeting": "SECP_90", "title": "A paper",
                       "paper_class": "amber"}])  # fmt: skip
    entry = register_named("papers").model.objects.get().entry

    for page in ("correct", "withdraw"):
        shown = staff.get(f"/registers/papers/{entry}/{page}/").content.decode()
        assert "This page is Amber" in shown, page


def test_of_two_corrections_the_one_made_last_stands_even_if_it_was_asked_for_first(
    secretary: User,
) -> None:
    proposal("MP001", moves=[("refine", "2021-02-01")])
    register = register_named("proposal-stages")
    entry = StageMove.objects.get().entry
    for day, at in ((3, LATER + timedelta(seconds=1)), (4, LATER)):
        row = StageMove.objects.known_at(None).get()
        values = {"proposal": row.proposal.key, "stage": "refine", "body": None, "note": None,
                  "basis": "record",
                  "moved_on": date(2021, 2, day)}  # fmt: skip
        correct_entry(register, entry, values, by=secretary, at=at, reason="As minuted")
    assert StageMove.objects.known_at(None).get().moved_on == date(2021, 2, 4)
    moments = [LATER + timedelta(milliseconds=each) for each in (-1, 0, 500, 1000, 1500)]
    assert [StageMove.objects.known_at(each).count() for each in moments] == [1] * 5
    withdraw("proposal-stages", by=secretary, at=LATER, stage="refine")
    assert not StageMove.objects.known_at(None).exists()


@pytest.mark.once
def test_what_will_be_recorded_is_said_as_people_call_it() -> None:
    typed = {"party": "P1", "category": "small-suppliers", "held_from": "2021-09-10"}
    party("P1", category="large-suppliers", name="Example Limited")

    shown = staff_client().post("/registers/party-categories/record/", typed).content.decode()
    assert "Category: Small Suppliers." in shown
    assert "10 September 2021." in shown

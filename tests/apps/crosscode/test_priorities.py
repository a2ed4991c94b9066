"""Priorities are given to several proposals at once, and locked where another code leads."""

from datetime import UTC, date, datetime

import pytest

from engross.apps.crosscode import commands, queries
from engross.apps.crosscode.commands import PriorityGiven
from engross.apps.crosscode.models import PriorityDetermination
from engross.apps.proposals.models import Proposal
from engross.apps.proposals.queries import ProposalList, ProposalsAsked, facts_of
from engross.apps.registers.commands import correct_entry
from engross.apps.registers.queries import values_of
from engross.apps.registers.registers import register_named
from engross.core.refusals import Refused
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 4)
NOW = datetime(2026, 6, 4, 9, tzinfo=UTC)
ANSWERS = {"complexity": "low", "importance": "high", "time-sensitivity": "medium"}
HIGH = PriorityGiven("high", TODAY, ANSWERS, "It saves a visit to every meter")


@pytest.fixture(autouse=True)
def proposals(db):
    for number in (310, 311, 312):
        factories.proposal(f"DP{number}", raised_on="2026-01-12", moves=[("define", "2026-01-12")])


def found(*keys):
    return list(Proposal.objects.filter(key__in=keys).order_by("key"))


def group(priority="low", since="2026-06-01"):
    factories.record("cross-code-groups", [{"group": "XC-01", "title": "Switching", "kind":
                     "consequential", "lead_code": "REC", "priority": priority,
                     "priority_on": since if priority else None}])  # fmt: skip
    factories.record("cross-code-members", [
        {"group": "XC-01", "code": "REC", "reference": "R0304"},
        {"group": "XC-01", "code": "SEC", "reference": "DP312"},
    ])  # fmt: skip
    return queries.group_called("XC-01")


def listed(**asked):
    return [(each.identifier, each.priority) for each in
            ProposalList(ProposalsAsked(on=TODAY, sort="priority", **asked))[:]]  # fmt: skip


def test_the_back_fill_gives_several_at_once_and_leaves_the_rest_waiting(secretary):
    assert [each.listed.identifier for each in queries.to_prioritise(on=TODAY)] == [
        "DP310", "DP311", "DP312",
    ]  # fmt: skip
    assert commands.give_priority(found("0310", "0312"), HIGH, by=secretary, at=NOW, on=TODAY) == 2
    assert listed() == [("DP310", "high"), ("DP312", "high"), ("DP311", "")]
    assert listed(priority="high") == [("DP310", "high"), ("DP312", "high")]
    assert listed(priority="none") == [("DP311", "")]
    assert listed(as_at=date(2026, 6, 3), priority="high") == []


def test_a_priority_is_on_file_for_moves_from_its_day_on(secretary):
    commands.give_priority(found("0310"), HIGH, by=secretary, at=NOW, on=TODAY)
    pk = found("0310")[0].pk
    assert [tuple(each) for each in facts_of([pk], on=TODAY)[pk] if each[0] == "priority"] == [
        ("priority", TODAY, "high")
    ]
    assert "priority" not in {each[0] for each in facts_of([pk], on=date(2026, 6, 3))[pk]}


def test_all_are_given_it_or_none(secretary):
    commands.give_priority(found("0310"), HIGH, by=secretary, at=NOW, on=TODAY)
    with pytest.raises(Refused, match="has an entry"):
        commands.give_priority(found("0310", "0311"), HIGH, by=secretary, at=NOW, on=TODAY)
    assert PriorityDetermination.objects.count() == 1


def test_the_latest_determination_counts_and_the_earlier_one_stays(secretary):
    commands.give_priority(found("0310"), HIGH, by=secretary, at=NOW, on=TODAY)
    low = PriorityGiven("low", date(2026, 6, 3), ANSWERS, "Nothing waits for it")
    commands.give_priority(found("0310"), low, by=secretary, at=NOW, on=TODAY)
    assert listed(priority="low") == []
    assert listed(as_at=date(2026, 6, 3), priority="low") == [("DP310", "low")]
    assert [each.category for each in queries.priorities_of(found("0310")[0])] == ["high", "low"]


def test_where_another_code_leads_its_priority_is_taken_over_and_locked(secretary):
    led = group()
    ours = found("0312")
    with pytest.raises(Refused, match=r"goes with REC R0304.*Take it over"):
        commands.give_priority(ours, HIGH, by=secretary, at=NOW, on=TODAY)
    assert queries.to_take_over(led, on=TODAY) == ours
    assert commands.take_over_priority(led, by=secretary, at=NOW, on=TODAY) == ours
    assert queries.to_take_over(led, on=TODAY) == []
    assert listed(priority="low") == [("DP312", "low")]
    register = register_named("priority-determinations")
    row = PriorityDetermination.objects.get()
    assert row.lead == "REC R0304"
    changed = {**values_of(register, row), "proposal": "0312", "category": "high"}
    with pytest.raises(Refused, match="no other can be given here"):
        correct_entry(register, row.entry, changed, by=secretary, at=NOW, reason="We think more")
    again = {"proposal": "DP312", "category": "high", "determined_on": "2026-06-05",
             "answers": "complexity: low; importance: high; time-sensitivity: low",
             "grounds": "By a file"}  # fmt: skip
    with pytest.raises(Refused, match="no other can be given here"):
        factories.record("priority-determinations", [again])


def test_when_the_lead_changes_its_mind_it_is_taken_over_again(secretary):
    commands.take_over_priority(group(), by=secretary, at=NOW, on=TODAY)
    later = datetime(2026, 7, 2, 9, tzinfo=UTC)
    changed = group("critical", "2026-07-01")
    commands.take_over_priority(changed, by=secretary, at=later, on=later.date())
    assert [each.category for each in queries.priorities_of(found("0312")[0])] == [
        "critical", "low",
    ]  # fmt: skip


def test_until_the_lead_has_said_it_nothing_is_determined_here(secretary):
    led = group(priority="")
    with pytest.raises(Refused, match="once it is known"):
        commands.give_priority(found("0312"), HIGH, by=secretary, at=NOW, on=TODAY)
    with pytest.raises(Refused, match="nothing to take over"):
        commands.take_over_priority(led, by=secretary, at=NOW, on=TODAY)
    assert queries.to_prioritise(on=TODAY)[-1].lead.change == "REC R0304"


def test_a_priority_is_not_dated_ahead(secretary):
    ahead = PriorityGiven("high", date(2026, 6, 5), ANSWERS, "Soon")
    with pytest.raises(Refused, match="has not come yet"):
        commands.give_priority(found("0310"), ahead, by=secretary, at=NOW, on=TODAY)


def test_a_group_has_only_proposals_on_record_as_our_members():
    group()
    unknown = {"group": "XC-01", "code": "SEC", "reference": "MP999"}
    with pytest.raises(Refused, match="There is no proposal MP999"):
        factories.record("cross-code-members", [unknown])


def test_the_number_of_queries_does_not_grow_with_groups(django_assert_max_num_queries):
    group()
    with django_assert_max_num_queries(8):
        queries.groups_of(found("0312")[0])

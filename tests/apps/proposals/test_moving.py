"""A proposal moved by the framework: what the registers, the mail and the audit say after it."""

import threading
import uuid
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import connection

from engross.apps.audit.models import Event
from engross.apps.audit.queries import faults_of_audit
from engross.apps.mail.models import Mail
from engross.apps.proposals.commands import (
    Making,
    Raising,
    hand_over,
    make_move,
    note_absence,
    raise_proposal,
    split_proposal,
    undo_move,
)
from engross.apps.proposals.commands.recording import values_of
from engross.apps.proposals.models import (
    Assessment,
    Decision,
    HoldSpell,
    Impact,
    MoveMade,
    Proposal,
    ProposalDetails,
    ProposalLink,
    StageMove,
)
from engross.apps.proposals.queries import add_fact_source, assessments_due, assessments_late
from engross.apps.proposals.queries.analysts import analysts_of, work_of
from engross.apps.proposals.queries.courses import course_of
from engross.apps.registers.commands import correct_entry, withdraw_entry
from engross.apps.registers.registers import register_named
from engross.core.proposals.framework.facts import Fact
from engross.core.refusals import Refused
from tests.factories import party, record
from tests.support.people import staff_client

TODAY = date(2021, 10, 29)
AT = datetime(2021, 10, 29, 9, 0, tzinfo=UTC)
RAISED = date(2021, 6, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def files():
    """Return what is on file besides the moves, to which a test adds."""
    kept: list[Fact] = []
    add_fact_source("test", lambda proposals, on: dict.fromkeys(proposals, kept))
    yield kept
    add_fact_source("test", lambda proposals, on: {})


@pytest.fixture
def proposal(secretary):
    """Return a proposal raised in June 2021."""
    return raise_proposal(Raising("Lamps", "They are too dim", secretary, RAISED, AT, TODAY,
                                  affected=("Large Suppliers",)))  # fmt: skip


def asked(move, by, on, **more):
    return Making(move, by, on, AT, TODAY, **more)


def stages(proposal):
    rows = StageMove.objects.known_at(None).filter(proposal=proposal).order_by("moved_on", "pk")
    return list(rows.values_list("stage", "moved_on"))


def reasons(error):
    return " ".join(str(each) for each in error.value.reasons)


def test_a_proposal_goes_its_way_and_the_registers_follow(proposal, secretary, files):
    assert proposal.label == "DP001"
    make_move(proposal, asked("convert", secretary, date(2021, 6, 29), route="self-governance"))
    make_move(proposal, asked("request-pa", secretary, date(2021, 7, 1)))
    make_move(proposal, asked("accept-pa", secretary, date(2021, 7, 2)))
    make_move(proposal, asked("return-pa", secretary, date(2021, 7, 20)))
    files.append(Fact("legal-text", date(2021, 8, 1)))
    make_move(proposal, asked("file-report", secretary, date(2021, 8, 2)))
    make_move(proposal, asked("go-to-report", secretary, date(2021, 8, 31)))
    files += [Fact("modification-report-consultation", date(2021, 9, 21)),
              Fact("vote-counted", date(2021, 9, 29))]  # fmt: skip
    make_move(proposal, asked("vote-approve", secretary, date(2021, 9, 29)))

    proposal.refresh_from_db()
    assert (proposal.label, proposal.stage) == ("MP001", "release")
    assert stages(proposal) == [
        ("define", RAISED), ("refine", date(2021, 6, 29)),
        ("opine", date(2021, 8, 31)), ("release", date(2021, 9, 29)),
    ]  # fmt: skip
    outcomes = Decision.objects.known_at(None).order_by("decided_on")
    assert list(outcomes.values_list("body", "outcome")) == [
        ("csc", "progressed-refinement"), ("csc", "progressed-report"),
        ("change-board", "approved"),
    ]  # fmt: skip
    assessment = Assessment.objects.known_at(None).get()
    assert (assessment.kind, assessment.accepted_on, assessment.returned_on) == (
        "pa", date(2021, 7, 2), date(2021, 7, 20),
    )  # fmt: skip
    assert assessment.target_working_days == 15
    assert ProposalDetails.objects.known_at(None).get().route == "self-governance"
    with pytest.raises(Refused) as early:
        make_move(proposal, asked("implement", secretary, date(2021, 10, 8)))
    assert "No release that carries it has gone live" in reasons(early)
    assert "runs until the end of 2021-10-13" in reasons(early)
    assert not list(faults_of_audit())


@pytest.mark.once
def test_what_is_made_up_becomes_no_fact_by_a_move(secretary):
    fiction = raise_proposal(Raising("Lamps", "They are too dim", secretary, RAISED, AT, TODAY,
                                     affected=("Large Suppliers",), basis="fictional"))  # fmt: skip
    make_move(fiction, asked("convert", secretary, date(2021, 6, 29), route="self-governance"))
    rests_on = {row.basis for model in (ProposalDetails, StageMove, Decision, Impact)
                for row in model.objects.known_at(None).filter(proposal=fiction)}  # fmt: skip
    assert rests_on == {"fictional"}


def test_what_speaks_against_a_move_is_said_all_at_once_and_nothing_is_written(
    proposal, secretary, django_user_model
):
    before = (MoveMade.objects.count(), Event.objects.count(), Mail.objects.count())
    stranger = django_user_model.objects.create_user("stranger@example.org", None, name="S")
    for move, who, on, words in (
        ("go-to-report", secretary, date(2021, 7, 1), "is not a move from Define"),
        ("convert", stranger, date(2021, 7, 1), "is for the Change Sub-Committee to do"),
        ("convert", secretary, date(2021, 5, 31), "before the last move, which was on 2021-06-01"),
        ("convert", secretary, date(2021, 11, 1), "2021-11-01 is in the future"),
        ("convert", secretary, date(2021, 7, 1), "needs a route"),
        ("withdraw", secretary, date(2021, 7, 1), "needs a reason"),
        ("return-pa", secretary, date(2021, 7, 1), "No Preliminary Assessment is underway"),
        ("adopt", secretary, date(2021, 7, 1), "is not a move from Define"),
        ("convrt", secretary, date(2021, 7, 1), "There is no move 'convrt'"),
    ):
        with pytest.raises(Refused) as refused:
            make_move(proposal, asked(move, who, on))
        assert words in reasons(refused)
    assert (MoveMade.objects.count(), Event.objects.count(), Mail.objects.count()) == before


def test_the_same_form_twice_is_one_move_and_a_stale_one_is_told(proposal, secretary):
    token = uuid.uuid4()
    first = asked("hold", secretary, TODAY, reason="A survey", token=token, seen=1)
    assert make_move(proposal, first) == make_move(proposal, first)
    assert HoldSpell.objects.known_at(None).count() == 1
    with pytest.raises(Refused, match="Somebody moved this proposal"):
        make_move(proposal, asked("resume", secretary, TODAY, seen=1))


def test_a_wrong_move_is_taken_back_and_both_stay_on_record(proposal, secretary):
    made = make_move(
        proposal, asked("convert", secretary, date(2021, 6, 29), route="self-governance")
    )
    with pytest.raises(Refused, match="needs a reason"):
        undo_move(made, by=secretary, on=TODAY, at=AT, reason=" ")
    undo_move(made, by=secretary, on=TODAY, at=AT, reason="The committee only noted it")
    proposal.refresh_from_db()
    assert (proposal.label, proposal.stage) == ("DP001", "define")
    assert ProposalDetails.objects.known_at(None).get().route == ""
    assert stages(proposal) == [("define", RAISED)]
    assert StageMove.objects.filter(stage="refine").count() == 1, "what was known stays askable"
    assert MoveMade.objects.count() == 3
    with pytest.raises(Refused, match="began the proposal"):
        undo_move(MoveMade.objects.get(number=1), by=secretary, on=TODAY, at=AT, reason="No")
    make_move(proposal, asked("convert", secretary, date(2021, 6, 30), route="self-governance"))
    assert course_of(proposal, on=TODAY).state.stage == "refine"


def test_the_parts_of_a_split_go_on_and_are_not_split_again(proposal, secretary):
    make_move(proposal, asked("convert", secretary, date(2021, 6, 29), route="self-governance"))
    split = asked("split", secretary, date(2021, 9, 1), reason="Two problems")
    with pytest.raises(Refused, match="2 to 26 parts"):
        split_proposal(proposal, ["Only one"], split)
    parts = split_proposal(proposal, ["Dim lamps", "Lamps that smoke"], split)
    assert [each.label for each in parts] == ["MP001A", "MP001B"]
    assert [each.stage for each in parts] == ["refine", "refine"]
    assert split_proposal(proposal, ["Dim lamps", "Lamps that smoke"], split) == parts
    proposal.refresh_from_db()
    assert proposal.stage == "split"
    with pytest.raises(Refused, match="no place for a part's letter"):
        split_proposal(parts[0], ["a", "b"], replace(split, token=uuid.uuid4()))
    with pytest.raises(Refused, match="itself a part"):
        make_move(parts[0], replace(split, token=uuid.uuid4()))
    assert MoveMade.objects.filter(proposal__in=parts).count() == 2


def test_a_proposal_goes_into_another_and_both_tell_of_it(proposal, secretary, client):
    other = raise_proposal(Raising("Wicks", "Too short", secretary, RAISED, AT, TODAY))
    merge = asked("merge", secretary, TODAY, reason="One problem")
    with pytest.raises(Refused, match="needs the other proposal"):
        make_move(proposal, merge)
    with pytest.raises(Refused, match="not put together with itself"):
        make_move(proposal, replace(merge, into=proposal))
    made = make_move(proposal, replace(merge, into=other))
    proposal.refresh_from_db()
    assert proposal.stage == "withdrawn"
    link = ProposalLink.objects.known_at(None).get()
    assert (link.proposal, link.relation, link.other) == (proposal, "merged-into", "DP002")
    assert "Went into DP002" in client.get("/proposals/DP001/").text
    assert '<a href="/proposals/DP002/">DP002</a> goes on for both' in (
        client.get("/proposals/DP001/").text
    )
    assert "DP001 went into it" in client.get("/proposals/DP002/").text
    with pytest.raises(Refused, match="DP001 is in Withdrawn, and does not go on"):
        make_move(other, replace(merge, into=proposal, token=uuid.uuid4()))
    undo_move(made, by=secretary, on=TODAY, at=AT, reason="They are two problems")
    assert not ProposalLink.objects.known_at(None).exists()
    page = client.get("/proposals/DP002/").text
    assert "DP001 went into it" not in page


def test_the_page_of_a_merge_asks_for_the_other_and_says_what_it_does(proposal, secretary):
    raise_proposal(Raising("Wicks", "Too short", secretary, RAISED, AT, TODAY))
    staff, address = staff_client(), "/proposals/DP001/moves/merge/"
    form = staff.get(address).context["form"]
    typed = {"on": TODAY, "seen": 1, "token": form["token"].initial, "reason": "One problem"}
    unknown = staff.post(address, {**typed, "into": "MP900"})
    assert "No proposal is called MP900." in unknown.text
    preview = staff.post(address, {**typed, "into": "MP002"})
    assert "DP002 goes on for both" in preview.text
    staff.post(address, {**typed, "into": "MP002", "confirmed": "yes"})
    assert MoveMade.objects.get(move="merge").into.label == "DP002"


def test_a_split_is_not_taken_back_once_its_parts_go_on(proposal, secretary):
    make_move(proposal, asked("convert", secretary, date(2021, 6, 29), route="self-governance"))
    split_proposal(proposal, ["A", "B"], asked("split", secretary, TODAY, reason="Two problems"))
    with pytest.raises(Refused, match="parts that this move made go on"):
        undo_move(MoveMade.objects.get(move="split"), by=secretary, on=TODAY, at=AT, reason="No")


def test_what_a_register_says_counts_as_if_it_had_been_moved(secretary):
    record("proposals", [{"proposal": "MP078", "title": "Old", "raised_on": "2019-05-01",
                          "route": "authority-determined"}])  # fmt: skip
    record("proposal-stages", [
        {"proposal": "MP078", "stage": "define", "moved_on": "2019-05-01"},
        {"proposal": "MP078", "stage": "refine", "moved_on": "2019-06-25"},
    ])  # fmt: skip
    record("assessments", [
        {"proposal": "MP078", "kind": "ia", "accepted_on": "2021-05-10",
         "target_working_days": 40, "convention": "weekdays-inclusive"},
    ])  # fmt: skip
    old = Proposal.objects.get()
    course = course_of(old, on=TODAY)
    assert course.state.stage == "refine"
    assert course.state.marks == {"ia-underway"}
    [deadline] = course.deadlines(date(2021, 9, 30))
    assert (deadline.clock.key, deadline.due_on) == ("ia", date(2021, 7, 6))
    assert deadline.is_late(date(2021, 9, 30))
    made = make_move(old, asked("return-ia", secretary, date(2021, 10, 1)))
    assert Assessment.objects.known_at(None).get().returned_on == date(2021, 10, 1)
    assert course_of(old, on=TODAY).state.marks == frozenset()
    undo_move(made, by=secretary, on=TODAY, at=AT, reason="It came the day after")
    assert Assessment.objects.known_at(None).get().returned_on is None
    assert course_of(old, on=TODAY).state.marks == {"ia-underway"}


def correct(register, entry, **values):
    declared = register_named(register)
    row = declared.model.objects.known_at(None).get(entry=entry)
    said = {**values_of(declared, row), **values}
    correct_entry(declared, row.entry, said, by=None, at=AT, reason="It was noted wrongly")


def entry_written(made, register):
    return next(note["entry"] for note in made.written if note["register"] == register)


def test_a_day_corrected_in_the_register_is_the_day_of_the_move(proposal, secretary):
    convert = asked("convert", secretary, date(2021, 6, 29), route="self-governance")
    made = make_move(proposal, convert)
    accepted = [make_move(proposal, asked(move, secretary, date(2021, 7, 2)))
                for move in ("request-pa", "accept-pa")][-1]  # fmt: skip
    correct("proposal-stages", entry_written(made, "proposal-stages"), moved_on=date(2021, 6, 22))
    correct("assessments", entry_written(accepted, "assessments"), accepted_on=date(2021, 7, 5))
    course = course_of(proposal, on=TODAY)
    assert course.state.since == date(2021, 6, 22)
    assert course.state.clocks["pa"].started_on == date(2021, 7, 5)
    assert course_of(proposal, on=date(2021, 7, 4)).state.marks == {"pa-requested"}
    # The other direction: an end that only the register tells ends the clock as the move would.
    correct("assessments", entry_written(accepted, "assessments"), returned_on=date(2021, 7, 5))
    assert course_of(proposal, on=TODAY).state.marks == frozenset()
    correct("assessments", entry_written(accepted, "assessments"), returned_on=None)
    undo_move(accepted, by=secretary, on=TODAY, at=AT, reason="They had not accepted it")
    assert course_of(proposal, on=TODAY).state.marks == {"pa-requested"}
    make_move(proposal, asked("accept-pa", secretary, date(2021, 7, 6)))
    assert course_of(proposal, on=TODAY).state.clocks["pa"].started_on == date(2021, 7, 6)


def test_a_stage_and_a_route_corrected_in_the_register_are_where_it_stands(proposal, secretary):
    convert = asked("convert", secretary, date(2021, 6, 29), route="self-governance")
    made = make_move(proposal, convert)
    correct("proposal-stages", entry_written(made, "proposal-stages"), stage="opine")
    details = ProposalDetails.objects.known_at(None).get()
    correct("proposals", details.entry, route="authority-determined", title="Lanterns")
    proposal.refresh_from_db()
    state = course_of(proposal, on=TODAY).state
    assert (state.stage, state.route) == (proposal.stage, "authority-determined")
    assert proposal.stage == "opine"
    undo_move(made, by=secretary, on=TODAY, at=AT, reason="It stayed where it was")
    details = ProposalDetails.objects.known_at(None).get()
    assert (details.route, details.title) == ("", "Lanterns"), "only what the move wrote goes"
    assert course_of(proposal, on=TODAY).state.stage == "define"


def test_what_a_move_wrote_goes_with_the_move_alone(proposal, secretary):
    made = make_move(proposal, asked("hold", secretary, TODAY, reason="A survey"))
    hold = register_named("proposal-holds")
    entry = entry_written(made, "proposal-holds")
    with pytest.raises(Refused, match="Take the move back instead"):
        withdraw_entry(hold, entry, by=secretary, at=AT, reason="It never was")
    address = f"/registers/proposal-holds/{entry}/withdraw/"
    row = HoldSpell.objects.known_at(None).get()
    page = staff_client().post(address, {"reason": "It never was", "seen": row.pk})
    assert page.status_code == 422
    assert f'<a href="/proposals/{proposal.label}/moves/">Take the move back' in page.text
    undo_move(made, by=secretary, on=TODAY, at=AT, reason="It never was")
    assert not HoldSpell.objects.known_at(None).exists()


def test_urgency_corrected_in_the_register_is_seen(proposal, secretary):
    make_move(proposal, asked("ask-urgency", secretary, TODAY, reason="Lamps burst"))
    make_move(proposal, asked("grant-urgency", secretary, TODAY))
    assert course_of(proposal, on=TODAY).state.marks == {"urgent"}
    correct("proposals", ProposalDetails.objects.known_at(None).get().entry, is_urgent=False)
    assert course_of(proposal, on=TODAY).state.marks == frozenset()


def test_withdrawn_it_may_be_adopted_within_its_window_and_not_after(proposal, secretary):
    make_move(proposal, asked("withdraw", secretary, date(2021, 7, 1), reason="Too dear"))
    party("P2", category="small-suppliers")
    adopt = asked("adopt", secretary, date(2021, 7, 15), proposer="P2 Limited")
    with pytest.raises(Refused, match="ended on 2021-07-15"):
        make_move(proposal, replace(adopt, on=date(2021, 7, 16)))
    for name, words in (("", "needs the Party"), ("Nobody", "No Party is called Nobody")):
        with pytest.raises(Refused, match=words):
            make_move(proposal, replace(adopt, proposer=name))
    made = make_move(proposal, adopt)
    details = ProposalDetails.objects.known_at(None).get()
    assert (details.proposer, details.proposer_category) == ("P2 Limited", "small-suppliers")
    with pytest.raises(Refused, match="does not change the Proposer"):
        make_move(proposal, asked("hold", secretary, TODAY, reason="No", proposer="P2 Limited"))
    undo_move(made, by=secretary, on=TODAY, at=AT, reason="It thought again")
    assert ProposalDetails.objects.known_at(None).get().proposer == ""
    make_move(proposal, replace(adopt, token=uuid.uuid4()))
    proposal.refresh_from_db()
    assert proposal.stage == "define"


def test_an_absence_hands_the_work_to_who_stands_in(proposal, secretary, django_user_model):
    def staff(name):
        return django_user_model.objects.create_user(
            f"{name}@example.org", None, name=name, is_staff=True
        )

    one, two, three = staff("one"), staff("two"), staff("three")
    hand_over(proposal, one, by=secretary, on=RAISED, at=AT)
    with pytest.raises(Refused, match="looks after it already"):
        hand_over(proposal, one, by=secretary, on=TODAY, at=AT)
    note_absence(one, two, first=date(2021, 10, 1), until=date(2021, 11, 1), by=secretary, at=AT)
    note_absence(two, three, first=date(2021, 10, 20), until=None, by=secretary, at=AT)
    with pytest.raises(Refused, match="Another absence"):
        note_absence(one, three, first=TODAY, until=None, by=secretary, at=AT)
    assert analysts_of([proposal.pk], on=date(2021, 9, 30)) == {proposal.pk: one}
    assert analysts_of([proposal.pk], on=date(2021, 10, 1)) == {proposal.pk: two}
    assert analysts_of([proposal.pk], on=TODAY) == {proposal.pk: three}
    assert work_of(three, on=TODAY) == {proposal.pk}
    assert work_of(one, on=TODAY) == set()
    assert analysts_of([proposal.pk], on=date(2021, 11, 1)) == {proposal.pk: one}


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="needs a database server")
def test_of_two_people_at_once_the_second_is_told(secretary):
    proposal = raise_proposal(Raising("Lamps", "Dim", secretary, RAISED, AT, TODAY))
    told = []

    def move(name):
        try:
            make_move(proposal, asked("hold", secretary, TODAY, reason=name, seen=1))
        except Refused as refused:
            told.append(str(refused))
        finally:
            connection.close()

    people = [threading.Thread(target=move, args=(name,)) for name in ("one", "two")]
    for each in people:
        each.start()
    for each in people:
        each.join(timeout=30)
    assert len(told) == 1
    assert "Somebody moved this proposal" in told[0]
    assert HoldSpell.objects.known_at(None).count() == 1


def test_the_days_of_an_assessment_are_those_of_its_clock(proposal, secretary, client):
    make_move(proposal, asked("convert", secretary, date(2021, 6, 29), route="self-governance"))
    for move, day in (("request-pa", 1), ("accept-pa", 1), ("query-pa", 5), ("answer-pa", 19),
                      ("return-pa", 23)):  # fmt: skip
        reason = "Which lamps?" if move in ("query-pa", "answer-pa") else ""
        make_move(proposal, asked(move, secretary, date(2021, 7, day), reason=reason))
    row = client.get("/api/v1/proposals/MP001").json()["assessments"][0]
    assert (row["days"], row["working_days"], row["is_late"]) == (16, 6, False)
    page = client.get("/proposals/MP001/").text
    assert "plus 10 days that a query waited" in page


def test_an_assessment_is_due_later_by_what_a_query_waited(proposal, secretary):
    make_move(proposal, asked("convert", secretary, date(2021, 6, 29), route="self-governance"))
    for move, day in (("request-pa", 1), ("accept-pa", 1), ("query-pa", 5), ("answer-pa", 19)):
        reason = "Which lamps?" if move in ("query-pa", "answer-pa") else ""
        make_move(proposal, asked(move, secretary, date(2021, 7, day), reason=reason))
    [due] = assessments_due(date(2021, 7, 30))
    assert due.on == date(2021, 8, 5), "15 Working Days and 10 that it stood still"
    assert not assessments_late(date(2021, 8, 5))
    [late] = assessments_late(date(2021, 8, 6))
    assert late.due_on == due.on

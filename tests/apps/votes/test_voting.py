"""Opening a vote, casting ballots, counting: what is kept, and what is refused with its reasons."""

from datetime import date, timedelta

import pytest

from engross.apps.audit.models import Event
from engross.apps.mail.models import Mail
from engross.apps.people.commands import end_term
from engross.apps.people.models import BodyMembership
from engross.apps.proposals.models import Proposal
from engross.apps.proposals.queries import facts_of
from engross.apps.releases.models import ChangeSet
from engross.apps.votes.commands import (
    BallotGiven,
    cast_ballot,
    cast_for,
    close_vote,
    count_vote,
    declare_conflict,
    remind_voters,
    withdraw_vote,
)
from engross.apps.votes.models import Ballot
from engross.apps.votes.queries import electorate_on
from engross.core.people.roles import BodyRole
from engross.core.refusals import Refused
from engross.core.voting import SeatKey, hash_of_result
from tests import factories
from tests.apps.votes.boards import (
    AFTER,
    BOARD,
    CLOSES,
    CONSUMER,
    LARGE,
    NETWORK,
    NOON,
    OPENS,
    seated,
    seats_held,
    vote_on,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def board(secretary):
    """Return the secretary of a board whose seats are held."""
    seats_held()
    return secretary


def says(vote, seat, choice, by, **more):
    given = {"reason": "Said at the meeting", **more}
    return cast_for(vote, BallotGiven(seat, choice, **given), person=None, cast_at=NOON, by=by,
                    at=NOON)  # fmt: skip


def test_a_vote_runs_from_opening_to_a_frozen_result_and_a_fact(board):
    ada = seated("Ada", LARGE, board)
    vote = vote_on(board)
    views = {"objective-a": "It helps", "objective-b": " "}
    cast_ballot(vote, BallotGiven(LARGE, "approve", objectives=views), by=ada, at=NOON)
    says(vote, CONSUMER, "approve", board)
    says(vote, NETWORK, "reject", board)

    counted = count_vote(vote, by=board, at=AFTER)

    assert counted.outcome == "recommended-approve"
    assert counted.result["sentence"] == (
        "The Change Board voted to recommend approval (Large Suppliers 1 to 0 with 1 without a "
        "ballot; Small Suppliers did not vote with 3 vacant; Networks 0 to 1 with 1 without a "
        "ballot and 1 vacant; Other SEC Parties did not vote with 3 vacant; Consumer "
        "representative 1 to 0)."
    )
    assert hash_of_result(counted.result) == counted.result_hash
    assert "Ada" not in str(counted.result)
    assert Ballot.objects.get(person=ada).objectives == {"objective-a": "It helps"}
    proposal = Proposal.objects.get()
    facts = facts_of([proposal.pk], on=date(2021, 11, 24))[proposal.pk]
    assert [(each.requirement, each.detail) for each in facts] == [
        ("vote-counted", "recommended-approve")
    ]
    assert facts_of([proposal.pk], on=date(2021, 11, 23))[proposal.pk] == ()


def test_counting_again_changes_nothing_and_what_changed_since_the_look_is_refused(board):
    vote = vote_on(board, route="self-governance")
    for seat in (LARGE, NETWORK, CONSUMER):
        says(vote, seat, "approve", board)
    with pytest.raises(Refused, match="has changed since you looked"):
        count_vote(vote, expected="another", by=board, at=AFTER)

    once = count_vote(vote, by=board, at=AFTER)
    again = count_vote(vote, expected="another", by=board, at=AFTER + timedelta(days=1))

    assert once.outcome == "approved"
    assert (again.result_hash, again.counted_at) == (once.result_hash, once.counted_at)
    assert Event.objects.filter(action="votes.count").count() == 1
    with pytest.raises(Refused, match="counted or withdrawn"):
        says(vote, SeatKey("cb-networks", "2"), "reject", board)


def test_a_vote_that_is_open_is_not_counted_and_one_without_a_quorum_decides_nothing(board):
    vote = vote_on(board)
    says(vote, CONSUMER, "approve", board)
    with pytest.raises(Refused, match="This vote is open"):
        count_vote(vote, by=board, at=NOON)

    counted = count_vote(vote, by=board, at=CLOSES)

    assert counted.outcome == ""
    assert "had no quorum, with 1 of 5 seats" in counted.result["sentence"]
    assert not any(facts_of([vote.proposal_id], on=date(2022, 1, 1)).values())


def test_who_left_the_body_may_not_vote_and_the_successor_may(board):
    ada = seated("Ada", LARGE, board)
    vote = vote_on(board)
    term = BodyMembership.objects.get(user=ada)
    end_term(term, held_until=date(2021, 11, 24), by=board, at=OPENS, on=date(2021, 11, 24))
    with pytest.raises(Refused, match="holds no seat on the body on 24 November 2021"):
        cast_ballot(vote, BallotGiven(LARGE, "approve"), by=ada, at=NOON)

    bea = seated("Bea", LARGE, board, since=date(2021, 11, 24))
    cast_ballot(vote, BallotGiven(LARGE, "approve"), by=bea, at=NOON)

    assert Ballot.objects.get().person == bea


def test_at_the_close_and_after_it_no_ballot_is_taken(board):
    ada = seated("Ada", LARGE, board)
    vote = vote_on(board)
    with pytest.raises(Refused, match="before its closing time, not at it"):
        cast_ballot(vote, BallotGiven(LARGE, "approve"), by=ada, at=CLOSES)

    close_vote(vote, by=board, at=NOON)

    with pytest.raises(Refused, match="The vote is closed"):
        cast_ballot(vote, BallotGiven(LARGE, "approve"), by=ada, at=NOON)


def test_a_changed_ballot_keeps_the_older_one_and_a_second_by_somebody_else_is_refused(board):
    ada = seated("Ada", LARGE, board)
    ben = seated("Ben", LARGE, board, role=BodyRole.ALTERNATE)
    vote = vote_on(board)
    first = cast_ballot(vote, BallotGiven(LARGE, "approve"), by=ben, at=NOON)
    with pytest.raises(Refused, match="is there already"):
        cast_ballot(vote, BallotGiven(LARGE, "approve"), by=ada, at=NOON)

    given = BallotGiven(LARGE, "reject", "Too dear", replaces=first.pk)
    cast_ballot(vote, given, by=ada, at=NOON)

    standing, replaced = Ballot.objects.order_by("superseded_at")
    kept = {(each.choice, each.superseded_at) for each in (standing, replaced)}
    assert kept == {("approve", NOON), ("reject", None)}
    own = Ballot.objects.get(superseded_at=None).pk
    with pytest.raises(Refused, match="The member of this seat has voted"):
        cast_ballot(vote, BallotGiven(LARGE, "approve", replaces=own), by=ben, at=NOON)


def test_a_conflict_takes_no_side_and_stands(board):
    ada = seated("Ada", CONSUMER, board)
    vote = vote_on(board)

    made = declare_conflict(vote, CONSUMER, reason="We wrote it", by=ada, at=NOON)

    assert made.choice == "conflict"
    with pytest.raises(Refused, match="A conflict of interest is declared"):
        cast_ballot(vote, BallotGiven(CONSUMER, "approve", replaces=made.pk), by=ada, at=NOON)


def test_an_electorate_that_changed_after_the_opening_is_told_in_the_result(board):
    vote = vote_on(board, closes_at=CLOSES + timedelta(days=2))
    for seat in (LARGE, NETWORK, CONSUMER):
        says(vote, seat, "approve", board)
    row = {"seat": "cb-networks", "place": "1", "organisation": "Fictional Grid"}
    factories.record("seat-holdings",
                     [{**row, "held_from": "2021-01-01", "held_until": "2021-11-25"}])  # fmt: skip

    counted = count_vote(vote, by=board, at=CLOSES + timedelta(days=3))

    assert counted.result["changes_since_opening"] == ["Networks, 1: fell vacant"]
    assert counted.result["groups"][2]["for"] == 1, "cast while the seat was held"
    assert electorate_on(BOARD, date(2021, 11, 24)).by_key[NETWORK].organisation


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"closes_at": OPENS}, "would close before it opens"),
        ({"body": "csc"}, "Change Sub-Committee has no seats and rule to vote by"),
        ({"rule": "majority-of-seats"}, "does not count by this rule"),
        ({"route": ""}, "The route does not say whether Change Board decides or recommends"),
        ({"body": "panel", "rule": "majority-of-seats"}, "Nobody holds a seat of SEC Panel"),
    ],
)
def test_a_vote_that_may_not_be_opened_is_told_why(board, change, told):
    with pytest.raises(Refused, match=told):
        vote_on(board, **change)


def test_one_question_has_one_vote_at_a_time_until_it_is_withdrawn(board):
    vote = vote_on(board)
    with pytest.raises(Refused, match="on the same question that is not counted"):
        vote_on(board)

    withdrawn = withdraw_vote(vote, by=board, at=NOON, reason="The wrong text was sent")

    assert vote_on(board).pk != vote.pk
    with pytest.raises(Refused, match="This vote is withdrawn"):
        count_vote(withdrawn, by=board, at=AFTER)


def test_two_people_cannot_hold_one_seat_nor_one_person_two(board):
    seated("Ada", LARGE, board)
    with pytest.raises(Refused, match="Somebody else is the member of this seat"):
        seated("Bea", LARGE, board)
    with pytest.raises(Refused, match="has no such seat"):
        seated("Cy", SeatKey("cb-networks", "4"), board)
    with pytest.raises(Refused, match="would have two holders"):
        factories.record("seat-holdings", [{"seat": "cb-networks", "place": "1",
                         "organisation": "Second Grid", "held_from": "2021-06-01"}])  # fmt: skip
    with pytest.raises(Refused, match="a number from 1 to 3"):
        factories.record("seat-holdings", [{"seat": "cb-networks", "place": "4",
                         "organisation": "Fourth Grid", "held_from": "2021-06-01"}])  # fmt: skip


def test_who_may_vote_is_told_once_and_reminded_only_without_a_ballot(board):
    ada, ben = seated("Ada", LARGE, board), seated("Ben", NETWORK, board)
    vote = vote_on(board, closes_at=CLOSES + timedelta(days=1))
    cast_ballot(vote, BallotGiven(LARGE, "approve"), by=ada, at=NOON)

    remind_voters(at=NOON)
    remind_voters(at=NOON + timedelta(hours=1))

    def told(user):
        mails = Mail.objects.filter(to_person=user).order_by("pk")
        return [each.template.rpartition("/")[2] for each in mails]

    assert told(ada) == ["vote-opened"]
    assert told(ben) == ["vote-opened", "vote-closing"]


def test_a_vote_on_an_alternative_names_one_on_record(board):
    factories.proposal("MP121", raised_on="2021-01-04")
    row = {"name": "A", "title": "Weekly", "raised_by": "Working Group", "raised_on": "2021-09-01"}
    factories.record("alternative-proposals", [{"proposal": "MP121", **row}])
    with pytest.raises(Refused, match=r"no alternative called B on record\. Name A, or record"):
        vote_on(board, key="MP121", alternative="B")
    with pytest.raises(Refused, match="MP122 has no alternative called A"):
        vote_on(board, key="MP122", alternative="A")
    assert vote_on(board, key="MP121", alternative="a ").alternative == "A"
    with pytest.raises(Refused, match="a vote of this body on the same question"):
        vote_on(board, key="MP121", alternative="A")


def test_the_register_of_alternatives_names_change_sets_on_record():
    factories.proposal("MP121")
    row = {"proposal": "MP121", "name": "A", "title": "Weekly", "raised_by": "Working Group",
           "raised_on": "2021-09-01", "change_set": "mp121-a"}  # fmt: skip
    with pytest.raises(Refused, match="there is no change set mp121-a"):
        factories.record("alternative-proposals", [row])
    ChangeSet.objects.create(name="mp121-a")
    factories.record("alternative-proposals", [row])

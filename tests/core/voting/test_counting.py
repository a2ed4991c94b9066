"""How ballots are counted: laws that hold for every vote, and the cases on the edge."""

from hypothesis import given
from hypothesis import strategies as st

from engross.core.voting import (
    count,
    group_words,
    hash_of_result,
    outcome_of,
    result_of,
    tally_sentence,
)
from engross.core.voting.counting import GroupResult
from engross.core.voting.results import Question
from tests.core.voting.boards import (
    BALLOTS,
    DAY,
    KEYS,
    RULES,
    VACANT,
    WINDOW,
    ballot,
    board,
    choices,
    rule,
    sec,
)


def tally(ballots, *, vacant=(), by="majority-of-groups"):
    return count(ballots, board(vacant), rule(by), choices=choices(), window=WINDOW)


@given(BALLOTS, VACANT, RULES, st.randoms())
def test_the_order_of_ballots_never_matters(ballots, vacant, by, random):
    shuffled = random.sample(ballots, len(ballots))

    assert tally(shuffled, vacant=vacant, by=by) == tally(ballots, vacant=vacant, by=by)


@given(BALLOTS, VACANT)
def test_every_ballot_is_counted_once_or_named_and_every_seat_is_in_one_number(ballots, vacant):
    found = tally(ballots, vacant=vacant)

    named = [*found.counted, *(each.ballot for each in found.not_counted)]
    assert sorted(map(repr, named)) == sorted(map(repr, ballots))
    assert all(each.why for each in found.not_counted)
    assert found.seats == len(KEYS) - 1  # the Chair has no vote
    assert sum(sum(each.counts.values()) for each in found.groups) == len(found.counted)


@given(BALLOTS, VACANT, RULES, st.sampled_from(KEYS[:-1]))
def test_an_abstention_changes_no_majority_and_an_approval_never_undoes_one(
    ballots, vacant, by, seat
):
    others = [each for each in ballots if each.seat != seat]
    before = tally(others, vacant=vacant, by=by)

    abstained = tally([*others, ballot(seat, "abstain")], vacant=vacant, by=by)
    approved = tally([*others, ballot(seat, "approve")], vacant=vacant, by=by)
    against = tally([*others, ballot(seat, "reject")], vacant=vacant, by=by)

    assert abstained.has_majority == before.has_majority
    assert approved.has_majority >= before.has_majority >= against.has_majority
    assert approved.is_approved >= before.is_approved
    assert approved.is_approved >= against.is_approved


def test_a_level_vote_is_not_approved():
    ballots = [ballot(("large", n), "approve") for n in "12"]
    ballots += [ballot(("networks", "1"), "reject"), ballot(("networks", "2"), "abstain")]
    found = tally(ballots)

    assert found.is_quorate
    assert found.is_level
    assert not found.is_approved
    words = tally_sentence(found, body="Change Board", choices=choices())
    assert words == (
        "The Change Board was level, which is a vote to reject (Large Suppliers 2 to 0 with 1 "
        "without a ballot; Networks 0 to 1 with 1 abstention; Consumer representative did not "
        "vote with 1 without a ballot)."
    )


def test_a_group_that_is_level_does_not_approve():
    found = tally([ballot(("networks", "1"), "approve"), ballot(("networks", "2"), "reject")])

    assert found.groups[1].result is GroupResult.LEVEL
    assert not found.has_majority


def test_a_majority_without_a_quorum_decides_nothing():
    found = tally([ballot(("large", "1"), "approve")])

    assert found.has_majority
    assert not found.is_approved
    assert outcome_of(sec(), found, body="change-board", is_recommendation=True, on=DAY) == ""
    words = tally_sentence(found, body="Change Board", choices=choices())
    assert words.startswith("The Change Board had no quorum, with 1 of 6 seats that are held")


def test_the_same_majority_fails_a_rule_that_asks_for_three_groups():
    ballots = [ballot(("large", n), "approve") for n in "12"]
    ballots += [ballot(("consumer", "1"), "approve"), ballot(("networks", "1"), "abstain")]

    assert tally(ballots).is_approved
    assert not tally(ballots, by="three-groups-of-five").is_approved
    assert group_words(tally(ballots).groups[1], choices()) == (
        "Networks did not vote with 1 abstention and 1 without a ballot"
    )


def test_the_last_ballot_of_a_seat_counts_and_the_first_is_named():
    found = tally([ballot(("consumer", "1"), "reject", minutes=10),
                   ballot(("consumer", "1"), "approve", minutes=20)])  # fmt: skip

    assert [each.choice for each in found.counted] == ["approve"]
    assert found.not_counted[0].why == "a later ballot of the seat replaced it"


def test_a_result_is_the_same_bytes_for_the_same_vote_and_other_bytes_for_another():
    def hashed(choice):
        found = tally([ballot(("consumer", "1"), choice), ballot(("large", "1"), "approve"),
                       ballot(("large", "2"), "approve")])  # fmt: skip
        question = Question(7, "change-board", "Change Board", "MP078", is_recommendation=True)
        result = result_of(question, found, board(), rule=rule(), window=WINDOW, changes=(),
                           choices=choices(), outcome="recommended-approve")  # fmt: skip
        return result["sentence"], hash_of_result(result)

    assert hashed("approve") == hashed("approve")
    assert hashed("approve")[1] != hashed("reject")[1]
    assert "voted to recommend approval (" in hashed("approve")[0]


def test_a_recommendation_and_a_decision_are_different_outcomes():
    found = tally([ballot(("large", n), "approve") for n in "123"]
                  + [ballot(("consumer", "1"), "approve")])  # fmt: skip

    def outcome(*, is_recommendation):
        return outcome_of(
            sec(), found, body="change-board", is_recommendation=is_recommendation, on=DAY
        )

    assert outcome(is_recommendation=True) == "recommended-approve"
    assert outcome(is_recommendation=False) == "approved"

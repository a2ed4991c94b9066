"""What speaks against a ballot, and who may vote as at a day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from engross.core.voting import (
    Ballot,
    BallotAsked,
    SeatGroup,
    SeatKey,
    Sitting,
    bodies_with_votes,
    changes_between,
    electorate_of,
    groups_of,
    reasons_against_ballot,
    rules_of,
)
from tests.core.voting.boards import DAY, OPENS, WINDOW, board, choices, sec

OWN = SeatKey("large", "1")
IN_TIME = OPENS + timedelta(hours=1)
ASKED = BallotAsked(OWN, "approve", IN_TIME, person=1)


def reasons(asked=ASKED, standing=(), *, vacant=(), window=WINDOW):
    found = reasons_against_ballot(
        asked, electorate=board(vacant), window=window, choices=choices(), standing=standing
    )
    return [each.what for each in found]


def stands(choice="approve", person=1, entry=5):
    return [Ballot(OWN, choice, OPENS, entry, person)]


def test_the_member_and_who_stands_in_may_vote():
    assert reasons() == []
    assert reasons(replace(ASKED, person=101)) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"cast_at": OPENS - timedelta(microseconds=1)}, "The vote has not opened yet"),
        ({"cast_at": WINDOW.closes_at}, "The vote is closed: it took ballots before its closing"),
        ({"person": 2}, "This seat is another's"),
        ({"person": 50}, "This person holds no seat on the body on 24 November 2021"),
        ({"person": None}, "It is not known who votes"),
        ({"seat": SeatKey("large", "9")}, "The body has no such seat on 24 November 2021"),
        ({"seat": SeatKey("chair", "1"), "person": 7}, "This seat has no vote"),
        ({"choice": "perhaps"}, "'perhaps' is no answer in a vote"),
        ({"choice": "absent"}, "Only the secretary records 'Absent'"),
        ({"choice": "reject"}, "'Reject' needs a reason"),
        ({"choice": "conflict", "reason": "  "}, "'Conflict of interest' needs a reason"),
    ],
)
def test_a_ballot_that_may_not_be_cast_is_told_why(change, told):
    found = reasons(replace(ASKED, **change))

    assert [each for each in found if each.startswith(told)] == found != []


def test_a_ballot_is_in_time_from_the_first_moment_to_the_last_before_the_close():
    assert reasons(replace(ASKED, cast_at=OPENS)) == []
    last = WINDOW.closes_at - timedelta(microseconds=1)
    assert reasons(replace(ASKED, cast_at=last)) == []


def test_a_vote_that_was_closed_early_takes_no_ballot_after_that():
    closed = replace(WINDOW, ended_at=IN_TIME)

    assert reasons(window=closed)[0].startswith("The vote is closed")


def test_a_second_ballot_must_say_which_one_it_changes():
    assert reasons(standing=stands()) == ["A ballot of this seat is there already"]
    assert reasons(replace(ASKED, replaces=5), stands()) == []
    assert reasons(replace(ASKED, replaces=4), stands()) != []


def test_who_stands_in_cannot_change_the_members_ballot_but_the_member_can_change_theirs():
    assert reasons(replace(ASKED, person=101, replaces=5), stands(person=1)) == [
        "The member of this seat has voted: who stands in cannot change that"
    ]
    assert reasons(replace(ASKED, person=1, replaces=5), stands(person=101)) == []


def test_after_a_declared_conflict_only_the_secretary_can_change_the_ballot():
    conflicted = stands("conflict")
    asked = replace(ASKED, replaces=5)

    assert reasons(asked, conflicted) == ["A conflict of interest is declared for this seat"]
    assert reasons(replace(asked, by_secretary=True), conflicted) == []


def test_the_secretary_records_for_a_holder_without_an_account_but_not_for_a_vacant_seat():
    spoken = replace(ASKED, person=None, by_secretary=True)

    assert reasons(spoken) == []
    assert reasons(spoken, vacant=[OWN]) == ["The seat is vacant on 24 November 2021"]


def test_an_electorate_has_a_seat_for_each_voting_group_and_each_number():
    groups = (
        SeatGroup("large", "Large", "board", 2, is_per_voting_group=True, constituency=("ls",)),
        SeatGroup("networks", "Networks", "board", 2),
    )
    found = electorate_of(
        "board", DAY, groups=groups, voting_groups={"ls": ["Beta", "Alpha"], "ss": ["Other"]},
        holdings={SeatKey("networks", "2"): "Fictional Grid"},
        sittings=[Sitting(1, SeatKey("large", "Alpha")), Sitting(2, SeatKey("large", "Alpha"),
                                                                stands_in=True)],
    )  # fmt: skip

    assert [each.key.place for each in found.seats] == ["Alpha", "Beta", "1", "2"]
    assert [each.key.place for each in found.vacancies] == ["Beta", "1"]
    assert found.by_key[SeatKey("large", "Alpha")].people == {1, 2}


def test_changes_of_an_electorate_are_told_seat_by_seat():
    before, after = board(vacant=[SeatKey("networks", "1")]), board(vacant=[OWN])

    assert changes_between(before, before) == []
    assert changes_between(before, after) == [
        "Large Suppliers, 1: fell vacant", "Networks, 1: was filled"
    ]  # fmt: skip


def test_the_change_board_and_the_panel_have_their_seats_by_data():
    day = date(2021, 12, 1)

    def seats(body):
        return [each.seats for each in groups_of(sec(), body, day) if each.votes]

    assert seats("change-board") == [13, 3, 3, 3, 1]
    assert sum(seats("panel")) == sec().parameter("panel_seats", on=day) == 11
    assert bodies_with_votes(sec(), day) == ("panel", "change-board")
    assert rules_of(sec(), "change-board", day)[0].is_assumed

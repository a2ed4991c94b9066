"""Two ballots for one seat, and two counts of one vote, at the same moment."""

import pytest
from django.db import connection

from engross.apps.audit.models import Event
from engross.apps.votes.commands import BallotGiven, cast_ballot, cast_for, count_vote
from engross.apps.votes.models import Ballot
from engross.core.people.roles import BodyRole
from tests.apps.people.test_at_once import at_once
from tests.apps.votes.boards import (
    AFTER,
    CONSUMER,
    LARGE,
    NETWORK,
    NOON,
    seated,
    seats_held,
    vote_on,
)
from tests.support.people import person

# On SQLite the second waits for the first's whole transaction.
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="needs a database server"),
]


def test_of_two_ballots_for_one_seat_the_second_is_refused_and_of_two_counts_one_counts() -> None:
    staff = person("Staff", is_staff=True)
    seats_held()
    both = [seated("Ada", LARGE, staff), seated("Ben", LARGE, staff, role=BodyRole.ALTERNATE)]
    vote = vote_on(staff)

    def cast(which: int) -> object:
        return cast_ballot(vote, BallotGiven(LARGE, "approve"), by=both[which], at=NOON)

    told = at_once(lambda: cast(0), lambda: cast(1))

    assert told[0] == ""
    assert "is there already" in told[1] or "The member of this seat has voted" in told[1]
    assert Ballot.objects.count() == 1

    for seat in (NETWORK, CONSUMER):
        given = BallotGiven(seat, "approve")
        cast_for(vote, given, person=None, cast_at=NOON, by=staff, at=NOON)
    assert at_once(*[lambda: count_vote(vote, by=staff, at=AFTER)] * 2) == ["", ""]
    assert Event.objects.filter(action="votes.count").count() == 1

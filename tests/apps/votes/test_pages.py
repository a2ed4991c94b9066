"""The pages and the API of votes: who sees what, and a vote from opening to result on them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from engross.apps.files.models import ReadLog
from engross.apps.people.models import BodyMembership
from engross.apps.votes.commands import BallotGiven, cast_for, count_vote
from engross.apps.votes.models import Ballot, Seating, Vote
from tests import factories
from tests.apps.votes.boards import (
    AFTER,
    BOARD,
    CONSUMER,
    LARGE,
    NETWORK,
    NOON,
    seated,
    seats_held,
    vote_on,
)
from tests.support.people import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def staff(secretary):
    """Return a client of the secretary of a board whose seats are held."""
    seats_held()
    client = client_of(secretary)
    client.user = secretary
    return client


def open_now(by, **more):
    now = timezone.now()
    return vote_on(
        by, opens_at=now - timedelta(hours=1), closes_at=now + timedelta(hours=1), **more
    )


def words(client, name, *arguments):
    answer = client.get(reverse(f"votes:{name}", args=arguments))
    assert answer.status_code == 200
    return answer.content.decode()


def counted(by, **more):
    vote = vote_on(by, **more)
    for seat, answer in ((LARGE, "approve"), (CONSUMER, "approve"), (NETWORK, "reject")):
        given = BallotGiven(seat, answer, f"Our view: {answer}", {"objective-a": "As it is"})
        cast_for(vote, given, person=None, cast_at=NOON, by=by, at=NOON)
    return count_vote(vote, by=by, at=AFTER)


def test_everybody_sees_the_result_by_group_and_the_board_by_seat(staff):
    ada = seated("Ada", LARGE, staff.user)
    vote = counted(staff.user)

    public, circle = words(Client(), "vote", vote.pk), words(client_of(ada), "vote", vote.pk)

    assert "voted to recommend approval (Large Suppliers 1 to 0" in public
    assert "Networks: Reject" in public
    assert "Networks, Fictional Grid: Reject" not in public
    assert "Networks, Fictional Grid: Reject" in circle
    told = Client().get(f"/api/v1/votes/{vote.pk}").json()
    assert told["outcome"] == "recommended-approve"
    assert "ballots" not in told["result"]
    assert told["result"]["groups"][0]["for"] == 1
    assert Client().get("/api/v1/votes?state=counted").json()["count"] == 1


def test_a_vote_of_the_circle_is_for_the_circle(staff):
    ada = seated("Ada", LARGE, staff.user)
    vote = counted(staff.user, paper_class="amber")
    address = reverse("votes:vote", args=[vote.pk])

    assert Client().get(address).status_code == 404
    assert Client().get(f"/api/v1/votes/{vote.pk}").status_code == 404
    assert vote.title not in words(Client(), "list")
    assert vote.title not in Client().get("/proposals/MP078/").content.decode()
    assert client_of(ada).get(address).status_code == 200
    read = ReadLog.objects.get(kind="votes")
    assert (read.person, read.title) == (ada, vote.title), "who read it is written down"
    assert vote.title in words(client_of(ada), "list")


def test_while_a_vote_is_open_nobody_is_told_how_it_stands(staff):
    ada = seated("Ada", LARGE, staff.user)
    vote = open_now(staff.user)
    given = BallotGiven(CONSUMER, "reject", "We do not want it")
    cast_for(vote, given, person=None, cast_at=timezone.now(), by=staff.user, at=timezone.now())

    for client in (Client(), client_of(ada)):
        shown = words(client, "vote", vote.pk)
        assert "Result" not in shown
        assert "do not want" not in shown
    assert Client().get(f"/api/v1/votes/{vote.pk}").json()["result"] is None


def test_a_member_casts_a_ballot_after_seeing_what_it_does_and_changes_it(staff):
    ada = client_of(seated("Ada", LARGE, staff.user))
    vote = open_now(staff.user)
    address = f"{reverse('votes:ballot', args=[vote.pk])}?seat=0"
    assert vote.title in words(ada, "mine")
    answer = {"choice": "approve", "reason": "It is good", "objective-a": "Better"}

    assert "Large Suppliers, Group Alpha: Alpha Limited is: Approve." in (
        ada.post(address, answer).content.decode()
    )
    assert not Ballot.objects.exists()
    assert ada.post(address, {**answer, "confirmed": "yes"}).status_code == 302
    again = ada.post(address, {**answer, "confirmed": "yes"})
    assert again.status_code == 422
    assert "is there already" in again.content.decode()
    change = {"choice": "reject", "reason": "No", "replaces": Ballot.objects.get().pk}
    assert ada.post(address, {**change, "confirmed": "yes"}).status_code == 302

    assert Ballot.objects.get(superseded_at=None).choice == "reject"
    assert "Change it" in words(ada, "vote", vote.pk)


def test_who_holds_no_seat_is_sent_back_with_the_reason(staff):
    vote = open_now(staff.user)

    answer = staff.get(reverse("votes:ballot", args=[vote.pk]), follow=True)

    assert "You hold no seat of the Change Board today" in answer.content.decode()


def test_staff_open_record_close_and_count(staff):
    vote = open_now(staff.user)
    Vote.objects.all().delete()
    now = timezone.localtime()
    asked = {"body": BOARD, "proposal": "MP078", "rule": "majority-of-groups",
             "paper_class": "white", "opens_at": f"{now:%Y-%m-%dT%H:%M}",
             "closes_at": f"{now + timedelta(hours=2):%Y-%m-%dT%H:%M}"}  # fmt: skip
    seen = staff.post(reverse("votes:open"), asked).content.decode()
    assert "5 of its 12 seats are held" in seen
    assert staff.post(reverse("votes:open"), {**asked, "confirmed": "yes"}).status_code == 302
    vote = Vote.objects.get()
    assert vote.is_recommendation

    for seat in (LARGE, CONSUMER, NETWORK):
        given_at = f"{timezone.localtime():%Y-%m-%dT%H:%M:%S}"
        row = {"seat": f"{seat.group}/{seat.place}", "choice": "approve", "cast_at": given_at,
               "confirmed": "yes"}  # fmt: skip
        assert staff.post(reverse("votes:record", args=[vote.pk]), row).status_code == 302
    why = {"reason": "All have voted", "confirmed": "yes"}
    assert staff.post(reverse("votes:close", args=[vote.pk]), why).status_code == 302
    count = reverse("votes:count", args=[vote.pk])
    stale = staff.post(count, {"confirmed": "yes", "expected": "0" * 64})
    assert stale.status_code == 422
    expected = staff.get(count).context["expected"]
    assert staff.post(count, {"confirmed": "yes", "expected": expected}).status_code == 302

    vote.refresh_from_db()
    assert vote.outcome == "recommended-approve"
    assert "recommend approval" in Client().get("/proposals/MP078/").content.decode()


def test_a_body_shows_its_seats_to_all_and_its_people_to_the_circle(staff):
    seated("Ada", LARGE, staff.user)

    public, own = words(Client(), "body", BOARD), words(staff, "body", BOARD)

    assert "Fictional Grid" in public
    assert "Vacant" in public
    assert "Ada" not in public
    assert "Ada" in own
    seats = Client().get(f"/api/v1/bodies/{BOARD}?as_at=2020-06-01").json()["seats"]
    assert all(each["is_vacant"] for each in seats)


def test_staff_put_somebody_on_a_seat_and_take_them_off_a_wrong_one(staff):
    ada = seated("Ada", LARGE, staff.user)
    Seating.objects.all().delete()
    term = BodyMembership.objects.get(user=ada)
    asked = {"term": term.pk, "seat": f"{CONSUMER.group}/1", "confirmed": "yes"}

    assert staff.post(reverse("votes:seat", args=[BOARD]), asked).status_code == 302
    made = Seating.objects.get()
    why = {"reason": "The wrong seat", "confirmed": "yes"}
    assert staff.post(reverse("votes:unseat", args=[BOARD, made.pk]), why).status_code == 302

    assert not Seating.objects.exists()


def test_a_meetings_page_shows_of_its_agenda_what_the_reader_may_see(staff):
    factories.meeting("CB_60", BOARD, "2021-11-24", number="60")
    item = {"meeting": "CB_60", "action": "decision", "proposal": "MP078"}
    factories.record("agenda-items", [
        {**item, "position": 1, "title": "Vote on a proposal", "paper_class": "white"},
        {**item, "position": 2, "title": "Matters of the circle", "paper_class": "amber"},
    ])  # fmt: skip

    public = Client().get("/meetings/CB_60/").content.decode()
    own = staff.get("/meetings/CB_60/").content.decode()

    assert "Vote on a proposal" in public
    assert "Matters of the circle" not in public
    assert "Matters of the circle" in own
    told = Client().get("/api/v1/meetings/CB_60").json()
    assert [each["position"] for each in told["agenda"]] == [1]

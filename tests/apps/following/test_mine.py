"""A person's own page tells what asks them: consultations, votes, moves of those they act for."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from engross.apps.consultations import commands as consulting_commands
from engross.apps.following.queries import dates_ahead, mine_of
from engross.apps.parties.models import Party
from engross.apps.people.queries import reader_of
from engross.apps.proposals.commands import Described, describe_problem, hand_over
from engross.apps.proposals.models import Proposal
from engross.core.consultations.questions import Given
from tests import factories
from tests.apps.votes import boards
from tests.support import consulting
from tests.support.people import client_of, member, person

pytestmark = [pytest.mark.django_db, pytest.mark.once]
TODAY = consulting.OPENED_ON + timedelta(days=1)
AT = consulting.OPENED_AT + timedelta(days=1)


def of_party(name: str, key: str, category: str):
    factories.party(key, category=category)
    user = person(name)
    member(user, key)
    return user


def mine(user, *, today: date = TODAY, at: datetime = AT):
    return mine_of(user, reader_of(user, today), today=today, at=at)


def ahead(user) -> list[str]:
    reader = reader_of(user, TODAY)
    seen = mine_of(user, reader, today=TODAY, at=AT)
    return [each.kind for each in dates_ahead(user, reader, seen.asked, today=TODAY, at=AT)]


def test_a_party_sees_what_asks_its_category_until_it_has_answered(secretary):
    ada, bob = of_party("Ada", "P1", "large-suppliers"), of_party("Bob", "P2", "gas-networks")
    consulting.opened(secretary, title="Of all")
    asks = consulting.opened(secretary, title="Of some", categories=["large-suppliers"])
    assert [each.row.title for each in mine(bob).asked] == ["Of all"]
    assert {each.row.title for each in mine(ada).asked} == {"Of all", "Of some"}
    assert ahead(ada) == ["Consultation closes"] * 2
    response = consulting_commands.response_for_party(asks, Party.objects.get(key="P1"), at=AT)
    consulting.answer(response, {1: Given("Yes")}, by=ada, at=AT)
    done = {each.row.title: each.is_answered for each in mine(ada).asked}
    assert done == {"Of all": False, "Of some": True}
    assert ahead(ada) == ["Consultation closes"]
    over = consulting.CLOSES_AT + consulting.A_SECOND
    # Its moment has passed, though no job has closed it yet.
    later = mine(ada, today=over.date(), at=over)
    assert later.asked == ()
    assert [each.response.consultation.title for each in later.answered] == ["Of some"]


def test_the_page_names_consultations_votes_and_problems(secretary):
    now = timezone.now()
    boards.seats_held()
    ada = boards.seated("Ada", boards.LARGE, secretary)
    member(ada, "Alpha")
    boards.vote_on(secretary, opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=1))
    told = Described("Lamps go out", "Too early", (), "Alpha", "large-suppliers", uuid.uuid4())
    describe_problem(told, by=ada, on=now.date(), at=now)
    page = client_of(ada).get("/my/").text
    assert "Should MP078 be approved?" in page
    assert "Nothing that is open asks your Party." in page
    assert "Lamps go out" in page
    assert "waits for comments" in page
    assert "Should MP078 be approved?" not in client_of(person("Eve")).get("/my/").text


def test_the_dcc_sees_the_assessments_that_wait_on_it_and_an_analyst_what_they_look_after():
    dcc = of_party("Dora", "DCC", "dcc")
    factories.proposal("MP901", title="Waits on the DCC", raised_on="2022-01-10",
                       moves=[("refine", "2022-02-01")])  # fmt: skip
    factories.proposal("MP902", title="Waits on others", raised_on="2022-01-10",
                       moves=[("refine", "2022-02-01")])  # fmt: skip
    factories.assessment("MP901", "pa", accepted_on="2022-06-15", target=15)
    assert [each.label for each in mine(dcc).theirs] == ["MP901"]
    staff = person("Ana", is_staff=True)
    assert mine(staff).own == ()
    hand_over(Proposal.objects.get(key="0902"), staff, by=staff, on=date(2022, 6, 1),
              at=datetime(2022, 6, 1, tzinfo=UTC))  # fmt: skip
    assert [each.label for each in mine(staff).own] == ["MP902"]
    assert mine(staff).theirs == ()

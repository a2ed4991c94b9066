"""A problem described by a Party's user, commented on, and raised as a proposal."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from engross.apps.mail.models import Mail
from engross.apps.parties.models import Party
from engross.apps.people.models import PartyMembership
from engross.apps.proposals.commands import (
    Described,
    comment_on_problem,
    describe_problem,
    end_problem,
    raise_from_problem,
)
from engross.apps.proposals.models import ProblemStatement, Proposal, ProposalDetails
from engross.core.refusals import Refused
from tests import factories

pytestmark = pytest.mark.django_db

ON = date(2021, 8, 23)  # A Monday; the 30th is a bank holiday.
AT = datetime(2021, 8, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def member(django_user_model):
    """Return a user of a Party that supplies."""
    factories.party("P001", category="large-suppliers")
    user = django_user_model.objects.create_user("member@example.org", None, name="Member")
    PartyMembership.objects.create(user=user, party=Party.objects.get(key="P001"), role="user",
                                   held_from=date(2020, 1, 1), recorded_at=AT)  # fmt: skip
    return user


def told(**more):
    given = {"title": "Dim lamps", "problem": "Nobody sees", "affected": ["Large Suppliers"],
             "proposer": Party.objects.get().label, "proposer_category": "large-suppliers",
             "token": uuid.uuid4()}  # fmt: skip
    return Described(**{**given, **more})


def test_it_is_raised_with_the_comments_and_keeps_who_raised_it(member, secretary):
    words = told()
    problem = describe_problem(words, by=member, on=ON, at=AT)
    assert describe_problem(words, by=member, on=ON, at=AT) == problem
    with pytest.raises(Refused, match="until the end of 2021-08-31"):
        raise_from_problem(problem, words, by=member, on=date(2021, 8, 31), at=AT)
    comment_on_problem(problem, "Say whom it costs", by=secretary, on=ON, at=AT)
    with pytest.raises(Refused, match="does not wait for comments"):
        comment_on_problem(problem, "Again", by=secretary, on=ON, at=AT)
    mail = Mail.objects.get(to_address="member@example.org")
    assert "Say whom it costs" in mail.text
    proposal = raise_from_problem(problem, told(problem="It costs all"), by=member, on=ON, at=AT)
    assert raise_from_problem(problem, words, by=member, on=ON, at=AT) == proposal
    row = ProposalDetails.objects.known_at(None).get()
    assert (row.summary, row.proposer, row.raised_on) == ("It costs all", words.proposer, ON)
    assert row.proposer_category == "large-suppliers"
    with pytest.raises(Refused, match="raised or taken back"):
        end_problem(problem, by=member, on=ON, at=AT)


def test_without_comments_it_is_raised_once_their_time_is_over(member):
    problem = describe_problem(told(), by=member, on=ON, at=AT)
    raise_from_problem(problem, told(), by=member, on=date(2021, 9, 1), at=AT)
    assert Proposal.objects.get().label == "DP001"


def test_strangers_neither_describe_nor_raise_nor_comment(member, django_user_model):
    stranger = django_user_model.objects.create_user("stranger@example.org", None, name="S")
    with pytest.raises(Refused, match="raised by Parties"):
        describe_problem(told(), by=stranger, on=ON, at=AT)
    problem = describe_problem(told(), by=member, on=ON, at=AT)
    with pytest.raises(Refused, match="somebody else's"):
        raise_from_problem(problem, told(), by=stranger, on=date(2021, 9, 1), at=AT)
    with pytest.raises(Refused, match="change team's to give"):
        comment_on_problem(problem, "Hm", by=stranger, on=ON, at=AT)
    with pytest.raises(Refused, match="not described"):
        describe_problem(told(problem=" "), by=member, on=ON, at=AT)


@pytest.mark.once
def test_the_pages_lead_from_the_problem_to_the_proposal(client, member, secretary):
    client.force_login(member)
    describe = reverse("proposals:describe")
    form = client.get(describe).context["form"]
    given = {"title": "Dim lamps", "problem": "Nobody sees", "affected": ["Large Suppliers"],
             "proposer": Party.objects.get().label,
             "token": str(form["token"].value())}  # fmt: skip
    assert "critical friend" in client.post(describe, given).content.decode()
    client.post(describe, {**given, "confirmed": "yes"})
    problem = ProblemStatement.objects.get()
    page = reverse("proposals:problem", args=[problem.pk])
    assert "Raise it</a>" not in client.get(page).content.decode()
    assert client.get(reverse("proposals:comment", args=[problem.pk])).status_code == 403

    client.force_login(secretary)
    assert "Dim lamps" in client.get(reverse("proposals:problems")).content.decode()
    client.post(reverse("proposals:comment", args=[problem.pk]),
                {"comments": "Clear enough", "confirmed": "yes"})  # fmt: skip

    client.force_login(member)
    address = reverse("proposals:raise", args=[problem.pk])
    form = client.get(address).context["form"]
    again = {name: form[name].value() for name in form.fields}
    answer = client.post(address, {**again, "confirmed": "yes"}, follow=True)
    assert "DP001" in answer.content.decode()
    later = timezone.localdate() + timedelta(days=1)
    assert ProposalDetails.objects.known_at(None).get().raised_on < later


def test_nobody_else_sees_a_problem(client, member, django_user_model):
    problem = describe_problem(told(), by=member, on=ON, at=AT)
    client.force_login(django_user_model.objects.create_user("x@example.org", None, name="X"))
    for name in ("problem", "raise", "end-problem"):
        assert client.get(reverse(f"proposals:{name}", args=[problem.pk])).status_code == 404
    assert "Dim lamps" not in client.get(reverse("proposals:problems")).content.decode()

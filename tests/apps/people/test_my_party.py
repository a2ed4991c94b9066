"""A Party's administrators manage the Party's own people, and nobody else's."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from engross.apps.accounts.models import User
from engross.apps.mail.models import Mail
from engross.apps.parties.models import Party
from engross.apps.people.commands import (
    Newcomer,
    change_role,
    close_account,
    end_membership,
    invite_person,
)
from engross.apps.people.models import PartyMembership
from engross.apps.people.queries import reader_of
from engross.core.people.roles import PartyRole
from engross.core.refusals import Refused
from tests import factories
from tests.support.people import client_of, member, person

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ON = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def register():
    factories.party("P1", category="large-suppliers", name="Brightwell Limited")
    factories.party("P2", category="small-suppliers", name="Calder Limited")


@pytest.fixture
def ada() -> User:
    """Return the administrator of Brightwell."""
    made = person()
    member(made, "P1", role="administrator")
    return made


def theirs() -> PartyMembership:
    """Return somebody of Calder."""
    return member(person("Grace"), "P2", role="administrator")


def membership_of(user: User) -> PartyMembership:
    return PartyMembership.objects.get(user=user, held_until=None)


def test_an_administrator_invites_somebody_who_has_no_account(ada):
    client = client_of(ada)
    typed = {"name": "Joan", "email": "Joan@supplier.example", "role": "user"}
    preview = client.post("/my-party/people/invite/", typed)
    assert "Joan becomes user of Brightwell Limited" in preview.content.decode()
    assert not Mail.objects.exists()

    client.post("/my-party/people/invite/", {**typed, "confirmed": "yes"})

    joan = User.objects.get(email="joan@supplier.example")
    assert reader_of(joan, timezone.localdate()).parties == {"P1"}
    assert "Ada made you one of Brightwell Limited's people" in Mail.objects.get().text
    assert "Joan" in client.get("/my-party/people/").content.decode()


def test_the_page_answers_alike_for_an_address_that_has_an_account(ada):
    person("Grace", email="grace@calder.example")
    client, answers = client_of(ada), []
    for email in ("grace@calder.example", "new@calder.example"):
        typed = {"name": "Somebody", "email": email, "role": "user", "confirmed": "yes"}
        answer = client.post("/my-party/people/invite/", typed)
        answers.append((answer.status_code, answer["Location"]))

    assert answers[0] == answers[1]


@pytest.mark.parametrize("page", ["role", "end", "tokens"])
def test_another_partys_people_are_not_there(ada, page):
    other = theirs()
    address, client = f"/my-party/people/{other.pk}/{page}/", client_of(ada)
    sent = {"role": "user", "confirmed": "yes", "name": "x", "scopes": "read:own", "days": "3"}

    for query in ("", "?party=P1", "?party=P2"):
        assert client.get(address + query).status_code == 404
        assert client.post(address + query, sent).status_code == 404
    other.refresh_from_db()
    assert (other.role, other.held_until) == ("administrator", None)


def test_another_party_cannot_be_named_in_the_address_or_the_form(ada):
    theirs()
    client = client_of(ada)
    typed = {"name": "Joan", "email": "joan@x.example", "role": "user", "confirmed": "yes"}

    assert client.get("/my-party/people/?party=P2").status_code == 404
    assert client.post("/my-party/people/invite/?party=P2", typed).status_code == 404
    client.post("/my-party/people/invite/", {**typed, "party": "P2"})
    assert reader_of(User.objects.get(email="joan@x.example"), timezone.localdate()).parties == {
        "P1"
    }


@pytest.mark.parametrize("role", ["superuser", "", "administrator' --"])
def test_a_forged_role_is_refused(ada, role):
    typed = {"name": "Joan", "email": "joan@x.example", "role": role, "confirmed": "yes"}

    assert client_of(ada).post("/my-party/people/invite/", typed).status_code == 422
    assert not User.objects.filter(email="joan@x.example").exists()


def test_a_user_of_the_party_and_a_stranger_find_no_such_page(ada):
    joan = person("Joan")
    member(joan, "P1")
    former = person("Former")
    member(former, "P1", role="administrator")
    PartyMembership.objects.filter(user=former).update(held_until=timezone.localdate())

    for client in (client_of(joan), client_of(former)):
        assert client.get("/my-party/people/").status_code == 404
        assert client.get("/my-party/people/invite/").status_code == 404
    assert Client().get("/my-party/people/")["Location"].startswith("/accounts/login/")


def test_a_role_is_changed_and_the_earlier_one_stays_in_history(ada):
    joan = person("Joan")
    first = member(joan, "P1")
    change_role(first, PartyRole.ADMINISTRATOR, by=ada, at=AT, on=ON)

    spells = PartyMembership.objects.filter(user=joan).order_by("pk")
    assert [(each.role, each.held_until) for each in spells] == [
        ("user", ON), ("administrator", None),
    ]  # fmt: skip
    assert reader_of(joan, ON).administers == {"P1"}
    assert reader_of(joan, ON - timedelta(days=1)).administers == frozenset()


def test_one_administrator_stays(ada):
    mine = membership_of(ada)
    with pytest.raises(Refused, match="nobody who manages"):
        change_role(mine, PartyRole.USER, by=ada, at=AT, on=ON)
    with pytest.raises(Refused, match="nobody who manages"):
        end_membership(mine, by=ada, at=AT, on=ON)

    member(person("Joan"), "P1", role="administrator")
    end_membership(mine, by=ada, at=AT, on=ON)
    assert not PartyMembership.objects.filter(user=ada, held_until=None).exists()


def test_an_administrator_with_a_closed_account_manages_nobody(ada, secretary):
    joan = person("Joan")
    member(joan, "P1", role="administrator")
    close_account(joan, by=secretary, at=AT, reason="Left the company")

    with pytest.raises(Refused, match="nobody who manages"):
        end_membership(membership_of(ada), by=ada, at=AT, on=ON)


def test_a_page_left_open_finds_that_it_was_done_already(ada):
    joan = person("Joan")
    of_joan = member(joan, "P1")
    end_membership(of_joan, by=ada, at=AT, on=ON)

    with pytest.raises(Refused, match="changed meanwhile"):
        end_membership(of_joan, by=ada, at=AT, on=ON)


def test_whoever_leaves_is_signed_out_and_reads_no_more(ada):
    joan = person("Joan")
    of_joan, client = member(joan, "P1"), client_of(joan)
    assert client.get("/my/tokens/").status_code == 200

    client_of(ada).post(f"/my-party/people/{of_joan.pk}/end/", {"confirmed": "yes"})

    assert client.get("/my/tokens/").status_code == 302
    assert reader_of(joan, timezone.localdate()).parties == frozenset()


def test_the_same_person_is_not_added_twice(ada):
    joan = person("Joan")
    member(joan, "P1")

    with pytest.raises(Refused, match="people already"):
        invite_person(
            Newcomer("JOAN@engross.example", "Joan"), Party.objects.get(key="P1"), PartyRole.USER,
            by=ada, at=AT, on=ON,
        )  # fmt: skip


def test_whoever_manages_two_parties_chooses_which(ada):
    member(ada, "P2", role="administrator")
    client = client_of(ada)

    assert "Brightwell Limited" in client.get("/my-party/people/?party=P1").content.decode()
    second = client.get("/my-party/people/?party=P2").content.decode()
    assert 'reference">Calder Limited' in second
    typed = {"name": "Joan", "email": "joan@x.example", "role": "user", "confirmed": "yes"}
    client.post("/my-party/people/invite/?party=P2", typed)
    assert reader_of(User.objects.get(email="joan@x.example"), timezone.localdate()).parties == {
        "P2"
    }

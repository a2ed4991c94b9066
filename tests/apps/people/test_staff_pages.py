"""What staff do about people: terms, teams, the Authority, closing accounts, finding somebody."""

from datetime import UTC, date, datetime, timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from engross.apps.accounts.models import User
from engross.apps.accounts.queries import has_second_factor
from engross.apps.audit.models import Event
from engross.apps.mail.models import Mail
from engross.apps.parties.models import Party
from engross.apps.people import commands, queries
from engross.apps.people.models import ApiToken, BodyMembership, PartyMembership, TeamMembership
from engross.core.access import Marking, Reach, may_read
from engross.core.people.roles import BodyRole
from engross.core.refusals import Refused
from tests import factories
from tests.support.people import client_of, member, person, staff_client

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ON = date(2026, 3, 2)
LATER = date(2028, 3, 2)


@pytest.fixture(autouse=True)
def register():
    factories.party("P1", category="large-suppliers", name="Brightwell Limited")


def term(user: User, by: User, role: BodyRole = BodyRole.MEMBER, **days: date) -> BodyMembership:
    held = {"held_from": ON, "held_until": LATER, **days}
    return commands.begin_term(user, "panel", role, by=by, at=AT, **held)


def test_a_term_lets_read_the_papers_of_the_body_on_its_days_and_no_others(secretary):
    ada = person()
    term(ada, secretary)
    paper = Marking(reach=Reach.CIRCLE, body="panel")

    days = (ON - timedelta(days=1), ON, LATER - timedelta(days=1), LATER)
    assert [may_read(queries.reader_of(ada, day), paper) for day in days] == [
        False, True, True, False,
    ]  # fmt: skip


def test_an_observer_gets_none_of_the_bodys_own_papers(secretary):
    ada = person()
    term(ada, secretary, BodyRole.OBSERVER)

    assert queries.reader_of(ada, ON).bodies == frozenset()


def test_two_terms_on_one_body_do_not_run_at_once(secretary):
    ada = person()
    term(ada, secretary)
    with pytest.raises(Refused, match="have a term on SEC Panel then already"):
        term(ada, secretary, held_from=ON + timedelta(days=30), held_until=None)

    term(ada, secretary, held_from=LATER, held_until=None)
    assert queries.terms_of(ada).count() == 2


def test_a_term_that_would_end_before_it_begins_is_refused(secretary):
    with pytest.raises(Refused, match="would begin on"):
        term(person(), secretary, held_until=ON)


def test_a_term_ends_on_a_day_and_signs_out_when_that_has_come(secretary):
    ada = person()
    held, client = term(ada, secretary), client_of(ada)
    commands.end_term(held, held_until=ON + timedelta(days=9), by=secretary, at=AT, on=ON)
    assert client.get("/my/tokens/").status_code == 200

    commands.end_term(held, held_until=ON, by=secretary, at=AT, on=ON)
    assert client.get("/my/tokens/").status_code == 302
    with pytest.raises(Refused, match="over by then"):
        commands.end_term(held, held_until=ON, by=secretary, at=AT, on=ON)


def test_the_authority_reads_what_reaches_it_until_it_no_longer_does(secretary):
    ada = person()
    commands.set_authority(ada, is_authority=True, by=secretary, at=AT, reason="New at Ofgem")
    ada.refresh_from_db()
    assert queries.reader_of(ada, ON).is_authority
    client = client_of(ada)

    commands.set_authority(ada, is_authority=False, by=secretary, at=AT, reason="Left Ofgem")
    ada.refresh_from_db()
    assert not queries.reader_of(ada, ON).is_authority
    assert client.get("/my/tokens/").status_code == 302


def test_a_closed_account_is_signed_out_and_its_tokens_are_worthless(secretary):
    ada = person()
    client = client_of(ada)
    raw = commands.make_token(ada, name="x", scopes=["read:own"], days=9, by=ada, at=AT)
    commands.close_account(ada, by=secretary, at=AT, reason="Left the company")

    assert client.get("/my/tokens/").status_code == 302
    assert queries.person_of_token(raw, at=AT) is None
    commands.reopen_account(ada, by=secretary, at=AT, reason="Came back")
    assert queries.person_of_token(raw, at=AT) is None, "a token stays revoked"


def test_whoever_lost_a_second_factor_is_helped_and_told(secretary):
    client, grace = client_of(secretary), person("Grace", is_staff=True)
    TOTP.activate(grace, generate_totp_secret())
    theirs = client_of(grace)
    client.post(f"/people/{grace.pk}/second-factor/", {"reason": "Lost phone", "confirmed": "yes"})

    assert not has_second_factor(grace)
    assert theirs.get("/my/tokens/").status_code == 302
    assert Mail.objects.get().subject == "Your second factor was taken away"
    with pytest.raises(Refused, match="your own account"):
        commands.remove_second_factor(secretary, by=secretary, at=AT, reason="x")
    with pytest.raises(Refused, match="no second factor"):
        commands.remove_second_factor(grace, by=secretary, at=AT, reason="x")


def test_nobody_closes_their_own_account(secretary):
    with pytest.raises(Refused, match="your own account"):
        commands.close_account(secretary, by=secretary, at=AT, reason="By mistake")


def test_teams_are_for_staff(secretary):
    commands.join_team(secretary, "change", by=secretary, at=AT, on=ON)
    with pytest.raises(Refused, match="in this team already"):
        commands.join_team(secretary, "change", by=secretary, at=AT, on=ON)
    with pytest.raises(Refused, match="for staff"):
        commands.join_team(person(), "change", by=secretary, at=AT, on=ON)


def test_a_new_member_of_staff_chooses_a_password_by_mail():
    client = staff_client()
    sent = {"name": "Joan", "email": "joan@engross.example", "confirmed": "yes"}
    client.post("/people/add-staff/", sent)

    joan = User.objects.get(email="joan@engross.example")
    assert joan.is_staff
    assert not joan.has_usable_password()
    assert Mail.objects.get().subject == "Your account is open"
    assert client.post("/people/add-staff/", sent).status_code == 422


def test_people_are_found_by_word_party_body_team_and_kind(secretary):
    ada, grace = person("Ada"), person("Grace")
    member(ada, "P1")
    term(grace, secretary)
    commands.join_team(secretary, "change", by=secretary, at=AT, on=ON)
    commands.add_service_account("Importer", party=None, by=secretary, at=AT, on=ON)

    def found(**asked: str) -> list[str]:
        return [each.name for each in queries.people_asked(queries.PeopleAsked(**asked), on=ON)]

    assert found() == ["Ada", "Grace", "Importer", "Secretary"]
    assert found(words="ada engross") == ["Ada"]
    assert found(party="P1") == ["Ada"]
    assert found(body="panel") == ["Grace"]
    assert found(team="change") == ["Secretary"]
    assert found(kind="staff") == ["Secretary"]
    assert found(kind="program") == ["Importer"]
    assert found(kind="closed") == []


def test_a_list_of_more_people_asks_no_more_of_the_database():
    client = staff_client()

    def queries_of_the_list() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get("/people/").status_code == 200
        return len(asked)

    member(person("Ada"), "P1")
    few = queries_of_the_list()
    for name in ("Bea", "Cy", "Dora", "Eve"):
        member(person(name), "P1")
    assert queries_of_the_list() == few


def test_who_reads_costs_three_questions():
    ada = person()
    member(ada, "P1")
    with CaptureQueriesContext(connection) as asked:
        queries.reader_of(ada, ON)

    assert len(asked) <= 3


ACTS = {
    "party/": {"party": "Brightwell Limited", "role": "user"},
    "body/": {"body": "panel", "role": "member", "held_from": "2026-03-02", "held_until": ""},
    "team/": {"team": "change"},
    "authority/": {"reason": "New at the regulator"},
    "sessions/": {"reason": "A lost laptop"},
    "close/": {"reason": "Left"},
}


def test_each_act_is_seen_before_it_is_done_and_kept_in_the_audit():
    client = staff_client()
    joan = person("Joan", is_staff=True)
    for page, typed in ACTS.items():
        address, before = f"/people/{joan.pk}/{page}", Event.objects.count()
        assert client.get(address).status_code == 200
        preview = client.post(address, typed)
        assert "This is what will happen" in preview.content.decode(), page
        assert Event.objects.count() == before, page
        done = client.post(address, {**typed, "confirmed": "yes"})
        assert done["Location"] == f"/people/{joan.pk}/", page
        assert Event.objects.count() == before + 1, page
        assert Event.objects.order_by("pk").last().by.name == "Staff"

    page = client.get(f"/people/{joan.pk}/").content.decode()
    for word in ("Brightwell Limited", "SEC Panel", "Change", "the Authority", "A lost laptop"):
        assert word in page, word


def test_what_began_is_ended_on_its_page(secretary):
    client, joan = staff_client(), person("Joan", is_staff=True)
    of_party = member(joan, "P1", role="administrator")
    of_body = term(joan, secretary, held_from=date(2020, 1, 1), held_until=None)
    commands.join_team(joan, "change", by=secretary, at=AT, on=date(2020, 1, 1))
    of_team = TeamMembership.objects.get()
    today = str(timezone.localdate())
    ends = {
        f"party/{of_party.pk}/end/": {"reason": "Left"},
        f"body/{of_body.pk}/end/": {"reason": "Left", "held_until": today},
        f"team/{of_team.pk}/leave/": {},
    }
    for page, typed in ends.items():
        address = f"/people/{joan.pk}/{page}"
        assert client.get(address).status_code == 200
        assert client.post(address, {**typed, "confirmed": "yes"}).status_code == 302, page

    on = timezone.localdate()
    assert not PartyMembership.objects.held_on(on).exists()
    assert not BodyMembership.objects.held_on(on).exists()
    assert not TeamMembership.objects.held_on(on).exists()


@pytest.mark.parametrize("page", ["party/{}/end/", "body/{}/end/", "team/{}/leave/"])
def test_a_membership_of_somebody_else_is_not_under_this_person(secretary, page):
    grace, ada = person("Grace", is_staff=True), person("Ada")
    member(grace, "P1")
    term(grace, secretary)
    commands.join_team(grace, "change", by=secretary, at=AT, on=ON)
    numbers = [PartyMembership.objects.get().pk, BodyMembership.objects.get().pk,
               TeamMembership.objects.get().pk]  # fmt: skip
    client = staff_client()

    for number in numbers:
        assert client.get(f"/people/{ada.pk}/{page.format(number)}").status_code == 404


def test_nobody_but_staff_with_a_second_factor_sees_people():
    ada = person()
    assert client_of(ada).get(f"/people/{ada.pk}/").status_code == 403
    assert Client().get("/people/")["Location"].startswith("/accounts/login/")
    assert staff_client(second_factor=False).get("/people/")["Location"] == "/accounts/2fa/"


def test_a_program_of_a_party_reads_as_the_party_does(secretary):
    party = Party.objects.get(key="P1")
    program = commands.add_service_account("Importer", party=party, by=secretary, at=AT, on=ON)

    reader = queries.reader_of(program, ON)
    assert (reader.parties, reader.is_staff, reader.has_second_factor) == ({"P1"}, False, False)
    assert not ApiToken.objects.exists()


def test_a_program_is_neither_on_a_body_nor_the_authority(secretary):
    program = commands.add_service_account("Importer", party=None, by=secretary, at=AT, on=ON)
    with pytest.raises(Refused, match="no member of a body"):
        term(program, secretary)
    with pytest.raises(Refused, match="not the Authority"):
        commands.set_authority(program, is_authority=True, by=secretary, at=AT, reason="")

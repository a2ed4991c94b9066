"""Tokens: shown once, kept as a digest, worthless when they are over or revoked."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from engross.apps.accounts.models import User
from engross.apps.audit.models import Event
from engross.apps.people import commands, queries
from engross.apps.people.models import ApiToken
from engross.core.refusals import Refused
from tests import factories
from tests.support.people import client_of, member, person, staff_client

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FORM = {"name": "Importer", "scopes": ["read:public", "read:own"], "days": "30"}


def made(user: User, **changed: object) -> str:
    fields = {"name": "Importer", "scopes": ["read:own"], "days": 30, **changed}
    return commands.make_token(user, by=user, at=AT, **fields)


def test_a_token_is_shown_once_and_only_its_digest_is_kept():
    ada = person()
    client = client_of(ada)
    page = client.post("/my/tokens/", FORM)
    token = ApiToken.objects.get()
    raw = page.content.decode().partition('<code class="token">')[2].partition("<")[0]

    assert raw.startswith("engross_")
    assert page["Cache-Control"] == "no-store"
    assert queries.person_of_token(raw, at=timezone.now()) == (ada, {"read:public", "read:own"})
    assert raw not in client.get("/my/tokens/").content.decode()
    assert token.prefix in client.get("/my/tokens/").content.decode()
    everything = str(list(ApiToken.objects.values())) + str(list(Event.objects.values()))
    assert raw not in everything


def test_a_token_is_worthless_when_it_is_over_revoked_or_made_up():
    ada = person()
    raw = made(ada)
    end = AT + timedelta(days=30)

    assert queries.person_of_token(raw, at=end - timedelta(seconds=1))
    assert queries.person_of_token(raw, at=end) is None
    assert queries.person_of_token(raw + "x", at=AT) is None
    assert queries.person_of_token("", at=AT) is None
    assert queries.person_of_token("\ud800", at=AT) is None
    commands.revoke_token(ApiToken.objects.get(), by=ada, at=AT)
    assert queries.person_of_token(raw, at=AT) is None


def test_use_is_noted_to_some_minutes():
    raw = made(person())
    for minutes in (1, 5, 20):
        commands.note_token_use(raw, at=AT + timedelta(minutes=minutes))
        noted = ApiToken.objects.get().last_used_at
        assert noted == AT + timedelta(minutes={1: 1, 5: 1, 20: 20}[minutes])


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"scopes": []}, "can do nothing"),
        ({"scopes": ["write:registers"]}, "cannot have write:registers"),
        ({"scopes": ["admin"]}, "cannot have admin"),
        ({"days": 0}, "1 to 366 days"),
        ({"days": 367}, "1 to 366 days"),
        ({"name": " "}, "needs a name"),
    ],
)
def test_a_token_that_asks_too_much_is_refused(changed, told):
    with pytest.raises(Refused, match=told):
        made(person(), **changed)


def test_a_forged_scope_is_refused_on_the_page():
    client = client_of(person())

    assert client.post("/my/tokens/", {**FORM, "scopes": "write:registers"}).status_code == 422
    assert not ApiToken.objects.exists()


def test_only_so_many_tokens_hold_at_once():
    ada = person()
    for _ in range(20):
        made(ada)

    with pytest.raises(Refused, match="20 tokens already"):
        made(ada)


def test_one_revokes_ones_own_tokens_and_nobody_elses():
    ada, grace = person(), person("Grace")
    made(grace)
    theirs = ApiToken.objects.get()
    assert client_of(ada).post("/my/tokens/", {"revoke": theirs.pk}).status_code == 404
    for number in ("", "x", "9" * 5000, "²"):
        assert client_of(ada).post("/my/tokens/", {"revoke": number}).status_code == 404

    client_of(grace).post("/my/tokens/", {"revoke": theirs.pk})
    theirs.refresh_from_db()
    assert theirs.revoked_at


def test_staff_need_a_second_factor_for_a_token():
    client = staff_client(second_factor=False)

    assert client.post("/my/tokens/", FORM)["Location"] == "/accounts/2fa/"
    assert not ApiToken.objects.exists()


def test_tokens_of_a_partys_program_are_made_by_who_manages_its_people():
    factories.party("P1", category="large-suppliers", name="Brightwell Limited")
    ada, joan = person(), person("Joan")
    member(ada, "P1", role="administrator")
    of_joan, client = member(joan, "P1"), client_of(ada)
    client.post("/my-party/people/add-program/", {"name": "Importer", "confirmed": "yes"})
    program = User.objects.get(kind="service")
    of_program = program.partymembership_set.get()

    assert client.post(f"/my-party/people/{of_program.pk}/tokens/", FORM).status_code == 200
    assert ApiToken.objects.get().user == program
    assert client.post(f"/my-party/people/{of_joan.pk}/tokens/", FORM).status_code == 404
    assert client_of(joan).get(f"/my-party/people/{of_program.pk}/tokens/").status_code == 404
    client.post(f"/my-party/people/{of_program.pk}/end/", {"confirmed": "yes"})
    assert ApiToken.objects.get().revoked_at, "a program that belongs nowhere does nothing"


def test_staff_make_tokens_for_programs_and_not_for_people():
    client = staff_client()
    client.post("/people/add-program/", {"name": "Importer", "party": "", "confirmed": "yes"})
    program, ada = User.objects.get(kind="service"), person()

    scopes = {**FORM, "scopes": ["write:registers"]}
    assert client.post(f"/people/{program.pk}/tokens/", scopes).status_code == 200
    assert ApiToken.objects.get().scopes == ["write:registers"]
    assert client.post(f"/people/{ada.pk}/tokens/", FORM).status_code == 404

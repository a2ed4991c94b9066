"""Signing in: with a password, a second factor, a passkey; too often; and out again everywhere."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.test import Client

from engross.apps.accounts.commands import add_service, end_all_sessions
from engross.apps.accounts.models import User
from engross.apps.mail.models import Mail
from tests.support.people import PASSWORD, client_of, code_of, person, sign_in, staff_client

pytestmark = pytest.mark.django_db
SHARED = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "engross_cache"}


@pytest.fixture(autouse=True)
def as_deployed(settings):
    """Let each test begin with all its attempts, and mail go to the outbox as it does."""
    cache.clear()
    settings.EMAIL_BACKEND = "engross.apps.mail.adapters.Outbox"


def is_signed_in(client: Client) -> bool:
    return client.get("/accounts/sessions/").status_code == 200


def test_a_password_lets_in_whoever_has_no_second_factor():
    client, ada = Client(), person()

    assert not is_signed_in(client)
    assert sign_in(client, ada)["Location"] == "/"
    assert is_signed_in(client)


def test_a_second_factor_is_asked_for_before_anybody_is_in():
    client, ada = Client(), person()
    secret = generate_totp_secret()
    TOTP.activate(ada, secret)

    assert sign_in(client, ada)["Location"] == "/accounts/2fa/authenticate/"
    assert not is_signed_in(client)
    assert client.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 200
    assert not is_signed_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert is_signed_in(client)


def test_a_recovery_code_lets_in_once():
    ada = person()
    TOTP.activate(ada, generate_totp_secret())
    code = RecoveryCodes.activate(ada).get_unused_codes()[0]

    def tries() -> bool:
        client = Client()
        sign_in(client, ada)
        client.post("/accounts/2fa/authenticate/", {"code": code})
        return is_signed_in(client)

    assert tries()
    assert not tries()


def test_the_session_is_another_one_after_signing_in():
    client, ada = Client(), person()
    client.get("/accounts/login/")
    before = client.session.session_key or ""
    client.session.save()

    sign_in(client, ada)

    assert client.session.session_key != before


@pytest.mark.parametrize("email", ["ada@engross.example", "nobody@engross.example"])
def test_a_wrong_password_and_an_unknown_address_are_answered_alike(email):
    person()
    answer = Client().post("/accounts/login/", {"login": email, "password": "not this one"})

    assert answer.status_code == 200
    assert "The e-mail address or the password is not right." in answer.content.decode()


def test_a_forgotten_password_is_answered_alike_whether_there_is_an_account():
    person()
    answers = {}
    for email in ("ada@engross.example", "nobody@engross.example"):
        answer = Client().post("/accounts/password/reset/", {"email": email}, follow=True)
        answers[email] = (answer.redirect_chain, answer.content)
    known, unknown = answers.values()
    subjects = list(Mail.objects.order_by("pk").values_list("to_address", "subject"))

    assert known == unknown
    assert subjects == [
        ("ada@engross.example", "Choose a new password"),
        ("nobody@engross.example", "There is no account with this address"),
    ]


def test_a_link_chooses_a_new_password_once_and_ends_other_sessions():
    ada = person()
    elsewhere = client_of(ada)
    Client().post("/accounts/password/reset/", {"email": ada.email})
    link = next(line for line in Mail.objects.get().text.splitlines() if line.startswith("http"))
    assert link.startswith("http://127.0.0.1:8000/accounts/password/reset/key/")
    client = Client()
    form = client.get(link.removeprefix("http://127.0.0.1:8000"))["Location"]
    typed = {"password1": "a whole new sentence", "password2": "a whole new sentence"}

    assert client.post(form, typed)["Location"] == "/accounts/password/reset/key/done/"
    assert not is_signed_in(elsewhere)
    again = Client().get(link.removeprefix("http://127.0.0.1:8000"))
    assert "This link has been used" in again.content.decode()
    sign_in(client, ada, password="a whole new sentence")
    assert is_signed_in(client)


def test_a_mail_leads_to_the_site_whatever_a_request_calls_it(settings):
    settings.ALLOWED_HOSTS = ["*"]
    ada = person()
    Client(headers={"host": "elsewhere.test"}).post(
        "/accounts/password/reset/", {"email": ada.email}
    )

    assert "elsewhere.test" not in Mail.objects.get().text


@pytest.mark.parametrize("password", ["short", "aaaa1111", "password1234", "123456789012",
                                      "ada@engross.example"])  # fmt: skip
def test_a_weak_password_is_refused(password):
    client = client_of(person())
    typed = {"oldpassword": "correct horse 42 !", "password1": password, "password2": password}

    answer = client.post("/accounts/password/change/", typed)

    assert answer.status_code == 200
    assert b"error-summary" in answer.content


def test_after_five_wrong_passwords_the_right_one_waits_too():
    client, ada = Client(), person()
    for _ in range(5):
        sign_in(client, ada, password="wrong")

    answer = sign_in(client, ada)

    assert "Too many attempts." in answer.content.decode()
    assert not is_signed_in(client)


def test_attempts_are_counted_for_all_processes_together(settings):
    """The cache in the database is what two processes share; each has its own object of it."""
    settings.CACHES = {**settings.CACHES, "default": SHARED}
    ada = person()
    for _ in range(5):
        sign_in(Client(), ada, password="wrong")
    from django.core.cache import caches

    del caches["default"]
    client = Client()
    sign_in(client, ada)

    assert not is_signed_in(client)


def test_nobody_signs_in_with_a_closed_account_and_its_sessions_are_over():
    ada = person()
    client = client_of(ada)
    User.objects.filter(pk=ada.pk).update(is_active=False)

    assert not is_signed_in(client)
    assert sign_in(Client(), ada)["Location"] == "/accounts/inactive/"


def test_a_program_never_signs_in():
    program = add_service(name="Importer", is_staff=False)
    program.set_password("even with a password")
    program.save()
    client = Client()
    sign_in(client, program, password="even with a password")

    assert not is_signed_in(client)


def test_all_sessions_end_at_once_listed_or_not():
    ada = person()
    listed, other = Client(), client_of(ada)
    sign_in(listed, ada)

    end_all_sessions(ada)

    assert not is_signed_in(listed)
    assert not is_signed_in(other)


def test_sessions_are_listed_and_ended_one_by_one_or_all_others():
    ada = person()
    agents = ["Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", "Chrome/140.0 (Windows)", "curl"]
    clients = [Client(headers={"user-agent": each}) for each in agents]
    for client in clients:
        sign_in(client, ada)
    page = clients[0].get("/accounts/sessions/").content.decode()
    assert "Firefox on Linux" in page
    assert "Chrome on Windows" in page
    second = ada.usersession_set.order_by("pk")[1]

    clients[0].post(f"/my/sessions/{second.pk}/end/")
    assert [is_signed_in(each) for each in clients] == [True, False, True]
    clients[0].post("/accounts/sessions/")
    assert [is_signed_in(each) for each in clients] == [True, False, False]


def test_somebody_elses_session_is_not_there():
    ada, grace = person(), person("Grace")
    client = Client()
    sign_in(client, grace)
    session = grace.usersession_set.get()

    assert client_of(ada).post(f"/my/sessions/{session.pk}/end/").status_code == 404
    assert is_signed_in(client)


def test_a_new_address_counts_once_it_is_confirmed():
    ada, client = person(), Client()
    sign_in(client, ada)
    # Whoever finds a browser open cannot take the account over: the password is asked for again.
    change = {"email": "ada@new.example", "action_add": ""}
    assert client.post("/accounts/email/", change)["Location"].startswith("/accounts/reauth")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.post("/accounts/email/", change)
    ada.refresh_from_db()
    assert ada.email == "ada@engross.example"
    text = Mail.objects.get(to_address="ada@new.example").text
    link = next(line for line in text.splitlines() if line.startswith("http"))

    client.post(link.removeprefix("http://127.0.0.1:8000"))

    ada.refresh_from_db()
    assert ada.email == "ada@new.example"
    assert Mail.objects.filter(to_address="ada@engross.example").exists(), "the old one is told"


def test_a_passkey_is_asked_of_the_browser_for_this_site():
    answer = Client().get("/accounts/2fa/webauthn/login/", headers={"accept": "application/json"})

    options = answer.json()["request_options"]["publicKey"]
    assert options["rpId"] == "testserver"
    assert options["challenge"]


@pytest.mark.parametrize(
    "credential",
    [
        "", "[]", "null", "{}", "not json", '{"id": "x", "response": {}}',
        '{"id": "eA", "rawId": "eA", "type": "public-key", "clientExtensionResults": {}, '
        '"response": {"clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA", '
        '"userHandle": "Mg"}}',
    ],
)  # fmt: skip
def test_a_made_up_passkey_does_not_let_in(credential):
    client = Client()
    client.get("/accounts/2fa/webauthn/login/", headers={"accept": "application/json"})
    client.post("/accounts/2fa/webauthn/login/", {"credential": credential})

    assert not is_signed_in(client)


def test_nobody_opens_an_account_by_themselves():
    typed = {
        "email": "new@example.org",
        "password1": "a long sentence",
        "password2": "a long sentence",
    }
    answer = Client().post("/accounts/signup/", typed)

    assert "Accounts are opened by staff" in answer.content.decode()
    assert not User.objects.exists()


def test_no_page_of_whoever_is_signed_in_is_kept_by_a_browser_or_a_proxy():
    client = staff_client()
    assert client.get("/parties/")["Cache-Control"] == "private, no-store"
    assert "Cache-Control" not in Client().get("/parties/")
    assert "Cookie" not in client.get("/proposals/feed.atom").get("Vary", "")

"""Signing in through an organisation, that is a provider of OpenID Connect in this process."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import requests
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from requests.adapters import BaseAdapter

from engross.apps.accounts.adapters import OrganisationAdapter
from engross.apps.accounts.models import User
from engross.config.organisations import oidc_providers, sign_in_origins
from tests.support.people import person

pytestmark = pytest.mark.django_db
SERVER = "https://login.supplier.example"
SUPPLIER = {
    "id": "supplier",
    "name": "Demonstration Supplier",
    "client_id": "engross",
    "secret": "kept between us",
    "server_url": SERVER,
    "domains": ["supplier.example"],
}


@dataclass
class FakeProvider(BaseAdapter):
    """Answers as a provider does: where its doors are, a token for a code, who that is."""

    claims: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__()

    def send(self, request: requests.PreparedRequest, **_: Any) -> requests.Response:
        """Answer one request of the site's."""
        response = requests.Response()
        response.status_code, response.url, response.request = 200, request.url or "", request
        body = self._body(urlsplit(request.url or "").path)
        response._content = json.dumps(body).encode()
        response.headers["Content-Type"] = "application/json"
        return response

    def _body(self, path: str) -> Mapping[str, Any]:
        if path.endswith("openid-configuration"):
            doors = ("authorization", "token", "userinfo")
            return {
                "issuer": SERVER,
                "jwks_uri": f"{SERVER}/keys",
                **{f"{door}_endpoint": f"{SERVER}/{door}" for door in doors},
            }
        if path == "/token":
            claims = {"iss": SERVER, "aud": "engross", "exp": 2_000_000_000, **self.claims}
            token = jwt.encode(claims, "s" * 32, algorithm="HS256")
            return {"access_token": "a", "token_type": "Bearer", "id_token": token}
        return self.claims

    def close(self) -> None:
        """Nothing is open."""


@pytest.fixture
def provider(settings, monkeypatch):
    """Return the supplier's provider, to which the site speaks."""
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": oidc_providers([SUPPLIER])}}
    made = FakeProvider()

    def session(_: Any) -> requests.Session:
        opened = requests.Session()
        opened.mount("https://", made)
        return opened

    monkeypatch.setattr(OrganisationAdapter, "get_requests_session", session)
    return made


def comes_back(client: Client, provider: FakeProvider, **claims: Any) -> Any:
    """Sign in at the provider as whoever the claims say, and return the site's last answer."""
    provider.claims = {"sub": "1", "email_verified": True, **claims}
    leave = client.post("/accounts/oidc/supplier/login/?process=login")
    assert leave["Location"].startswith(f"{SERVER}/authorization?")
    state = parse_qs(urlsplit(leave["Location"]).query)["state"][0]
    return client.get("/accounts/oidc/supplier/login/callback/", {"code": "c", "state": state})


def is_signed_in(client: Client) -> bool:
    return client.get("/accounts/sessions/").status_code == 200


def test_an_account_with_the_verified_address_is_let_in(provider):
    person(email="ada@supplier.example")
    client = Client()

    comes_back(client, provider, email="ada@supplier.example")

    assert is_signed_in(client)


def test_the_second_factor_is_asked_for_all_the_same(provider):
    ada = person(email="ada@supplier.example", is_staff=True)
    TOTP.activate(ada, generate_totp_secret())
    client = Client()

    answer = comes_back(client, provider, email="ada@supplier.example")

    assert answer["Location"] == "/accounts/2fa/authenticate/"
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "nobody@supplier.example"},  # nobody has an account with it
        {"email": "ada@supplier.example", "email_verified": False},
        {"email": "secretary@administrator.example"},  # not the supplier's to speak for
        {"email": "closed@notsupplier.example"},
        {},
    ],
)
def test_nobody_else_is_let_in_and_no_account_is_made(provider, claims):
    for email in ("ada@supplier.example", "secretary@administrator.example",
                  "closed@notsupplier.example"):  # fmt: skip
        person(email=email)
    client = Client()

    answer = comes_back(client, provider, **claims)

    assert answer["Location"] == "/accounts/oidc/error/"
    assert not is_signed_in(client)
    assert User.objects.count() == 3


def test_whoever_is_signed_in_cannot_have_another_identity_connected(provider):
    ada = person(email="ada@supplier.example")
    client = Client()
    client.force_login(ada)
    provider.claims = {"sub": "2", "email": "eve@supplier.example", "email_verified": True}
    leave = client.post("/accounts/oidc/supplier/login/?process=connect")
    state = parse_qs(urlsplit(leave["Location"]).query)["state"][0]

    back = {"code": "c", "state": state}
    answer = client.get("/accounts/oidc/supplier/login/callback/", back)

    assert answer["Location"] == "/accounts/oidc/error/"
    assert not ada.socialaccount_set.exists()


def test_an_answer_that_nobody_asked_for_is_refused(provider):
    person(email="ada@supplier.example")
    provider.claims = {"sub": "1", "email": "ada@supplier.example", "email_verified": True}
    client = Client()
    answer = client.get(
        "/accounts/oidc/supplier/login/callback/", {"code": "c", "state": "made-up"}
    )

    assert answer.status_code == 401
    assert not is_signed_in(client)


def test_a_closed_account_stays_closed(provider):
    ada = person(email="ada@supplier.example")
    User.objects.filter(pk=ada.pk).update(is_active=False)
    client = Client()

    comes_back(client, provider, email="ada@supplier.example")

    assert not is_signed_in(client)


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.test/", "//elsewhere.test"])
def test_signing_in_leads_to_this_site_only(provider, elsewhere):
    person(email="ada@supplier.example")
    client = Client()
    provider.claims = {"sub": "1", "email": "ada@supplier.example", "email_verified": True}
    leave = client.post(f"/accounts/oidc/supplier/login/?process=login&next={elsewhere}")
    state = parse_qs(urlsplit(leave["Location"]).query)["state"][0]
    answer = client.get("/accounts/oidc/supplier/login/callback/", {"code": "c", "state": state})

    assert answer["Location"] == "/"


def test_the_page_for_signing_in_offers_the_organisation(provider):
    assert "Demonstration Supplier" in Client().get("/accounts/login/").content.decode()


def test_an_organisation_that_speaks_for_no_domain_is_refused_at_start():
    with pytest.raises(ImproperlyConfigured, match="lacks domains"):
        oidc_providers([{**SUPPLIER, "domains": []}])


def test_a_form_may_lead_to_the_organisation_and_nowhere_else():
    more = {**SUPPLIER, "sign_in_origins": ["https://id.supplier.example/x"]}

    assert sign_in_origins([more]) == [SERVER, "https://id.supplier.example"]

"""People who sign in, for tests of what each sees and may do."""

import time
from datetime import date
from typing import Any

from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.test import Client

from engross.apps.accounts.commands import add_person, add_staff
from engross.apps.accounts.models import User
from engross.apps.parties.models import Party
from engross.apps.people.models import PartyMembership
from tests.factories import AT

PASSWORD = "correct horse 42 !"


def staff_client(*, second_factor: bool = True) -> Client:
    """Return a client that is signed in as staff, with a second factor or without."""
    user = add_staff(email="staff@engross.example", name="Staff", password=PASSWORD)
    if second_factor:
        TOTP.activate(user, generate_totp_secret())
    return client_of(user)


def client_of(user: User, **options: Any) -> Client:
    """Return a client that is signed in as somebody."""
    client = Client(**options)
    client.force_login(user)
    return client


def person(name: str = "Ada", *, email: str = "", **flags: Any) -> User:
    """Return somebody with an account and a password."""
    address = email or f"{name.lower()}@engross.example"
    return add_person(email=address, name=name, password=PASSWORD, **flags)


def member(
    user: User, party: str, *, role: str = "user", since: date = date(2020, 1, 1)
) -> PartyMembership:
    """Make somebody one of a Party's people; the Party is on the register."""
    return PartyMembership.objects.create(
        user=user, party=Party.objects.get(key=party), role=role, held_from=since, recorded_at=AT
    )


def sign_in(client: Client, user: User, *, password: str = PASSWORD) -> Any:
    """Send the form for signing in, and return the answer."""
    return client.post("/accounts/login/", {"login": user.email, "password": password})


def code_of(secret: str) -> str:
    """Return the code that an app shows for a secret now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))

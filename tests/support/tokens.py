"""Programs that ask the API with a token, for tests of what they may do."""

from typing import Any

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.utils import timezone

from engross.apps.accounts.commands import add_staff
from engross.apps.accounts.models import User
from engross.apps.people.commands.tokens import make_token

ALL = ("read:own", "write:own", "write:registers", "write:text")


def staff(email: str = "staff@engross.example", *, second_factor: bool = True) -> User:
    """Return a member of staff, with a second factor or without."""
    user = add_staff(email=email, name="Staff", password="correct horse 42 !")
    if second_factor:
        TOTP.activate(user, generate_totp_secret())
    return user


def token_of(user: User, *scopes: str) -> str:
    """Return a new token of a person, with all scopes unless some are given."""
    asked = scopes or ALL
    return make_token(user, name="Test", scopes=asked, days=7, by=user, at=timezone.now())


def program(user: User, *scopes: str, **defaults: Any) -> Client:
    """Return a client that sends a new token of a person with each request."""
    return Client(headers={"Authorization": f"Bearer {token_of(user, *scopes)}"}, **defaults)

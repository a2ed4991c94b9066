"""People who sign in, for tests of what staff see and may do."""

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from engross.apps.accounts.commands import add_staff


def staff_client(*, second_factor: bool = True) -> Client:
    """Return a client that is signed in as staff, with a second factor or without."""
    user = add_staff(email="staff@engross.example", name="Staff", password="correct horse 42 !")
    if second_factor:
        TOTP.activate(user, generate_totp_secret())
    client = Client()
    client.force_login(user)
    return client

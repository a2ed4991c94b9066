"""Who may come to the pages."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from engross.apps.accounts.models import User


@pytest.fixture
def secretary(db: None) -> User:
    """Return a member of staff with a second factor, who may use the registers' commands."""
    user = User.objects.create_user("secretary@example.org", None, name="Secretary", is_staff=True)
    TOTP.activate(user, generate_totp_secret())
    return user

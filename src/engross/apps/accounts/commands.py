"""What can be done to accounts."""

import secrets
from typing import Any

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from engross.apps.accounts.models import User
from engross.core.refusals import Reason, Refused


@transaction.atomic
def add_staff(*, email: str, name: str, password: str) -> User:
    """Make an account for a member of staff, who sets up the second factor on signing in.

    Raises Refused if the address is taken or not an address.
    """
    return add_person(email=email, name=name, password=password, is_staff=True)


@transaction.atomic
def add_person(*, email: str, name: str, password: str | None = None, **flags: Any) -> User:
    """Make an account; without a password the person chooses one by a link.

    Raises Refused if the address is taken or not an address.
    """
    try:
        user = User.objects.create_user(email, password, name=name, **flags)
    except ValidationError as error:
        reasons = [
            Reason(message.rstrip("."), "Give another address") for message in error.messages
        ]
        raise Refused(reasons) from error
    # Whoever made the account vouches for the address; a second factor needs a verified one.
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def add_service(*, name: str, is_staff: bool) -> User:
    """Make an account for a program, under an address that no mail reaches."""
    email = f"program-{secrets.token_hex(8)}@service.invalid"
    return User.objects.create_user(email, None, name=name, kind="service", is_staff=is_staff)


def end_all_sessions(user: User) -> None:
    """End every session of a person, those that are listed and any other."""
    User.objects.filter(pk=user.pk).update(sessions_ended=F("sessions_ended") + 1)
    for session in UserSession.objects.filter(user_id=user.pk).order_by("pk"):
        session.end()


def end_one_session(user: User, session: int) -> bool:
    """End one session, if it is the person's; return whether it was."""
    found = UserSession.objects.filter(user_id=user.pk, pk=session).first()
    if found:
        found.end()
    return found is not None

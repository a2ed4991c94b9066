"""Opening and closing accounts, and ending sessions."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urljoin

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from engross.apps.accounts import commands as accounts
from engross.apps.accounts.models import User
from engross.apps.audit.commands import record_event
from engross.apps.mail.commands import Letter, queue_mail
from engross.apps.parties.models import Party
from engross.apps.people.models import ApiToken, PartyMembership
from engross.core.people.roles import PartyRole
from engross.core.refusals import Reason, Refused


@dataclass(frozen=True)
class Newcomer:
    """Who gets an account: where mail reaches them, and what they are called."""

    email: str
    name: str


def subject_of(user: User) -> str:
    """Return what the audit calls a person: never by name, so that a name can be forgotten."""
    return f"people/{user.pk}"


def open_account(newcomer: Newcomer, **flags: Any) -> User:
    """Make an account without a password, for whoever was found to own the address.

    Raises Refused if there is one with that address.
    """
    return accounts.add_person(email=newcomer.email, name=newcomer.name, **flags)


def mail_welcome(user: User, template: str, *, at: datetime, **context: Any) -> None:
    """Mail somebody the link with which they choose their password; it works once."""
    key = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    path = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(user), key])
    filled = {"name": user.name, "link": urljoin(settings.SITE_URL, path), **context}
    queue_mail(Letter(template, user, filled, is_secret=True), at=at)


@transaction.atomic
def add_staff_member(newcomer: Newcomer, *, by: User, at: datetime) -> User:
    """Open an account for a member of staff, and mail the link for its password.

    Raises Refused if the address is taken.
    """
    user = open_account(newcomer, is_staff=True)
    mail_welcome(user, "account_opened", at=at)
    record_event(action="people.add-staff", subject=subject_of(user), by=by, at=at)
    return user


@transaction.atomic
def add_service_account(
    name: str, *, party: Party | None, by: User, at: datetime, on: date
) -> User:
    """Make an account for a program: it has no password, and does what its tokens say.

    It belongs to a Party, or to staff if there is none given.
    """
    if not name.strip():
        raise Refused(Reason("A program needs a name", "Say what it is for"))
    user = accounts.add_service(name=name.strip(), is_staff=party is None)
    if party:
        PartyMembership.objects.create(
            user=user, party=party, role=PartyRole.USER.value, held_from=on,
            approved_by=by, recorded_at=at,
        )  # fmt: skip
    details = {"party": party.key if party else ""}
    record_event(
        action="people.add-service", subject=subject_of(user), by=by, at=at, details=details
    )
    return user


@transaction.atomic
def set_authority(user: User, *, is_authority: bool, by: User, at: datetime, reason: str) -> None:
    """Say that a person reads as the Authority does, or no longer.

    Raises Refused if nothing would change, or if it is a program.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.is_service:
        raise Refused(Reason("A program is not the Authority", "Choose a person"))
    if user.is_authority == is_authority:
        raise Refused(Reason("It is so already", "Look at the page again"))
    user.is_authority = is_authority
    user.save(update_fields=["is_authority"])
    if not is_authority:
        accounts.end_all_sessions(user)
    record_event(
        action="people.authority", subject=subject_of(user), by=by, at=at, reason=reason,
        details={"is_authority": is_authority},
    )  # fmt: skip


@transaction.atomic
def close_account(user: User, *, by: User | None, at: datetime, reason: str) -> None:
    """Close an account: nobody signs in with it, its sessions end, its tokens no longer work.

    Raises Refused if it is one's own, or closed already.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if user == by:
        raise Refused(Reason("This is your own account", "Ask somebody else of staff"))
    if not user.is_active:
        raise Refused(Reason("This account is closed already", "Look at its history"))
    user.is_active = False
    user.save(update_fields=["is_active"])
    accounts.end_all_sessions(user)
    revoke_tokens(user, at=at)
    record_event(action="people.close", subject=subject_of(user), by=by, at=at, reason=reason)


def revoke_tokens(user: User, *, at: datetime) -> None:
    """Revoke all tokens of an account, within what ends its rights."""
    ApiToken.objects.filter(user=user, revoked_at__isnull=True).update(revoked_at=at)


@transaction.atomic
def reopen_account(user: User, *, by: User, at: datetime, reason: str) -> None:
    """Open an account again; its tokens stay revoked. Raises Refused if it is open."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.is_active:
        raise Refused(Reason("This account is open", "Look at the page again"))
    user.is_active = True
    user.save(update_fields=["is_active"])
    record_event(action="people.reopen", subject=subject_of(user), by=by, at=at, reason=reason)


@transaction.atomic
def remove_second_factor(user: User, *, by: User | None, at: datetime, reason: str) -> None:
    """Take away the second factors of somebody who lost them, end their sessions, and tell them.

    Raises Refused if it is one's own account, or there is none to take away.
    """
    if user == by:
        what = "This is your own account"
        raise Refused(Reason(what, "Change it under 'Second factor', or ask somebody else"))
    if not Authenticator.objects.filter(user_id=user.pk).delete()[0]:
        raise Refused(Reason("There is no second factor", "Look at the page again"))
    accounts.end_all_sessions(user)
    queue_mail(Letter("second_factor_removed", user, {"name": user.name}), at=at)
    record_event(
        action="people.remove-second-factor", subject=subject_of(user), by=by, at=at, reason=reason
    )


@transaction.atomic
def end_sessions(user: User, *, by: User | None, at: datetime, reason: str = "") -> None:
    """End all sessions of a person: everywhere they have to sign in again."""
    accounts.end_all_sessions(user)
    record_event(
        action="people.end-sessions", subject=subject_of(user), by=by, at=at, reason=reason
    )


@transaction.atomic
def end_session(user: User, session: int, *, at: datetime) -> bool:
    """End one of one's own sessions; return whether there was such a one."""
    ended = accounts.end_one_session(user, session)
    if ended:
        record_event(action="people.end-session", subject=subject_of(user), by=user, at=at)
    return ended

"""A person's account, and what hangs on it: told, erased, forgotten."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db.models import Model, QuerySet

from engross.apps.accounts.commands import end_all_sessions
from engross.apps.accounts.models import User
from engross.apps.audit.models import Event
from engross.apps.exchange.models import Webhook
from engross.apps.files.models import NamedReader
from engross.apps.following.models import Follow, PrivateCalendar
from engross.apps.notices.models import OptOut
from engross.apps.people.models import (
    ApiToken,
    BodyMembership,
    PartyMembership,
    RegistrationRequest,
    TeamMembership,
)
from engross.apps.proposals.models import Absence, LeadAnalyst, SavedFilter

Rows = list[dict[str, Any]]
ERASED_DOMAIN = "erased.invalid"
TERMS: tuple[type[Any], ...] = (
    PartyMembership, BodyMembership, TeamMembership, LeadAnalyst, Absence,
)  # fmt: skip


def told(rows: "QuerySet[Any]", *fields: str) -> Rows:
    """Return fields of rows as JSON holds them, the oldest first."""
    return [
        {name: _plain(value) for name, value in row.items()}
        for row in rows.order_by("pk").values(*fields)
    ]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def is_erased(user: User) -> bool:
    """Say whether an account names nobody any more."""
    return user.email.endswith(f"@{ERASED_DOMAIN}")


def account_told(user: User) -> Rows:
    """Return the account, its addresses, second factors, sessions and tokens."""
    whole = told(User.objects.filter(pk=user.pk), "email", "name", "date_joined", "last_login")
    whole[0]["addresses"] = told(EmailAddress.objects.filter(user=user), "email", "verified")
    whole[0]["second_factors"] = told(
        Authenticator.objects.filter(user=user), "type", "created_at", "last_used_at"
    )
    whole[0]["sessions"] = told(
        UserSession.objects.filter(user=user), "created_at", "last_seen_at", "ip", "user_agent"
    )
    whole[0]["organisations"] = told(SocialAccount.objects.filter(user=user), "provider", "uid")
    whole[0]["tokens"] = told(
        ApiToken.objects.filter(user=user), "name", "prefix", "scopes", "made_at", "last_used_at"
    )
    return whole


def erase_account(user: User, at: datetime) -> int:
    """Leave of an account a number that nobody can sign in with."""
    end_all_sessions(user)
    gone = sum(
        model.objects.filter(user=user).delete()[0]
        for model in (EmailAddress, Authenticator, SocialAccount, UserSession, ApiToken)
    )
    user.refresh_from_db()
    user.email = f"person-{user.pk}@{ERASED_DOMAIN}"
    user.name = f"Erased person {user.pk}"
    user.is_active = user.is_staff = False
    user.last_login = None
    user.set_unusable_password()
    user.save()
    return gone + 1


def forget_closed_accounts(before: datetime, at: datetime) -> int:
    """Erase the accounts that were closed before a moment and have named somebody since."""
    from engross.apps.operations.commands.personal.erasing import erase_person

    found = [user for user in _closed_before(before) if not is_erased(user)]
    for user in found:
        erase_person(user, by=None, at=at, reason="Closed so long ago that it is forgotten")
    return len(found)


def _closed_before(before: datetime) -> Iterator[User]:
    """Return the accounts that are closed, and were closed last before a moment."""
    closed = Event.objects.filter(action="people.close")
    for user in User.objects.filter(is_active=False).order_by("pk"):
        last = closed.filter(subject=f"people/{user.pk}").order_by("-pk").first()
        if last is not None and last.happened_at < before:
            yield user


def memberships_told(user: User) -> Rows:
    """Return the terms of a person, of every kind."""
    rows = told(PartyMembership.objects.filter(user=user), "party__key", "role", "held_from",
                "held_until")  # fmt: skip
    rows += told(BodyMembership.objects.filter(user=user), "body", "role", "held_from",
                 "held_until")  # fmt: skip
    rows += told(TeamMembership.objects.filter(user=user), "team", "held_from", "held_until")
    rows += told(LeadAnalyst.objects.filter(user=user), "proposal__label", "held_from",
                 "held_until")  # fmt: skip
    rows += told(Absence.objects.filter(user=user), "held_from", "held_until")
    rows += told(NamedReader.objects.filter(person=user), "register", "entry", "named_at")
    return [{name: _plain_key(value) for name, value in row.items()} for row in rows]


def _plain_key(value: Any) -> Any:
    return value if isinstance(value, str | int | None) else str(value)


def end_memberships(user: User, at: datetime) -> int:
    """End the terms that hold, and take back what the person alone was let read."""
    count = NamedReader.objects.filter(person=user).delete()[0]
    for model in TERMS:
        for term in model.objects.filter(user=user, held_until__isnull=True):
            term.held_until = max(at.date(), term.held_from)
            term.save(update_fields=["held_until"])
            count += 1
    return count


def _requests_of(user: User) -> "QuerySet[RegistrationRequest]":
    mine = RegistrationRequest.objects.filter(email__iexact=user.email)
    return mine | RegistrationRequest.objects.filter(user=user)


def requests_told(user: User) -> Rows:
    """Return what the person wrote to ask for an account."""
    return told(_requests_of(user), "email", "name", "interest", "why", "asked_at", "state")


def erase_requests(user: User, at: datetime) -> int:
    """Empty what the person wrote to ask for an account."""
    return _empty(_requests_of(user))


def forget_requests(before: datetime, at: datetime) -> int:
    """Empty the requests that were decided, or never confirmed, before a moment."""
    decided = RegistrationRequest.objects.filter(decided_at__lt=before)
    never = RegistrationRequest.objects.filter(state="unverified", asked_at__lt=before)
    return _empty((decided | never).exclude(email__endswith=f"@{ERASED_DOMAIN}"))


def _empty(requests: "QuerySet[RegistrationRequest]") -> int:
    count = 0
    for request in requests:
        request.email = f"request-{request.pk}@{ERASED_DOMAIN}"
        request.interest = request.why = request.verification_digest = ""
        request.name = "Erased"
        request.save(update_fields=["email", "name", "interest", "why", "verification_digest"])
        count += 1
    return count


def follows_told(user: User) -> Rows:
    """Return what the person follows and wants no mail of, and where their webhooks lead."""
    rows = told(Follow.objects.filter(person=user), "kind", "key", "rhythm", "followed_at")
    rows += told(PrivateCalendar.objects.filter(person=user), "made_at")
    rows += told(SavedFilter.objects.filter(person=user), "name", "query", "saved_at")
    rows += told(OptOut.objects.filter(person=user), "event", "opted_out_at")
    return rows + told(Webhook.objects.filter(owner=user), "url", "made_at")


def erase_follows(user: User, at: datetime) -> int:
    """Remove what the person follows and wants no mail of, their filters, calendar, webhooks."""
    gone: list[tuple[type[Model], str]] = [
        (Follow, "person"), (PrivateCalendar, "person"), (Webhook, "owner"),
        (OptOut, "person"), (SavedFilter, "person"),
    ]  # fmt: skip
    return sum(model._default_manager.filter(**{name: user}).delete()[0] for model, name in gone)

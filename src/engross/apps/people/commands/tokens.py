"""Making and revoking what programs show to act for a person."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from engross.apps.accounts.models import User
from engross.apps.audit.commands import record_event
from engross.apps.people.models import ApiToken
from engross.core.people.tokens import (
    beginning_of,
    digest_of,
    reasons_against_token,
    token_of,
)
from engross.core.refusals import Reason, Refused

# A program asks many times a minute, and when it last did need not be known to the second.
NOTED_EVERY = timedelta(minutes=10)


@transaction.atomic
def make_token(
    user: User, *, name: str, scopes: Collection[str], days: int, by: User, at: datetime
) -> str:
    """Make a token for a person or program and return it: it is told this once and never again.

    Raises Refused if it asks for more than the account may have, holds too long, or is one too
    many.
    """
    User.objects.select_for_update().get(pk=user.pk)
    live = ApiToken.objects.filter(user=user, revoked_at__isnull=True, expires_at__gt=at).count()
    reasons = reasons_against_token(scopes, days=days, is_staff=user.is_staff, live=live)
    if not name.strip():
        reasons.append(Reason("A token needs a name", "Say which program it is for"))
    if reasons:
        raise Refused(reasons)
    raw = token_of(secrets.token_urlsafe(32))
    made = ApiToken.objects.create(
        user=user, name=name.strip(), prefix=beginning_of(raw), digest=digest_of(raw),
        scopes=sorted(scopes), made_at=at, made_by=by, expires_at=at + timedelta(days=days),
    )  # fmt: skip
    details = {"token": made.prefix, "scopes": made.scopes, "expires_at": str(made.expires_at)}
    record_event(
        action="people.make-token", subject=f"people/{user.pk}", by=by, at=at, details=details
    )
    return raw


@transaction.atomic
def revoke_token(token: ApiToken, *, by: User, at: datetime) -> None:
    """Make a token worthless from now on. Raises Refused if it is already."""
    changed = ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=at)
    if not changed:
        raise Refused(Reason("This token is revoked already", "Look at the list again"))
    record_event(
        action="people.revoke-token", subject=f"people/{token.user_id}", by=by, at=at,
        details={"token": token.prefix},
    )  # fmt: skip


def note_token_use(raw: str, *, at: datetime) -> None:
    """Note that a token was used now, unless that was noted a few minutes ago."""
    long_ago = Q(last_used_at__isnull=True) | Q(last_used_at__lt=at - NOTED_EVERY)
    ApiToken.objects.filter(long_ago, digest=digest_of(raw)).update(last_used_at=at)

"""The tokens of people and programs."""

from datetime import datetime

from django.db.models import F, QuerySet

from engross.apps.accounts.models import User
from engross.apps.people.models import ApiToken
from engross.core.people.tokens import digest_of


def person_of_token(raw: str, *, at: datetime) -> tuple[User, frozenset[str]] | None:
    """Return whose token this is and what it may do; None if it is not one that holds at `at`."""
    token = (
        ApiToken.objects.select_related("user")
        .filter(
            digest=digest_of(raw), revoked_at__isnull=True, expires_at__gt=at, user__is_active=True
        )
        .first()
    )
    return (token.user, frozenset(token.scopes)) if token else None


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """Return the tokens of a person or program, those that still hold first, the latest first."""
    tokens = ApiToken.objects.filter(user=user).select_related("made_by")
    return tokens.order_by(F("revoked_at").asc(nulls_first=True), "-made_at", "-pk")

"""Whose program asks: told by a token, which lets it do no more than its person may."""

from dataclasses import dataclass

from django.core.cache import caches
from django.http import HttpRequest
from django.utils import timezone

from engross.apps.accounts.models import User
from engross.apps.people.commands.tokens import note_token_use
from engross.apps.people.queries import person_of_token, reader_of
from engross.core.people.scopes import reader_within
from engross.core.people.tokens import digest_of

NOTED_SECONDS = 600


@dataclass(frozen=True)
class Bearer:
    """Who bears a token; `fault` says why it is none that holds."""

    key: str = ""
    user: User | None = None
    scopes: frozenset[str] = frozenset()
    fault: str = ""


def bearer_of(request: HttpRequest) -> Bearer | None:
    """Return who bears the request's token, and let all below know them; None without a token.

    A session beside the token says nothing: whoever sends a token is its bearer.
    """
    told = request.headers.get("Authorization", "")
    if not told:
        return None
    scheme, _, raw = told.partition(" ")
    raw = raw.strip()
    if scheme.lower() != "bearer" or not raw:
        return Bearer(fault="The header Authorization is to read 'Bearer' and a token")
    now = timezone.now()
    found = person_of_token(raw, at=now)
    if found is None:
        return Bearer(fault="The token is not known, was revoked, or has run out")
    user, scopes = found
    digest = digest_of(raw)
    if caches["local"].add(f"token-used:{digest}", 1, timeout=NOTED_SECONDS):
        note_token_use(raw, at=now)
    reader = reader_within(reader_of(user, timezone.localdate()), scopes)
    request.user = user
    request.reader = reader  # type: ignore[attr-defined]
    request.scopes = scopes  # type: ignore[attr-defined]
    return Bearer(digest, user, scopes)

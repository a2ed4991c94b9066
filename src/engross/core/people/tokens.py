"""What a token looks like, and what is kept of it."""

import hashlib
from collections.abc import Collection

from engross.core.people.scopes import scopes_for
from engross.core.refusals import Reason

LONGEST_DAYS = 366
MOST = 20
MARK = "engross_"
SHOWN = len(MARK) + 6


def token_of(secret: str) -> str:
    """Return the token that is made of a secret; the mark lets scanners find one that leaked."""
    return f"{MARK}{secret}"


def digest_of(raw: str) -> str:
    """Return what is kept of a token or of a code in a mail.

    A plain hash will do: it stands for 256 random bits, which nobody tries one by one.
    """
    return hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()


def beginning_of(raw: str) -> str:
    """Return how a token begins, so that its owner tells it from others."""
    return raw[:SHOWN]


def reasons_against_token(
    scopes: Collection[str], *, days: int, is_staff: bool, live: int
) -> list[Reason]:
    """Return why a token cannot be made: for what it asks, how long it would hold, how many."""
    allowed = {each.scope.value for each in scopes_for(is_staff=is_staff)}
    reasons = []
    if not scopes:
        reasons.append(Reason("A token without a scope can do nothing", "Choose one at least"))
    if excess := sorted(set(scopes) - allowed):
        what = f"This account cannot have {', '.join(excess)}"
        reasons.append(Reason(what, f"Choose from {', '.join(sorted(allowed))}"))
    if not 1 <= days <= LONGEST_DAYS:
        what = f"A token holds for 1 to {LONGEST_DAYS} days, not {days}"
        reasons.append(Reason(what, "Make a new one before it ends"))
    if live >= MOST:
        reasons.append(Reason(f"There are {live} tokens already", "Revoke one first"))
    return reasons

"""How often the API may be asked: so many requests a minute for each token or address."""

import hashlib
from dataclasses import dataclass
from time import time

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.base import BaseCache
from django.http import HttpRequest

from engross.config.machines.bearers import Bearer
from engross.config.sources import address_of

WINDOW_SECONDS = 60
KEPT_SECONDS = 2 * WINDOW_SECONDS
PARTS = 20


@dataclass(frozen=True)
class Allowance:
    """How many requests somebody may make in this minute, and how many were made.

    A limit of 0 is none. `seconds` is how long this minute still takes.
    """

    limit: int
    used: int
    seconds: int

    @property
    def is_used_up(self) -> bool:
        """Say whether this request is one too many."""
        return bool(self.limit) and self.used > self.limit

    @property
    def said(self) -> str:
        """What whoever asked too often is told."""
        return f"{self.limit:,} requests a minute are answered. Wait for {self.seconds} seconds."

    def headers(self) -> dict[str, str]:
        """Return what every answer says about it."""
        if not self.limit:
            return {}
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(max(0, self.limit - self.used)),
            "RateLimit-Reset": str(self.seconds),
        }


def allowance_of(request: HttpRequest, bearer: Bearer | None) -> Allowance:
    """Count a request, and return what is left to whoever made it.

    A token that is not known counts for its address: guessing at tokens is limited too.
    """
    known = bearer is not None and not bearer.fault
    limit = settings.ENGROSS_API_TOKEN_LIMIT if known else settings.ENGROSS_API_ADDRESS_LIMIT
    now = int(time())
    seconds = WINDOW_SECONDS - now % WINDOW_SECONDS
    if not limit:
        return Allowance(0, 0, seconds)
    who = f"token {bearer.key}" if known and bearer else f"address {address_of(request)}"
    named = hashlib.sha256(who.encode()).hexdigest()[:32]
    return Allowance(limit, _counted(f"api-limit:{named}:{now // WINDOW_SECONDS}", limit), seconds)


def _counted(key: str, limit: int) -> int:
    """Count one more request, and return how many there were, as far as is known here.

    Each process counts by itself, and tells the others whenever a part of the limit is used: to
    ask all of them each time would cost more than most answers.
    """
    local, part = caches["local"], max(1, limit // PARTS)
    mine = _added(local, f"{key}:mine", 1)
    if mine < part:
        return int(local.get(f"{key}:all", 0)) + mine
    total = _added(caches["default"], key, mine)
    local.set_many({f"{key}:mine": 0, f"{key}:all": total}, timeout=KEPT_SECONDS)
    return total


def _added(kept: BaseCache, key: str, count: int) -> int:
    kept.add(key, 0, timeout=KEPT_SECONDS)
    try:
        return kept.incr(key, count)
    except ValueError:
        # The cache gave the count up between two lines: it begins again.
        kept.set(key, count, timeout=KEPT_SECONDS)
        return count

"""What a token looks like, and what is kept of it."""

import hashlib

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

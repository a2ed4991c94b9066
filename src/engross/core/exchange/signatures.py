"""How a message is signed, as the Standard Webhooks specification says (version 1, HMAC-SHA256)."""

import base64
import hashlib
import hmac

SECRET_PREFIX = "whsec_"  # noqa: S105 what every secret begins with, and no secret itself


def secret_of(key: bytes) -> str:
    """Return a key as the receiver is given it."""
    return SECRET_PREFIX + base64.b64encode(key).decode("ascii")


def signature_of(key: bytes, *, message: str, sent_at: int, body: bytes) -> str:
    """Return the signature of one attempt; `message` is its id, `sent_at` in seconds since 1970.

    Raises ValueError if the id holds a full stop: it divides what is signed.
    """
    if "." in message:
        raise ValueError(f"'{message}' holds a full stop")
    signed = f"{message}.{sent_at}.".encode() + body
    digest = hmac.new(key, signed, hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode("ascii")

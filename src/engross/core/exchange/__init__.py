"""What programs are told of changes: what counts as one, how it is signed, where it may be sent."""

from engross.core.exchange.addresses import Destination, is_loopback, is_public, read_address
from engross.core.exchange.attempts import read_waits, wait_after
from engross.core.exchange.changes import Kind, seen_as
from engross.core.exchange.signatures import SECRET_PREFIX, secret_of, signature_of

__all__ = [
    "SECRET_PREFIX",
    "Destination",
    "Kind",
    "is_loopback",
    "is_public",
    "read_address",
    "read_waits",
    "secret_of",
    "seen_as",
    "signature_of",
    "wait_after",
]

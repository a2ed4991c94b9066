"""Sending a signed message to a program elsewhere, and nowhere that it must not reach.

The name is looked up once, every address that it has is looked at, and the connection is made to
one of those: a name that points elsewhere a moment later leads nowhere. No redirect is followed.
"""

import contextlib
import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import monotonic

from engross.core.exchange import Destination, is_loopback, is_public

CONNECT_SECONDS = 5.0
# From the first byte sent to the last one read, whatever the receiver does meanwhile.
WHOLE_SECONDS = 10.0
MOST_ANSWERED = 64 * 1024

Resolve = Callable[[str, int], list[str]]


@dataclass(frozen=True)
class Sent:
    """What became of a message: the status answered, or the error; how long it took."""

    status: int | None
    error: str
    seconds: float

    @property
    def is_taken(self) -> bool:
        """Say whether the receiver has it."""
        return self.status is not None and 200 <= self.status < 300


def addresses_of(host: str, port: int) -> list[str]:
    """Return the IP addresses of a host; raises OSError if it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def send_message(
    to: Destination,
    body: bytes,
    headers: Mapping[str, str],
    *,
    allows_local: bool = False,
    resolve: Resolve = addresses_of,
) -> Sent:
    """Post a message and return what became of it; nothing that goes wrong there is raised."""
    begun = monotonic()
    status: int | None = None
    error = ""
    try:
        address = _allowed(to, resolve, allows_local=allows_local)
        status = _post(to, address, body, headers)
    except ssl.SSLError as fault:
        error = f"No secure connection: {fault.reason or fault}"
    except TimeoutError:
        error = f"No answer within {WHOLE_SECONDS:g} seconds"
    except (OSError, http.client.HTTPException, UnicodeError) as fault:
        error = f"{type(fault).__name__}: {fault}"
    if status is not None and not 200 <= status < 300:
        moved = "; redirects are not followed" if 300 <= status < 400 else ""
        error = f"Answered with status {status}{moved}"
    return Sent(status, error[:300], monotonic() - begun)


def _allowed(to: Destination, resolve: Resolve, *, allows_local: bool) -> str:
    """Return the address to connect to; raises OSError unless every one of them may be reached."""
    found = resolve(to.host, to.port)
    allowed = [each for each in found if is_public(each) or (allows_local and is_loopback(each))]
    if not found or len(allowed) < len(found):
        raise PermissionError("its address is not one of the open internet")
    return found[0]


class _Timed(http.client.HTTPConnection):
    """A connection to an address that was looked at, under the host's name."""

    def __init__(self, to: Destination, address: str) -> None:
        super().__init__(to.host, to.port, timeout=CONNECT_SECONDS)
        self._to, self._address = to, address
        # The header Host names a port only where it is not the usual one.
        self.default_port = 443 if to.is_encrypted else 80

    def connect(self) -> None:
        """Connect, and secure the connection by the host's name if it is to be."""
        plain = socket.create_connection((self._address, self._to.port), self.timeout)
        self.sock = plain
        if self._to.is_encrypted:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(plain, server_hostname=self._to.host)


def _post(to: Destination, address: str, body: bytes, headers: Mapping[str, str]) -> int:
    connection = _Timed(to, address)
    is_late = threading.Event()

    def end() -> None:
        is_late.set()
        if connection.sock is not None:
            # It wakes whoever waits for the next byte, however slowly these trickle.
            with contextlib.suppress(OSError):
                connection.sock.shutdown(socket.SHUT_RDWR)

    watch = threading.Timer(WHOLE_SECONDS, end)
    watch.daemon = True
    watch.start()
    try:
        connection.request("POST", to.target, body, dict(headers))
        answer = connection.getresponse()
        answer.read(MOST_ANSWERED)
    except (OSError, http.client.HTTPException) as fault:
        raise (TimeoutError() if is_late.is_set() else fault) from fault
    finally:
        watch.cancel()
        connection.close()
    return answer.status

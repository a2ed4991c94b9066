"""Where a message may be sent: to the open internet, and never into the network of this site."""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from engross.core.refusals import Reason, Refused

LONGEST = 500
_LOCAL = ("localhost", "127.0.0.1", "[::1]")
_PORTS = {"https": 443, "http": 80}
# No name and password before the host, and no fragment: none is sent anywhere.
_ADDRESS = re.compile(
    r"(?P<scheme>[a-z]+)://(?P<host>\[[0-9a-f:.]+\]|[a-z0-9][a-z0-9.-]*)(:(?P<port>\d{1,5}))?"
    r"(?P<target>[/?][^#]*)?",
    re.IGNORECASE,
)
# Addresses that carry an IPv4 address within: a translator would send on to that one.
_TRANSLATED = IPv6Network("64:ff9b::/96")
_TRANSLATED_LOCALLY = IPv6Network("64:ff9b:1::/48")


@dataclass(frozen=True)
class Destination:
    """An address taken apart. `target` is what is asked for there: its path and query."""

    host: str
    port: int
    target: str
    is_encrypted: bool


def read_address(text: str, *, allows_local: bool = False) -> Destination:
    """Return where an address leads; `allows_local` lets in http to the machine itself.

    Raises Refused if nothing is sent to such addresses.
    """
    if len(text) > LONGEST or not text.isascii() or not text.isprintable() or " " in text:
        what = f"The address is not up to {LONGEST} plain characters long"
        raise Refused(Reason(what, "Write one such as https://example.org/changes"))
    found = _ADDRESS.fullmatch(text)
    if found is None or not 0 < int(found["port"] or 1) < 2**16:
        what = "The address is not https:// with a host, perhaps a port, and a path"
        raise Refused(Reason(what, "Write one such as https://example.org/changes"))
    scheme, host = found["scheme"].lower(), found["host"].lower()
    if not (scheme == "https" or (scheme == "http" and allows_local and host in _LOCAL)):
        what = "Nothing is sent except over https"
        raise Refused(Reason(what, "Write an address that begins with https://"))
    target = found["target"] or "/"
    return Destination(
        host.strip("[]"), int(found["port"] or _PORTS[scheme]),
        target if target.startswith("/") else f"/{target}", scheme == "https",
    )  # fmt: skip


def is_public(text: str) -> bool:
    """Say whether an IP address is one of the open internet, within whatever it is wrapped.

    Private, loopback, link-local, shared, reserved and multicast addresses are not; neither is
    what is no address at all.
    """
    try:
        found = ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and found.is_site_local:
        return False
    return all(each.is_global and not each.is_multicast and not each.is_reserved
               for each in (found, *_within(found)))  # fmt: skip


def is_loopback(text: str) -> bool:
    """Say whether an IP address is the machine itself."""
    try:
        found = ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return found.is_loopback


def _within(found: IPv4Address | IPv6Address) -> list[IPv4Address]:
    """Return the addresses that an address stands for, by the ways that there are."""
    if isinstance(found, IPv4Address):
        return []
    inner = [found.ipv4_mapped, found.sixtofour, *(found.teredo or ())]
    if found in _TRANSLATED or found in _TRANSLATED_LOCALLY or int(found) < 2**32:
        inner.append(IPv4Address(int(found) & 0xFFFFFFFF))
    return [each for each in inner if each is not None]

"""A chain of events: each link holds the hash of the one before, so that an edit breaks it.

What may hold a person's data (why, details, before, after, from where) is not hashed itself but by
a digest with a salt of its own: field and salt can be erased together, what stood there cannot be
guessed from the digest that stays, and the chain stays whole.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

# The fields that a digest stands for, in the order in which they are hashed.
FIELDS = ("subject", "reason", "details", "before", "after", "source")
# What stands in a field whose content was erased.
ERASED = "[erased]"
ERASED_VALUE = {"erased": True}


@dataclass(frozen=True)
class Link:
    """One event as the chain sees it.

    `happened_at` is the moment in UTC as ISO 8601 writes it. `values` holds what stands in the
    fields now, `digests` what stood there when the event was written, `erased` the fields that
    say they were emptied since. `erases` names, by position, what this event itself emptied.
    """

    position: int
    happened_at: str
    by: int | None
    action: str
    rule: str
    digests: Mapping[str, str]
    previous: str
    hash: str = ""
    salts: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, object] = field(default_factory=dict)
    erased: frozenset[str] = frozenset()
    erases: Mapping[int, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Fault:
    """A place where the chain does not hold, and what is wrong there."""

    position: int
    what: str

    def __str__(self) -> str:
        return f"Event {self.position}: {self.what}"


def digest_of(name: str, value: object, *, salt: str) -> str:
    """Return the salted SHA-256 of a field's value, in hexadecimal."""
    return sha256(f"{salt}\n{name}\n{_canonical(value)}".encode()).hexdigest()


def hash_of(link: Link) -> str:
    """Return the SHA-256 of a link, in hexadecimal; its digests stand for its fields."""
    told = [
        link.position, link.happened_at, link.by, link.action, link.rule,
        [link.digests.get(name, "") for name in FIELDS], link.previous,
    ]  # fmt: skip
    return sha256(_canonical(told).encode()).hexdigest()


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def faults_in(links: Iterable[Link], *, begins_at: int = 1) -> Iterator[Fault]:
    """Return what is wrong in a chain, in its order; nothing if no event was edited.

    An erased field is no fault if a later event of the chain says that it erased it.
    """
    unexplained: dict[int, set[str]] = {}
    expected, previous = begins_at, ""
    for link in links:
        if link.position != expected:
            yield Fault(expected, f"missing: the next event is {link.position}")
        elif link.previous != previous:
            yield Fault(link.position, "does not follow the event before it")
        yield from _faults_of(link)
        if link.erased:
            unexplained[link.position] = set(link.erased)
        for position, names in link.erases.items():
            if position in unexplained:
                unexplained[position] -= names
        expected, previous = link.position + 1, link.hash
    for position, left in sorted(unexplained.items()):
        if left:
            yield Fault(position, f"{_named(left)} was emptied, and no event says so")


def _faults_of(link: Link) -> Iterator[Fault]:
    if link.hash != hash_of(link):
        yield Fault(link.position, "its hash is not that of what stands there")
    changed = []
    for name in FIELDS:
        if name in link.erased:
            if link.values.get(name) not in (ERASED, ERASED_VALUE) or name in link.salts:
                changed.append(name)
        elif _digest(link, name) != link.digests.get(name):
            changed.append(name)
    if changed:
        yield Fault(link.position, f"{_named(changed)} is not what was written")


def _digest(link: Link, name: str) -> str:
    return digest_of(name, link.values.get(name), salt=link.salts.get(name, ""))


def _named(names: Iterable[str]) -> str:
    return ", ".join(name for name in FIELDS if name in set(names))

"""Permanent ids for provisions that bear none yet."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from hashlib import sha256

from msgspec.structs import replace

from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code, Provision, body_hash

LONGEST = 40
_FORM = re.compile(r"p-[A-Za-z0-9][A-Za-z0-9._-]*")


def is_permanent_id(ident: str) -> bool:
    """Say whether a text can be a provision's permanent id: 'p-' and letters, digits, '.-_'."""
    return len(ident) <= LONGEST and _FORM.fullmatch(ident) is not None


def minted_id(seed: str, *, taken: Callable[[str], bool]) -> str:
    """Return an id made from a seed; the next one while it is taken.

    The same seed gives the same id on every machine, so that the same text taken in twice is
    the same text, ids and all.
    """
    attempt = 0
    while True:
        ident = "p-" + sha256(f"{seed}\n{attempt}".encode()).hexdigest()[:16]
        if not taken(ident):
            return ident
        attempt += 1


def seeds_of(places: Places, nodes: Iterable[int], *, on: date) -> dict[int, str]:
    """Return, for provisions without an id, what their ids are to be made from."""
    seeds = {}
    for node in nodes:
        name, address = places.documents[node].document, places.addresses[node]
        seeds[node] = f"{name}\n{address}\n{on}\n{body_hash(places.provision(node))}"
    return seeds


def identified(places: Places, ids: dict[int, str]) -> Code:
    """Return a text with the ids given to its nodes; a node that is not named keeps its own."""
    made: list[Provision | None] = [None] * len(places)
    for node in range(len(places) - 1, -1, -1):
        provision = places.provisions[node]
        if provision is None:
            continue
        children = tuple([made[child] for child in places.children[node]])
        ident = ids.get(node, provision.id)
        if ident == provision.id and all(map(_is, children, provision.children)):
            made[node] = provision
        else:
            made[node] = replace(provision, id=ident, children=children)
    documents = []
    for root in places.roots:
        provisions = tuple([made[child] for child in places.children[root]])
        documents.append(replace(places.documents[root], provisions=provisions))
    return Code(tuple(documents))


def _is(one: object, other: object) -> bool:
    return one is other

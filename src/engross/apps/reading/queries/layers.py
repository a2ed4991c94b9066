"""What is derived from the text as at a day, worked out once for each text and kept."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from hashlib import sha256
from typing import Any, TypeVar

from engross.apps.legaltext.queries.styles import term_style
from engross.apps.reading.queries.keeping import Kept, shared
from engross.apps.reading.queries.texts import TextState, text_since, text_state
from engross.apps.registers.queries import active_code
from engross.core.legaltext.layers import Layers
from engross.core.legaltext.numbers.addresses import Address
from engross.core.legaltext.places import Places

T = TypeVar("T")
# Whatever is derived from a text otherwise than before begins with another number here.
RULES = 1
KEPT_IN_MEMORY = 4  # texts: today's, and some that people look back at


@dataclass(frozen=True, eq=False)
class CodeLayers:
    """A whole text with all that is derived from it, as it reads from `since` on.

    `key` names the text and everything that its links depend on: what was worked out under one
    key holds wherever that key is.
    """

    key: str
    since: date
    layers: Layers

    @property
    def places(self) -> Places:
        """Where everything stands."""
        return self.layers.places

    @cached_property
    def roots(self) -> dict[str, int]:
        """The node of every document, by its name."""
        return {self.places.documents[root].document: root for root in self.places.roots}

    @cached_property
    def numbered(self) -> dict[tuple[str, str], int]:
        """The node of every number, by document; the first where two bear it."""
        found: dict[tuple[str, str], int] = {}
        for node, provision in enumerate(self.places.provisions):
            if provision is not None and provision.number:
                found.setdefault((self.places.documents[node].document, provision.number), node)
        return found

    def node_at(self, address: Address) -> int | None:
        """Return the node of an address; None where nothing bears it."""
        if not address.number:
            return self.roots.get(address.document)
        return self.numbered.get((address.document, address.number))

    def has_address(self, node: int) -> bool:
        """Say whether a provision's number names it and nothing else of its document.

        A limb '(a)' of a definition that bears no number itself has none, nor a number's second.
        """
        return node in self._addressed

    @cached_property
    def _addressed(self) -> frozenset[int]:
        return frozenset(
            node for (_, number), node in self.numbered.items() if not number.startswith("(")
        )

    def address_of(self, node: int) -> Address:
        """Return the nearest address that a page can have: its own number, else that above it."""
        places = self.places
        name = places.documents[node].document
        while places.provisions[node] is not None and node not in self._addressed:
            node = places.parents[node]
        provision = places.provisions[node]
        return Address(name, provision.number if provision is not None else "")

    def heading_of(self, node: int) -> str:
        """Return what a clause is headed, or a document's title; '' where it has neither."""
        provision = self.places.provisions[node]
        return self.places.documents[node].title if provision is None else provision.heading or ""

    def nodes_of(self, document: str) -> range:
        """Return the nodes of a document, its own first; none if there is no such document."""
        root = self.roots.get(document)
        return range(0) if root is None else range(root, self.places.end_of(root))


def layers_as_at(on: date, *, state: TextState | None = None) -> CodeLayers | None:
    """Return the whole text as at a day with all that is derived from it; None without a text.

    Worked out at most once for each text and process: another day on which the text is the same
    costs one query, and none where `state` is given.
    """
    known = state or text_state()
    since = known.since(on)
    found = _layers(known.hash, since) if since else None
    return found if found and found.roots else None


def layers_key(state: TextState, since: date) -> str:
    """Return what names a text and what its links depend on, without reading it."""
    told = f"{RULES} {active_code().key} {since} {state.hash}"
    return sha256(told.encode()).hexdigest()[:32]


_kept: Kept[str, CodeLayers] = Kept(KEPT_IN_MEMORY)


def _layers(state: str, since: date) -> CodeLayers:
    key = layers_key(TextState(state, ()), since)

    def make() -> CodeLayers:
        places = text_since(state, since).places
        keep = partial(_shared, key)
        return CodeLayers(key, since, Layers(places, term_style(since), keep))

    return _kept.made(key, make)


def _shared(key: str, part: str, kind: Any, make: Callable[[], T]) -> T:
    """Return one of the layers of a text, kept for all processes."""
    return shared(f"reading-{part}-{key}", kind, make)

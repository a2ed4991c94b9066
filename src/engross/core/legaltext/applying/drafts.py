"""A text while it is being changed: the base's nodes, with what sets of operations do to them.

Nothing of the base is copied. Nodes of the base keep their numbers; what sets add gets numbers from
`len(places)` on. What is said of a node here overrides the base; all else is the base's.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec

from engross.core.legaltext.change_sets import (
    EditTable,
    Format,
    Join,
    Key,
    Operation,
    Replace,
    SetTable,
    Split,
    base_side,
)
from engross.core.legaltext.numbers import sort_key
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Document, Provision, own_label, root_label


class Anchor(NamedTuple):
    """What a placed node comes after: a parent's head, a base slot, or another placed node."""

    kind: str
    node: int


class Said(NamedTuple):
    """An operation on a node's own wording, and which set says it."""

    by: int
    operation: Replace | Format | EditTable | SetTable | Split | Join


@dataclass
class Draft:
    """The overlay. `labels` are own labels: what a number adds to the one above, and whether."""

    places: Places
    added: list[Provision | Document] = field(default_factory=list)
    added_children: dict[int, list[int]] = field(default_factory=dict)
    parents: dict[int, int] = field(default_factory=dict)
    removed: set[int] = field(default_factory=set)
    placed: defaultdict[Anchor, list[int]] = field(default_factory=lambda: defaultdict(list))
    away: set[int] = field(default_factory=set)
    labels: dict[int, tuple[str, bool]] = field(default_factory=dict)
    ids: dict[int, str | None] = field(default_factory=dict)
    headings: dict[int, str | None] = field(default_factory=dict)
    said: defaultdict[int, list[Said]] = field(default_factory=lambda: defaultdict(list))
    pieces: dict[int, tuple[int, int]] = field(default_factory=dict)
    placed_at: dict[int, Anchor] = field(default_factory=dict)
    voices: list["Voice"] = field(default_factory=list)
    document_fields: defaultdict[int, dict[str, str]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    def add(self, part: Provision | Document, parent: int) -> int:
        """Give a node to what a set adds, and to all under it."""
        node = len(self.places) + len(self.added)
        self.added.append(part)
        self.parents[node] = parent
        inside = part.provisions if isinstance(part, Document) else part.children
        self.added_children[node] = [self.add(child, node) for child in inside]
        return node

    def parent(self, node: int) -> int:
        """Return where a node stands in the result; -1 for a document."""
        found = self.parents.get(node)
        return self.places.parents[node] if found is None else found

    def base_children(self, node: int) -> Sequence[int]:
        """Return the slots of a parent: its children before anything is placed."""
        if node < 0:
            return self.places.roots
        own = self.added_children.get(node)
        return self.places.children[node] if own is None else own

    def children(self, node: int) -> list[int]:
        """Return what stands under a node in the result, in order; the documents for -1."""
        found: list[int] = []
        self._follow(Anchor("head", node), found)
        for child in self.base_children(node):
            if child not in self.removed and child not in self.away:
                found.append(child)
            self._follow(Anchor("slot", child), found)
        return found

    def reading_order(self) -> list[int]:
        """Return all nodes of the result, documents too, as `Places` counts them in it."""
        found: list[int] = []
        waiting = list(reversed(self.children(-1)))
        while waiting:
            node = waiting.pop()
            found.append(node)
            waiting.extend(reversed(self.children(node)))
        return found

    def _follow(self, anchor: Anchor, found: list[int]) -> None:
        waiting = list(reversed(self.placed.get(anchor, ())))
        while waiting:
            node = waiting.pop()
            if node not in self.removed:
                found.append(node)
            waiting.extend(reversed(self.placed.get(Anchor("item", node), ())))


@dataclass
class Voice:
    """One set of operations, and which nodes its keys name."""

    by: int
    operations: Sequence[Operation]
    nodes: dict[str, int] = field(default_factory=dict)
    items: set[int] = field(default_factory=set)
    placed_under: dict[int, int] = field(default_factory=dict)
    numbers: dict[int, str] = field(default_factory=dict)

    def node(self, key: Key, places: Places) -> int:
        """Return the node that a key names in the base. Raises LookupError for none."""
        name = base_side(key)
        found = self.nodes.get(name)
        if found is None:
            found = places.find(name)
        if found is None:
            raise LookupError(f"nothing is called {name!r}")
        return found

    def number(self, node: int, draft: Draft) -> str:
        """Return the number that a node bears in this set's own result; a document's stem."""
        said = self.numbers.get(node)
        if said is not None:
            return said
        if node >= len(draft.places):
            part = draft.added[node - len(draft.places)]
            return part.number if isinstance(part, Provision) else root_label(part.document)
        label, inherits = draft.places.labels[node]
        return self.stem(node, draft) + label if inherits and label else label

    def stem(self, node: int, draft: Draft) -> str:
        """Return the nearest number above a node in this set's own result."""
        while True:
            node = self.parent(node, draft)
            if node < 0:
                return ""
            if number := self.number(node, draft):
                return number

    def parent(self, node: int, draft: Draft) -> int:
        """Return where a node stands in this set's own result."""
        placed = self.placed_under.get(node)
        if placed is not None:
            return placed
        return draft.parents[node] if node >= len(draft.places) else draft.places.parents[node]

    def label(self, node: int, number: str, draft: Draft) -> tuple[str, bool]:
        """Return the own label that a number is in this set's own result."""
        return own_label(number, self.stem(node, draft))


def in_order(nodes: Iterable[int], draft: Draft) -> list[int]:
    """Return nodes on one anchor in the order that their numbers and wording give."""

    def place(node: int) -> tuple[object, bytes]:
        base = len(draft.places)
        part = draft.added[node - base] if node >= base else draft.places.provisions[node]
        label, inherits = draft.labels.get(node, ("", False))
        number = part.number if isinstance(part, Provision) else ""
        return sort_key(label if inherits or label else number), msgspec.json.encode(part)

    return sorted(nodes, key=place)


def name_parts(voice: Voice, name: str, node: int, draft: Draft) -> None:
    """Let keys name what a set adds, and what stands under it: '+1', '+1.2', '+1.2.1'."""
    voice.nodes[name] = node
    for count, child in enumerate(draft.added_children.get(node, ()), start=1):
        name_parts(voice, f"{name}.{count}", child, draft)

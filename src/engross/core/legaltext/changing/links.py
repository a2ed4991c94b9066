"""What becomes of the nodes of two aligned texts, and the keys that say so in a change set."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from msgspec import UNSET
from msgspec.structs import replace

from engross.core.legaltext.aligned import NONE, Aligned
from engross.core.legaltext.change_sets import Key, Slot, key_of
from engross.core.legaltext.changing.ids import result_ids
from engross.core.legaltext.moves import moves
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Document, Provision

Parts = dict[int, tuple[int, ...]]


class Lone(NamedTuple):
    """The nodes of one text that the other has not: their names in keys, and the topmost."""

    names: dict[int, str]
    tops: list[int]

    @classmethod
    def among(cls, places: Places, pairs: Sequence[int], pieces: set[int], sign: str) -> "Lone":
        """Return what has no pair, named '+1', '+1.1' ... after `sign`, in reading order.

        A piece of a split or join has a name of its own and is no top: nothing hangs on its name.
        """
        found = cls({}, [])
        within: dict[int, int] = {}
        count = 0
        for node in [node for node, pair in enumerate(pairs) if pair == NONE]:
            parent = places.parents[node]
            if node not in pieces and parent in within:
                within[parent] += 1
                name = f"{found.names[parent]}.{within[parent]}"
            else:
                count += 1
                name = f"{sign}{count}"
                if node not in pieces:
                    found.tops.append(node)
            found.names[node] = name
            if node not in pieces:
                within[node] = 0
        return found

    def payload(self, places: Places, node: int, pieces: set[int]) -> Provision:
        """Return a provision with only those under it that the other text has not either."""
        provision = places.provision(node)
        below = places.children[node]
        own = [child for child in below if child in self.names and child not in pieces]
        inside = tuple(self.payload(places, child, pieces) for child in own)
        if len(inside) == len(below) and all(map(_same, inside, provision.children)):
            return provision
        return replace(provision, children=inside)

    def document(self, places: Places, node: int, pieces: set[int]) -> Document:
        """Return a document with only those under it that the other text has not either."""
        own = [child for child in places.children[node] if child in self.names]
        inside = (self.payload(places, child, pieces) for child in own if child not in pieces)
        return replace(places.documents[node], provisions=tuple(inside))


def _same(one: object, other: object) -> bool:
    return one is other


class Links:
    """Two aligned texts, as a change set speaks of them."""

    def __init__(self, aligned: Aligned) -> None:
        self.old, self.new = aligned.old, aligned.new
        self.new_of, self.old_of = aligned.new_of, aligned.old_of
        self.splits = _sound(aligned.splits, self.old, self.new, self.new_of, self.old_of)
        self.joins = _sound(
            {
                whole: parts
                for whole, parts in aligned.joins.items()
                if self.old_of[whole] not in self.splits
            },
            self.new,
            self.old,
            self.old_of,
            self.new_of,
        )
        self.ids = result_ids(aligned)
        self.cut_off = _pieces(self.splits)
        self.put_in = _pieces(self.joins)
        self.added = Lone.among(self.new, self.old_of, self.cut_off, "+")
        self.taken = Lone.among(self.old, self.new_of, self.put_in, "-")
        self.moved = {self.new_of[node] for node in moves(aligned)}
        self._before_old = _Before(self.old)
        self._before_new = _Before(self.new)

    @cached_property
    def pairs(self) -> list[tuple[int, int]]:
        """Every old node that stays in the text with the node it became, in the new order."""
        return [(old, new) for new, old in enumerate(self.old_of) if old != NONE]

    def key(self, old: int) -> Key:
        """Return the key of a node of the old text."""
        new = self.new_of[old]
        result = self.taken.names[old] if new == NONE else self._result_name(new)
        return key_of(self.old.keys[old], result)

    def new_key(self, new: int) -> Key:
        """Return the key of a node of the new text."""
        old = self.old_of[new]
        return self.key(old) if old != NONE else (self.added.names[new], self._result_name(new))

    def _result_name(self, new: int) -> str:
        document = self.new.documents[new].document
        if self.new.parents[new] == NONE:
            return document
        return self.ids[new] or f"{document}/{self.new.addresses[new]}"

    def slot(self, old: int) -> Slot:
        """Return where a provision of the old text stands in it."""
        before = self._before_old[old]
        return Slot(self.key(self.old.parents[old]), None if before == NONE else self.key(before))

    def new_slot(self, new: int) -> Slot:
        """Return where a provision of the new text stands in it."""
        before = self._before_new[new]
        return Slot(
            self.new_key(self.new.parents[new]), None if before == NONE else self.new_key(before)
        )

    def behind(self, old: int) -> float:
        """Return where to tell of what is taken away: behind what it followed in the old text."""
        return self._kept_up_to[old] + 0.5

    @cached_property
    def _kept_up_to(self) -> list[int]:
        """The new node of every old one; where it has none, of the last before it that has."""
        found: list[int] = []
        last = -1
        for node in self.new_of:
            last = last if node == NONE else node
            found.append(last)
        return found

    def document_before(self, old: int) -> Key | None:
        """Return the document that stands before one of the old text."""
        before = self._before_old[old]
        return None if before == NONE else self.key(before)

    def new_document_before(self, new: int) -> Key | None:
        """Return the document that stands before one of the new text."""
        before = self._before_new[new]
        return None if before == NONE else self.new_key(before)


class _Before:
    """The sibling just before a node, looked up by whole families: long lists are common."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.known: dict[int, int] = {}

    def __getitem__(self, node: int) -> int:
        found = self.known.get(node)
        if found is None:
            parent = self.places.parents[node]
            family = self.places.roots if parent == NONE else self.places.children[parent]
            self.known.update(zip(family, [NONE, *family], strict=False))
            found = self.known[node]
        return found


def _pieces(parts: Parts) -> set[int]:
    return {piece for nodes in parts.values() for piece in nodes[1:]}


def _sound(
    parts: Mapping[int, tuple[int, ...]],
    whole: Places,
    parted: Places,
    pair_of: Sequence[int],
    back: Sequence[int],
) -> Parts:
    """Return the splits that can be written as such: the other pieces have no pair and no table.

    What is not sound is no error: it is told as what was put in and taken away.
    """
    found: Parts = {}
    used: set[int] = set()
    for node, nodes in parts.items():
        if whole.provisions[node] is None or not nodes or pair_of[node] != nodes[0]:
            continue
        pieces = [piece for piece in _unpaired(nodes[1:], parted, back) if piece not in used]
        if pieces:
            found[node] = (nodes[0], *pieces)
            used.update(pieces)
    return found


def _unpaired(nodes: Iterable[int], places: Places, back: Sequence[int]) -> Iterator[int]:
    for node in dict.fromkeys(nodes):
        provision = places.provisions[node]
        if back[node] == NONE and provision is not None and provision.table is UNSET:
            yield node

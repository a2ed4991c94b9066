"""Two provisions that would bear one number when the sets are put together.

Numbers are those of the result: what stands under a clause that another set renumbers follows it.
A number that one set alone gives twice is its own affair: a note, not a conflict.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import combinations

from engross.core.legaltext.applying.drafts import Draft
from engross.core.legaltext.merging.clashes import Clash, Option, in_order
from engross.core.legaltext.merging.describing import reference
from engross.core.legaltext.merging.reading import Atom, Doing, Reading
from engross.core.legaltext.merging.results import ConflictKind
from engross.core.legaltext.provisions import Document, root_label

Numbered = tuple[int, str]  # a document's node, and a number in it


class Numbers:
    """The numbers in the text that is left of all sets, for what the sets number or place."""

    def __init__(self, reading: Reading, draft: Draft) -> None:
        self.reading, self.draft = reading, draft
        self._known: dict[int, str] = {}

    def number(self, node: int) -> str:
        """Return the number that a node bears in the result; a document's stem."""
        known = self._known.get(node)
        if known is None:
            known = self._known[node] = self._number(node)
        return known

    def _number(self, node: int) -> str:
        draft = self.draft
        if draft.parent(node) < 0:
            return root_label(self.name(node))
        said = draft.labels.get(node)
        label, inherits = said if said is not None else self.reading.places.labels[node]
        return self._stem(node) + label if inherits else label

    def _stem(self, node: int) -> str:
        while True:
            node = self.draft.parent(node)
            if node < 0:
                return ""
            if number := self.number(node):
                return number

    def name(self, document: int) -> str:
        """Return what a document is called in the result."""
        base = len(self.reading.places)
        added = document >= base
        part = (
            self.draft.added[document - base] if added else self.reading.places.documents[document]
        )
        fields = self.draft.document_fields.get(document, {})
        return fields.get("document", part.document if isinstance(part, Document) else "")

    def document(self, node: int) -> int:
        """Return the document that a node stands in."""
        while (above := self.draft.parent(node)) >= 0:
            node = above
        return node

    def gone(self, node: int) -> bool:
        """Return whether a node is taken away, itself or with something above it."""
        while node >= 0:
            if node in self.draft.removed:
                return True
            node = self.draft.parent(node)
        return False

    @cached_property
    def nodes_of_base(self) -> dict[str, list[int]]:
        """The nodes of the base by the number they bear there."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for node, provision in enumerate(self.reading.places.provisions):
            if provision is not None and provision.number:
                found[provision.number].append(node)
        return found

    def twice(self) -> Iterator[list[int]]:
        """Yield nodes that bear one number in one document and that some set speaks of."""
        bearers: defaultdict[Numbered, list[int]] = defaultdict(list)
        spoken = {*self.draft.labels, *self.draft.placed_at}
        for node in sorted(spoken):
            if self.draft.parent(node) >= 0 and self.number(node) and not self.gone(node):
                bearers[self.document(node), self.number(node)].append(node)
        for (document, number), nodes in sorted(bearers.items()):
            others = (
                node
                for node in self.nodes_of_base.get(number, ())
                if node not in spoken
                and self.number(node) == number
                and self.document(node) == document
                and not self.gone(node)
            )
            nodes.extend(others)
            if len(nodes) > 1:
                yield nodes


def number_clashes(numbers: Numbers) -> tuple[list[Clash], list[tuple[int, str]]]:
    """Return the clashes of numbers, and (node, number) of what one set alone numbers twice."""
    clashes: list[Clash] = []
    alone: list[tuple[int, str]] = []
    found: set[frozenset[int]] = set()
    owners = _Owners(numbers)
    for nodes in sorted(numbers.twice(), key=lambda nodes: len(numbers.number(nodes[0]))):
        together = [
            pair
            for pair in combinations(nodes, 2)
            if not any(owners.alone(by, *pair) for by in owners.of_all(nodes))
        ]
        parents = frozenset(numbers.draft.parent(node) for node in nodes)
        if not together:
            alone.append((nodes[0], numbers.number(nodes[0])))
        elif len(parents) == 1 or not any(parents <= group for group in found):
            found.add(frozenset(nodes))
            clashes.append(_clash(numbers, owners, nodes))
    return clashes, alone


class _Owners:
    """Which sets speak of a node of the draft, and with what."""

    def __init__(self, numbers: Numbers) -> None:
        self.numbers, self.reading = numbers, numbers.reading
        self.added: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for by, voice in enumerate(numbers.draft.voices):
            if by < len(self.reading.sets):
                for name, node in voice.nodes.items():
                    self.added[node].append((by, self.reading.voice(by).nodes[name]))

    def doings(self, node: int) -> list[Doing]:
        """Return the operations that give a node its number or its place."""
        reading = self.reading
        if not reading.is_base(node):
            tops = (self._top(own) for _, own in self.added[node])
            return [reading.added[top] for top in tops]
        by_number = [
            doing
            for doing in (*reading.numbers.get(node, ()), *reading.moves.get(node, ()))
            if self._still(doing, node)
        ]
        return by_number

    def _top(self, node: int) -> int:
        while node not in self.reading.added:
            node = self.reading.draft.parents[node]
        return node

    def _still(self, doing: Doing, node: int) -> bool:
        voice = self.numbers.draft.voices[doing.ref.by]
        return node in voice.numbers or node in voice.placed_under

    def of_all(self, nodes: Sequence[int]) -> set[int]:
        """Return the sets that speak of any of these."""
        return {doing.ref.by for node in nodes for doing in self.doings(node)}

    def alone(self, by: int, one: int, other: int) -> bool:
        """Return whether two nodes bear one number already in a set's own result."""
        mine, its = self._number(by, one), self._number(by, other)
        return mine is not None and mine == its

    def _number(self, by: int, node: int) -> str | None:
        """Return a node's number in a set's own result; None where it is not there."""
        reading = self.reading
        if not reading.is_base(node):
            own = next((own for owner, own in self.added[node] if owner == by), None)
            return None if own is None else reading.voice(by).number(own, reading.draft)
        above = node
        while reading.is_base(above) and above >= 0:
            if any(doing.ref.by == by for doing in reading.removals.get(above, ())):
                return None
            above = reading.voice(by).parent(above, reading.draft)
        return reading.voice(by).number(node, reading.draft)


def _clash(numbers: Numbers, owners: _Owners, nodes: list[int]) -> Clash:
    """Return the clash of nodes with one number; what the base has keeps its own meanwhile."""
    reading = numbers.reading
    options = [_option(numbers, owners, node) for node in nodes]
    newcomers = [option for option in options if not reading.is_base(option.node or 0)]
    kind: ConflictKind = "inserted-number" if len(newcomers) == len(options) else "same-number"
    spared: frozenset[Atom] = frozenset()
    if newcomers:
        spared = frozenset(
            atom for option in options if option not in newcomers for atom in option.atoms
        )
    key = f"{numbers.name(numbers.document(nodes[0]))}/{numbers.number(nodes[0])}"
    ordered = in_order(options)
    return Clash(kind, ordered[0].node or 0, key, ordered, spared)


def _option(numbers: Numbers, owners: _Owners, node: int) -> Option:
    reading = numbers.reading
    doings = owners.doings(node)
    own = node if reading.is_base(node) else owners.added[node][0][1]
    return Option(
        tuple(sorted({doing.ref.by for doing in doings})),
        frozenset(Atom(doing.ref) for doing in doings),
        (numbers.number(node), reference(reading, own)),
        own,
    )

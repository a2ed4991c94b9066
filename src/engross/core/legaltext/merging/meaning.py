"""What a number means in one set's own result, and where that stands when all sets are merged."""

from collections import defaultdict
from functools import cached_property

from engross.core.legaltext.merging.numbers import Numbers
from engross.core.legaltext.merging.reading import Reading


class Meanings:
    """Reads numbers as a set's drafter meant them; nodes are those of the reading's draft."""

    def __init__(self, reading: Reading, numbers: Numbers) -> None:
        self.reading, self.numbers = reading, numbers
        self._own: dict[int, dict[tuple[int, str], int]] = {}
        self._roots: dict[int, dict[str, int]] = {}

    def target(self, by: int, document: str, number: str) -> int | None:
        """Return the node that a number of a document names in a set's own result."""
        root = self._roots_of(by).get(document)
        if root is None or not number:
            return root
        own = self._own_of(by)
        for end in range(len(number), 0, -1):
            above = own.get((root, number[:end]))
            if above is not None:
                below = self._below(by, above, number[end:])
                if below is not None:
                    return below
        return self._of_base(by, root, number)

    def _below(self, by: int, above: int, rest: str) -> int | None:
        """Return what a number's further part names under something that the set renumbers."""
        if not rest:
            return above
        reading = self.reading
        if not reading.is_base(above):
            return None
        number = reading.places.number(above) + rest
        root = self._root_in_base(above)
        found = (node for node in self._base.get(number, ()) if self._root_in_base(node) == root)
        return next((node for node in found if above in reading.above(node)), None)

    def _of_base(self, by: int, root: int, number: str) -> int | None:
        reading = self.reading
        for node in self._base.get(number, ()):
            same = reading.voice(by).number(node, reading.draft) == number
            if same and self._root_in_base(node) == root and not self.removed(by, node):
                return node
        return None

    def removed(self, by: int, node: int) -> bool:
        """Return whether a set itself takes a node of the base away."""
        reading = self.reading
        for above in reading.above(node):
            if any(doing.ref.by == by for doing in reading.removals.get(above, ())):
                return True
            if any(doing.ref.by == by for doing in reading.moves.get(above, ())):
                return False
        return False

    @property
    def _base(self) -> dict[str, list[int]]:
        return self.numbers.nodes_of_base

    def _root_in_base(self, node: int) -> int:
        *_, root = self.reading.above(node)
        return root

    def _own_of(self, by: int) -> dict[tuple[int, str], int]:
        """Return what a set adds, renumbers or moves, by document and number in its result."""
        known = self._own.get(by)
        if known is None:
            reading, voice = self.reading, self.reading.voice(by)
            nodes = {*voice.nodes.values(), *voice.numbers, *voice.placed_under}
            known = self._own[by] = {
                (self._root_of(by, node), voice.number(node, reading.draft)): node
                for node in sorted(nodes, reverse=True)
            }
        return known

    def _root_of(self, by: int, node: int) -> int:
        voice, draft = self.reading.voice(by), self.reading.draft
        while (above := voice.parent(node, draft)) >= 0:
            node = above
        return node

    def _roots_of(self, by: int) -> dict[str, int]:
        """Return the documents of a set's own result by their names."""
        known = self._roots.get(by)
        if known is None:
            reading = self.reading
            added = reading.voice(by).nodes.values()
            tops = (node for node in added if reading.draft.parent(node) < 0)
            known = {reading.document_name(by, root): root for root in reading.places.roots}
            known.update({reading.document_name(by, root): root for root in tops})
            self._roots[by] = known
        return known

    @cached_property
    def _merged(self) -> dict[int, int]:
        """The merged draft's node for each node that a set adds."""
        found: dict[int, int] = {}
        for by, voice in enumerate(self.numbers.draft.voices):
            if by < len(self.reading.sets):
                for name, node in voice.nodes.items():
                    own = self.reading.voice(by).nodes.get(name)
                    if own is not None:
                        found[own] = node
        return found

    def merged(self, node: int) -> int | None:
        """Return the node of the merged draft; None for what is not added after all."""
        return node if self.reading.is_base(node) else self._merged.get(node)

    @cached_property
    def takers(self) -> defaultdict[int, set[int]]:
        """The sets that take away a node of the base, itself."""
        found: defaultdict[int, set[int]] = defaultdict(set)
        for node, doings in self.reading.removals.items():
            found[node].update(doing.ref.by for doing in doings)
        return found

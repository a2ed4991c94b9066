"""The pairs found so far between two texts, and what is asked again and again of either side."""

from collections.abc import Hashable, Iterable

from engross.core.legaltext.aligned import NONE
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Provision, own_label

# A text this long, in characters, can be known again by itself; a shorter one needs neighbours.
WEIGHTY = 24
# A wording that stands more often than this in either text is a formula.
FORMULA = 2


class Side:
    """One of the two texts.

    `bodies[n]` is a whole number: two provisions of either text bear the same one where heading,
    text and table are the same; documents bear 0. `times[b]` is how often the body b stands here.
    """

    def __init__(self, places: Places) -> None:
        self.places = places
        self.provisions = places.provisions
        self.parents = places.parents
        self.children = places.children
        self.bodies: list[int] = []
        self.times: list[int] = []
        self._words: dict[int, list[str]] = {}
        self._labels: dict[int, str] = {}

    def text(self, node: int) -> str:
        """Return a provision's own text; '' for a document."""
        part = self.provisions[node]
        return "" if part is None else part.text

    def says_something(self, node: int) -> bool:
        """Say whether a provision has a text or heading of its own."""
        part = self.provisions[node]
        return part is not None and bool(part.text or part.heading)

    def words(self, node: int) -> list[str]:
        """Return the words of a provision's heading, text and cells, split at white space."""
        found = self._words.get(node)
        if found is None:
            found = self._words[node] = _words_of(self.provisions[node])
        return found

    def label(self, node: int) -> str:
        """Return a provision's own label: '(a)' of 'D7.2(a)'."""
        found = self._labels.get(node)
        if found is None:
            part, parent = self.provisions[node], self.parents[node]
            number = "" if part is None else part.number
            found = own_label(number, self.places.number(parent))[0] if parent >= 0 else ""
            self._labels[node] = found
        return found


def _number_bodies(*sides: Side) -> None:
    known: dict[Hashable, int] = {None: 0}
    number, at = known.setdefault, 1
    for side in sides:
        side.bodies = [number(_body_of(part), n) for n, part in enumerate(side.provisions, at)]
        at += len(side.bodies)
    for side in sides:
        side.times = [0] * at
        for body in side.bodies:
            side.times[body] += 1


def _body_of(part: Provision | None) -> Hashable:
    if part is None:
        return None
    if part.heading is None and not part.table:
        return part.text
    return part.text, part.heading, part.table or None


def _words_of(part: Provision | None) -> list[str]:
    if part is None:
        return []
    words = part.text.split()
    if part.heading:
        words = part.heading.split() + words
    if part.table:
        words += [word for row in part.table.rows for cell in row for word in cell.split()]
    return words


class Pairing:
    """Pairs between two texts, one to one."""

    def __init__(self, old: Places, new: Places) -> None:
        self.old = Side(old)
        self.new = Side(new)
        _number_bodies(self.old, self.new)
        self.new_of = [NONE] * len(old)
        self.old_of = [NONE] * len(new)
        self.by_id: set[int] = set()
        # Parts of what was split or joined: they have no pair.
        self.closed_old: set[int] = set()
        self.closed_new: set[int] = set()
        self._settled_old: set[int] = set()
        self._settled_new: set[int] = set()
        self._pair_ids()

    def inverse(self) -> "Pairing":
        """Return the same pairs the other way round; what is done to either is done to both."""
        other = Pairing.__new__(Pairing)
        other.old, other.new = self.new, self.old
        other.new_of, other.old_of = self.old_of, self.new_of
        other.by_id = {self.new_of[node] for node in self.by_id}
        other.closed_old, other.closed_new = self.closed_new, self.closed_old
        other._settled_old, other._settled_new = self._settled_new, self._settled_old
        return other

    def _pair_ids(self) -> None:
        """Pair what bears the same permanent id; two with different ids are then never a pair.

        Where the texts share no id at all, ids say nothing: they come from different places.
        """
        old, new = _ids(self.old.places), _ids(self.new.places)
        shared = old.keys() & new.keys()
        if not shared:
            return
        for name in shared:
            self.pair(old[name], new[name])
            self.by_id.add(old[name])
        self._settled_old = set(old.values())
        self._settled_new = set(new.values())

    def pair(self, old: int, new: int) -> None:
        """Pair two nodes that are both free."""
        self.new_of[old] = new
        self.old_of[new] = old

    def part(self, old: int) -> None:
        """Undo a pair."""
        self.old_of[self.new_of[old]] = NONE
        self.new_of[old] = NONE

    def may_pair(self, old: int, new: int) -> bool:
        """Say whether two nodes are free, and no two permanent ids keep them apart."""
        if self.new_of[old] >= 0 or self.old_of[new] >= 0:
            return False
        if old in self.closed_old or new in self.closed_new:
            return False
        return not (old in self._settled_old and new in self._settled_new)

    def is_formula(self, body: int) -> bool:
        """Say whether a wording stands so often in a text that it cannot be seen to move."""
        return self.old.times[body] > FORMULA or self.new.times[body] > FORMULA

    def free_old(self) -> list[int]:
        """Return the nodes of the old text that have no pair, in reading order."""
        return [n for n, to in enumerate(self.new_of) if to < 0 and n not in self.closed_old]

    def free_new(self) -> list[int]:
        """Return the nodes of the new text that have no pair, in reading order."""
        return [n for n, to in enumerate(self.old_of) if to < 0 and n not in self.closed_new]

    def pair_all(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Pair what may still be paired, in the order given."""
        new_of, old_of = self.new_of, self.old_of
        kept_apart = bool(self._settled_old or self.closed_old or self.closed_new)
        for old, new in pairs:
            if (
                new_of[old] < 0
                and old_of[new] < 0
                and not (kept_apart and not self.may_pair(old, new))
            ):
                new_of[old], old_of[new] = new, old


def _ids(places: Places) -> dict[str, int]:
    """Return the node of every permanent id that only one provision bears."""
    found: dict[str, int] = {}
    twice: set[str] = set()
    for node, part in enumerate(places.provisions):
        if part is not None and part.id:
            if part.id in found:
                twice.add(part.id)
            found[part.id] = node
    return {name: node for name, node in found.items() if name not in twice}

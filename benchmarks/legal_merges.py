"""Planted change sets on one code: what they do, and every conflict that a merge must find.

    planted = merges(code, sets=40)

Each case takes a clause of its own, so that cases do not meet; nearly half are near things that
are no conflict. All else that a set does lies in provisions that no other set touches. With
`renumbering` one more set adds a clause at the front of whole Sections and counts on from there.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random

from engross.core.legaltext.change_sets import (
    ChangeSet,
    Delete,
    EditTable,
    Insert,
    Move,
    Operation,
    Piece,
    Renumber,
    Replace,
    SetHeading,
    Slot,
    Split,
)
from engross.core.legaltext.marks import edited_text
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code, Provision, own_label, short_hash

RENUMBERED_SECTIONS = 4
Pair = tuple[list[Operation], list[Operation]]


@dataclass
class Planted:
    """Change sets and the conflicts between them: (kind, key in the base or the result)."""

    sets: list[ChangeSet]
    conflicts: set[tuple[str, str]] = field(default_factory=set)


class Clause:
    """A clause in which a case is planted; `at(n)` is the nth provision right under it."""

    def __init__(self, places: Places, node: int) -> None:
        self.places, self.node = places, node
        self.key = places.keys[node]
        self.count = 0

    def at(self, index: int) -> int:
        return self.places.children[self.node][index]

    def name(self, node: int) -> str:
        return self.places.keys[node]

    def part(self, node: int) -> Provision:
        return self.places.provision(node)

    def words(self, node: int, first: int, count: int, new: str) -> Replace:
        """Return the change of some words of a text, counted from 0."""
        text = self.part(node).text
        words = text.split(" ")
        start = sum(len(word) + 1 for word in words[:first])
        old = " ".join(words[first : first + count])
        edits = ((start, old, new),)
        hashes = short_hash(text), short_hash(edited_text(text, edits))
        return Replace(self.name(node), hashes, edits)

    def slot(self, node: int) -> Slot:
        before = self.places.previous_sibling(node)
        under = self.places.keys[self.places.parents[node]]
        return Slot(under, None if before is None else self.places.keys[before])

    def delete(self, node: int) -> Delete:
        return Delete((self.name(node), f"-{node}"), self.slot(node), self.part(node))

    def insert(self, after: int, number: str, text: str, *, under: int | None = None) -> Insert:
        """Return an insertion after a provision, or as the first under one."""
        if under is None:
            slot = Slot(self.name(self.places.parents[after]), self.name(after))
        else:
            slot = Slot(self.name(under))
        key = (f"+{after}", f"{self.key}+{number}")
        return Insert(key, slot, Provision(number=number, text=text))

    def move(self, node: int, under: int, number: str) -> list[Operation]:
        """Return a move to the first place under something, and the number there."""
        key = (self.name(node), f"{self.key}>{number}")
        to = Slot(self.name(under))
        return [Move(key, self.slot(node), to), Renumber(key, self.part(node).number, number)]

    def split(self, node: int, word: int) -> Split:
        """Return the split of a text before one of its words."""
        text = self.part(node).text
        at = sum(len(one) + 1 for one in text.split(" ")[:word]) - 1
        number = f"{self.part(node).number}ZZ"
        slot = Slot(self.name(self.places.parents[node]), self.name(node))
        piece = Piece((f"+{node}", f"{self.key}+{number}"), slot, " ", number)
        return Split(self.name(node), (at,), (piece,))


def _two_texts(c: Clause) -> tuple[Pair, str, str]:
    return ([c.words(c.at(0), 2, 2, "one")], [c.words(c.at(0), 3, 2, "two")]), "text", "0"


def _deletion(c: Clause) -> tuple[Pair, str, str]:
    return ([c.delete(c.at(0))], [c.words(c.at(0), 2, 1, "two")]), "edit-deletion", "0"


def _deletion_above(c: Clause) -> tuple[Pair, str, str]:
    return ([c.delete(c.node)], [c.words(c.at(1), 2, 1, "two")]), "edit-deletion", ""


def _under_deleted(c: Clause) -> tuple[Pair, str, str]:
    number = f"{c.part(c.at(0)).number}(zz)"
    added = c.insert(c.at(0), number, "A new line.", under=c.at(0))
    return ([c.delete(c.at(0))], [added]), "under-deleted", "0"


def _destinations(c: Clause) -> tuple[Pair, str, str]:
    first, second = (f"{c.part(c.at(at)).number}(zz)" for at in (0, 1))
    return (
        (c.move(c.at(2), c.at(0), first), c.move(c.at(2), c.at(1), second)),
        "destinations",
        "2",
    )


def _one_number(c: Clause) -> tuple[Pair, str, str]:
    number = f"{c.part(c.at(0)).number}ZA"
    one, two = (c.insert(c.at(0), number, f"A {word} line.") for word in ("first", "second"))
    return ([one], [two]), "inserted-number", number


def _headings(c: Clause) -> tuple[Pair, str, str]:
    old = c.part(c.node).heading
    one, two = (SetHeading(c.key, old, new) for new in ("One heading", "Another heading"))
    return ([one], [two]), "heading", ""


def _numbers(c: Clause) -> tuple[Pair, str, str]:
    old = c.part(c.at(1)).number
    name = c.name(c.at(1))
    one, two = (Renumber((name, f"{name}{new}"), old, f"{old}{new}") for new in ("ZA", "ZB"))
    return ([one], [two]), "number", "1"


def _crossed_cut(c: Clause) -> tuple[Pair, str, str]:
    return ([c.split(c.at(0), 4)], [c.words(c.at(0), 3, 2, "crossed")]), "cut", "0"


def _apart(c: Clause) -> tuple[Pair, str, str]:
    return ([c.words(c.at(0), 1, 1, "one")], [c.words(c.at(0), 3, 1, "two")]), "", ""


def _agreed(c: Clause) -> tuple[Pair, str, str]:
    both: list[Operation] = [c.words(c.at(0), 1, 2, "one and the same"), c.delete(c.at(1))]
    return (both, list(both)), "", ""


def _added_alike(c: Clause) -> tuple[Pair, str, str]:
    added = c.insert(c.at(0), f"{c.part(c.at(0)).number}ZA", "One line.")
    return ([added], [added]), "", ""


def _beside_a_deletion(c: Clause) -> tuple[Pair, str, str]:
    added = c.insert(c.at(0), f"{c.part(c.at(0)).number}ZA", "One line.")
    return ([c.delete(c.at(0))], [added, c.words(c.at(1), 2, 1, "two")]), "", ""


def _moved_and_edited(c: Clause) -> tuple[Pair, str, str]:
    number = f"{c.part(c.at(0)).number}(zz)"
    return (c.move(c.at(2), c.at(0), number), [c.words(c.at(2), 2, 1, "two")]), "", ""


def _inside_a_piece(c: Clause) -> tuple[Pair, str, str]:
    return ([c.split(c.at(0), 4)], [c.words(c.at(0), 1, 2, "two")]), "", ""


def _renumbered_deletion(c: Clause) -> tuple[Pair, str, str]:
    old, name = c.part(c.at(1)).number, c.name(c.at(1))
    return ([c.delete(c.at(1))], [Renumber((name, f"{name}ZA"), old, f"{old}ZA")]), "", ""


Case = Callable[[Clause], tuple[Pair, str, str]]
CONFLICTS: tuple[Case, ...] = (
    _two_texts, _deletion, _deletion_above, _under_deleted, _destinations, _one_number, _headings,
    _numbers, _crossed_cut,
)  # fmt: skip
NEAR: tuple[Case, ...] = (
    _apart, _agreed, _added_alike, _beside_a_deletion, _moved_and_edited, _inside_a_piece,
    _renumbered_deletion,
)  # fmt: skip


class _Planter:
    def __init__(self, code: Code, sets: int, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - for measuring
        self.places = Places(code)
        self.operations: list[list[Operation]] = [[] for _ in range(sets)]
        self.conflicts: set[tuple[str, str]] = set()
        self.free = [
            node
            for root in self.places.roots
            for node in self.places.children[root]
            if self._is_roomy(node)
        ]
        self.random.shuffle(self.free)

    def _is_roomy(self, node: int) -> bool:
        children = self.places.children[node][:3]
        parts = [self.places.provision(child) for child in children]
        long = all(len(part.text.split(" ")) > 6 for part in parts)
        return len(parts) == 3 and long and all(part.number for part in parts)

    def plant(self, case: Case) -> None:
        """Plant a case between two sets."""
        clause = Clause(self.places, self.free.pop())
        (mine, its), kind, where = case(clause)
        one, other = self.random.sample(range(len(self.operations)), 2)
        self.operations[one] += mine
        self.operations[other] += its
        if kind:
            self.conflicts.add((kind, self._key(clause, where)))

    def _key(self, clause: Clause, where: str) -> str:
        if not where:
            return clause.key
        if where.isdigit():
            return clause.name(clause.at(int(where)))
        return f"{self.places.documents[clause.node].document}/{where}"

    def edit(self, share: float) -> None:
        """Let each set change words of a share of the provisions, each of its own."""
        nodes = [node for clause in self.free for node in self._within(clause)]
        self.random.shuffle(nodes)
        for operations in self.operations:
            for _ in range(min(int(share * len(self.places)), len(nodes) // 4)):
                node = nodes.pop()
                clause = Clause(self.places, node)
                first = self.random.randrange(len(self.places.provision(node).text.split(" ")))
                operations.append(clause.words(node, first, 1, "altered"))

    def _within(self, clause: int) -> Iterator[int]:
        for node in range(clause, self.places.end_of(clause)):
            part = self.places.provisions[node]
            if part is not None and part.text:
                yield node

    def tables(self) -> None:
        """Let two sets change one cell of each of a few tables, and others different cells."""
        nodes = [
            node
            for clause in self.free
            for node in self._within(clause)
            if self.places.provision(node).table
        ]
        self.free = []
        for count, node in enumerate(nodes[:20]):
            table = self.places.provision(node).table
            if table and len(table.rows) > 1 and len(table.rows[1]) > 1:
                one, other = self.random.sample(range(len(self.operations)), 2)
                columns = (0, 0) if count % 2 else (0, 1)
                for by, column, new in zip((one, other), columns, ("one", "two"), strict=True):
                    edit = (0, table.rows[1][column], new)
                    cells = ((1, column, (edit,)),)
                    self.operations[by].append(EditTable(self.places.keys[node], (), cells))
                if count % 2:
                    self.conflicts.add(("table", self.places.keys[node]))


def _renumbering(places: Places) -> tuple[ChangeSet, dict[str, str]]:
    """Return a set that adds a first clause to whole Sections, and the numbers that it gives."""
    operations: list[Operation] = []
    given: dict[str, str] = {}
    for root in places.roots[:RENUMBERED_SECTIONS]:
        document, stem = places.documents[root].document, places.number(root)
        key = (f"+{root}", f"{document}/{stem}1")
        first = Provision(number=f"{stem}1", heading="First", text="This comes first.")
        operations.append(Insert(key, Slot(places.keys[root]), first))
        for node in places.children[root]:
            old = places.number(node)
            label, inherits = own_label(old, stem)
            if inherits and label.isdigit():
                new = f"{stem}{int(label) + 1}"
                given[f"{document}/{old}"] = f"{document}/{new}"
                operations.append(Renumber((places.keys[node], f"{document}/{new}"), old, new))
    return ChangeSet("MP999", tuple(operations), title="Counts on"), given


def merges(code: Code, *, sets: int, share: float = 0.01, renumbering: bool = False) -> Planted:
    """Return change sets with planted cases: as many conflicts of each kind as there are sets."""
    planter = _Planter(code, sets, seed=sets)
    for _ in range(max(2, sets // 4)):
        for case in (*CONFLICTS, *NEAR):
            planter.plant(case)
    planter.edit(share)
    planter.tables()
    found = [
        ChangeSet(f"MP{count:03}", tuple(operations))
        for count, operations in enumerate(planter.operations, start=1)
    ]
    if not renumbering:
        return Planted(found, planter.conflicts)
    counted, given = _renumbering(planter.places)
    conflicts = {
        (kind, _now(key, given) if kind == "inserted-number" else key)
        for kind, key in planter.conflicts
    }
    return Planted([*found, counted], conflicts)


def _now(key: str, given: dict[str, str]) -> str:
    """Return a key of the result: its clause as the renumbering set numbers it."""
    for old, new in given.items():
        if key.startswith(f"{old}."):
            return new + key[len(old) :]
    return key

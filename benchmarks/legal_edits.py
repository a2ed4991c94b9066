"""Planted edits: a code, and what it becomes, with the truth that a comparison must find.

    new, truth = edited(old, Plan(edited=0.05), seed=2)

Provisions get other words, are moved, inserted, deleted, left as '[Not Used]', split and joined;
whole sections get other numbers, and the references to them follow. The truth speaks of nodes, as
`Places` counts them: documents and provisions in reading order.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random

from rapidfuzz.distance import Indel

from benchmarks.legal_texts import Drafter
from benchmarks.legal_tree import Node, Tree
from benchmarks.legal_words import BOILERPLATE, NEW_WORDS
from engross.core.legaltext.provisions import NOT_USED, Code, Document, Provision

TOKEN = re.compile(r"\w+|[^\w\s]")
REFERENCE = re.compile(r"(?<=Section )[A-Z]+\d[\w.()]*")


@dataclass(frozen=True)
class Plan:
    """Shares of all provisions, and how many of the rarer edits."""

    edited: float = 0.05
    moved: float = 0.005
    inserted: float = 0.01
    deleted: float = 0.01
    split: float = 0.0005
    joined: float = 0.0005
    renumbered_sections: int = 4
    renamed_documents: int = 1


@dataclass
class Truth:
    """What was planted, by nodes of the old text; `splits` and `joins` as `Aligned` has them.

    `new_of` is the new node of every old one, -1 where it is gone. `renumbered` are those whose
    own label is another, without the moved ones. `tokens`: words and single marks that were taken
    away or put there, those of whole provisions included; no shorter edit is known.
    """

    new_of: list[int] = field(default_factory=list)
    moved: set[int] = field(default_factory=set)
    edited: set[int] = field(default_factory=set)
    renumbered: set[int] = field(default_factory=set)
    splits: dict[int, tuple[int, ...]] = field(default_factory=dict)
    joins: dict[int, tuple[int, ...]] = field(default_factory=dict)
    tokens: int = 0


def tokens_of(text: str | None) -> list[str]:
    """Return the words and single marks of a text."""
    return TOKEN.findall(text or "")


def all_tokens(part: Provision) -> int:
    """Return how many tokens a provision has of its own: heading, text and cells."""
    cells = [cell for row in part.table.rows for cell in row] if part.table else []
    return sum(len(tokens_of(text)) for text in (part.heading, part.text, *cells))


class _Planter:
    def __init__(self, code: Code, plan: Plan, random: Random) -> None:
        self.plan, self.random, self.truth = plan, random, Truth()
        self.draft = Drafter(random)
        self.tree = Tree(code)
        self.old_numbers = self.tree.numbers()
        self.old_labels = [node.label for node in self.tree.nodes]
        self.splits: list[tuple[Node, Node]] = []
        self.joins: list[tuple[Node, Node]] = []
        self.moves: list[Node] = []

    def plant(self) -> None:
        """Plant everything; what changes words first, so that some of it is moved as well."""
        plan, total = self.plan, len(self.tree.nodes)
        worth = [node for node in self.tree.nodes if node.text.count(" ") > 8]
        self.random.shuffle(worth)
        for node in worth[: round(total * plan.edited)]:
            self._edit(node)
        self.random.shuffle(worth)
        waiting = iter(worth)
        for share, plant in (
            (plan.deleted / 2, self._delete),
            (plan.deleted / 2, self._leave_unused),
            (plan.split, self._split),
            (plan.joined, self._join),
            (plan.moved, self._move),
            (plan.inserted, self._insert),
        ):
            self._times(share * total, plant, waiting)
        self._renumber_sections()
        self._rename_documents()
        self._follow_references()

    @staticmethod
    def _times(count: float, plant: Callable[[Node], int], waiting: Iterator[Node]) -> None:
        done = 0
        while done < round(count):
            done += plant(next(waiting))

    def _edit(self, node: Node) -> None:
        words, random = node.text.split(" "), self.random
        for _ in range(random.choice((1, 1, 2, 3))):
            at, kind = random.randrange(1, max(2, len(words) - 4)), random.random()
            taken = 0 if kind < 0.3 else random.randrange(1, 4)
            put = [] if kind > 0.85 else random.sample(NEW_WORDS, random.randrange(1, 4))
            self.truth.tokens += len(tokens_of(" ".join(words[at : at + taken]))) + len(put)
            words[at : at + taken] = put
        node.text, node.touched = " ".join(words), True
        self.truth.edited.add(node.old)

    def _delete(self, node: Node) -> int:
        under = node.all()
        if len(under) > 6 or any(one.touched for one in under):
            return 0
        self.tree.detach(node)
        for one in under:
            one.touched = True
            self.truth.tokens += all_tokens(one.part or Provision())
        return len(under)

    def _leave_unused(self, node: Node) -> int:
        if node.touched or node.children or not node.label[0]:
            return 0
        self.truth.tokens += len(tokens_of(node.text)) + len(tokens_of(NOT_USED))
        node.text, node.touched = NOT_USED, True
        return 1

    def _split(self, node: Node) -> int:
        if node.touched or node.children or ". " not in node.text or not node.label[0]:
            return 0
        first, _, rest = node.text.partition(". ")
        piece = self._new(Provision(text=rest))
        self._hang(piece, node.above, node.place + 1)
        node.text, node.touched = f"{first}.", True
        self.splits.append((node, piece))
        return 1

    def _join(self, node: Node) -> int:
        after = node.above.children[node.place + 1 : node.place + 2]
        if node.touched or node.children or not after or not node.label[0]:
            return 0
        if after[0].touched or after[0].children or after[0].text.count(" ") < 9:
            return 0
        node.text = f"{node.text} {after[0].text}"
        node.touched = after[0].touched = True
        self.tree.detach(after[0])
        self.joins.append((node, after[0]))
        return 1

    def _move(self, node: Node) -> int:
        under, target = node.all(), self.random.choice(self.tree.nodes)
        if any(one.touched and one.old not in self.truth.edited for one in under):
            return 0
        if node.text in BOILERPLATE or len(under) > 12 or not node.label[0]:
            return 0
        if target in under or target is node.parent:
            return 0
        if target.touched or not target.children or target.level != node.level - 1:
            return 0
        if not (self.tree.stands(node) and self.tree.stands(target)):
            return 0
        self.tree.detach(node)
        self._hang(node, target, self.random.randrange(len(target.children) + 1))
        self.moves.append(node)
        for one in under:
            one.touched = True
        return 1

    def _insert(self, near: Node) -> int:
        if not self.tree.stands(near):
            return 0
        text = self.draft.item(25) if near.level > 2 else f"{self.draft.paragraph(40)}."
        self._hang(self._new(Provision(text=text)), near.above, near.place + 1)
        self.truth.tokens += len(tokens_of(text))
        return 1

    def _renumber_sections(self) -> None:
        """Put a clause near the top of some documents, so that all clauses after it shift."""
        for root in self.random.sample(self.tree.roots[:-1], self.plan.renumbered_sections):
            heading, text = self.draft.heading(), f"{self.draft.paragraph(40)}."
            clause = self._new(Provision(heading=heading))
            self.tree.attach(clause, root, 1, shift=True)
            self.tree.attach(self._new(Provision(text=text)), clause, 0, shift=True)
            self.truth.tokens += len(tokens_of(heading)) + len(tokens_of(text))

    def _rename_documents(self) -> None:
        for at, root in enumerate(self.tree.roots[-self.plan.renamed_documents :]):
            name = root.document or Document("")
            kind = name.document.split(" ", maxsplit=1)[0]
            renamed = f"{kind} Z{'ZYXWVUTS'[at]}"
            self.truth.tokens += 2
            root.document = Document(renamed, name.title, name.language)

    def _follow_references(self) -> None:
        """Let a reference to what bears another number now name that number."""
        numbers, renamed = self.tree.numbers(), {}
        for node in self.tree.nodes:
            was, now = self.old_numbers.get(id(node)), numbers.get(id(node))
            if was and now and was != now and was[0].isalpha():
                renamed[was] = now
        for node in self.tree.nodes:
            if node.old >= 0 and node.touched <= (node.old in self.truth.edited):
                text = REFERENCE.sub(lambda found: self._named_anew(found, renamed), node.text)
                if text != node.text:
                    node.text = text
                    self.truth.edited.add(node.old)

    def _named_anew(self, found: re.Match[str], renamed: dict[str, str]) -> str:
        was = found.group()
        now = renamed.get(was.rstrip("."), was)
        self.truth.tokens += Indel.distance(tokens_of(was), tokens_of(now))
        return now

    def _new(self, provision: Provision) -> Node:
        node = Node(provision, None, -1)
        node.touched = True
        return node

    def _hang(self, node: Node, parent: Node, at: int) -> None:
        self.tree.attach(node, parent, at, shift=self.random.random() < 0.3)

    def result(self) -> tuple[Code, Truth]:
        """Return the new text and the truth about it."""
        new, order = self.tree.written()
        truth, at = self.truth, {id(node): place for place, node in enumerate(order)}
        nodes = self.tree.nodes
        truth.new_of = [at.get(id(node), -1) for node in nodes]
        truth.moved = {node.old for node in self.moves}
        truth.renumbered = {
            node.old
            for node, label in zip(nodes, self.old_labels, strict=True)
            if id(node) in at and node.old not in truth.moved and node.label != label
        }
        truth.splits = {a.old: (at[id(a)], at[id(b)]) for a, b in self.splits}
        truth.joins = {at[id(a)]: (a.old, b.old) for a, b in self.joins}
        return new, truth


def edited(code: Code, plan: Plan | None = None, *, seed: int = 2) -> tuple[Code, Truth]:
    """Return what a code becomes when edits are planted in it, and the truth about them."""
    planter = _Planter(code, plan or Plan(), Random(seed))  # noqa: S311 - for measuring
    planter.plant()
    return planter.result()

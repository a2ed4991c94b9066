"""The change sets of a merge, read once: every operation filed under the node that it is about."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from engross.core.legaltext.applying.drafts import Draft, Voice
from engross.core.legaltext.applying.saying import draft_of
from engross.core.legaltext.change_sets import (
    ChangeSet,
    Delete,
    DeleteDocument,
    EditTable,
    Format,
    Identify,
    Insert,
    InsertDocument,
    Join,
    Key,
    Move,
    MoveDocument,
    Operation,
    Renumber,
    Replace,
    SetDocument,
    SetHeading,
    SetTable,
    Slot,
    Split,
    base_side,
)
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Document

# What says nothing of where things stand and what they are called.
Wording = Replace | Format | EditTable | SetTable | SetHeading | Identify


class Ref(NamedTuple):
    """An operation: the set that says it, and which of its operations it is."""

    by: int
    at: int


class Atom(NamedTuple):
    """What can be left out of a merge: an operation, or one edit of it."""

    ref: Ref
    edit: object = None


class Doing(NamedTuple):
    """An operation with its name."""

    ref: Ref
    operation: Operation


class Reading:
    """Change sets over one base, in the order of their names.

    The lists hold what is done to a node of the base, or to a node that a set adds.
    """

    def __init__(self, places: Places, sets: Sequence[ChangeSet]) -> None:
        self.places = places
        self.sets = sets
        self.draft: Draft = draft_of(places, [one.operations for one in sets], {})
        self.wordings: defaultdict[int, list[Doing]] = defaultdict(list)
        self.numbers: defaultdict[int, list[Doing]] = defaultdict(list)
        self.identities: defaultdict[int, list[Doing]] = defaultdict(list)
        self.moves: defaultdict[int, list[Doing]] = defaultdict(list)
        self.removals: defaultdict[int, list[Doing]] = defaultdict(list)
        self.fields: defaultdict[int, list[Doing]] = defaultdict(list)
        self.added: dict[int, Doing] = {}
        self.placing: list[tuple[int, Doing]] = []
        self.after: dict[tuple[int, int], Key | None] = {}
        self.signatures: dict[int, tuple[object, ...]] = {}
        for by, one in enumerate(sets):
            for at, operation in enumerate(one.operations):
                self._file(Doing(Ref(by, at), operation))

    def _file(self, doing: Doing) -> None:
        operation, by = doing.operation, doing.ref.by
        for key, after in placed_by(operation):
            self.after[by, self.node(by, key)] = after
        if isinstance(operation, Insert | Move):
            self.placing.append((self.node(by, slot_of(operation).under), doing))
        node = self.node(by, operation.key)
        if isinstance(operation, Insert | InsertDocument):
            self.added[node] = doing
            return
        self._filed_as(operation)[node].append(doing)
        if isinstance(operation, Split | Join):
            for piece in operation.pieces:
                own = self.node(by, piece.key)
                if isinstance(operation, Split):
                    self.added[own] = doing
                else:
                    self.removals[own].append(doing)

    def _filed_as(self, operation: Operation) -> defaultdict[int, list[Doing]]:
        match operation:
            case Delete() | DeleteDocument():
                return self.removals
            case Move() | MoveDocument():
                return self.moves
            case Renumber():
                return self.numbers
            case Identify():
                return self.identities
            case SetDocument():
                return self.fields
            case _:
                return self.wordings

    def node(self, by: int, key: Key) -> int:
        """Return the node that a set's key names."""
        return self.voice(by).node(key, self.places)

    def knows(self, by: int, key: Key) -> bool:
        """Return whether a set's key names something; what people give has no key of a set."""
        name = base_side(key)
        return name in self.voice(by).nodes or self.places.find(name) is not None

    def voice(self, by: int) -> Voice:
        """Return how a set names nodes."""
        return self.draft.voices[by]

    def name(self, by: int) -> str:
        """Return the name of a set."""
        return self.sets[by].change_set

    def names(self, sets: Iterable[int]) -> tuple[str, ...]:
        """Return the names of sets, in their order."""
        return tuple(self.name(by) for by in sorted(set(sets)))

    def is_base(self, node: int) -> bool:
        """Return whether a node stands in the base, and no set adds it."""
        return node < len(self.places)

    @cached_property
    def split_into(self) -> dict[int, tuple[int, int, Doing]]:
        """What a split adds: its node to the node that is split, which piece, and the split."""
        found = {}
        for doings in self.wordings.values():
            for doing in doings:
                if isinstance(doing.operation, Split):
                    target = self.node(doing.ref.by, doing.operation.key)
                    for count, piece in enumerate(doing.operation.pieces, start=1):
                        found[self.node(doing.ref.by, piece.key)] = (target, count, doing)
        return found

    def key(self, node: int) -> str:
        """Return what names a node: its key in the base, or set and key for what a set adds."""
        if self.is_base(node):
            return self.places.keys[node]
        by, name = self.names_of_added[node]
        return f"{self.name(by)}/{name}"

    @cached_property
    def names_of_added(self) -> dict[int, tuple[int, str]]:
        """The set that adds a node, and its key there."""
        return {
            node: (voice.by, name)
            for voice in self.draft.voices
            for name, node in voice.nodes.items()
        }

    def shown(self, node: int) -> str:
        """Return a node's address for people, that of the base where it stands there."""
        if self.is_base(node):
            return self.places.shown(node)
        by, _ = self.names_of_added[node]
        number = self.voice(by).number(node, self.draft)
        document = self._document_of_added(node)
        kind, _, letter = document.partition(" ")
        if self.draft.parents[node] < 0:
            return document
        if kind == "Section" and number.startswith(letter):
            return f"Section {number}"
        return f"{document}, {number or 'a new paragraph'}"

    def _document_of_added(self, node: int) -> str:
        while not self.is_base(node):
            above = self.draft.parents[node]
            if above < 0:
                part = self.draft.added[node - len(self.places)]
                return part.document if isinstance(part, Document) else ""
            node = above
        return self.places.documents[node].document

    def document_name(self, by: int, root: int) -> str:
        """Return what a document is called in a set's own result."""
        for doing in self.fields.get(root, ()):
            match doing.operation:
                case SetDocument(field="document", new=new) if doing.ref.by == by:
                    return new
        part = (
            self.places.documents[root]
            if self.is_base(root)
            else self.draft.added[root - len(self.places)]
        )
        return part.document if isinstance(part, Document) else ""

    def above(self, node: int) -> Iterator[int]:
        """Yield a node of the base and all that it stands under there."""
        while node >= 0:
            yield node
            node = self.places.parents[node]


def slot_of(operation: Insert | Move) -> Slot:
    """Return the slot into which an operation puts something."""
    return operation.at if isinstance(operation, Insert) else operation.to


def placed_by(operation: Operation) -> Iterator[tuple[Key, Key | None]]:
    """Yield what an operation puts somewhere, and what it puts it after."""
    match operation:
        case Insert() | Move():
            yield operation.key, slot_of(operation).after
        case InsertDocument():
            yield operation.key, operation.after
        case MoveDocument():
            yield operation.key, operation.to_after
        case Split():
            yield from ((piece.key, piece.at.after) for piece in operation.pieces)

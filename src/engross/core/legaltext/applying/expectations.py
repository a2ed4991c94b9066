"""What an operation expects to find, what stands there instead, and where the nearest match is."""

from collections.abc import Iterator
from dataclasses import dataclass

from msgspec.structs import replace
from rapidfuzz import fuzz, process

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
from engross.core.legaltext.marks import listed
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Provision, body_of, short_hash
from engross.core.refusals import Reason

Unmet = Iterator[tuple[str, str, str]]  # what is expected, what is found, the nearest match
SHOWN = 80
LIKE_ENOUGH = 70.0


@dataclass(frozen=True)
class Failure:
    """An expectation that does not hold: which operation (from 0), what it is, and what is there.

    `nearest` is the address of what is most like the thing that was expected; '' for nothing.
    """

    operation: int
    what: str
    found: str
    nearest: str = ""

    def reason(self, name: str) -> Reason:
        """Return it for a person, `name` being the change set's."""
        near = f". The nearest match is {self.nearest}" if self.nearest else ""
        return Reason(
            f"{name}, operation {self.operation + 1}: {self.what}, but {self.found}{near}",
            "Apply it to the text it was drafted on, or rebase it onto this one",
        )


def failures(places: Places, change_set: ChangeSet) -> list[Failure]:
    """Return every expectation of a set that a base does not meet, in the order of operations."""
    return list(_Expectations(places, change_set).failures())


class _Expectations:
    def __init__(self, places: Places, change_set: ChangeSet) -> None:
        self.places = places
        self.operations = change_set.operations
        self.added = set(_names_added(change_set))
        moved = (op.key for op in change_set.operations if isinstance(op, Move))
        joined = (
            piece.key for op in change_set.operations if isinstance(op, Join) for piece in op.pieces
        )
        self.moved = {places.find(base_side(key)) for key in (*moved, *joined)}
        self.parted = {
            base_side(op.key): op.cuts[0]
            for op in change_set.operations
            if isinstance(op, Split) and op.cuts
        }

    def failures(self) -> Iterator[Failure]:
        for at, operation in enumerate(self.operations):
            for what, found, nearest in self._of(operation):
                yield Failure(at, what, found, nearest)

    def _of(self, operation: Operation) -> Unmet:
        for key in _keys(operation):
            if not self._there(key):
                like = _wording_expected(operation) if key is operation.key else ""
                yield (
                    f"{_verb(operation)} {base_side(key)}",
                    "nothing is called that",
                    self._nearest(like),
                )
                return
        if isinstance(operation, Insert | InsertDocument):
            return
        node = self.places.find(base_side(operation.key))
        if node is None:
            return
        if not isinstance(operation, DeleteDocument | MoveDocument | SetDocument):
            stands, where = self.places.provision(node), self.places.shown(node)
            yield from self._of_wording(operation, stands, where)
            yield from self._of_naming(operation, stands, where)
            yield from self._of_standing(operation, node, where)
        elif isinstance(operation, SetDocument):
            yield from _differs(
                f"the {operation.field} of {base_side(operation.key)} to be {operation.old!r}",
                operation.old,
                getattr(self.places.documents[node], operation.field),
            )

    def _of_wording(self, operation: Operation, stands: Provision, where: str) -> Unmet:
        """Yield what a text, its marks or its table are not."""
        match operation:
            case Replace():
                # What a split leaves of the text is what is edited then.
                text = stands.text[: self.parted.get(base_side(operation.key))]
                if short_hash(text) != operation.hashes[0]:
                    near = self._nearest_hash(operation.hashes[0])
                    near = near or self._nearest(_wording_expected(operation))
                    yield f"{where} to bear the text it changes", _reads(stands.text), near
            case Format():
                if listed(stands.inlines) != operation.old:
                    yield f"{where} to bear the marks it changes", "it bears others", ""
            case SetTable():
                if (stands.table or None) != operation.old:
                    yield f"{where} to have the table it replaces", "it has another", ""
            case EditTable():
                yield from _of_table(operation, stands, where)
            case Split():
                yield from _of_split(operation, stands, where)

    def _of_naming(self, operation: Operation, stands: Provision, where: str) -> Unmet:
        """Yield what a number, an id or a heading are not."""
        match operation:
            case Renumber():
                yield from _differs(f"{where} to be numbered", operation.old, stands.number)
            case Identify():
                yield from _differs(f"the id of {where} to be", operation.old, stands.id)
            case SetHeading():
                yield from _differs(f"the heading of {where} to be", operation.old, stands.heading)

    def _of_standing(self, operation: Operation, node: int, where: str) -> Unmet:
        """Yield where a thing does not stand, and what else stands under what is taken away."""
        match operation:
            case Move():
                parent = self.places.parents[node]
                if self.places.keys[parent] != base_side(operation.was.under):
                    what = f"{where} to stand under {base_side(operation.was.under)}"
                    yield what, f"it stands under {self.places.shown(parent)}", ""
            case Delete():
                stands, wanted = self._remaining(node), operation.provision
                if body_of(stands) != body_of(wanted):
                    near = self._nearest(wanted.text)
                    yield f"{where} to read {_short(wanted.text)!r}", _reads(stands.text), near
                elif stands != wanted:
                    yield f"what stands under {where} to be as it was", "it has changed", ""

    def _remaining(self, node: int) -> Provision:
        """Return a provision without what this set moves out from under it."""
        under = tuple(
            self._remaining(child)
            for child in self.places.children[node]
            if child not in self.moved
        )
        return replace(self.places.provision(node), children=under)

    def _there(self, key: Key) -> bool:
        name = base_side(key)
        return name in self.added or self.places.find(name) is not None

    def _nearest(self, wording: str) -> str:
        if not wording:
            return ""
        texts = {
            node: provision.text
            for node, provision in enumerate(self.places.provisions)
            if provision is not None and provision.text
        }
        found = process.extractOne(
            wording, texts, scorer=fuzz.partial_ratio, score_cutoff=LIKE_ENOUGH
        )
        return self.places.shown(found[2]) if found else ""

    def _nearest_hash(self, expected: str) -> str:
        for node, provision in enumerate(self.places.provisions):
            if provision is not None and short_hash(provision.text) == expected:
                return self.places.shown(node)
        return ""


def _keys(operation: Operation) -> Iterator[Key]:
    """Yield what must be there: the thing itself, and the places it comes from and goes to."""
    if not isinstance(operation, Insert | InsertDocument):
        yield operation.key
    slots: list[Slot] = []
    match operation:
        case Insert() | Delete():
            slots = [operation.at]
        case Move():
            slots = [operation.was, operation.to]
        case Split():
            slots = [piece.at for piece in operation.pieces]
        case Join():
            slots = [piece.at for piece in operation.pieces]
            yield from (piece.key for piece in operation.pieces)
        case InsertDocument() | DeleteDocument():
            yield from (key for key in (operation.after,) if key)
        case MoveDocument():
            yield from (key for key in (operation.was_after, operation.to_after) if key)
    for slot in slots:
        yield slot.under
        if slot.after is not None:
            yield slot.after


def _names_added(change_set: ChangeSet) -> Iterator[str]:
    for operation in change_set.operations:
        match operation:
            case Insert():
                yield from _names_of(base_side(operation.key), operation.provision.children)
            case InsertDocument():
                yield from _names_of(base_side(operation.key), operation.document.provisions)
            case Split():
                yield from (base_side(piece.key) for piece in operation.pieces)


def _names_of(name: str, children: tuple[Provision, ...]) -> Iterator[str]:
    yield name
    for count, child in enumerate(children, start=1):
        yield from _names_of(f"{name}.{count}", child.children)


def _differs(what: str, expected: object, stands: object) -> Unmet:
    if expected != stands:
        yield f"{what} {_shown(expected)}", f"it is {_shown(stands)}", ""


def _of_table(operation: EditTable, stands: Provision, where: str) -> Unmet:
    from engross.core.legaltext.applying.wordings import edited_table

    try:
        if not stands.table:
            raise ValueError("there is no table")
        edited_table(stands.table, operation.rows, operation.cells)
    except (ValueError, IndexError):
        yield f"the table of {where} to have the rows and cells it changes", "it has others", ""


def _of_split(operation: Split, stands: Provision, where: str) -> Unmet:
    cuts = zip(operation.cuts, operation.pieces, strict=True)
    if any(not stands.text.startswith(piece.glue, at) for at, piece in cuts) or (
        operation.cuts and operation.cuts[-1] > len(stands.text)
    ):
        yield f"{where} to have the text it parts", _reads(stands.text), ""


def _verb(operation: Operation) -> str:
    return "it expects to find" if not isinstance(operation, Insert) else "it adds beside"


def _wording_expected(operation: Operation) -> str:
    match operation:
        case Delete():
            return operation.provision.text
        case Replace():
            return " ".join(old for _, old, _ in operation.edits)
        case _:
            return ""


def _reads(text: str) -> str:
    return f"it reads {_short(text)!r}"


def _shown(value: object) -> str:
    return "none" if value is None else repr(value)


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"

"""What an operation expects to find, what stands there instead, and where the nearest match is."""

from collections.abc import Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from engross.core.legaltext.applying.nearest import Nearest
from engross.core.legaltext.applying.partings import unmet_join, unmet_split
from engross.core.legaltext.applying.slots import Standing
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
MOST_TOLD = 20
REMEDY = "Apply it to the text it was drafted on, or rebase it onto this one"


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
            f"{name}, operation {self.operation + 1}: it expects {self.what},"
            f" but {self.found}{near}",
            REMEDY,
        )


def failures(places: Places, change_set: ChangeSet) -> list[Failure]:
    """Return every expectation of a set that a base does not meet, in the order of operations."""
    return list(_Expectations(places, change_set).failures())


def misfits(places: Places, change_set: ChangeSet) -> list[Reason]:
    """Return why a set does not fit a base: the first expectations that fail; none if it does."""
    failed = failures(places, change_set)
    reasons = [failure.reason(change_set.change_set) for failure in failed[:MOST_TOLD]]
    if len(failed) > MOST_TOLD:
        more = len(failed) - MOST_TOLD
        reasons.append(Reason(f"{change_set.change_set}: and {more} more", REMEDY))
    return reasons


class _Expectations:
    def __init__(self, places: Places, change_set: ChangeSet) -> None:
        self.places = places
        self.operations = change_set.operations
        self.standing = Standing(places, change_set.operations)
        self.nearest = Nearest(places)
        gone: list[Key] = []
        self.parted: dict[str, int] = {}
        self.edits: dict[str, Replace] = {}
        for operation in change_set.operations:
            match operation:
                case Move() | Delete():
                    gone.append(operation.key)
                case Join():
                    gone.extend(piece.key for piece in operation.pieces)
                case Split(cuts=(first, *_)):
                    self.parted[base_side(operation.key)] = first
                case Replace():
                    self.edits[base_side(operation.key)] = operation
        self.gone = {places.find(base_side(key)) for key in gone}

    def failures(self) -> Iterator[Failure]:
        said: set[tuple[object, ...]] = set()
        for at, operation in enumerate(self.operations):
            what_and_where = (type(operation), base_side(operation.key), *_field(operation))
            if what_and_where in said:
                what = f"{_verb(operation)} {base_side(operation.key)} once"
                yield Failure(at, what, "an operation before it does the same kind of thing to it")
            said.add(what_and_where)
            for what, found, nearest in self._of(operation):
                yield Failure(at, what, found, nearest)

    def _of(self, operation: Operation) -> Unmet:
        for key in _keys(operation):
            if not self._there(key):
                like = _wording_expected(operation) if key is operation.key else ""
                yield (
                    f"{_verb(operation)} {base_side(key)}",
                    "nothing is called that",
                    self.nearest.like(like),
                )
                return
        yield from self.standing.unmet(operation)
        if isinstance(operation, Insert | InsertDocument):
            return
        node = self.places.find(base_side(operation.key))
        if node is None:
            return
        is_document = isinstance(operation, DeleteDocument | MoveDocument | SetDocument)
        if is_document != (self.places.provisions[node] is None):
            kinds = ("a provision", "a document")
            what = f"{base_side(operation.key)} to be {kinds[is_document]}"
            yield what, f"it is {kinds[not is_document]}", ""
        elif isinstance(operation, DeleteDocument | MoveDocument | SetDocument):
            yield from self._of_document(operation, node)
        else:
            stands, where = self.places.provision(node), self.places.shown(node)
            yield from self._of_wording(operation, stands, where)
            yield from self._of_naming(operation, stands, where)
            if isinstance(operation, Delete):
                yield from self._of_removal(operation, node, where)

    def _of_document(
        self, operation: DeleteDocument | MoveDocument | SetDocument, node: int
    ) -> Unmet:
        """Yield what a document is not called, or what else is in one that is taken away."""
        document = self.places.documents[node]
        match operation:
            case SetDocument():
                what = f"the {operation.field} of {document.document} to be"
                yield from _differs(what, operation.old, getattr(document, operation.field))
            case DeleteDocument():
                left = replace(document, provisions=tuple(self._left_under(node)))
                if left != operation.document:
                    yield f"what {document.document} holds to be as it was", "it has changed", ""

    def _of_wording(self, operation: Operation, stands: Provision, where: str) -> Unmet:
        """Yield what a text, its marks or its table are not."""
        match operation:
            case Replace():
                # What a split leaves of the text is what is edited then.
                text = stands.text[: self.parted.get(base_side(operation.key))]
                if short_hash(text) != operation.hashes[0]:
                    near = self.nearest.bearing(operation.hashes[0])
                    near = near or self._elsewhere(_wording_expected(operation), where)
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
                yield from ((*found, "") for found in unmet_split(operation, stands, where))
            case Join():
                unmet = unmet_join(operation, self.places, self.edits, self._remaining)
                yield from ((*found, "") for found in unmet)

    def _of_naming(self, operation: Operation, stands: Provision, where: str) -> Unmet:
        """Yield what a number, an id or a heading are not."""
        match operation:
            case Renumber():
                yield from _differs(f"{where} to be numbered", operation.old, stands.number)
            case Identify():
                yield from _differs(f"the id of {where} to be", operation.old, stands.id)
            case SetHeading():
                yield from _differs(f"the heading of {where} to be", operation.old, stands.heading)

    def _of_removal(self, operation: Delete, node: int, where: str) -> Unmet:
        """Yield what a thing that is taken away does not say, and what else stands under it."""
        stands, wanted = self._remaining(node), operation.provision
        if body_of(stands) != body_of(wanted):
            near = self._elsewhere(wanted.text, where)
            yield f"{where} to read {_short(wanted.text)!r}", _reads(stands.text), near
        elif stands != wanted:
            yield f"what stands under {where} to be as it was", "it has changed", ""

    def _remaining(self, node: int) -> Provision:
        """Return a provision without what this set moves out from under it."""
        return replace(self.places.provision(node), children=tuple(self._left_under(node)))

    def _left_under(self, node: int) -> Iterator[Provision]:
        for child in self.places.children[node]:
            if child not in self.gone:
                yield self._remaining(child)

    def _elsewhere(self, wording: str, where: str) -> str:
        near = self.nearest.like(wording)
        return "" if near == where else near

    def _there(self, key: Key) -> bool:
        return base_side(key) in self.standing


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


def _field(operation: Operation) -> tuple[str, ...]:
    return (operation.field,) if isinstance(operation, SetDocument) else ()


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


def _verb(operation: Operation) -> str:
    return "to add beside" if isinstance(operation, Insert) else "to find"


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

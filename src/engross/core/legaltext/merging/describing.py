"""What an operation does, whatever its set calls things: to compare it, and to tell a person.

Two sets may add one clause under the names '+1' and '+7', each numbered as its own renumbering has
it. Here a thing is what it says and where it stands: base nodes by their keys, what is added by its
content, numbers by what they add to the number above.
"""

from collections.abc import Sequence

from msgspec import to_builtins

from engross.core.legaltext.change_sets import (
    EditTable,
    Insert,
    InsertDocument,
    Join,
    Move,
    MoveDocument,
    Operation,
    Renumber,
    Replace,
    SetDocument,
    SetHeading,
    Split,
    TextEdit,
)
from engross.core.legaltext.merging.reading import Doing, Reading, slot_of
from engross.core.legaltext.merging.results import Act, Token
from engross.core.legaltext.provisions import Document, Provision, own_label, root_label

Content = tuple[object, ...]


def reference(reading: Reading, node: int) -> object:
    """Return what a node is: its key in the base, or the content of what a set adds."""
    if reading.is_base(node) or node < 0:
        return reading.places.keys[node] if node >= 0 else ""
    return signature(reading, node)


def spot(reading: Reading, by: int, node: int) -> Content:
    """Return where a set puts a node: under what, and after which slot of the base.

    What the set puts between that slot and the node does not count.
    """
    under = reading.voice(by).placed_under.get(node, -1)
    after = reading.after[by, node]
    while after is not None:
        sibling = reading.node(by, after)
        if (by, sibling) not in reading.after:
            return reference(reading, under), reference(reading, sibling)
        after = reading.after[by, sibling]
    return reference(reading, under), ""


def signature(reading: Reading, node: int) -> Content:
    """Return what a set adds and where: two sets that add the same have the same.

    A number says where something stands among its siblings; without one the slot does.
    """
    known = reading.signatures.get(node)
    if known is None:
        known = reading.signatures[node] = _signature(reading, node)
    return known


def _signature(reading: Reading, node: int) -> Content:
    doing = reading.added.get(node)
    if doing is None:  # deeper in what is added
        return "under", signature(reading, reading.draft.parents[node]), _part(reading, node)
    if isinstance(doing.operation, InsertDocument):
        return "document", _document(doing.operation.document)
    by, (under, after) = doing.ref.by, spot(reading, doing.ref.by, node)
    part = _part(reading, node)
    place = "" if reading.draft.labels[node][0] else after
    if isinstance(doing.operation, Split):
        target, count, _ = reading.split_into[node]
        return (
            "piece",
            reference(reading, target),
            count,
            split_content(reading, by, doing.operation),
        )
    return "added", under, place, part


def _part(reading: Reading, node: int) -> Content:
    part = reading.draft.added[node - len(reading.places)]
    if isinstance(part, Document):
        return _document(part)
    return _provision(part, reading.draft.labels[node])


def _provision(part: Provision, label: tuple[str, bool]) -> Content:
    """Return what a provision says with all under it, without ids."""
    children = tuple(
        _provision(child, own_label(child.number, part.number)) for child in part.children
    )
    marks = to_builtins(part.inlines) if part.inlines else None
    table = to_builtins(part.table) if part.table else None
    return label, part.heading, part.text, repr(marks), repr(table), children


def _document(document: Document) -> Content:
    stem = root_label(document.document)
    parts = tuple(_provision(part, own_label(part.number, stem)) for part in document.provisions)
    return document.document, document.title, document.language, parts


def split_content(reading: Reading, by: int, split: Split) -> Content:
    """Return where a text is parted, and what the parts are called."""
    labels = (reading.draft.labels[reading.node(by, piece.key)] for piece in split.pieces)
    pieces = tuple(
        (piece.glue, label, piece.heading)
        for piece, label in zip(split.pieces, labels, strict=True)
    )
    return tuple(
        (at, at + len(piece.glue)) for at, piece in zip(split.cuts, split.pieces, strict=True)
    ), pieces


def join_content(reading: Reading, by: int, join: Join) -> Content:
    """Return which texts of the base are put behind another."""
    return tuple((reading.node(by, piece.key), piece.glue) for piece in join.pieces)


def content_of(reading: Reading, doing: Doing) -> Content:
    """Return what an operation does, in words that no set made up."""
    operation, by = doing.operation, doing.ref.by
    node = reading.node(by, operation.key)
    if isinstance(operation, Insert | InsertDocument):
        return "insert", signature(reading, node)
    return type(operation).__name__, reference(reading, node), _said(reading, by, node, operation)


def _said(reading: Reading, by: int, node: int, operation: Operation) -> object:
    said: object
    match operation:
        case Move() | MoveDocument():
            said = spot(reading, by, node)
        case Renumber():
            said = reading.voice(by).label(node, operation.new, reading.draft)
        case Split():
            said = split_content(reading, by, operation)
        case Join():
            said = join_content(reading, by, operation)
        case Replace():
            said = operation.edits
        case EditTable():
            said = operation.rows, operation.cells
        case _:  # what gives one thing another value; a deletion gives nothing
            values = to_builtins(operation)
            said = values.get("field"), repr(values.get("new"))
    return said


def act_of(reading: Reading, doing: Doing) -> Act:
    """Return an operation as it is told to a person."""
    operation, by = doing.operation, doing.ref.by
    node = reading.node(by, operation.key)
    tokens: tuple[Token, ...] = ()
    if isinstance(operation, Replace) and reading.is_base(node):
        tokens = tokens_of(reading.places.provision(node).text, operation.edits)
    key = reading.places.keys[node] if reading.is_base(node) else reading.names_of_added[node][1]
    return Act(reading.name(by), key, reading.shown(node), _does(reading, doing), tokens)


def _does(reading: Reading, doing: Doing) -> str:
    operation, by = doing.operation, doing.ref.by
    match operation:
        case Insert() | Move():
            said = _puts(reading, by, operation)
        case Renumber():
            said = f"numbers it {operation.new or 'with nothing'}"
        case SetHeading():
            said = f"heads it {operation.new!r}" if operation.new else "takes its heading away"
        case Split():
            said = f"parts its text into {len(operation.pieces) + 1}"
        case Join():
            others = (reading.shown(reading.node(by, piece.key)) for piece in operation.pieces)
            said = f"joins {' and '.join(others)} to it"
        case SetDocument():
            said = f"gives it the {operation.field} {operation.new!r}"
        case _:
            said = _VERBS[type(operation).__name__]
    return said


def _puts(reading: Reading, by: int, operation: Insert | Move) -> str:
    slot = slot_of(operation)
    under = reading.shown(reading.node(by, slot.under))
    where = f"after {reading.shown(reading.node(by, slot.after))}" if slot.after else "as the first"
    return f"{'adds' if isinstance(operation, Insert) else 'moves'} it to {under}, {where}"


_VERBS = {
    "InsertDocument": "adds the document",
    "Delete": "deletes it",
    "DeleteDocument": "deletes the document",
    "MoveDocument": "moves the document",
    "Identify": "gives it an id",
    "Replace": "changes its text",
    "Format": "changes the marks over its text",
    "EditTable": "changes its table",
    "SetTable": "replaces its table",
}


def tokens_of(text: str, edits: Sequence[TextEdit]) -> tuple[Token, ...]:
    """Return a text with edits marked: what is kept, taken away and put there."""
    found: list[Token] = []
    at = 0
    for offset, old, new in edits:
        found += [("=", text[at:offset]), ("-", old), ("+", new)]
        at = offset + len(old)
    found.append(("=", text[at:]))
    return tuple(token for token in found if token[1])

"""Let sets of operations say what they do to a draft, each in its own keys."""

from collections.abc import Iterable, Mapping, Sequence

from engross.core.legaltext.applying.drafts import Anchor, Draft, Said, Voice, in_order, name_parts
from engross.core.legaltext.applying.slots import slots_to
from engross.core.legaltext.change_sets import (
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
from engross.core.legaltext.provisions import Document, Provision, root_label

NOWHERE = -1
SameAs = Mapping[tuple[int, str], tuple[int, str]]


def draft_of(places: Places, sets: Sequence[Sequence[Operation]], same_as: SameAs) -> Draft:
    """Return the draft in which every set has said all it does.

    `same_as` names what one set adds that another adds too: (set, its key) to (an earlier set, its
    key); it is added once. Raises LookupError where a key names nothing.
    """
    draft = Draft(places)
    for by, operations in enumerate(sets):
        voice = Voice(by, operations)
        draft.voices.append(voice)
        _name(draft, voice, same_as)
    for voice in draft.voices:
        _stand(draft, voice)
    for voice in draft.voices:
        _place(draft, voice)
        for operation in voice.operations:
            _say(draft, voice, operation)
    for anchor, nodes in draft.placed.items():
        if len(nodes) > 1:
            draft.placed[anchor] = in_order(nodes, draft)
    return draft


def _name(draft: Draft, voice: Voice, same_as: SameAs) -> None:
    """Give nodes to what a set adds, and let its keys name them."""
    for operation in voice.operations:
        if isinstance(operation, Insert):
            _add(draft, voice, operation.key, operation.provision, same_as)
        elif isinstance(operation, InsertDocument):
            _add(draft, voice, operation.key, operation.document, same_as)
        elif isinstance(operation, Split):
            for piece in operation.pieces:
                alone = Provision(id=piece.id, number=piece.number, heading=piece.heading)
                _add(draft, voice, piece.key, alone, same_as)


def _add(draft: Draft, voice: Voice, key: Key, part: Provision | Document, same_as: SameAs) -> None:
    name = base_side(key)
    other = same_as.get((voice.by, name))
    node = draft.voices[other[0]].nodes[other[1]] if other else draft.add(part, NOWHERE)
    name_parts(voice, name, node, draft)
    voice.items.add(node)


def _stand(draft: Draft, voice: Voice) -> None:
    """Say under what a set's own things stand, and the numbers that it gives."""
    for key, slot in _slots(voice.operations):
        node, under = voice.node(key, draft.places), voice.node(slot.under, draft.places)
        voice.items.add(node)
        voice.placed_under[node] = draft.parents[node] = under
    for operation in voice.operations:
        if isinstance(operation, Renumber):
            voice.numbers[voice.node(operation.key, draft.places)] = operation.new
        elif isinstance(operation, SetDocument) and operation.field == "document":
            node = voice.node(operation.key, draft.places)
            voice.numbers[node] = root_label(operation.new)
        elif isinstance(operation, MoveDocument):
            voice.items.add(voice.node(operation.key, draft.places))


def _slots(operations: Iterable[Operation]) -> Iterable[tuple[Key, Slot]]:
    return (placed for operation in operations for placed in slots_to(operation))


def _place(draft: Draft, voice: Voice) -> None:
    """Hang what a set places on its anchors, and give it its own label."""
    for key, slot in _slots(voice.operations):
        node = voice.node(key, draft.places)
        _hang(draft, voice, node, voice.node(slot.under, draft.places), slot.after)
    for operation in voice.operations:
        if isinstance(operation, InsertDocument):
            _hang(draft, voice, voice.node(operation.key, draft.places), NOWHERE, operation.after)
        elif isinstance(operation, MoveDocument):
            node = voice.node(operation.key, draft.places)
            draft.away.add(node)
            _hang(draft, voice, node, NOWHERE, operation.to_after)
        elif isinstance(operation, Move):
            draft.away.add(voice.node(operation.key, draft.places))
    base = len(draft.places)
    for node in voice.nodes.values():
        part = draft.added[node - base]
        if isinstance(part, Provision):
            draft.labels[node] = voice.label(node, part.number, draft)
    for node, number in voice.numbers.items():
        if node >= base or draft.places.provisions[node] is not None:
            draft.labels[node] = voice.label(node, number, draft)


def _hang(draft: Draft, voice: Voice, node: int, under: int, after: Key | None) -> None:
    if node in draft.placed_at:
        return
    if after is None:
        anchor = Anchor("head", under)
    else:
        sibling = voice.node(after, draft.places)
        anchor = Anchor("item" if sibling in voice.items else "slot", sibling)
    draft.placed_at[node] = anchor
    draft.placed[anchor].append(node)


def _say(draft: Draft, voice: Voice, operation: Operation) -> None:
    """Say what an operation does to one node."""
    node = voice.node(operation.key, draft.places)
    match operation:
        case Delete() | DeleteDocument():
            draft.removed.add(node)
        case SetHeading():
            draft.headings[node] = operation.new
        case Identify():
            draft.ids[node] = operation.new
        case SetDocument():
            draft.document_fields[node][operation.field] = operation.new
        case Replace() | Format() | EditTable() | SetTable():
            draft.said[node].append(Said(voice.by, operation))
        case Split():
            draft.said[node].append(Said(voice.by, operation))
            for index, piece in enumerate(operation.pieces, start=1):
                draft.pieces[voice.node(piece.key, draft.places)] = (node, index)
        case Join():
            draft.said[node].append(Said(voice.by, operation))
            for piece in operation.pieces:
                draft.removed.add(voice.node(piece.key, draft.places))

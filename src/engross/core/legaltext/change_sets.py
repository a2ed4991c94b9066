"""A change set: what a proposal does to the text it was drafted on, with every payload.

All operations of a set speak of the base at once, not one after the other, so their order says
nothing and sets can be merged. A set holds what it takes away as well as what it adds: it can be
undone without the base, and a stranger can read from it alone what it expects to find.

**Keys.** A key names a provision in the base and in the result: one string where both are the
same, else the pair (in the base, in the result). A side is the provision's permanent id, else
'document/address' as `Places.keys` has it; a document's is its name. What the set adds bears '+1',
'+2' ... in the base, what it takes away '-1', '-2' ... in the result; a provision deeper in what is
added or taken away is named from its top: '+1.2.1' is the first child of its second child.

**Slots.** `under` is the parent and `after` the sibling that comes just before, None for the first
place. In `Insert` and `Move.to` they are siblings in the result: ones that stay, or that this set
places too. In `Delete` and `Move.was` they are siblings in the base.

**Numbers.** What stands under a renumbered or moved provision keeps its own label ('(a)') and takes
the new number before it without an operation. `Renumber` is only for what that rule does not give.

A `Renumber` to the number that is borne already keeps it where that rule would change it, there or
on the way back.

**Texts.** `edits` are (offset, taken away, put there) in code points of the base's text, in order,
apart from each other. After `Split` they speak of the pieces; before `Join` of what is joined.
Marks are cut and shifted with the text; a `Format` says those that this does not give, there or on
the way back, and stands against the whole text's marks where the text is split or joined.
"""

from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from engross.core.legaltext.provisions import Document, Inline, Provision, Table

Key = str | tuple[str, str]
TextEdit = tuple[int, str, str]
RowEdit = tuple[int, tuple[tuple[str, ...], ...], tuple[tuple[str, ...], ...]]
CellEdit = tuple[int, int, tuple[TextEdit, ...]]


def base_side(key: Key) -> str:
    """Return what a key names in the base: '+1' for what the set adds."""
    return key if isinstance(key, str) else key[0]


def result_side(key: Key) -> str:
    """Return what a key names in the result: '-1' for what the set takes away."""
    return key if isinstance(key, str) else key[1]


def key_of(base: str, result: str) -> Key:
    """Return the key for two sides, as one string where they are the same."""
    return base if base == result else (base, result)


class _Part(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, gc=False):
    pass


class Slot(_Part, frozen=True):
    """A place among siblings."""

    under: Key
    after: Key | None = None


class _Operation(_Part, frozen=True, tag_field="op"):
    pass


class Insert(_Operation, frozen=True, tag="insert"):
    """Put a provision and what is under it into a slot."""

    key: Key
    at: Slot
    provision: Provision


class Delete(_Operation, frozen=True, tag="delete"):
    """Take a provision away, with all under it that no `Move` of this set takes elsewhere.

    `provision` is what is taken away. (A clause that is left as '[Not Used]' is a `Replace`.)
    """

    key: Key
    at: Slot
    provision: Provision


class Move(_Operation, frozen=True, tag="move"):
    """Take a provision with all that stands under it to another slot."""

    key: Key
    was: Slot
    to: Slot


class Renumber(_Operation, frozen=True, tag="renumber"):
    """Give a provision another number, whole as printed."""

    key: Key
    old: str
    new: str


class Identify(_Operation, frozen=True, tag="identify"):
    """Give a permanent id to a provision that has none."""

    key: Key
    old: str | None
    new: str | None


class SetHeading(_Operation, frozen=True, tag="heading"):
    """Give a provision another heading, or none."""

    key: Key
    old: str | None
    new: str | None


class Replace(_Operation, frozen=True, tag="replace"):
    """Change spans of a provision's text; `hashes` are `short_hash` of it before and after."""

    key: Key
    hashes: tuple[str, str]
    edits: tuple[TextEdit, ...]


class Format(_Operation, frozen=True, tag="format"):
    """Set the marks over a text, where shifting the old ones with the edits does not give them."""

    key: Key
    old: tuple[Inline, ...] = ()
    new: tuple[Inline, ...] = ()


class EditTable(_Operation, frozen=True, tag="table"):
    """Change rows and cells of a table.

    `rows` are (row of the base, rows taken away, rows put there), as the edits of a text; `cells`
    are (row of the base, column, edits of that cell's text) in rows that stay.
    """

    key: Key
    rows: tuple[RowEdit, ...] = ()
    cells: tuple[CellEdit, ...] = ()


class SetTable(_Operation, frozen=True, tag="set-table"):
    """Give a provision a table, another one altogether, or none."""

    key: Key
    old: Table | None = None
    new: Table | None = None


class Piece(_Part, frozen=True):
    """A part of a split or joined provision other than its first.

    `glue` is what stands between it and the part before in the one text. `heading`, `id` and
    `number` are those of the piece on its own; it has no children or table of its own.
    """

    key: Key
    at: Slot
    glue: str
    number: str = ""
    heading: str | None = None
    id: str | None = None


class Split(_Operation, frozen=True, tag="split"):
    """Part a text: the provision keeps what stands before `cuts[0]`, each piece takes the next run.

    `cuts` are offsets in the base's text, one for each piece, where its glue begins. `hash` is
    `short_hash` of that text, '' where not known.
    """

    key: Key
    cuts: tuple[int, ...]
    pieces: tuple[Piece, ...]
    hash: str = ""


class Join(_Operation, frozen=True, tag="join"):
    """Put the texts of pieces behind a provision's own, glue between, and take the pieces away.

    `cuts` are offsets in the joined text, as `Split` would have them; `hash` is the joined text's.
    """

    key: Key
    cuts: tuple[int, ...]
    pieces: tuple[Piece, ...]
    hash: str = ""


class InsertDocument(_Operation, frozen=True, tag="insert-document"):
    """Add a document after another; None for the first place."""

    key: Key
    document: Document
    after: Key | None = None


class DeleteDocument(_Operation, frozen=True, tag="delete-document"):
    """Take a document away, with all in it that no `Move` of this set takes elsewhere."""

    key: Key
    document: Document
    after: Key | None = None


class MoveDocument(_Operation, frozen=True, tag="move-document"):
    """Put a document elsewhere in the order of documents."""

    key: Key
    was_after: Key | None = None
    to_after: Key | None = None


class SetDocument(_Operation, frozen=True, tag="set-document"):
    """Change what a document is called, its title or its language."""

    key: Key
    field: Literal["document", "title", "language"]
    old: str
    new: str


Operation = (
    Insert
    | Delete
    | Move
    | Renumber
    | Identify
    | SetHeading
    | Replace
    | Format
    | EditTable
    | SetTable
    | Split
    | Join
    | InsertDocument
    | DeleteDocument
    | MoveDocument
    | SetDocument
)


class ChangeSet(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A proposal's legal text: its name, what it was drafted on, and its operations.

    `base` and `result` are `text_hash` of the whole texts, where known; `base_version` is the
    version of the code ('46.0') it was drafted on, `day` an ISO date, `title` for people.
    """

    change_set: str
    operations: tuple[Operation, ...]
    title: str = ""
    base_version: str = ""
    base: str = ""
    result: str = ""
    day: str = ""
    note: str | UnsetType = UNSET

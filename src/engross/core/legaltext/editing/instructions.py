"""What an editor can say of a text, one thing at a time: what a form or a TOML file can carry.

    [[change]]
    do = "replace"
    at = "D7.2(a)"
    find = "ten Working Days"
    put = "five Working Days"

`at`, `after` and `under` are addresses in the base: a permanent id, 'D7.2(a)', 'Section D7.2(a)',
'Appendix L, 5.1' or 'Appendix L/5.1'. Rows and columns of tables count from 1.
"""

import msgspec

from engross.core.legaltext.provisions import Document, Provision

Rows = tuple[tuple[str, ...], ...]


class _Instruction(
    msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, tag_field="do"
):
    pass


class SetText(_Instruction, frozen=True, tag="set-text"):
    """Let a provision read otherwise."""

    at: str
    text: str


class ReplaceWords(_Instruction, frozen=True, tag="replace"):
    """Put words for others that stand once in a text; everywhere in it with `every`."""

    at: str
    find: str
    put: str
    every: bool = False


class SetHeading(_Instruction, frozen=True, tag="set-heading"):
    """Give a provision a heading, or none."""

    at: str
    heading: str | None = None


class InsertAfter(_Instruction, frozen=True, tag="insert-after"):
    """Put a provision, with what stands under it, behind another; its number is whole."""

    after: str
    provision: Provision


class InsertUnder(_Instruction, frozen=True, tag="insert-under"):
    """Put a provision last under another or in a document; `first` puts it first."""

    under: str
    provision: Provision
    first: bool = False


class Delete(_Instruction, frozen=True, tag="delete"):
    """Take a provision away, with all that stands under it and is not moved elsewhere."""

    at: str


class LeaveNotUsed(_Instruction, frozen=True, tag="not-used"):
    """Leave a provision's number standing with '[Not Used]' and nothing else."""

    at: str


class MoveAfter(_Instruction, frozen=True, tag="move-after"):
    """Take a provision with what stands under it to behind another."""

    at: str
    after: str


class MoveUnder(_Instruction, frozen=True, tag="move-under"):
    """Take a provision with what stands under it to under another; see `InsertUnder`."""

    at: str
    under: str
    first: bool = False


class Renumber(_Instruction, frozen=True, tag="renumber"):
    """Give a provision another number, whole; what stands under it follows."""

    at: str
    number: str


class Split(_Instruction, frozen=True, tag="split"):
    """Part a text before these words, which stand in it once; they begin a provision behind it."""

    at: str
    before: str
    number: str = ""
    heading: str | None = None


class Join(_Instruction, frozen=True, tag="join"):
    """Put another provision's text behind a provision's own, with `glue` between them."""

    at: str
    piece: str
    glue: str = " "


class SetCell(_Instruction, frozen=True, tag="set-cell"):
    """Let a cell of a table read otherwise."""

    at: str
    row: int
    column: int
    text: str


class InsertRow(_Instruction, frozen=True, tag="insert-row"):
    """Put a row behind one of a table; behind 0 for the first."""

    at: str
    after: int
    cells: tuple[str, ...]


class DeleteRow(_Instruction, frozen=True, tag="delete-row"):
    """Take a row of a table away."""

    at: str
    row: int


class SetTable(_Instruction, frozen=True, tag="set-table"):
    """Give a provision a table, or none."""

    at: str
    rows: Rows | None = None


class SetTitle(_Instruction, frozen=True, tag="set-title"):
    """Give a document a title."""

    document: str
    title: str


class InsertDocument(_Instruction, frozen=True, tag="insert-document"):
    """Add a document behind another; first where `after` is ''."""

    document: Document
    after: str = ""


class DeleteDocument(_Instruction, frozen=True, tag="delete-document"):
    """Take a document away with all in it."""

    document: str


Instruction = (
    SetText
    | ReplaceWords
    | SetHeading
    | InsertAfter
    | InsertUnder
    | Delete
    | LeaveNotUsed
    | MoveAfter
    | MoveUnder
    | Renumber
    | Split
    | Join
    | SetCell
    | InsertRow
    | DeleteRow
    | SetTable
    | SetTitle
    | InsertDocument
    | DeleteDocument
)
Wording = SetText | ReplaceWords | SetHeading | SetCell | InsertRow | DeleteRow | SetTable


class Instructions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of changes: what it is called, and what it says in order."""

    change_set: str
    change: tuple[Instruction, ...]
    title: str = ""
    day: str = ""

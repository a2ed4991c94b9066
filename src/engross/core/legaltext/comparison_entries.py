"""The comparison of two texts as it is written down: `msgspec` makes the JSON of it as it is."""

from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from engross.core.legaltext.provisions import Inline
from engross.core.legaltext.tokens import Segment

Kind = Literal["inserted", "deleted", "changed", "moved", "renumbered", "split", "joined"]
Tokens = tuple[Segment, ...]
Inlines = tuple[Inline, ...]


class CellChange(msgspec.Struct, frozen=True, gc=False):
    """A cell that changed, by its columns from 0; None where it is not in that row."""

    old: int | None
    new: int | None
    tokens: Tokens


class RowChange(msgspec.Struct, frozen=True, gc=False):
    """A row that changed, by its index from 0 in either table, and those of its cells that did."""

    kind: Literal["inserted", "deleted", "changed"]
    old: int | None
    new: int | None
    cells: tuple[CellChange, ...]


class TableChange(msgspec.Struct, frozen=True, gc=False):
    """The rows of a table that changed, in order, what was taken away first."""

    rows: tuple[RowChange, ...]


class Part(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """One part of what was split or joined: its address, and the segment it begins with.

    `heading` gives the tokens of a heading that the part has or had of its own.
    """

    address: str
    begin: int = msgspec.field(name="from")
    heading: Tokens = ()


class Entry(msgspec.Struct, frozen=True, gc=False):
    """What happened to one provision or document.

    `old` and `new` are addresses within the document ('' is the document itself), None where it
    is not there. `tokens` lead from the old text to the new; none where the text is the same.
    A clause that is left as '[Not Used]' is deleted, with both addresses. `document` is where it
    stands now, or stood, given where there are several; `old_document` where it stood in another.
    `inlines` are the marks before and after, where these are all that changed in a text.
    """

    kinds: tuple[Kind, ...]
    old: str | None
    new: str | None
    tokens: Tokens = ()
    document: str | UnsetType = UNSET
    old_document: str | UnsetType = UNSET
    heading: Tokens | UnsetType = UNSET
    table: TableChange | UnsetType = UNSET
    inlines: tuple[Inlines, Inlines] | UnsetType = UNSET
    language: tuple[str, str] | UnsetType = UNSET
    parts: tuple[Part, ...] | UnsetType = UNSET


class Provisions(msgspec.Struct, frozen=True, gc=False):
    """How many provisions either text has, and how many of them no entry is about."""

    old: int
    new: int
    unchanged: int


class Marked(msgspec.Struct, frozen=True, gc=False):
    """How many tokens (words and single marks) were put there and taken away, cells included."""

    inserted: int
    deleted: int


class Summary(msgspec.Struct, frozen=True, gc=False):
    """The comparison in figures; `kinds` counts entries, each under all of its kinds."""

    kinds: dict[Kind, int]
    provisions: Provisions
    tokens: Marked


class Comparison(msgspec.Struct, frozen=True, gc=False):
    """The entries in reading order, what was taken away where it stood, and their summary."""

    entries: tuple[Entry, ...]
    summary: Summary

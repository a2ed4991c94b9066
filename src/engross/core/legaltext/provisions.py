"""A code's text: documents of provisions, in the one form that every tool reads and writes.

The structs are the canonical JSON: `msgspec` reads it straight into them, and their fields stand in
the order in which they are written. A provision says who it is (`id`, never reused), what it is
called for now (`number`) and what it says (heading, text, table): three things that change apart.
"""

from collections.abc import Iterator
from hashlib import sha256
from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

InlineKind = Literal["strong", "emphasis", "footnote", "link", "superscript", "subscript"]

NOT_USED = "[Not Used]"


class Inline(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """A mark over part of a text: from `start` up to, not with, `end`, in code points.

    `note` is the text of a footnote or the address of a link.
    """

    kind: InlineKind
    start: int
    end: int
    note: str | UnsetType = UNSET


class Table(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """Rows of cells, as they read; rows may differ in length."""

    rows: tuple[tuple[str, ...], ...]


class Provision(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """A numbered clause or an unnumbered paragraph, with what stands under it.

    `number` is whole, as printed in its document: 'D7.2(a)'; '' where none is printed.
    """

    id: str | None = None
    number: str = ""
    heading: str | None = None
    text: str = ""
    inlines: tuple[Inline, ...] | UnsetType = UNSET
    table: Table | UnsetType = UNSET
    children: tuple["Provision", ...] = ()


class Document(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """A Section, Schedule or Appendix: its reference, its title and its provisions in order."""

    document: str
    title: str = ""
    language: str = "en"
    provisions: tuple[Provision, ...] = ()


class Code(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """Documents in their order: a whole code, or one document that stands alone."""

    documents: tuple[Document, ...] = ()


def body_of(provision: Provision) -> tuple[str | None, str, object, object]:
    """Return what a provision says, without its name and number: equal when the wording is."""
    return provision.heading, provision.text, provision.inlines, provision.table


def body_hash(provision: Provision) -> str:
    """Return the stable name of a provision's wording: 32 hex digits, without number and children.

    The same heading, text, marks and table have the same hash on every machine, in every release.
    """
    body = (
        provision.heading,
        provision.text,
        provision.inlines or None,
        provision.table or None,
    )
    return sha256(msgspec.json.encode(body)).hexdigest()[:32]


def short_hash(text: str) -> str:
    """Return the stable name of one text among those a provision has borne: 16 hex digits."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def text_hash(part: Code | Document | Provision) -> str:
    """Return the stable name of a whole text: SHA-256 of its canonical JSON, in hex."""
    return sha256(msgspec.json.encode(part)).hexdigest()


def provisions_of(part: Code | Document | Provision) -> Iterator[Provision]:
    """Yield every provision in reading order; a provision yields itself first."""
    if isinstance(part, Code):
        for document in part.documents:
            yield from provisions_of(document)
        return
    waiting = [part] if isinstance(part, Provision) else list(reversed(part.provisions))
    while waiting:
        provision = waiting.pop()
        yield provision
        waiting.extend(reversed(provision.children))


def root_label(document: str) -> str:
    """Return what numbers in a document begin with: 'D' in 'Section D', '' in 'Appendix L'.

    Only a Section's numbers carry its letter; those of Appendices and Schedules are plain.
    """
    kind, _, letter = document.partition(" ")
    return letter if kind == "Section" else ""


def own_label(number: str, parent_number: str) -> tuple[str, bool]:
    """Return what a number adds to its parent's, and whether it begins with it.

    ('D7.2(a)', 'D7.2') gives ('(a)', True); ('12A', 'Part 2') gives ('12A', False). A provision
    keeps its own label when a clause above it is renumbered.
    """
    if number and parent_number and number.startswith(parent_number):
        rest = number[len(parent_number) :]
        # 'D71' does not stand under 'D7': what is added begins a new part of the number.
        if rest and not (rest[0].isdigit() and parent_number[-1].isdigit()):
            return rest, True
    return number, False

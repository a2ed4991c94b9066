"""Documents as blocks of HTML, made once for each text and kept under its hash.

A process keeps what it served last; behind it, files that all processes share.
"""

import zlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import TypeVar

import msgspec
from django.core.cache import caches

from engross.adapters.legaltext.redlines.linked import WRITING, Block, blocks_of
from engross.apps.legaltext import queries
from engross.apps.reading.queries import CodeLayers, TextState, layers_as_at, layers_key
from engross.apps.reading.queries.keeping import Kept
from engross.apps.reading.views.linking import Linker
from engross.apps.reading.views.outlines import outline_of

LOOK = 2  # another number for another look of what is kept here
KEPT_SECONDS = 30 * 24 * 60 * 60
LONG = 400  # provisions
MOST_KEPT_HERE = 40  # documents, of half a megabyte or so
T = TypeVar("T")


@dataclass(frozen=True)
class DocumentPage:
    """What a document's page shows of its text; the day that is asked for stands at `paths.DAY`.

    `key` names what it was made of.
    """

    key: str
    name: str
    title: str = ""
    language: str = "en"
    outline: str = ""
    blocks: tuple[Block, ...] = ()

    @property
    def heading(self) -> str:
        """The document's name and title."""
        return f"{self.name}: {self.title}" if self.title else self.name

    @property
    def is_long(self) -> bool:
        """Say whether a browser had better not lay it out as a whole."""
        return len(self.blocks) > LONG

    @cached_property
    def keys(self) -> frozenset[str]:
        """The document's name and the keys of its provisions."""
        return frozenset((self.name, *(block.key for block in self.blocks)))


_here: Kept[str, DocumentPage] = Kept(MOST_KEPT_HERE)
_names: Kept[str, frozenset[str]] = Kept(MOST_KEPT_HERE)


def document_page(name: str, *, state: TextState, since: date) -> DocumentPage | None:
    """Return a document's page in the text that reads so since a day; None without the document."""
    key = named(f"{layers_key(state, since)} {WRITING} {LOOK} {name}")
    page = _here.get(key)
    if page is not None or name not in document_names(state, since):
        return page

    def make() -> DocumentPage:
        return kept(key, DocumentPage, lambda: _made(key, name, layers_as_at(since, state=state)))

    return _here.made(key, make)


def page_with(name: str, code: CodeLayers) -> DocumentPage | None:
    """Return a document's page in a text that somebody put together; None without the document.

    It is kept here only: there are as many as there are choices.
    """
    if name not in code.roots:
        return None
    key = named(f"{code.key} {WRITING} {LOOK} {name}")
    return _here.made(key, lambda: _made(key, name, code))


def forget_pages() -> None:
    """Keep no page in this process any more: what is asked for next is made anew."""
    _here.forget()
    _names.forget()


def document_names(state: TextState, since: date) -> Collection[str]:
    """Return what the documents are called in the text that reads so since a day."""
    key = named(f"names {layers_key(state, since)}")
    return _names.made(key, lambda: frozenset(queries.document_names(on=since)))


def kept(name: str, kind: type[T], make: Callable[[], T]) -> T:
    """Return what the files that all processes share keep under a name; made if need be."""
    shared = caches["read"]
    packed = shared.get(name)
    if packed is not None:
        return msgspec.msgpack.decode(zlib.decompress(packed), type=kind)
    made = make()
    # Pressed once and lightly: pages are made while somebody waits.
    shared.set(name, zlib.compress(msgspec.msgpack.encode(made), 1), KEPT_SECONDS)
    return made


def named(told: str) -> str:
    """Return the name under which something is kept that depends on what is told."""
    return f"reading-{sha256(told.encode('utf-8', 'surrogatepass')).hexdigest()[:40]}"


def _made(key: str, name: str, code: CodeLayers | None) -> DocumentPage:
    nodes = code.nodes_of(name) if code else range(0)
    if code is None or not nodes:
        return DocumentPage(key, name)
    document = code.places.documents[nodes.start]
    linker = Linker(code, name)
    return DocumentPage(
        key=key,
        name=name,
        title=document.title,
        language=document.language,
        outline=outline_of(code, name, lambda node: linker.paths.place(node, seen_from=name)),
        blocks=tuple(blocks_of(code.places, nodes[1:], linker.linking())),
    )

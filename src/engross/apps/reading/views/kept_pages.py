"""Documents as blocks of HTML, made once for each text and kept under its hash.

A process keeps what it served last; behind it, files that all processes share.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TypeVar

from django.core.cache import caches

from engross.adapters.legaltext.redlines.linked import WRITING, Block, blocks_of, html_of
from engross.apps.reading.queries import CodeLayers, TextState, layers_as_at, layers_key
from engross.apps.reading.queries.keeping import Kept
from engross.apps.reading.views.linking import Linker
from engross.apps.reading.views.outlines import outline_of

LOOK = 1  # another number for another look of what is kept here
KEPT_SECONDS = 30 * 24 * 60 * 60
MOST_PUT_TOGETHER = 8
T = TypeVar("T")


@dataclass(frozen=True)
class DocumentPage:
    """What a document's page shows of its text; the day that is asked for stands at `paths.DAY`.

    `key` names what it was made of. It has no blocks where there is no such document.
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


_put_together: Kept[str, DocumentPage] = Kept(MOST_PUT_TOGETHER)


def document_page(name: str, *, state: TextState, since: date) -> DocumentPage | None:
    """Return a document's page in the text that reads so since a day; None without the document."""
    key = named(f"{layers_key(state, since)} {WRITING} {LOOK} {name}")
    page = kept(key, lambda: _made(key, name, layers_as_at(since, state=state)))
    return page if page.outline or page.blocks or page.title else None


def page_with(name: str, code: CodeLayers) -> DocumentPage | None:
    """Return a document's page in a text that somebody put together; None without the document.

    Only the last few are kept, and only here: they are as many as there are choices.
    """
    key = named(f"{code.key} {WRITING} {LOOK} {name}")
    page = _put_together.get(key) or _put_together.put(key, _made(key, name, code))
    return page if page.outline or page.blocks or page.title else None


def plain_text(page: DocumentPage) -> str:
    """Return a page's text with nothing put between its blocks."""
    return kept_here(
        f"{page.key}-plain", lambda: "".join([html_of(block) for block in page.blocks])
    )


def kept(name: str, make: Callable[[], T]) -> T:
    """Return what is kept under a name, here or in the shared files; made and kept if need be."""
    return kept_here(name, lambda: _shared(name, make))


def _shared(name: str, make: Callable[[], T]) -> T:
    shared = caches["drawn"]
    found: T | None = shared.get(name)
    if found is None:
        found = make()
        shared.set(name, found, KEPT_SECONDS)
    return found


def kept_here(name: str, make: Callable[[], T]) -> T:
    """Return what this process keeps under a name; made and kept if need be."""
    local = caches["local"]
    found: T | None = local.get(name)
    if found is None:
        found = make()
        local.set(name, found, KEPT_SECONDS)
    return found


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

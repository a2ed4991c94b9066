"""Documents as blocks of HTML, made once for each text and kept under its hash.

A process keeps what it served last; behind it, files that all processes share.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from engross.adapters.legaltext.redlines.linked import WRITING, Block, blocks_of
from engross.apps.legaltext.queries import stands_at
from engross.apps.reading.queries import CodeLayers, TextState, layers_as_at, layers_key
from engross.apps.reading.queries.keeping import Kept, named, shared
from engross.apps.reading.views.linking import Linker
from engross.apps.reading.views.outlines import outline_of
from engross.core.legaltext.numbers.addresses import Address

LOOK = 2  # another number for another look of what is kept here
LONG = 400  # provisions
MOST_KEPT_HERE = 40  # documents, of half a megabyte or so


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


def document_page(name: str, *, state: TextState, since: date) -> DocumentPage | None:
    """Return a document's page in the text that reads so since a day; None without the document."""
    key = named(f"{layers_key(state, since)} {WRITING} {LOOK} {name}")
    page = _here.get(key)
    if page is not None or not stands_at(Address(name), on=since):
        return page

    def make() -> DocumentPage:
        return shared(key, DocumentPage, lambda: _made(key, name, layers_as_at(since, state=state)))

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

"""Texts as a Word file can hold them, and what a reader of its pages sees."""

from collections.abc import Callable, Iterator
from dataclasses import replace as replaced
from typing import TypeVar

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import UNSET
from msgspec.structs import replace

from engross.adapters.legaltext.word_writing.numbers import printed
from engross.core.legaltext.aligned import Aligned
from engross.core.legaltext.marks import Inlines
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code, Inline, InlineKind, Provision, Table
from tests.support.legal_alignments import alignments
from tests.support.legal_texts import codes, pairs

Example = TypeVar("Example")
_KINDS: tuple[InlineKind, ...] = (
    "strong",
    "emphasis",
    "footnote",
    "link",
    "superscript",
    "subscript",
)
_NOTES = {"footnote": "As the table says.", "link": "https://example.org/?a=1&b=2"}
_UNHELD = dict.fromkeys((*range(9), 11, 12, *range(13, 32), 0xFFFE, 0xFFFF), "?")


def writable(code: Code) -> Code:
    """Return a text without what Word refuses: control characters, rows without a cell."""
    return _with_provisions(code, _writable)


def _writable(provision: Provision) -> Provision:
    table = provision.table
    if table:
        rows = tuple(tuple(cell.translate(_UNHELD) for cell in row) for row in table.rows if row)
        table = Table(rows) if rows else UNSET
    return replace(provision, text=provision.text.translate(_UNHELD), table=table)


def _with_provisions(code: Code, change: Callable[[Provision], Provision]) -> Code:
    def changed(provision: Provision) -> Provision:
        made = change(provision)
        return replace(made, children=tuple(changed(child) for child in made.children))

    return Code(
        tuple(
            replace(document, provisions=tuple(changed(one) for one in document.provisions))
            for document in code.documents
        )
    )


def writable_codes() -> st.SearchStrategy[Code]:
    """Give a text that Word can hold."""
    return codes().map(writable)


def writable_pairs() -> st.SearchStrategy[tuple[Code, Code]]:
    """Give an old text and what edits made of it, both as Word can hold them."""
    return pairs().map(lambda pair: (writable(pair[0]), writable(pair[1])))


def writable_alignments() -> st.SearchStrategy[Aligned]:
    """Give two texts as Word can hold them, and any pairs between them."""
    return alignments().map(_writable_aligned)


def _writable_aligned(aligned: Aligned) -> Aligned:
    old, new = (Places(writable(places.code)) for places in (aligned.old, aligned.new))
    return replaced(aligned, old=old, new=new)


@st.composite
def marked_codes(draw: st.DrawFn) -> Code:
    """Give a text with marks of every kind anywhere, also where Word carries none."""
    return _with_provisions(
        draw(writable_codes()), lambda one: replace(one, inlines=draw(_marks(one.text)) or UNSET)
    )


@st.composite
def _marks(draw: st.DrawFn, text: str) -> Inlines:
    edge = st.integers(0, min(len(text), 14))
    found = []
    for kind in draw(st.lists(st.sampled_from(_KINDS), max_size=3)):
        start, end = sorted((draw(edge), draw(edge)))
        found.append(Inline(kind, start, end, _NOTES.get(kind, UNSET)))
    in_order = st.just(sorted(found, key=lambda mark: (mark.start, mark.end, mark.kind)))
    return tuple(draw(st.one_of(in_order, in_order, st.just(found))))


def sample(strategy: st.SearchStrategy[Example], count: int) -> list[Example]:
    """Return so many examples, the same ones every time: to be asked about all at once."""
    found: list[Example] = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def take(example: Example) -> None:
        found.append(example)

    take()
    return found


def lines_of(code: Code) -> list[str]:
    """Return what a reader of the page sees, a line for each paragraph and cell."""
    return list(_lines(Places(code)))


def _lines(places: Places) -> Iterator[str]:
    for node, provision in enumerate(places.provisions):
        if provision is None:
            document = places.documents[node]
            yield document.document + (f": {document.title}" if document.title else "")
            continue
        number = f"{printed(places, node)}\t" if printed(places, node) else ""
        if provision.heading is not None:
            yield number + provision.heading
            if provision.text or provision.inlines:
                yield provision.text
        else:
            yield number + provision.text
        if provision.table:
            yield from (cell for row in provision.table.rows for cell in row)


def said(code: Code) -> Code:
    """Return a text in which every provision says something, and no cell is empty.

    LibreOffice leaves an empty paragraph that came or went, and fills an empty row with a joiner.
    """
    return _with_provisions(code, _said)


def _said(provision: Provision) -> Provision:
    heading, text, table = provision.heading, provision.text, provision.table
    if heading is None and not text:
        text = "and"
    rows = tuple(tuple(cell or "-" for cell in row) for row in table.rows) if table else ()
    return replace(
        provision,
        heading="General" if heading == "" else heading,
        text=text,
        table=Table(rows) if table else UNSET,
    )

"""A text as it stands, for reading on a page: a block for each provision, with links in its words.

What the links are and where they lead is told from outside; a page puts its own marks between the
parts of a block, so that the blocks themselves can be kept for as long as the text stands.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from typing import NamedTuple

from engross.adapters.legaltext.redlines.lines import DEEPEST_SHOWN, depth_of, table_html
from engross.adapters.legaltext.redlines.words import Around, marked
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Provision

# Whatever is written otherwise than before begins with another number here.
WRITING = 1


class Block(NamedTuple):
    """One provision of a page.

    `place` counts from its document's own node, `key` is its permanent id or its address, `depth`
    how many stand above it. `content` is its number and what it says, without the closing tags.
    """

    place: int
    key: str
    depth: int
    anchor: str
    content: str


class Linking(NamedTuple):
    """What a page puts around and after words, each by a provision's node.

    `address_of` gives where the number leads, '' for nowhere; `around` what goes around spans of
    the text; `after` what stands below it, as HTML.
    """

    address_of: Callable[[int], str]
    around: Callable[[int], Sequence[Around]]
    after: Callable[[int], str]


def blocks_of(places: Places, nodes: Iterable[int], linking: Linking) -> Iterator[Block]:
    """Yield the blocks of provisions of one document, in the order of reading."""
    depths: dict[int, int] = {}
    root = -1
    for node in nodes:
        root = places.root_of(node) if root < 0 else root
        above = places.parents[node]
        depth = depths[node] = (depths.get(above) or depth_of(places, above)) + 1
        content = _content(places, node, depth, linking)
        place = node - root
        yield Block(place, places.keys[node], depth, anchor_of(places, node), content)


def anchor_of(places: Places, node: int) -> str:
    """Return what a provision is called in the address of its document's page."""
    return places.addresses[node].replace(" ", "_")


def html_of(
    block: Block,
    *,
    shift: int = 0,
    marks: str = "",
    before: str = "",
    after: str = "",
    is_quoted: bool = False,
) -> str:
    """Return a block as HTML, so many levels further out, with what the page adds to it.

    `marks` are attributes, `before` stands first in it, `after` below all that it says. What
    `is_quoted` on another page bears no name of its own there.
    """
    depth = min(block.depth - shift, DEEPEST_SHOWN)
    name = "" if is_quoted else f' id="{escape(block.anchor)}"'
    return (
        f'<div class="provision" data-depth="{depth}"{name}{marks}>'
        f"{before}{block.content}{after}</div></div>\n"
    )


def _content(places: Places, node: int, depth: int, linking: Linking) -> str:
    provision = places.provision(node)
    number = _number(provision, linking.address_of(node))
    text = marked(provision, linking.around(node)) if provision.text else ""
    body = f"<p>{text}</p>" if text else ""
    table = table_html(provision, f"Table of {places.shown(node)}") if provision.table else ""
    return f"{number}<div>{_heading(provision, depth)}{body}{table}{linking.after(node)}"


def _number(provision: Provision, address: str) -> str:
    if not provision.number:
        return '<span class="clause-number"></span>'
    shown = escape(provision.number)
    if not address:
        return f'<span class="clause-number">{shown}</span>'
    return f'<a class="clause-number" href="{address}">{shown}</a>'


def _heading(provision: Provision, depth: int) -> str:
    if not provision.heading:
        return ""
    level = "h2" if depth == 1 else "h3"
    return f'<{level} class="clause-heading">{escape(provision.heading)}</{level}>'

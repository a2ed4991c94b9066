"""The headings of a document as a tree of links, folded without a script."""

from collections.abc import Callable, Iterable
from html import escape

from engross.apps.reading.queries import CodeLayers

DEEPEST = 3


def outline_of(code: CodeLayers, document: str, address_of: Callable[[int], str]) -> str:
    """Return the headings of a document as a list of links; '' where it has none."""
    nodes = code.nodes_of(document)
    return _listed(code, code.places.children[nodes.start], address_of, 1) if nodes else ""


def headings_in(code: CodeLayers) -> int:
    """Return how many headings there are in the whole code."""
    return sum(1 for provision in code.places.provisions if provision and provision.heading)


def _listed(
    code: CodeLayers, nodes: Iterable[int], address_of: Callable[[int], str], depth: int
) -> str:
    items = "".join(_item(code, node, address_of, depth) for node in nodes)
    return f'<ul class="outline-list" data-depth="{depth}">{items}</ul>' if items else ""


def _item(code: CodeLayers, node: int, address_of: Callable[[int], str], depth: int) -> str:
    provision = code.places.provision(node)
    below = ""
    if depth < DEEPEST:
        below = _listed(code, code.places.children[node], address_of, depth + 1)
    if not provision.heading:
        return below and f"<li>{below}</li>"
    number = f"<span>{escape(provision.number)}</span> " if provision.number else ""
    link = f'<a href="{address_of(node)}">{number}{escape(provision.heading)}</a>'
    if not below:
        return f"<li>{link}</li>"
    about = f"Under {escape(provision.number or provision.heading)}"
    fold = f'<details><summary aria-label="{about}"></summary>{below}</details>'
    return f'<li class="has-more">{link}{fold}</li>'

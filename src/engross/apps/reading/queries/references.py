"""Cross references as at a day: what a clause refers to, and what refers to it."""

from engross.apps.reading.queries.layers import CodeLayers
from engross.core.legaltext.numbers.addresses import Address
from engross.core.legaltext.references import Link


def references_from(code: CodeLayers, address: Address) -> list[Link]:
    """Return the references in a clause and in what stands under it, in the order of reading."""
    node = code.node_at(address)
    if node is None:
        return []
    nodes = range(node, code.places.end_of(node))
    return [link for each in nodes for link in code.layers.links_from.get(each, ())]


def references_to(code: CodeLayers, address: Address, *, below: bool = True) -> list[Link]:
    """Return the references to a clause, and with `below` to what stands under it.

    Those that it makes to itself are left out, and of two from one text to one clause the second.
    """
    node = code.node_at(address)
    if node is None:
        return []
    own = range(node, code.places.end_of(node) if below else node + 1)
    found: dict[tuple[int, int], Link] = {}
    for each in own:
        for link in code.layers.links_to.get(each, ()):
            if link.node not in own:
                found.setdefault((link.node, link.targets[0]), link)
    return sorted(found.values(), key=lambda link: (link.node, link.reference.start))

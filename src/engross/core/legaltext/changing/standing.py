"""Provisions that come, go or stand elsewhere."""

from collections.abc import Iterator

from engross.core.legaltext.change_sets import Delete, Insert, Move, Operation
from engross.core.legaltext.changing.links import Links


def standing_operations(links: Links) -> Iterator[tuple[float, Operation]]:
    """Yield what is put in, moved and taken away, each with the node of the new text it is at."""
    new, old = links.new, links.old
    for node in links.added.tops:
        if new.provisions[node] is not None:
            payload = links.added.payload(new, node, links.cut_off)
            yield node, Insert(links.new_key(node), links.new_slot(node), payload)
    for node in links.moved:
        if new.provisions[node] is not None:
            was = links.old_of[node]
            yield node, Move(links.key(was), links.slot(was), links.new_slot(node))
    for node in links.taken.tops:
        if old.provisions[node] is not None:
            payload = links.taken.payload(old, node, links.put_in)
            yield links.behind(node), Delete(links.key(node), links.slot(node), payload)

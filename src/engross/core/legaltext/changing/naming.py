"""Numbers that the own label does not give, and ids."""

from collections.abc import Iterator

from engross.core.legaltext.change_sets import Identify, Operation, Renumber
from engross.core.legaltext.changing.links import Links
from engross.core.legaltext.provisions import own_label


def naming_operations(links: Links) -> Iterator[tuple[float, Operation]]:
    """Yield the numbers and ids that are given, each with the node of the new text."""
    for was, node in _renumbered(links):
        old, new = links.old.provision(was).number, links.new.provision(node).number
        yield node, Renumber(links.key(was), old, new)
    for was, node in links.pairs:
        before = links.old.provisions[was]
        if before is not None and before.id != links.ids[node]:
            yield node, Identify(links.key(was), before.id, links.ids[node])


def _renumbered(links: Links) -> Iterator[tuple[int, int]]:
    """Yield the pairs whose number does not follow what stands above them, there or back.

    A number that stays as it is while the way back would change it is said too.
    """
    old, new = links.old, links.new
    old_stems, new_stems = old.stems, new.stems
    for was, node in links.pairs:
        before, after = old.provisions[was], new.provisions[node]
        if before is None or after is None:
            continue
        old_stem, new_stem = old_stems[was], new_stems[node]
        if before.number == after.number and old_stem == new_stem:
            continue
        there = _follows(before.number, old_stem, new_stem) == after.number
        back = _follows(after.number, new_stem, old_stem) == before.number
        if not (there and back):
            yield was, node


def _follows(number: str, stem: str, new_stem: str) -> str:
    """Return what a number becomes by its own label when the number above it is another."""
    own, inherits = own_label(number, stem)
    return new_stem + own if inherits else own

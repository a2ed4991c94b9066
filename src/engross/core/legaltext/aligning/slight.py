"""Pairs that would be moves on too little evidence: '[Not Used]' is never a move."""

from engross.core.legaltext.aligning.afar import KNOWN_BY
from engross.core.legaltext.aligning.pairing import Pairing
from engross.core.legaltext.moves import moved_nodes


def part_slight_moves(pairing: Pairing) -> None:
    """Undo pairs that stand elsewhere and that neither their text nor what is under them shows."""
    pairs = pairing.new_of
    for node in moved_nodes(pairing.old.places, pairing.new.places, pairs, pairing.old_of):
        if pairing.old.parents[node] < 0 or node in pairing.by_id:
            continue
        to = pairs[node]
        few = min(len(pairing.old.words(node)), len(pairing.new.words(to))) < KNOWN_BY
        if few and not _known_by_children(pairing, node, to):
            pairing.part(node)


def _known_by_children(pairing: Pairing, node: int, to: int) -> bool:
    parents = pairing.new.parents
    return any(
        pairing.new_of[child] >= 0 and parents[pairing.new_of[child]] == to
        for child in pairing.old.children[node]
    )

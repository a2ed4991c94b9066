"""Finding which provision of a new text is which of an old one, without being told.

What is sure comes first and holds what follows in place: permanent ids, then wordings that stand
once in each text, then parents by the votes of what stands under them, then what is left among the
siblings of paired parents, where neighbours are the context that short repeated lines need. Only
what no sibling explains is looked for afar, and only where there is enough text to know it by.
"""

from msgspec.json import encode

from engross.core.legaltext.aligned import Aligned
from engross.core.legaltext.aligning.afar import pair_afar
from engross.core.legaltext.aligning.anchors import pair_anchors
from engross.core.legaltext.aligning.pairing import Pairing
from engross.core.legaltext.aligning.parents import pair_parents
from engross.core.legaltext.aligning.partings import find_partings
from engross.core.legaltext.aligning.siblings import STRONG, WEAK, pair_siblings
from engross.core.legaltext.aligning.slight import part_slight_moves
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code

__all__ = ["align", "align_places"]


def align(old: Code, new: Code) -> Aligned:
    """Return the pairs between two texts, and what was split and joined.

    The same two texts always give the same pairs, whichever of them is called the old one.
    """
    return align_places(Places(old), Places(new))


def align_places(old: Places, new: Places) -> Aligned:
    """Return the pairs between two texts that were already indexed, as `align` does."""
    if _comes_first(new, old):
        return _aligned(new, old).inverse()
    return _aligned(old, new)


def _comes_first(one: Places, other: Places) -> bool:
    """Say which text to start from: by what they say, so that their roles make no difference."""
    for mine, theirs in zip(one.provisions, other.provisions, strict=False):
        if mine is not None and theirs is not None and mine.text != theirs.text:
            return mine.text < theirs.text
    return encode(one.code) < encode(other.code)


def _aligned(old: Places, new: Places) -> Aligned:
    pairing = Pairing(old, new)
    pair_anchors(pairing)
    pair_parents(pairing)
    part_slight_moves(pairing)
    pair_siblings(pairing, STRONG)
    splits, joins = find_partings(pairing)
    pair_afar(pairing)
    pair_parents(pairing)
    pair_siblings(pairing, STRONG)
    pair_siblings(pairing, WEAK)
    part_slight_moves(pairing)
    return Aligned(old, new, pairing.new_of, pairing.old_of, splits, joins)

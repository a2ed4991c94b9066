"""Moves planted in real law: clauses of Title 34 put elsewhere, among its own edits of three years.

The law itself hardly ever moves a clause, so its own moves are too few to count. Here the first
publication is compared with the last one in which one clause in forty was put under another
heading. A move is told rightly where the clause was planted and its number of before is the one it
had in the last publication, or where the law made the move itself.
"""

from collections.abc import Iterable
from typing import NamedTuple

from benchmarks.legal_edits import Plan, edited
from benchmarks.real_law import title_34
from engross.core.legaltext.aligning import align
from engross.core.legaltext.moves import moves
from engross.core.legaltext.places import Places

LAST = 51
# Labelled by hand: the paragraph stands under another parent, with the same words or nearly so.
MOVED_IN_TITLE_34 = {
    ("34-1432(b)", "34-1432(b)(1)"),  # a subsection became the first of three paragraphs
    ("34-1436(c)(1)(G)(i)", "34-1436(c)(1)(G)"),  # and of two paragraphs one became the whole
    ("34-2158(a)(1)(1)", "34-2158(a)(1)"),  # a paragraph that stood within itself
}
ONLY_MOVES = Plan(
    edited=0, moved=1 / 40, inserted=0, deleted=0, split=0, joined=0,
    renumbered_sections=0, renamed_documents=0,
)  # fmt: skip


class Tally(NamedTuple):
    """How many moves were told, how many of them rightly; how many planted, and found of them.

    Only what stood in the first publication already can be found.
    """

    told: int
    right: int
    planted: int
    found: int


def planted_in_title_34(seeds: Iterable[int]) -> Tally:
    """Return the tally of all moves that are planted with these seeds, one text for each."""
    first, last = title_34(0), title_34(LAST)
    addresses = Places(last).addresses
    stood = set(Places(first).addresses)
    total = Tally(0, 0, 0, 0)
    for seed in seeds:
        new, truth = edited(last, ONLY_MOVES, seed=seed)
        was = {to: node for node, to in enumerate(truth.new_of) if to >= 0}
        aligned = align(first, new)
        told = [(aligned.old.addresses[node], was[aligned.new_of[node]]) for node in moves(aligned)]
        found = {node for old, node in told if node in truth.moved and old == addresses[node]}
        own = sum((old, addresses[node]) in MOVED_IN_TITLE_34 for old, node in told)
        planted = {node for node in truth.moved if addresses[node] in stood}
        seen = Tally(len(told), len(found) + own, len(planted), len(found & planted))
        total = Tally(*(one + more for one, more in zip(total, seen, strict=True)))
    return total

"""Which of the pairs between two texts stand elsewhere."""

from engross.core.legaltext.aligned import Aligned
from engross.core.legaltext.chains import heaviest_chain
from engross.core.legaltext.places import Places


def moves(aligned: Aligned) -> list[int]:
    """Return the old nodes that were moved, in reading order.

    A node was moved when its parent's pair is not its new parent, or when it passed a sibling: of
    siblings that cross, the fewest are named, and of as few those that have the least under them.
    What stands under a moved provision goes with it and is not named. Documents move only among
    documents.
    """
    return moved_nodes(aligned.old, aligned.new, aligned.new_of, aligned.old_of)


def moved_nodes(old: Places, new: Places, new_of: list[int], old_of: list[int]) -> list[int]:
    """Return what `moves` does, for pairs that are still being found."""
    mapped = [*new_of, -1]  # what a document's parent, -1, is paired with
    new_parents, old_parents = new.parents, old.parents
    last = [-1] * (len(old) + 1)
    crossed: set[int] = set()
    moved: list[int] = []
    for node, to in enumerate(new_of):
        if to < 0:
            continue
        parent = old_parents[node]
        if mapped[parent] != new_parents[to]:
            moved.append(node)
        elif last[parent] > to:
            crossed.add(parent)
        else:
            last[parent] = to
    for parent in sorted(crossed):
        moved += _passed(old, new, new_of, parent)
    return sorted(moved)


def _passed(old: Places, new: Places, new_of: list[int], parent: int) -> list[int]:
    """Return the children of a parent that are outside the heaviest order of those that stay."""
    children = old.roots if parent < 0 else old.children[parent]
    above = -1 if parent < 0 else new_of[parent]
    stay = [node for node in children if new_of[node] >= 0 and new.parents[new_of[node]] == above]
    # One is worth more than all that may stand under any, so that a clause that goes past three
    # short lines has moved, and not they.
    whole = float(len(old) + len(new))
    kept = heaviest_chain([(node, new_of[node], whole + _size(old, node) + _size(new, new_of[node]))
                           for node in stay])  # fmt: skip
    return sorted(set(stay) - {node for node, _ in kept})


def _size(places: Places, node: int) -> float:
    return float(places.end_of(node) - node)

"""What several sets add alike: added once, and named by each in its own way."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from engross.core.legaltext.applying import SameAs
from engross.core.legaltext.change_sets import Insert, InsertDocument, Operation, Split, base_side
from engross.core.legaltext.merging.describing import Content, signature
from engross.core.legaltext.merging.reading import Reading


def same_additions(reading: Reading, sets: Sequence[Sequence[Operation]]) -> SameAs:
    """Return (set, key) of what an earlier set adds too, with that set's (set, key).

    `sets` are what is left of each set. Two alike in one set are two.
    """
    first: defaultdict[tuple[Content, int], list[tuple[int, str]]] = defaultdict(list)
    for by, operations in enumerate(sets):
        seen: Counter[Content] = Counter()
        for name in _added(operations):
            if not reading.knows(by, name):
                continue  # given by a person
            content = signature(reading, reading.node(by, name))
            first[content, seen[content]].append((by, name))
            seen[content] += 1
    return {one: alike[0] for alike in first.values() for one in alike[1:]}


def _added(operations: Sequence[Operation]) -> list[str]:
    """Return the keys of what a set adds."""
    names: list[str] = []
    for operation in operations:
        if isinstance(operation, Insert | InsertDocument):
            names.append(base_side(operation.key))
        elif isinstance(operation, Split):
            names.extend(base_side(piece.key) for piece in operation.pieces)
    return names

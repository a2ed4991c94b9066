"""Parents by the votes of what stands under them: a clause is known by its paragraphs."""

from collections import Counter

from engross.core.legaltext.aligning.pairing import Pairing

# Of the children of both, the least share that has to agree (as 2 x common / all).
AGREEING = 0.3
SAME_WORDS, SAME_LABEL = 2.0, 0.5


def pair_parents(pairing: Pairing) -> None:
    """Pair the parents that most of their children's pairs stand under, then the documents."""
    levels = _free_parents_by_depth(pairing)
    for depth in sorted(levels, reverse=True):
        if depth:
            _elect(pairing, levels[depth])
    _pair_documents(pairing)


def _free_parents_by_depth(pairing: Pairing) -> dict[int, list[int]]:
    parents, children = pairing.old.parents, pairing.old.children
    levels: dict[int, list[int]] = {}
    for node in pairing.free_old():
        if children[node] and parents[node] >= 0:
            depth, above = 0, node
            while parents[above] >= 0:
                above, depth = parents[above], depth + 1
            levels.setdefault(depth, []).append(node)
    return levels


def _votes(pairing: Pairing, nodes: list[int]) -> Counter[tuple[int, int]]:
    """Return how many children of a free old node are paired under a free new one."""
    new_of, old_of, new_parents = pairing.new_of, pairing.old_of, pairing.new.parents
    votes: Counter[tuple[int, int]] = Counter()
    for node in nodes:
        for child in pairing.old.children[node]:
            to = new_of[child]
            if to >= 0 and old_of[new_parents[to]] < 0:
                votes[node, new_parents[to]] += 1
    return votes


def _elect(pairing: Pairing, nodes: list[int]) -> None:
    votes = _votes(pairing, nodes)
    old, new = pairing.old, pairing.new
    ranked = sorted(votes.items(), key=lambda one: (-one[1] - _voice(pairing, *one[0]), one[0]))
    for (node, to), count in ranked:
        both = len(old.children[node]) + len(new.children[to])
        is_document = old.parents[node] < 0, new.parents[to] < 0
        if is_document[0] == is_document[1] and 2 * count >= AGREEING * both:
            pairing.pair_all([(node, to)])


def _voice(pairing: Pairing, node: int, to: int) -> float:
    """Return what two parents say themselves, in votes: the same words or the same label."""
    old, new = pairing.old, pairing.new
    same_words = old.bodies[node] == new.bodies[to] and bool(old.words(node))
    return SAME_WORDS * same_words + SAME_LABEL * (old.label(node) == new.label(to))


def _pair_documents(pairing: Pairing) -> None:
    """Pair documents: by name where the contents do not speak against it, by contents, by title."""
    old, new = pairing.old.places, pairing.new.places
    free = [root for root in old.roots if pairing.new_of[root] < 0]
    votes = _votes(pairing, free)
    told = {node for node, _ in votes} | {~to for _, to in votes}
    names = {new.documents[root].document: root for root in reversed(new.roots)}
    named = [
        (root, to) for root in free if (to := names.get(old.documents[root].document)) is not None
    ]
    pairing.pair_all(
        (root, to)
        for root, to in named
        if votes[root, to] or (root not in told and ~to not in told)
    )
    _elect(pairing, free)
    pairing.pair_all(named)
    titles = {new.documents[root].title: root for root in reversed(new.roots)}
    pairing.pair_all(
        (root, titles[title])
        for root in free
        if (title := old.documents[root].title) and title in titles
    )

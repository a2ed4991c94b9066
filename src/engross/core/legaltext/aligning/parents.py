"""Parents by the votes of what stands under them: a clause is known by its paragraphs."""

from collections import Counter

from engross.core.legaltext.aligning.pairing import Pairing

Votes = Counter[tuple[int, int]]

# Of the children of both, the least share that has to agree (as 2 x common / all).
AGREEING = 0.3
SAME_WORDS, SAME_LABEL = 2.0, 0.5


def pair_parents(pairing: Pairing) -> None:
    """Pair the parents that most of their children's pairs stand under, then the documents."""
    levels = _free_parents_by_depth(pairing)
    votes = _votes(pairing, [node for nodes in levels.values() for node in nodes])
    voices = {pair: _voice(pairing, *pair) for pair in votes}
    for depth in sorted(levels, reverse=True):
        _elect(pairing, set(levels[depth]), votes, voices)
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


def _votes(pairing: Pairing, nodes: list[int]) -> Votes:
    """Return how many children of a free old node are paired under a free new one."""
    new_of, old_of, new_parents = pairing.new_of, pairing.old_of, pairing.new.parents
    votes: Votes = Counter()
    for node in nodes:
        for child in pairing.old.children[node]:
            to = new_of[child]
            if to >= 0 and old_of[new_parents[to]] < 0:
                votes[node, new_parents[to]] += 1
    return votes


def _elect(
    pairing: Pairing, nodes: set[int], votes: Votes, voices: dict[tuple[int, int], float]
) -> None:
    """Pair nodes of one level with what has the most votes, unless more speak for another.

    What stands above two that are paired gets a vote more.
    """
    old, new = pairing.old, pairing.new
    strength = {pair: count + voices.get(pair, 0.0) for pair, count in votes.items()}
    strongest: dict[int, float] = {}
    for (node, to), strong in strength.items():
        if pairing.new_of[node] < 0:
            strongest[to] = max(strong, strongest.get(to, 0.0))
    for strong, node, to in sorted((-strength[pair], *pair) for pair in votes if pair[0] in nodes):
        both = len(old.children[node]) + len(new.children[to])
        same_sort = (old.parents[node] < 0) == (new.parents[to] < 0)
        if not same_sort or 2 * votes[node, to] < AGREEING * both:
            continue
        if strongest.get(to, 0.0) <= -strong and pairing.may_pair(node, to):
            pairing.pair(node, to)
            above, other = old.parents[node], new.parents[to]
            if above >= 0 and other >= 0 and pairing.may_pair(above, other):
                votes[above, other] += 1


def _voice(pairing: Pairing, node: int, to: int) -> float:
    """Return what two parents say themselves, in votes: the same words or the same label."""
    old, new = pairing.old, pairing.new
    same_words = old.bodies[node] == new.bodies[to] and old.says_something(node)
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
    _elect(pairing, set(free), votes, {})
    pairing.pair_all(named)
    titles = {new.documents[root].title: root for root in reversed(new.roots)}
    pairing.pair_all(
        (root, titles[title])
        for root in free
        if (title := old.documents[root].title) and title in titles
    )

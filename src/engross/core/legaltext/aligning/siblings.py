"""What is left under paired parents, between the pairs that hold it in place.

Between two paired siblings is a gap of old provisions and a gap of new ones. Within it a pair
never crosses another, so that a line which stands in a hundred places is known by its neighbours.
"""

from bisect import bisect_left
from collections.abc import Hashable, Iterator, Sequence
from itertools import pairwise

from engross.core.legaltext.aligning.likeness import Index, likeness
from engross.core.legaltext.aligning.pairing import WEIGHTY, Pairing
from engross.core.legaltext.chains import heaviest_chain
from engross.core.legaltext.placeholders import keeps_place
from engross.core.legaltext.sequences import matching

# How sure a pair has to be: on the first round its wording speaks for it; on the last, when
# nothing better was found anywhere, its own label or its place between paired neighbours does.
STRONG, WEAK = True, False

ALIKE = 0.5
EVERY_PAIR = 400  # in a gap with more possible pairs than this, not each is looked at
Gap = tuple[list[int], list[int]]


def pair_siblings(pairing: Pairing, strong: bool) -> None:
    """Pair what is free under paired parents, from the top down."""
    free = pairing.free_old()
    if strong:
        _pair_next_in_line(pairing, free)
    parents, new_of = pairing.old.parents, pairing.new_of
    done: set[int] = set()
    for node in free:
        parent = parents[node]
        if new_of[node] >= 0 or parent < 0 or parent in done or new_of[parent] < 0:
            continue
        done.add(parent)
        if strong:
            _pair_the_same_below(pairing, parent, new_of[parent])
        for gap in _gaps(pairing, parent, new_of[parent]):
            _pair_gap(pairing, gap, strong)


def _pair_the_same_below(pairing: Pairing, parent: int, to: int) -> None:
    """Pair all that stands under two nodes in its order, where it is the same to the letter."""
    old, new = pairing.old.places, pairing.new.places
    if old.parts_under(parent) == new.parts_under(to):
        below = range(parent + 1, old.end_of(parent)), range(to + 1, new.end_of(to))
        pairing.pair_all(zip(*below, strict=True))


def _pair_next_in_line(pairing: Pairing, free: list[int]) -> None:
    """Pair what comes next after a pair under the same number: most of what is left.

    It says the same, or something like it and the next after it is a pair again.
    """
    old, new, new_of, old_of = pairing.old, pairing.new, pairing.new_of, pairing.old_of
    for node in free:
        to = new_of[node - 1] + 1
        if not node or to <= 0 or to >= len(old_of) or old_of[to] >= 0:
            continue
        one, other = old.provisions[node], new.provisions[to]
        above = new_of[old.parents[node]]
        if one is None or other is None or above < 0 or above != new.parents[to]:
            continue
        if one.number != other.number and old.label(node) != new.label(to):
            continue
        same = old.bodies[node] == new.bodies[to]
        if same or (_held(pairing, node, to) and _alike(pairing, node, to)):
            pairing.pair_all([(node, to)])


def _alike(pairing: Pairing, node: int, to: int) -> float:
    """Return how alike two are; where a half is the same to the letter, words are not counted."""
    one, other = pairing.old.text(node), pairing.new.text(to)
    half = max(len(one), len(other)) // 2 + 1
    if half > WEIGHTY and (one[:half] == other[:half] or one[-half:] == other[-half:]):
        return ALIKE
    return likeness(pairing.old.words(node), pairing.new.words(to), ALIKE)


def _held(pairing: Pairing, node: int, to: int) -> bool:
    """Say whether what comes after two nodes in reading order is a pair, or nothing comes."""
    if node + 1 < len(pairing.new_of):
        return pairing.new_of[node + 1] == to + 1
    return to + 1 == len(pairing.old_of)


def _gaps(pairing: Pairing, parent: int, to: int) -> Iterator[Gap]:
    """Yield the gaps between the pairs that two parents' children hold in order."""
    new_of, old_of = pairing.new_of, pairing.old_of
    free_new = [node for node in pairing.new.children[to] if old_of[node] < 0]
    if not free_new:
        return
    new_parents = pairing.new.parents
    children = pairing.old.children[parent]
    held = [
        (node, new_of[node])
        for node in children
        if new_of[node] >= 0 and new_parents[new_of[node]] == to
    ]
    if any(one[1] > after[1] for one, after in pairwise(held)):
        held = heaviest_chain([(one, other, 1.0) for one, other in held])
    free_old = [node for node in children if new_of[node] < 0]
    old_at = new_at = 0
    for one, other in [*held, (children[-1] + 1, pairing.new.children[to][-1] + 1)]:
        old_end, new_end = bisect_left(free_old, one), bisect_left(free_new, other)
        if old_at < old_end and new_at < new_end:
            yield free_old[old_at:old_end], free_new[new_at:new_end]
        old_at, new_at = old_end, new_end


def _pair_gap(pairing: Pairing, gap: Gap, strong: bool) -> None:
    if strong:
        gap = _without_same_ends(pairing, *gap)
    if strong and len(gap[0]) * len(gap[1]) > EVERY_PAIR:
        for part in _around_the_same(pairing, gap):
            _pair_some(pairing, part, strong)
    else:
        _pair_some(pairing, gap, strong)


def _without_same_ends(pairing: Pairing, old: list[int], new: list[int]) -> Gap:
    """Pair what says the same under the same label at either end; return what is left."""
    shorter, head, tail = min(len(old), len(new)), 0, 0
    while head < shorter and _same(pairing, old[head], new[head]):
        head += 1
    while tail < shorter - head and _same(pairing, old[-1 - tail], new[-1 - tail]):
        tail += 1
    if not head and not tail:
        return old, new
    pairing.pair_all(zip(old[:head], new[:head], strict=True))
    pairing.pair_all(zip(old[len(old) - tail :], new[len(new) - tail :], strict=True))
    return old[head : len(old) - tail], new[head : len(new) - tail]


def _same(pairing: Pairing, one: int, other: int) -> bool:
    old, new = pairing.old, pairing.new
    return old.bodies[one] == new.bodies[other] and old.label(one) == new.label(other)


def _around_the_same(pairing: Pairing, gap: Gap) -> Iterator[Gap]:
    """Pair what stands the same on both sides of a long gap, in order; yield what is left.

    Number and wording come before wording alone, for a law has long runs of '[Repealed.]'.
    """
    old, new = pairing.old, pairing.new
    chain = _in_order(gap, *([(side.label(n), side.bodies[n]) for n in nodes]
                             for side, nodes in zip((old, new), gap, strict=True)))  # fmt: skip
    pairing.pair_all(chain)
    for part in list(_between(gap, chain)):
        bodies = [old.bodies[n] for n in part[0]], [new.bodies[n] for n in part[1]]
        inner = _in_order(part, *bodies)
        pairing.pair_all(inner)
        yield from _between(part, inner)


def _in_order(gap: Gap, old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    return [
        (gap[0][one + at], gap[1][other + at])
        for one, other, length in matching(old, new)
        for at in range(length)
    ]


def _pair_some(pairing: Pairing, gap: Gap, strong: bool) -> None:
    candidates = [
        (one, other, weight)
        for one, other in _possible(pairing, gap)
        if pairing.may_pair(one, other) and (weight := _weight(pairing, one, other, strong))
    ]
    chain = heaviest_chain(candidates)
    pairing.pair_all(chain)
    if not strong:
        for left in _between(gap, chain):
            _pair_leftover(pairing, left)


def _possible(pairing: Pairing, gap: Gap) -> Iterator[tuple[int, int]]:
    """Yield the pairs of a gap that are worth a look: each, where they are few."""
    old, new = gap
    if len(old) * len(new) <= EVERY_PAIR:
        yield from ((one, other) for one in old for other in new)
        return
    found: dict[tuple[int, int], None] = {}
    for key_old, key_new in (
        (pairing.old.label, pairing.new.label),
        (pairing.old.bodies.__getitem__, pairing.new.bodies.__getitem__),
    ):
        found |= dict.fromkeys(_by_key({n: key_old(n) for n in old}, {n: key_new(n) for n in new}))
    index = Index((node, pairing.new.words(node)) for node in new)
    for one in old:
        found |= dict.fromkeys((one, other) for other in index.nearest(pairing.old.words(one)))
    yield from found


def _by_key(old: dict[int, object], new: dict[int, object]) -> Iterator[tuple[int, int]]:
    """Yield pairs of nodes with one key, counted from the front and from the back."""
    groups: dict[object, Gap] = {}
    for side, keys in enumerate((old, new)):
        for node, key in keys.items():
            groups.setdefault(key, ([], []))[side].append(node)
    for ones, others in groups.values():
        yield from zip(ones, others, strict=False)
        yield from zip(reversed(ones), reversed(others), strict=False)


def _weight(pairing: Pairing, one: int, other: int, strong: bool) -> float:
    """Return how much speaks for a pair; 0 where too little does."""
    old, new = pairing.old, pairing.new
    label = old.label(one)
    same_label = label == new.label(other)
    words = old.words(one)
    if old.bodies[one] == new.bodies[other]:
        if strong and not words and not (label and same_label):
            return 0.0
        return (1.0 + same_label / 2) * (1 + min(len(words), 20) / 10)
    alike = likeness(words, new.words(other), ALIKE)
    if alike:
        return (alike + same_label / 2) * (1 + min(len(words), 20) / 10)
    return 0.1 if not strong and label and same_label else 0.0


def _between(gap: Gap, chain: list[tuple[int, int]]) -> Iterator[Gap]:
    """Yield what a chain leaves free, between its links."""
    old, new = gap
    if not old or not new:
        return
    old_at = new_at = 0
    for one, other in [*chain, (old[-1] + 1, new[-1] + 1)]:
        old_end, new_end = bisect_left(old, one), bisect_left(new, other)
        if old_at < old_end and new_at < new_end:
            yield old[old_at:old_end], new[new_at:new_end]
        old_at, new_at = old_end + 1, new_end + 1


def _pair_leftover(pairing: Pairing, gap: Gap) -> None:
    """Pair a clause with the '[Not Used]' that alone stands in its place."""
    old, new = gap
    if len(old) == len(new) == 1:
        texts = pairing.old.text(old[0]), pairing.new.text(new[0])
        if keeps_place(texts[0]) != keeps_place(texts[1]):
            pairing.pair_all([(old[0], new[0])])

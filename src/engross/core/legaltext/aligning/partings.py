"""One provision that became several, and several that became one.

Of a text that was parted one part is often like enough to be its pair already; the others are free
beside it. They are parts when each takes up words of the whole that the parts before it leave.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from rapidfuzz.distance import LCSseq

from engross.core.legaltext.aligning.pairing import Pairing

TAKEN_UP = 0.7  # of a part's words, the share that the whole has to hold in that place
COVERED = 0.7  # of the words of the whole and of all parts, the share in common
SMALLEST = 3  # words; less than that could be anywhere
MOST_PARTS = 12
LONGEST = 20_000_000  # beyond this product of lengths, in words, no one looks

Splits = dict[int, tuple[int, ...]]


def find_partings(pairing: Pairing) -> tuple[Splits, Splits]:
    """Find splits and joins among what is free beside pairs, and settle their pairs.

    Returns both as `Aligned` has them. Their parts stay free of pairs from now on.
    """
    splits = _find_splits(pairing, set())
    mirrored = pairing.inverse()
    taken = {pairing.new_of[node] for node in splits}
    return splits, _find_splits(mirrored, taken)


def _find_splits(pairing: Pairing, not_these: set[int]) -> Splits:
    splits: Splits = {}
    for run in _runs(pairing):
        for whole, parts in _wholes(pairing, run):
            if whole in splits or whole in not_these or not _may_part(pairing, whole, parts):
                continue
            fitting = _fitting(pairing, whole, parts)
            if len(fitting) > 1:
                splits[whole] = fitting
                _settle(pairing, whole, fitting)
    return splits


def _runs(pairing: Pairing) -> Iterator[list[int]]:
    """Yield runs of neighbours in the new text that are free and have only text."""
    run: list[int] = []
    parents, children = pairing.new.parents, pairing.new.children
    for node in pairing.free_new():
        part = pairing.new.provisions[node]
        if part is None or children[node] or part.table or not part.text:
            continue
        if run and not (node == run[-1] + 1 and parents[node] == parents[run[-1]]):
            yield run
            run = []
        run.append(node)
    if run:
        yield run


def _wholes(pairing: Pairing, run: list[int]) -> Iterator[tuple[int, list[int]]]:
    """Yield what may have been parted, with its possible parts in order."""
    old_of = pairing.old_of
    above = pairing.new.parents[run[0]]
    siblings = pairing.new.children[above]
    at = bisect_left(siblings, run[0])
    before = siblings[at - 1] if at else above
    if old_of[before] >= 0:
        yield old_of[before], [before, *run]
    after = siblings[at + len(run) : at + len(run) + 1]
    if after and old_of[after[0]] >= 0 and not pairing.new.children[after[0]]:
        whole = old_of[after[0]]
        for start in range(len(run))[-MOST_PARTS:]:
            yield whole, [*run[start:], after[0]]
    if len(run) > 1 and old_of[above] >= 0:
        for whole in _free_between(pairing, old_of[above], before, after):
            for start in range(len(run) - 1)[:MOST_PARTS]:
                yield whole, run[start:]


def _free_between(pairing: Pairing, above: int, before: int, after: list[int]) -> list[int]:
    """Return the first of the free old children that stand where a run of new ones does."""
    siblings = pairing.old.children[above]
    begin = bisect_right(siblings, pairing.old_of[before])
    end = bisect_left(siblings, pairing.old_of[after[0]]) if after else len(siblings)
    return [node for node in siblings[begin:end] if pairing.new_of[node] < 0][:MOST_PARTS]


def _may_part(pairing: Pairing, whole: int, parts: list[int]) -> bool:
    """Say whether the first of the parts may be the pair of the whole."""
    text = pairing.old.text(whole)
    if pairing.closed_new.intersection(parts):
        return False
    if not text or pairing.old.bodies[whole] == pairing.new.bodies[parts[0]]:
        return False
    if whole in pairing.by_id and pairing.new_of[whole] != parts[0]:
        return False
    if pairing.new_of[whole] == parts[0]:
        return True
    part = pairing.old.provisions[whole]
    return part is not None and not part.children and not part.table


def _fitting(pairing: Pairing, whole: int, parts: list[int]) -> tuple[int, ...]:
    """Return those of the parts, from the first on, that the whole was parted into."""
    words = pairing.old.text(whole).split()
    fitting: list[int] = []
    joined: list[str] = []
    common = 0
    for part in parts[:MOST_PARTS]:
        more = pairing.new.text(part).split()
        if len(more) < SMALLEST or (len(joined) + len(more)) * len(words) > LONGEST:
            break
        now = LCSseq.similarity(words, joined + more)
        if now - common < TAKEN_UP * len(more):
            break
        fitting, joined, common = [*fitting, part], joined + more, now
    enough = 2 * common >= COVERED * (len(words) + len(joined))
    return tuple(fitting) if enough and _all_needed(pairing, words, fitting, common) else ()


def _all_needed(pairing: Pairing, words: list[str], parts: list[int], common: int) -> bool:
    """Say whether each part holds words of the whole that the others do not.

    The words of a short new line are often found, in order, in a long text that it stands beside;
    but that text then has all of them itself.
    """
    texts = [pairing.new.text(part).split() for part in parts]
    for at, text in enumerate(texts):
        others = [word for other in (*texts[:at], *texts[at + 1 :]) for word in other]
        if common - LCSseq.similarity(words, others) < TAKEN_UP * len(text):
            return False
    return True


def _settle(pairing: Pairing, whole: int, parts: tuple[int, ...]) -> None:
    first = parts[0]
    if pairing.new_of[whole] != first:
        if pairing.new_of[whole] >= 0:
            pairing.part(whole)
        pairing.pair(whole, first)
    pairing.closed_new.update(parts[1:])

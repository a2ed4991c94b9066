"""What no sibling explains: provisions that were moved, some of them with other words.

Law is full of formulas, and two clauses that share theirs are not one clause. What tells them
apart are the words that are rare in this very text; how rare, a sample of it says.
"""

from collections import Counter
from functools import cached_property
from math import log

from engross.core.legaltext.aligning.likeness import Index, Run, likeness, runs
from engross.core.legaltext.aligning.pairing import Pairing

KNOWN_BY = 8  # words; fewer are not known again in another place
ALIKE = 0.6  # of all words, the share in common; and of the shorter's, by how telling they are:
KEPT = 0.84
# Somewhat less is enough for two that are more alike and have a run of words that is theirs alone.
KEPT_WITH_RUN, ALIKE_WITH_RUN = 0.8, 0.75
SAMPLE = 500  # wordings


class _Rarity:
    """How telling words and runs of words are in the old text."""

    def __init__(self, pairing: Pairing, index: Index) -> None:
        self.pairing = pairing
        self.index = index

    @cached_property
    def sample(self) -> list[list[str]]:
        """The words of provisions at even distances that have their pair already."""
        old, new_of = self.pairing.old, self.pairing.new_of
        step = max(1, len(new_of) // SAMPLE)
        return [old.words(node) for node in range(0, len(new_of), step) if new_of[node] >= 0]

    @cached_property
    def times(self) -> Counter[str]:
        """In how many wordings of the sample each word stands."""
        return Counter(word for words in self.sample for word in set(words))

    @cached_property
    def common_runs(self) -> set[Run]:
        """The runs of words that stand in the sample."""
        return {run for words in self.sample for run in runs(words)}

    def speaks_for(self, one: list[str], other: list[str], alike: float) -> bool:
        """Say whether two wordings that are so much alike are one and the same."""
        if alike == 1.0:
            return True
        kept = self._kept(one, other)
        if kept >= KEPT:
            return True
        if kept < KEPT_WITH_RUN or alike < ALIKE_WITH_RUN:
            return False
        shared = runs(one) & runs(other)
        return any(run not in self.common_runs and self.index.is_single(run) for run in shared)

    def _kept(self, one: list[str], other: list[str]) -> float:
        """Return the share of what the less telling of two wordings tells that both tell."""
        mine, theirs = Counter(one), Counter(other)
        least = min(self._telling(mine), self._telling(theirs))
        return self._telling(mine & theirs) / least

    def _telling(self, words: Counter[str]) -> float:
        most, times = len(self.sample) + 2, self.times
        return sum(count * log(most / (times[word] + 1)) for word, count in words.items())


def pair_afar(pairing: Pairing) -> None:
    """Pair what is free anywhere, the most alike first."""
    old, new = pairing.old, pairing.new
    free_old = [
        node
        for node in pairing.free_old()
        if not pairing.is_formula(old.bodies[node]) and len(old.words(node)) >= KNOWN_BY
    ]
    free_new = [
        node
        for node in pairing.free_new()
        if not pairing.is_formula(new.bodies[node]) and len(new.words(node)) >= KNOWN_BY
    ]
    index = Index((node, new.words(node)) for node in free_new)
    rarity = _Rarity(pairing, index)
    found = []
    for node in free_old:
        words = old.words(node)
        for to in index.nearest(words):
            alike = likeness(words, new.words(to), ALIKE)
            if alike and rarity.speaks_for(words, new.words(to), alike):
                found.append((-alike, node, to))
    pairing.pair_all((node, to) for _, node, to in sorted(found))

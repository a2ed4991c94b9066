"""What no sibling explains: provisions that were moved, some of them with other words.

Law is full of formulas, and two clauses that share theirs are not one clause. What tells them
apart are runs of words that are rare in this very text; how rare, a sample of it says.
"""

from collections import Counter
from dataclasses import dataclass, field

from engross.core.legaltext.aligning.likeness import Index, Run, likeness, runs
from engross.core.legaltext.aligning.pairing import Pairing

KNOWN_BY = 8  # words; fewer are not known again in another place
FORMULA = 2  # a wording that stands more often than this in either text does not move
ALIKE, MUCH_ALIKE = 0.72, 0.86  # with rare runs in common, and without any to ask about
SHARED = 0.4  # of the rare runs of the shorter wording, the share that both have
RARE = 2  # a run that only the two have: once in each
SAMPLE = 800  # wordings


@dataclass
class _Rarity:
    """How often a run of words stands in what has no pair and in a sample of the rest."""

    pairing: Pairing
    free: tuple[list[int], list[int]]
    _counts: Counter[Run] = field(default_factory=Counter)

    def _counted(self) -> Counter[Run]:
        if not self._counts:
            old, new = self.pairing.old, self.pairing.new
            step = max(1, len(old.parents) // SAMPLE)
            sample = [n for n in range(0, len(old.parents), step) if self.pairing.new_of[n] >= 0]
            for side, nodes in ((old, self.free[0]), (new, self.free[1]), (old, sample)):
                for node in nodes:
                    self._counts.update(runs(side.words(node)))
        return self._counts

    def speaks_for(self, one: int, other: int, alike: float) -> bool:
        """Say whether two wordings that are so much alike are one and the same."""
        if alike == 1.0:
            return True
        counts = self._counted()
        mine, theirs = (
            {run for run in runs(words) if counts[run] <= RARE}
            for words in (self.pairing.old.words(one), self.pairing.new.words(other))
        )
        shared, of = len(mine & theirs), min(len(mine), len(theirs))
        if alike >= MUCH_ALIKE:
            return shared > 0 or of < RARE + 1
        return shared >= RARE and shared >= SHARED * of


def pair_afar(pairing: Pairing) -> None:
    """Pair what is free anywhere, the most alike first."""
    old, new = pairing.old, pairing.new
    formulas = _formulas(old.bodies) | _formulas(new.bodies)
    free_old = [
        node
        for node in pairing.free_old()
        if old.bodies[node] not in formulas and len(old.words(node)) >= KNOWN_BY
    ]
    free_new = [
        node
        for node in pairing.free_new()
        if new.bodies[node] not in formulas and len(new.words(node)) >= KNOWN_BY
    ]
    index = Index((node, new.words(node)) for node in free_new)
    rarity = _Rarity(pairing, (free_old, free_new))
    found = []
    for node in free_old:
        words = old.words(node)
        for to in index.nearest(words):
            alike = likeness(words, new.words(to), ALIKE)
            if alike and rarity.speaks_for(node, to, alike):
                found.append((-alike, node, to))
    pairing.pair_all((node, to) for _, node, to in sorted(found))


def _formulas(bodies: list[int | None]) -> set[int]:
    counts = Counter(bodies)
    return {body for body, count in counts.items() if body is not None and count > FORMULA}

"""How alike two wordings are, and which of many are worth asking about."""

from collections import Counter
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import Indel

# Beyond this product of lengths, in words, the order of words is no longer looked at.
LONGEST = 40_000_000
COMMONEST = 8  # a run of words that stands in more wordings than this tells none from another
MOST = 4  # wordings that are worth a closer look


def likeness(one: Sequence[str], other: Sequence[str], least: float = 0.0) -> float:
    """Return the share of words that two wordings have in common in order, 0 to 1.

    Below `least` it is given as 0. Two empty wordings are alike.
    """
    if len(one) * len(other) > LONGEST:
        common = (Counter(one) & Counter(other)).total()
        share = 2 * common / (len(one) + len(other))
        return share if share >= least else 0.0
    if 2 * min(len(one), len(other)) < least * (len(one) + len(other)):
        return 0.0
    return Indel.normalized_similarity(one, other, score_cutoff=least)


Run = tuple[str, str, str]


def runs(words: Sequence[str]) -> set[Run]:
    """Return the runs of three words of a wording, each once."""
    return set(zip(words, words[1:], words[2:], strict=False))


class Index:
    """Wordings by their runs of three words: finds the few that share rare ones with another."""

    def __init__(self, wordings: Iterable[tuple[int, Sequence[str]]]) -> None:
        self._nodes: dict[Run, list[int]] = {}
        for node, words in wordings:
            for run in runs(words):
                self._nodes.setdefault(run, []).append(node)

    def is_single(self, run: Run) -> bool:
        """Say whether only one of the wordings has a run."""
        return len(self._nodes.get(run, ())) == 1

    def nearest(self, words: Sequence[str]) -> list[int]:
        """Return at most a few nodes, those that share the most rare runs first."""
        votes: dict[int, float] = {}
        for run in runs(words):
            nodes = self._nodes.get(run)
            if nodes is not None and len(nodes) <= COMMONEST:
                share = 1 / len(nodes)
                for node in nodes:
                    votes[node] = votes.get(node, 0.0) + share
        # Rounded, since the runs of a set come in any order and sums of fractions show it.
        return sorted(votes, key=lambda node: (-round(votes[node], 6), node))[:MOST]

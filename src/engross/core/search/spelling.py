"""What was probably meant by a word that nothing holds."""

from collections.abc import Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from engross.core.search.grammar import Query
from engross.core.search.words import WORD

_SHORTEST = 4  # a shorter word is as near to everything
_LONG = 8  # from so many letters, two of them may be wrong
_MOST_NEAR = 30


def corrected(text: str, query: Query, vocabulary: Mapping[str, int]) -> str:
    """Return what was typed with its mistakes corrected by a vocabulary; '' if there is nothing to.

    `vocabulary` gives how often each word is used, in lower case. A word of it is left alone, and
    so is a number, a word of three letters and what has nothing near it.
    """
    better = {
        word: near
        for word in query.words
        if word not in vocabulary and (near := _nearest(word, vocabulary))
    }
    if not better:
        return ""
    return WORD.sub(lambda match: better.get(match[0].lower(), match[0]), text)


def _nearest(word: str, vocabulary: Mapping[str, int]) -> str:
    if len(word) < _SHORTEST or not word.isalpha():
        return ""
    near = process.extract(
        word, vocabulary.keys(), scorer=OSA.distance, limit=_MOST_NEAR,
        score_cutoff=1 if len(word) < _LONG else 2,
    )  # fmt: skip
    # One letter wrong before two, the same first letter before another, then the commoner word.
    ranked = sorted(
        (wrong, known[0] != word[0], -vocabulary[known], known) for known, wrong, _ in near
    )
    return str(ranked[0][-1]) if ranked else ""

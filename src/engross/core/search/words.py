"""Words as every index takes them: letters and digits, and what they have in common."""

import re
from functools import lru_cache

WORD = re.compile(r"[^\W_]+")

_VOWEL = re.compile(r"[aeiouy]")
_DOUBLED = re.compile(r"([bdfgmnprt])\1$")
_ENDINGS = (
    "ational", "ation", "ition", "ment", "ness", "ance", "ence", "able", "ible", "ity", "ive",
    "ion", "ally", "al", "ly", "er", "or", "e", "i", "y",
)  # fmt: skip
_LEAST_STEM = 4


def words_in(text: str) -> list[str]:
    """Return the words of a text in lower case: runs of letters and digits, nothing else."""
    return [word.lower() for word in WORD.findall(text)]


def folded_name(text: str) -> str:
    """Return a name or identifier for comparing: its words, one space between them."""
    return " ".join(word.casefold() for word in WORD.findall(text))


@lru_cache(maxsize=20_000)
def stem_of(word: str) -> str:
    """Return what a word of English has in common with its other forms, more or less.

    It only marks words in what was found: the databases stem by their own rules.
    """
    stem = _without_ending(_singular(word.lower()))
    for ending in _ENDINGS:
        if stem.endswith(ending) and len(stem) - len(ending) >= _LEAST_STEM:
            return stem.removesuffix(ending)
    return stem


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > _LEAST_STEM:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word


def _without_ending(word: str) -> str:
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= 3 and _VOWEL.search(rest):
            return rest[:-1] if _DOUBLED.search(rest) else rest
    return word

"""How a key stands in the address of a page, and which keys are near a word."""

from collections.abc import Iterable
from difflib import get_close_matches
from itertools import product

_MOST_GAPS = 8


def address_of(key: str) -> str:
    """Return how an address writes a key: with underscores for spaces."""
    return key.replace(" ", "_")


def keys_at(address: str) -> tuple[str, ...]:
    """Return the keys that an address may mean, itself first: each underscore may be a space."""
    words = address.split("_")
    gaps = len(words) - 1
    if gaps > _MOST_GAPS:
        return address, address.replace("_", " ")
    made = ["".join(_joined(words, seams)) for seams in product("_ ", repeat=gaps)]
    return tuple(dict.fromkeys([address, *made]))


def _joined(words: list[str], seams: Iterable[str]) -> Iterable[str]:
    yield words[0]
    for seam, word in zip(seams, words[1:], strict=True):
        yield seam + word


def nearest_keys(word: str, known: Iterable[str], *, most: int = 3) -> list[str]:
    """Return up to `most` known keys that are near a word, the nearest first."""
    by_spelling: dict[str, str] = {}
    for key in known:
        by_spelling.setdefault(_folded(key), key)
    close = get_close_matches(_folded(word[:120]), by_spelling, n=most, cutoff=0.6)
    return [by_spelling[each] for each in close]


def _folded(word: str) -> str:
    return " ".join(word.casefold().replace("_", " ").replace("-", " ").split())

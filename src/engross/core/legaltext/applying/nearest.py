"""Where in a text stands what was looked for elsewhere in it."""

from functools import cached_property
from heapq import nlargest

from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import short_hash

LIKE_ENOUGH = 70.0
SHORTEST = 12  # code points; less than that is found nearly anywhere
CANDIDATES = 50  # those with most words in common, that are compared letter by letter
MOST_SEARCHES = 3  # through all of a text: on another code, thousands of operations miss theirs


class Nearest:
    """Finds the provision that bears a text, or one much like it, by its address; '' for none."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.searches = 0

    def bearing(self, expected: str) -> str:
        """Return where the text with this `short_hash` stands."""
        node = self._hashes.get(expected)
        return "" if node is None else self.places.shown(node)

    def like(self, wording: str) -> str:
        """Return where the text that is most like a wording stands; '' after some searches."""
        if len(wording) < SHORTEST or self.searches >= MOST_SEARCHES:
            return ""
        self.searches += 1
        from rapidfuzz import fuzz, process  # dear to load, and mostly nothing fails

        words = set(wording.split())
        texts = self._texts
        likely = nlargest(
            CANDIDATES, texts, key=lambda node: len(words.intersection(texts[node].split()))
        )
        found = process.extractOne(
            wording,
            {node: texts[node] for node in likely},
            scorer=fuzz.partial_ratio,
            score_cutoff=LIKE_ENOUGH,
        )
        return self.places.shown(found[2]) if found else ""

    @cached_property
    def _texts(self) -> dict[int, str]:
        return {
            node: provision.text
            for node, provision in enumerate(self.places.provisions)
            if provision is not None and provision.text
        }

    @cached_property
    def _hashes(self) -> dict[str, int]:
        hashes: dict[str, int] = {}
        for node, text in self._texts.items():
            hashes.setdefault(short_hash(text), node)
        return hashes

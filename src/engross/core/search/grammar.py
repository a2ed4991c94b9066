"""The grammar of the search box: whatever is typed is a question, and never an error.

Words are all looked for. "Words in quotes" are looked for as they stand, `metering*` finds every
word that begins so, `-word` leaves out what holds it, and `kind:proposal` is a filter.
"""

import re
from dataclasses import dataclass

from engross.core.search.words import words_in

LONGEST = 400  # characters that are read of what was typed
MOST_WORDS = 32

FILTERS = ("kind", "date", "from", "until", "category", "class")

_PIECE = re.compile(
    r'(?P<minus>-)?(?:(?P<filter>[A-Za-z]+):)?(?:"(?P<quoted>[^"]*)"?|(?P<plain>[^\s"]+))'
)


@dataclass(frozen=True)
class Term:
    """Words that must stand one after the other; the last may be only a beginning."""

    words: tuple[str, ...]
    is_prefix: bool = False

    def __str__(self) -> str:
        text = " ".join(self.words)
        if len(self.words) > 1:
            text = f'"{text}"'
        return f"{text}*" if self.is_prefix else text


@dataclass(frozen=True)
class Filter:
    """A filter as it was typed: `kind:proposal`; `is_excluded` with a minus before it."""

    name: str
    value: str
    is_excluded: bool = False


@dataclass(frozen=True)
class Query:
    """What is looked for: terms that must be there, terms that must not, and filters."""

    required: tuple[Term, ...] = ()
    excluded: tuple[Term, ...] = ()
    filters: tuple[Filter, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Say whether nothing was asked: no word and no filter."""
        return not (self.required or self.excluded or self.filters)

    @property
    def words(self) -> tuple[str, ...]:
        """Every word that is looked for, each once."""
        return tuple(dict.fromkeys(word for term in self.required for word in term.words))

    def values_of(self, name: str) -> tuple[str, ...]:
        """Return what was typed for a filter, each once."""
        found = (each.value for each in self.filters if each.name == name and not each.is_excluded)
        return tuple(dict.fromkeys(found))


def read_query(text: str) -> Query:
    """Return the question that a text asks; of what is longer than a question, its beginning."""
    required: list[Term] = []
    excluded: list[Term] = []
    filters: list[Filter] = []
    left = MOST_WORDS
    for piece in _PIECE.finditer(text[:LONGEST]):
        if (found := _filter(piece)) is not None:
            filters.append(found)
            continue
        term = _term(piece, left)
        if term is None:
            continue
        left -= len(term.words)
        (excluded if piece["minus"] else required).append(term)
        if left <= 0:
            break
    return Query(_each_once(required), _each_once(excluded), tuple(filters[:MOST_WORDS]))


def _each_once(terms: list[Term]) -> tuple[Term, ...]:
    return tuple(dict.fromkeys(terms))


def _filter(piece: re.Match[str]) -> Filter | None:
    """Return the filter that a piece is; None where its name is no filter's or it has no value."""
    name = (piece["filter"] or "").lower()
    value = " ".join((piece["quoted"] or piece["plain"] or "").split())
    if name not in FILTERS or not value:
        return None
    return Filter(name, value, is_excluded=bool(piece["minus"]))


def _term(piece: re.Match[str], most: int) -> Term | None:
    """Return the words of a piece, which stand together: over-the-air is one thing, D7.2 too."""
    body = piece["quoted"] if piece["quoted"] is not None else piece["plain"]
    words = words_in(f"{piece['filter'] or ''} {body}")[:most]
    if not words:
        return None
    return Term(tuple(words), is_prefix=piece["quoted"] is None and body.endswith("*"))

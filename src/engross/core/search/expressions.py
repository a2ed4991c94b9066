"""A question in the languages of the databases' indexes; nothing typed is an operator in them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from engross.core.search.grammar import Term

# For each beginning that was asked for, words known to begin so: a stemmed index holds 'meter'
# where the text has 'metering', and would not find it by 'meteri*'.
Beginnings = Mapping[str, Sequence[str]]


def fts5(terms: Iterable[Term], beginnings: Beginnings | None = None) -> str:
    """Return the question for all of the terms as SQLite's FTS5 takes it."""
    return " AND ".join(_fts5_term(term, beginnings or {}) for term in terms)


def fts5_any(terms: Iterable[Term]) -> str:
    """Return the question for any of the terms as SQLite's FTS5 takes it."""
    return " OR ".join(_fts5_term(term, {}) for term in terms)


def tsquery(terms: Iterable[Term], beginnings: Beginnings | None = None) -> str:
    """Return the question for all of the terms as PostgreSQL's `to_tsquery` takes it."""
    return " & ".join(_tsquery_term(term, beginnings or {}) for term in terms)


def tsquery_any(terms: Iterable[Term]) -> str:
    """Return the question for any of the terms as PostgreSQL's `to_tsquery` takes it."""
    return " | ".join(_tsquery_term(term, {}) for term in terms)


def _fts5_term(term: Term, beginnings: Beginnings) -> str:
    phrase = f'"{" ".join(term.words)}"'
    if not term.is_prefix:
        return phrase
    others = [f'"{word}"' for word in _other_words(term, beginnings)]
    return f"({' OR '.join([f'{phrase} *', *others])})"


def _tsquery_term(term: Term, beginnings: Beginnings) -> str:
    words = [f"'{word}'" for word in term.words]
    if term.is_prefix:
        words[-1] += ":*"
    phrase = " <-> ".join(words)
    others = [f"'{word}'" for word in _other_words(term, beginnings)]
    return f"({' | '.join([f'({phrase})', *others])})"


def _other_words(term: Term, beginnings: Beginnings) -> Sequence[str]:
    """Return the words that begin as asked; only for a term of one word."""
    if not term.is_prefix or len(term.words) > 1:
        return ()
    return beginnings.get(term.words[0], ())


class Language(NamedTuple):
    """How a database is asked for all of some terms, and for any of them."""

    all_of: Callable[..., str]
    any_of: Callable[[Iterable[Term]], str]


LANGUAGES = {"sqlite": Language(fts5, fts5_any), "postgresql": Language(tsquery, tsquery_any)}

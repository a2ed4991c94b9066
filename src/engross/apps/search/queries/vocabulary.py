"""The words that may be told to anybody: for mistakes in typing, and for beginnings of words."""

from collections.abc import Iterable
from functools import lru_cache

from django.db.models import Sum

from engross.apps.search.models import SearchWord, SourceState
from engross.core.search import Query, Term, corrected

MOST_BEGINNINGS = 40


def beginnings_of(terms: Iterable[Term]) -> dict[str, list[str]]:
    """Return for each beginning that was asked for the commonest words that begin so."""
    found = {}
    for term in terms:
        if term.is_prefix and len(term.words) == 1:
            first = term.words[0]
            words = SearchWord.objects.filter(word__startswith=first)
            listed = words.order_by("-uses", "word").values_list("word", flat=True)
            found[first] = list(listed[:MOST_BEGINNINGS])
    return found


def corrected_text(text: str, query: Query) -> str:
    """Return what was probably meant, by the words of what everybody may read; '' if unknown."""
    return corrected(text, query, _vocabulary())


def _vocabulary() -> dict[str, int]:
    """Return how often each word is used; read again when the entries know of another event."""
    read = SourceState.objects.aggregate(at=Sum("position"), recorded=Sum("recorded"))
    return words_at((read["at"], read["recorded"]))


@lru_cache(maxsize=1)
def words_at(position: tuple[int, int]) -> dict[str, int]:
    """Return the words and their uses; kept by the process until the position is another."""
    return dict(SearchWord.objects.values_list("word", "uses"))

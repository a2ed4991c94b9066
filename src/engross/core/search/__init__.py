"""What a person typed into the search box, and how what was found is shown to them."""

from engross.core.search.addresses import possible_addresses
from engross.core.search.days import DayRange, day_range
from engross.core.search.grammar import FILTERS, Filter, Query, Term, read_query
from engross.core.search.snippets import Piece, marked, snippet
from engross.core.search.spelling import corrected
from engross.core.search.words import folded_name, words_in

__all__ = [
    "FILTERS",
    "DayRange",
    "Filter",
    "Piece",
    "Query",
    "Term",
    "corrected",
    "day_range",
    "folded_name",
    "marked",
    "possible_addresses",
    "read_query",
    "snippet",
    "words_in",
]

"""Finding what holds the words asked for, and no more of it than the reader may see."""

from engross.apps.search.queries.access import marking_of, public_class, readable_entries
from engross.apps.search.queries.asking import (
    MOST_DEEP,
    PER_PAGE,
    SORTS,
    Asked,
    Chosen,
    asked_for,
)
from engross.apps.search.queries.finding import Found, found_by
from engross.apps.search.queries.hits import ShownHit
from engross.apps.search.queries.jumping import Jump, jump_for
from engross.apps.search.queries.mirror import index_named

__all__ = [
    "MOST_DEEP",
    "PER_PAGE",
    "SORTS",
    "Asked",
    "Chosen",
    "Found",
    "Jump",
    "ShownHit",
    "asked_for",
    "found_by",
    "index_named",
    "jump_for",
    "marking_of",
    "public_class",
    "readable_entries",
]

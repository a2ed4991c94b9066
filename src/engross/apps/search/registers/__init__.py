"""What can be searched: kinds of things, and a source for each register that tells of them."""

from engross.apps.search.registers import declared  # noqa: F401 declares the sources
from engross.apps.search.registers.kinds import CLAUSE, DEFINITION, KINDS, Kind, kind_called
from engross.apps.search.registers.sources import (
    Draft,
    More,
    RegisterSource,
    StandingSource,
    all_sources,
)
from engross.apps.search.registers.standing import TEXT_SOURCES

__all__ = [
    "CLAUSE",
    "DEFINITION",
    "KINDS",
    "TEXT_SOURCES",
    "Draft",
    "Kind",
    "More",
    "RegisterSource",
    "StandingSource",
    "all_sources",
    "kind_called",
]

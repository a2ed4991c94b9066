"""What can be searched: kinds of things, and a source for each register that tells of them."""

from engross.apps.search.registers import declared, happenings  # noqa: F401 declare the sources
from engross.apps.search.registers.kinds import CLAUSE, DEFINITION, KINDS, Kind, kind_called
from engross.apps.search.registers.sources import (
    Draft,
    HappeningSource,
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
    "HappeningSource",
    "Kind",
    "More",
    "RegisterSource",
    "StandingSource",
    "all_sources",
    "kind_called",
]

"""What is on file for proposals: apps that keep something on which moves depend declare it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import TypeAlias

from engross.core.proposals.framework.facts import Fact

# Given the row numbers of proposals and a day, tells of each what is on file by its end.
FactSource: TypeAlias = Callable[[Collection[int], date], Mapping[int, Iterable[Fact]]]

_sources: dict[str, FactSource] = {}


def add_fact_source(name: str, source: FactSource) -> None:
    """Make it known who tells some of the facts; a second source of one name replaces it."""
    _sources[name] = source


def facts_of(proposals: Collection[int], *, on: date) -> dict[int, tuple[Fact, ...]]:
    """Return what is on file for each proposal by the end of a day, in order of days."""
    found: dict[int, list[Fact]] = {each: [] for each in proposals}
    for name in sorted(_sources):
        for proposal, facts in _sources[name](proposals, on).items():
            found[proposal].extend(facts)
    return {
        proposal: tuple(sorted(facts, key=lambda fact: (fact.since, fact.requirement)))
        for proposal, facts in found.items()
    }

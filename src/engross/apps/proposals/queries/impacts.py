"""Whom proposals would affect: the rows of their impacts, read as Party Categories."""

from collections.abc import Collection, Iterable
from typing import Any

from engross.apps.proposals.models import Impact
from engross.apps.registers.queries import active_code
from engross.core.codes.codes import Option

PARTY_CATEGORY = "party-category"


def category_meant(kind: str, affected: str) -> Option | None:
    """Return the Party Category that an impact means, under any of its words; else None."""
    if kind != PARTY_CATEGORY:
        return None
    return active_code().match("party_categories", affected)


def category_impacts() -> Any:
    """Return the impacts on Party Categories, as known now."""
    return Impact.objects.known_at(None).filter(kind=PARTY_CATEGORY)


def categories_meant(affected: Iterable[str]) -> list[str]:
    """Return the keys of the Party Categories that impacts name, each once, in order."""
    found = (category_meant(PARTY_CATEGORY, each) for each in affected)
    return sorted({option.key for option in found if option})


def words_for(category: str) -> Collection[str]:
    """Return every word under which an impact may name a Party Category."""
    option = active_code().match("party_categories", category)
    return {option.key, option.name, option.plural, *option.aliases} if option else {category}

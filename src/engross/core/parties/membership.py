"""Who is a Party on a day, and which Voting Groups the Parties form."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engross.core.codes.codes import Code, Option


@dataclass(frozen=True)
class Member:
    """A Party as it stands on a day; `voting_group` is empty where none is recorded."""

    key: str
    name: str
    category: str
    voting_group: str = ""
    bases: frozenset[str] = frozenset()


def categories_in_order(code: Code) -> dict[str, Option]:
    """Return the code's Party Categories by key, in the order in which papers list them."""
    options = sorted(code.options("party_categories"), key=lambda each: each.number("order"))
    return {option.key: option for option in options}


def those_counted(members: Iterable[Member], categories: Mapping[str, Option]) -> list[Member]:
    """Return the members that totals count: those whose Party Category votes."""
    return [
        each
        for each in members
        if each.category in categories and categories[each.category].flag("votes")
    ]


def groups_of(members: Iterable[Member]) -> dict[tuple[str, str], list[Member]]:
    """Return the Voting Groups: members by category and group's name.

    One name in two Party Categories is two groups. Who has no group recorded is in none.
    """
    found: dict[tuple[str, str], list[Member]] = {}
    for member in members:
        if member.voting_group:
            found.setdefault((member.category, member.voting_group), []).append(member)
    return dict(sorted(found.items()))


def is_network_or_supplier(member: Member, categories: Mapping[str, Option]) -> bool:
    """Say whether a member is in a Party Category of networks or of suppliers."""
    option = categories[member.category]
    return option.flag("is_network") or option.flag("is_supplier")

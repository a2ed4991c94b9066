"""Figures of who is a Party on a day, and of the Voting Groups that they form."""

from collections.abc import Iterable

from engross.apps.parties import queries
from engross.apps.registers.figures import called, once
from engross.core.parties.membership import (
    Member,
    categories_in_order,
    groups_of,
    those_counted,
)
from engross.core.reports.checks import CheckResult, check, parts_equal_total
from engross.core.reports.figures import Answer, Asking, Span, figure
from engross.core.reports.tables import Table, columns, table

MEMBER_COLUMNS = columns(
    ("party_key", "", "text"),
    ("party", "", "text"),
    ("category_key", "", "text"),
    ("category", "Party Category", "text"),
)


def members_counted(asking: Asking) -> list[Member]:
    """Return the Parties on the day that totals count, in order of their names."""
    return once(asking, _read_members)


def _read_members(asking: Asking) -> list[Member]:
    members = queries.members_on(asking.as_at, known_at=asking.known_at)
    return those_counted(members, categories_in_order(asking.code))


def bases_of(members: Iterable[Member]) -> frozenset[str]:
    """Return what the members' rows rest on."""
    return frozenset().union(*(each.bases for each in members))


def members_table(asking: Asking, members: Iterable[Member]) -> Table:
    """Return members as rows, each with its Party Category."""
    categories = categories_in_order(asking.code)
    return table(
        MEMBER_COLUMNS,
        ((each.key, each.name, each.category, categories[each.category].name) for each in members),
    )


@figure(
    "parties.total",
    title="Parties",
    unit="Parties",
    method="Parties with a Party Category on the day, leaving out the categories without a vote.",
    needs=("party-categories",),
    span=Span.DAY,
)
def parties_total(asking: Asking) -> Answer:
    """Count who is a Party on the day."""
    members = members_counted(asking)
    return Answer(len(members), members_table(asking, members), bases_of(members))


@figure(
    "parties.voting_groups.total",
    title="Voting Groups",
    unit="Voting Groups",
    method="Different pairs of Party Category and Voting Group among the Parties on the day; "
    "a Party without a recorded Voting Group is in none.",
    needs=("party-categories", "voting-groups"),
    span=Span.DAY,
)
def voting_groups_total(asking: Asking) -> Answer:
    """Count the Voting Groups that the Parties form on the day."""
    members = members_counted(asking)
    groups = groups_of(members)
    rows = [
        (category, called(asking.code, "party_categories", category), group, len(those))
        for (category, group), those in groups.items()
    ]
    specs = columns(
        ("category_key", "", "text"),
        ("category", "Party Category", "text"),
        ("voting_group", "Voting Group", "text"),
        ("parties", "", "whole"),
    )
    alone = [each.name for each in members if not each.voting_group]
    notes = (f"In no Voting Group: {', '.join(alone)}.",) if alone else ()
    grouped = (each for each in members if each.voting_group)
    return Answer(len(groups), table(specs, rows), bases_of(grouped), notes)


@figure(
    "parties.voting_groups.by_category",
    title="Voting Groups by Party Category",
    unit="Voting Groups",
    method="The Voting Groups on the day, counted in each Party Category that votes.",
    needs=("party-categories", "voting-groups"),
    span=Span.DAY,
)
def voting_groups_by_category(asking: Asking) -> Answer:
    """Count the Voting Groups in each Party Category, those without any too."""
    members = [each for each in members_counted(asking) if each.voting_group]
    found = [category for category, _ in groups_of(members)]
    rows = [
        (key, option.name, found.count(key))
        for key, option in categories_in_order(asking.code).items()
        if option.flag("votes") and (key in found or option.is_held_on(asking.as_at))
    ]
    specs = columns(
        ("category_key", "", "text"),
        ("category", "Party Category", "text"),
        ("voting_groups", "Voting Groups", "whole"),
    )
    return Answer(rows=table(specs, rows).with_total(), bases=bases_of(members))


@check("parties.voting_groups.add_up", title="Voting Groups by category add up to the total")
def voting_groups_add_up(asking: Asking) -> CheckResult:
    """Compare the parts of the chart with the total of the text."""
    return parts_equal_total(
        asking, "parties.voting_groups.by_category", "voting_groups", "parties.voting_groups.total"
    )

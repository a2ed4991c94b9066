"""Every question about Parties: one function for each."""

from engross.apps.parties.queries.lists import (
    ListedParty,
    PartiesAsked,
    PartyList,
    entry_processes,
)
from engross.apps.parties.queries.members import (
    EventRow,
    category_at,
    category_spells,
    completions_until,
    events_between,
    members_on,
    names_on,
)
from engross.apps.parties.queries.seen import PartySeen, parties_near, party_called, party_seen
from engross.apps.parties.queries.standings import (
    CategoryCount,
    PartyStanding,
    counts_by_category,
)

__all__ = [
    "CategoryCount",
    "EventRow",
    "ListedParty",
    "PartiesAsked",
    "PartyList",
    "PartySeen",
    "PartyStanding",
    "category_at",
    "category_spells",
    "completions_until",
    "counts_by_category",
    "entry_processes",
    "events_between",
    "members_on",
    "names_on",
    "parties_near",
    "party_called",
    "party_seen",
]

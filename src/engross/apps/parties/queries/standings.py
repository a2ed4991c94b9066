"""How Parties stand on a day: since when, in default or not, and how many there are."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Count, Min, OuterRef, Subquery

from engross.apps.audit.queries import latest_event_hash
from engross.apps.parties.models import CategorySpell, PartyEvent, VotingGroupSpell
from engross.apps.registers.queries import active_code
from engross.core.codes.codes import Option
from engross.core.parties.membership import categories_in_order


@dataclass
class PartyStanding:
    """Since when a Party has been one, and whether it is in default."""

    since: date | None = None
    since_day_known: bool = True
    in_default: bool = False


def standings_of(ids: list[int], day: date, known_at: datetime | None) -> dict[int, PartyStanding]:
    """Return how each of the Parties stood on a day."""
    found = {party: PartyStanding() for party in ids}
    joins, begins, ends = (
        kinds_of(each) for each in ("begins_membership", "begins_default", "ends_default")
    )
    events = PartyEvent.objects.known_at(known_at).filter(party__in=ids, happened_on__lte=day)
    fields = ("party_id", "event", "happened_on", "day_known")
    told = events.filter(event__in=joins + begins + ends).order_by("happened_on", "pk")
    for party, event, happened_on, day_known in told.values_list(*fields):
        standing = found[party]
        if event in joins:
            standing.since, standing.since_day_known = happened_on, day_known
        else:
            standing.in_default = event in begins
    # Only of those whose joining is not recorded, which are few.
    unknown = [party for party, standing in found.items() if standing.since is None]
    if unknown:
        spells = CategorySpell.objects.known_at(known_at).filter(party__in=unknown)
        firsts = spells.order_by("party").values_list("party").annotate(Min("held_from"))
        for party, first in firsts:
            found[party].since = first
    return found


def kinds_of(flag: str) -> list[str]:
    """Return the keys of the kinds of event that bear a flag of the code's list."""
    options = active_code().options("party_event_kinds")
    return [option.key for option in options if option.flag(flag)]


class CategoryCount(NamedTuple):
    """How many Parties of a Party Category there are, and how many Voting Groups they form."""

    category: Option
    parties: int
    voting_groups: int


def counts_by_category(day: date) -> list[CategoryCount]:
    """Return how many Parties and Voting Groups each Party Category has on a day, as known now.

    Kept in this process until something else is recorded.
    """
    parties, formed = _counted(latest_event_hash(), day)
    return [
        CategoryCount(option, parties.get(key, 0), formed.get(key, 0))
        for key, option in categories_in_order(active_code()).items()
    ]


@lru_cache(maxsize=16)
def _counted(_everything: str, day: date) -> tuple[dict[str, int], dict[str, int]]:
    spells: Any = CategorySpell.objects.known_at(None).held_on(day).order_by("category")
    parties = dict(spells.values_list("category").annotate(Count("pk")))
    category = spells.filter(party=OuterRef("party_id")).values("category")[:1]
    groups: Any = VotingGroupSpell.objects.known_at(None).held_on(day)
    told = groups.annotate(category=Subquery(category)).order_by("category")
    counted = told.values_list("category").annotate(Count("voting_group", distinct=True))
    return parties, dict(counted)

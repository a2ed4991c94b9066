"""Who is a Party, what happened to Parties and what they completed, for whoever counts them."""

from datetime import date, datetime
from typing import NamedTuple

from engross.apps.parties.models import (
    CategorySpell,
    MarketEntry,
    PartyDetails,
    PartyEvent,
    VotingGroupSpell,
)
from engross.core.parties.market_entry import Completion
from engross.core.parties.membership import Member


class EventRow(NamedTuple):
    """Something that happened to a Party on a day, as recorded."""

    party: str
    event: str
    happened_on: date
    ground: str
    basis: str


def members_on(day: date, *, known_at: datetime | None = None) -> list[Member]:
    """Return who is a Party on a day: who has a Party Category then; in order of names."""
    spells = CategorySpell.objects.known_at(known_at).held_on(day).order_by()
    groups = {party: (group, basis) for party, group, basis in _groups_on(day, known_at=known_at)}
    names = names_on(day, known_at=known_at)
    members = []
    for party, category, basis in spells.values_list("party__key", "category", "basis"):
        group, group_basis = groups.get(party, ("", basis))
        bases = frozenset({basis, group_basis})
        members.append(Member(party, names.get(party, party), category, group, bases))
    return sorted(members, key=lambda each: (each.name.casefold(), each.key))


def _groups_on(day: date, *, known_at: datetime | None) -> list[tuple[str, str, str]]:
    spells = VotingGroupSpell.objects.known_at(known_at).held_on(day).order_by()
    return list(spells.values_list("party__key", "voting_group", "basis"))


def names_on(day: date, *, known_at: datetime | None = None) -> dict[str, str]:
    """Return each Party's name on a day, by its key; its nearest name where none holds then."""
    rows = PartyDetails.objects.known_at(known_at).order_by("held_from", "pk")
    names: dict[str, str] = {}
    for party, name, held_from in rows.values_list("party__key", "legal_name", "held_from"):
        if held_from <= day or party not in names:
            names[party] = name
    return names


def events_between(first: date, last: date, *, known_at: datetime | None = None) -> list[EventRow]:
    """Return what happened to Parties from `first` to `last`, both included, in order."""
    rows = PartyEvent.objects.known_at(known_at).filter(happened_on__range=(first, last))
    ordered = rows.order_by("happened_on", "party__label", "party__key", "event")
    fields = ("party__key", "event", "happened_on", "ground", "basis")
    return [EventRow(*values) for values in ordered.values_list(*fields)]


def completions_until(day: date, *, known_at: datetime | None = None) -> list[Completion]:
    """Return the steps of market entry that were completed by a day, in order."""
    rows = MarketEntry.objects.known_at(known_at).filter(completed_on__lte=day)
    ordered = rows.order_by("completed_on", "party__label", "party__key", "process", "user_role")
    fields = ("party__key", "process", "user_role", "completed_on", "basis", "day_known")
    return [Completion(*values) for values in ordered.values_list(*fields)]


def category_spells(*, known_at: datetime | None = None) -> dict[str, list[tuple[date, str]]]:
    """Return each Party's categories with the first day of each, in order."""
    rows = CategorySpell.objects.known_at(known_at).order_by("held_from", "pk")
    found: dict[str, list[tuple[date, str]]] = {}
    for party, held_from, category in rows.values_list("party__key", "held_from", "category"):
        found.setdefault(party, []).append((held_from, category))
    return found


def category_at(spells: list[tuple[date, str]], day: date) -> str:
    """Return the category that a Party was in on a day, or had last; empty if it had none."""
    return next((category for since, category in reversed(spells) if since <= day), "")

"""One Party as it stood on a day, with the dated history of its names and categories."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, Q

from engross.apps.parties.models import (
    CategorySpell,
    MarketEntry,
    Party,
    PartyDetails,
    VotingGroupSpell,
)
from engross.apps.parties.queries.standings import PartyStanding, standings_of
from engross.apps.parties.registers import market_entry
from engross.apps.registers.models import HeldRow
from engross.apps.registers.queries import active_code, readable_rows
from engross.core.access import ANYONE, Reader
from engross.core.codes.codes import Option

Spell = TypeVar("Spell", bound=HeldRow)


@dataclass(frozen=True)
class PartySeen:
    """A Party as it stood on a day, with the dated history of its names and categories.

    `category` is None on a day on which it was no Party.
    """

    party: Party
    details: PartyDetails | None
    name: str
    category: Option | None
    voting_group: str
    standing: PartyStanding
    names: tuple[PartyDetails, ...]
    categories: tuple[CategorySpell, ...]
    voting_groups: tuple[VotingGroupSpell, ...]
    entries: tuple[MarketEntry, ...]


def party_called(reference: str) -> Party | None:
    """Return the Party of a reference, in any letter case; None if there is none."""
    recorded = PartyDetails.objects.filter(party=OuterRef("pk")).order_by()
    known = Party.objects.filter(Exists(recorded))
    exact = known.filter(key=reference).order_by("pk").first()
    return exact or known.filter(key__iexact=reference).order_by("key").first()


def parties_near(reference: str, *, count: int = 6) -> list[Party]:
    """Return Parties whose reference or name begins as `reference` does."""
    start = reference[:3]
    like = Q(key__istartswith=start) | Q(label__istartswith=start)
    return list(Party.objects.filter(like).order_by("key")[:count]) if start else []


def party_seen(
    party: Party,
    *,
    on: date,
    as_at: date | None = None,
    known_at: datetime | None = None,
    reader: Reader = ANYONE,
) -> PartySeen:
    """Return a Party as it stands on `on`, or stood `as_at` a day.

    Of market entry it tells what the reader may read.
    """
    day = as_at or on
    names = _until(PartyDetails, party, day, known_at)
    categories = _until(CategorySpell, party, day, known_at)
    groups = _until(VotingGroupSpell, party, day, known_at)
    entries: Any = MarketEntry.objects.known_at(known_at)
    entries = entries.filter(readable_rows(market_entry, reader))
    entries = entries.filter(party=party, completed_on__lte=day)
    spell, group = _holding(categories, day), _holding(groups, day)
    return PartySeen(
        party=party,
        details=names[0] if names else None,
        name=names[0].legal_name if names else party.label,
        category=active_code().option("party_categories", spell.category) if spell else None,
        voting_group=group.voting_group if group else "",
        standing=standings_of([party.pk], day, known_at)[party.pk],
        names=names,
        categories=categories,
        voting_groups=groups,
        entries=tuple(entries.order_by("-completed_on", "process", "user_role")),
    )


def _until(
    model: type[Spell], party: Party, day: date, known_at: datetime | None
) -> tuple[Spell, ...]:
    """Return what held of a Party by a day, the latest first."""
    rows: Any = model.objects.known_at(known_at).filter(held_from__lte=day)
    return tuple(rows.filter(party=party).order_by("-held_from"))


def _holding(rows: Sequence[Spell], day: date) -> Spell | None:
    return next((row for row in rows if not row.held_until or row.held_until > day), None)

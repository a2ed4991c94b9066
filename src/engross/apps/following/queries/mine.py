"""What a person's own page tells them: whose move is theirs, and what touches them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from engross.apps.parties.models import Party
from engross.apps.parties.queries import party_seen
from engross.apps.proposals.queries import (
    Late,
    Turn,
    Waiting,
    assessments_late,
    open_affecting,
    open_proposed_by,
    turns_of,
    whose_move,
)
from engross.apps.registers.queries import active_code, last_kept_day, option_name
from engross.core.access import Reader

AUTHORITY = "authority"


@dataclass(frozen=True)
class PartyOfMine:
    """A Party whose user the person is, its category on the day, and where its page is."""

    key: str
    name: str
    category: str
    category_name: str
    href: str
    is_administered: bool


@dataclass(frozen=True)
class BodyOfMine:
    """A body on which the person sits."""

    key: str
    name: str


@dataclass(frozen=True)
class Touching:
    """The open proposals that would affect a Party Category."""

    category: str
    name: str
    turns: tuple[Turn, ...]


@dataclass(frozen=True)
class Mine:
    """What a person's own page shows, with days counted to `counted_to`.

    `turns` wait on the person's bodies; `waiting` and `late` are for staff: all that is open by
    whom it waits on, and the assessments past their target.
    """

    counted_to: date
    parties: tuple[PartyOfMine, ...]
    bodies: tuple[BodyOfMine, ...]
    turns: tuple[Turn, ...]
    proposed: tuple[Turn, ...]
    touching: tuple[Touching, ...]
    waiting: tuple[Waiting, ...]
    late: tuple[Late, ...]


def mine_of(reader: Reader, *, today: date) -> Mine:
    """Return what the page of a reader shows on a day."""
    counted_to = last_kept_day("proposal-stages", today)
    parties = tuple(_parties(reader, today))
    bodies = sorted(reader.bodies) + ([AUTHORITY] if reader.is_authority else [])
    return Mine(
        counted_to=counted_to,
        parties=parties,
        bodies=tuple(BodyOfMine(key, option_name("bodies", key)) for key in bodies),
        turns=tuple(turns_of(bodies, on=counted_to)) if bodies else (),
        proposed=tuple(open_proposed_by({each.name for each in parties}, on=counted_to)),
        touching=tuple(_touching(parties, counted_to)),
        waiting=tuple(whose_move(on=counted_to)) if reader.is_staff else (),
        late=tuple(assessments_late(last_kept_day("assessments", today)))
        if reader.is_staff
        else (),
    )


def _parties(reader: Reader, on: date) -> Iterable[PartyOfMine]:
    rows = Party.objects.filter(key__in=sorted(reader.parties)).order_by("label", "key")
    for party in rows:
        seen = party_seen(party, on=on)
        yield PartyOfMine(
            key=party.key, name=seen.name,
            category=seen.category.key if seen.category else "",
            category_name=seen.category.name if seen.category else "",
            href=reverse("parties:party", args=[party.key]),
            is_administered=party.key in reader.administers,
        )  # fmt: skip


def _touching(parties: Iterable[PartyOfMine], on: date) -> Iterable[Touching]:
    known = {each.key: each.name for each in active_code().options("party_categories")}
    own = {each.category for each in parties}
    for key in (each for each in known if each in own):
        yield Touching(key, known[key], tuple(open_affecting(key, on=on)))

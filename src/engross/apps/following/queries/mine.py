"""What a person's own page tells them: whose move is theirs, and what touches them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from engross.apps.accounts.models import User
from engross.apps.consultations.queries import (
    AskedOfParty,
    answered_before,
    consultations_asking,
    responses_of_parties,
)
from engross.apps.consultations.queries.responses import OwnResponse
from engross.apps.parties.models import Party
from engross.apps.parties.queries import party_seen
from engross.apps.proposals.models import ProblemStatement
from engross.apps.proposals.queries import (
    Late,
    Turn,
    Waiting,
    assessments_late,
    open_affecting,
    open_proposed_by,
    whose_move,
)
from engross.apps.proposals.queries.analysts import work_of
from engross.apps.proposals.queries.courses import frameworks
from engross.apps.proposals.queries.movers import bodies_acted_for
from engross.apps.proposals.queries.statements import problems_of
from engross.apps.registers.queries import active_code, last_kept_day, option_name
from engross.apps.timetables.queries.work import Work, work_on
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

    `theirs` wait on the bodies for whom the person acts, `own` are those they look after as an
    analyst; `waiting` and `late` are for staff: all that is open by whom it waits on, and the
    assessments past their target. `asked` and `answered` are consultations of their Parties,
    `problems` what they described and did not raise yet.
    """

    counted_to: date
    parties: tuple[PartyOfMine, ...]
    bodies: tuple[BodyOfMine, ...]
    acted_for: tuple[BodyOfMine, ...]
    theirs: tuple[Work, ...]
    own: tuple[Work, ...]
    proposed: tuple[Turn, ...]
    touching: tuple[Touching, ...]
    waiting: tuple[Waiting, ...]
    late: tuple[Late, ...]
    asked: tuple[AskedOfParty, ...]
    answered: tuple[OwnResponse, ...]
    problems: tuple[ProblemStatement, ...]


def mine_of(person: User, reader: Reader, *, today: date, at: datetime) -> Mine:
    """Return what the page of a person shows on a day; `reader` is who they are just now."""
    counted_to = last_kept_day("proposal-stages", today)
    parties = tuple(_parties(reader, today))
    bodies = sorted(reader.bodies) + ([AUTHORITY] if reader.is_authority else [])
    acted_for = _acted_for(person, today)
    looked_after = work_of(person, on=today) if reader.is_staff else set()
    answers = responses_of_parties(reader)
    asked = consultations_asking(reader, answers, at=at, today=today)
    return Mine(
        counted_to=counted_to,
        parties=parties,
        bodies=_named(bodies),
        acted_for=_named(acted_for),
        theirs=tuple(work_on(today, bodies=acted_for)) if acted_for else (),
        own=tuple(work_on(today, proposals=looked_after)) if looked_after else (),
        proposed=tuple(open_proposed_by({each.name for each in parties}, on=today)),
        touching=tuple(_touching(parties, today)),
        waiting=tuple(whose_move(on=today)) if reader.is_staff else (),
        late=tuple(assessments_late(today)) if reader.is_staff else (),
        asked=tuple(asked),
        answered=tuple(answered_before(answers, asked)),
        problems=tuple(problems_of(person).filter(state__in=("waiting", "commented"))),
    )


def _acted_for(person: User, on: date) -> list[str]:
    """Return the bodies whose moves are the person's own to make, in the code's order."""
    own = bodies_acted_for(person, frameworks().on(on), on=on)
    return [each.key for each in active_code().options("bodies") if each.key in own]


def _named(bodies: Iterable[str]) -> tuple[BodyOfMine, ...]:
    return tuple(BodyOfMine(key, option_name("bodies", key)) for key in bodies)


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

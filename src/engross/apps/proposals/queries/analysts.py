"""Who looks after which proposal, and who stands in while they are away."""

from collections.abc import Collection
from datetime import date

from engross.apps.accounts.models import User
from engross.apps.proposals.models import Absence, LeadAnalyst, Proposal
from engross.apps.proposals.queries.registered import open_stages


def analysts_of(proposals: Collection[int], *, on: date) -> dict[int, User]:
    """Return who looks after each proposal on a day: its analyst, or who stands in for them."""
    terms = LeadAnalyst.objects.held_on(on).filter(proposal__in=proposals).select_related("user")
    found = list(terms)
    away = stand_ins(on=on) if found else {}
    return {term.proposal_id: away.get(term.user_id, term.user) for term in found}


def stand_ins(*, on: date) -> dict[int, User]:
    """Return who does the work of each analyst who is away on a day.

    A stand-in who is away too is stood in for in turn; where that leads round, it ends.
    """
    rows = Absence.objects.held_on(on).select_related("stand_in").order_by("pk")
    direct = {row.user_id: row.stand_in for row in rows}
    return {person: _last_in_row(person, direct) for person in direct}


def _last_in_row(person: int, direct: dict[int, User]) -> User:
    passed, stand_in = {person}, direct[person]
    while stand_in.pk in direct and stand_in.pk not in passed:
        passed.add(stand_in.pk)
        stand_in = direct[stand_in.pk]
    return stand_in


def absences_from(day: date) -> list[Absence]:
    """Return the absences that are not over on a day, in order of their first days."""
    rows = Absence.objects.not_over_on(day).select_related("user", "stand_in")
    return [row for row in rows.order_by("held_from", "pk") if row.held_until != row.held_from]


def looked_after_by(user: User, *, on: date) -> list[Proposal]:
    """Return the open proposals whose own analyst a person is on a day, away or not."""
    terms = LeadAnalyst.objects.held_on(on).filter(user=user, proposal__stage__in=open_stages())
    rows = terms.select_related("proposal").order_by("proposal__key")
    return [term.proposal for term in rows]


def work_of(user: User, *, on: date) -> set[int]:
    """Return the proposals that a person looks after on a day, standing in included."""
    away = stand_ins(on=on)
    looked_after = {person for person, other in away.items() if other.pk == user.pk}
    if user.pk not in away:
        looked_after.add(user.pk)
    terms = LeadAnalyst.objects.held_on(on).filter(user__in=looked_after)
    return set(terms.values_list("proposal_id", flat=True))

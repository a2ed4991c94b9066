"""Who sits on which seat."""

from datetime import datetime

from django.db import transaction

from engross.apps.accounts.models import User
from engross.apps.audit.commands import record_event
from engross.apps.people.models import BodyMembership
from engross.apps.registers.queries import option_name
from engross.apps.votes.models import Seating
from engross.apps.votes.queries import electorate_on
from engross.core.people.roles import BodyRole
from engross.core.refusals import Reason, Refused
from engross.core.voting import SeatKey


@transaction.atomic
def seat_person(membership: BodyMembership, seat: SeatKey, *, by: User, at: datetime) -> Seating:
    """Put somebody on a seat for their term on a body, or make them stand in for its member.

    Raises Refused if the body has no such seat, another member sits on it in that time, or the
    person has a seat already.
    """
    term = BodyMembership.objects.select_for_update().select_related("user").get(pk=membership.pk)
    if reasons := _reasons_against_seating(term, seat):
        raise Refused(reasons)
    made = Seating.objects.create(
        membership=term, seat=seat.group, place=seat.place, recorded_at=at
    )
    _record("votes.take-seat", term, seat, by=by, at=at)
    return made


@transaction.atomic
def unseat_person(seating: Seating, *, by: User, at: datetime, reason: str) -> None:
    """Take somebody off a seat to which they were put by mistake; their term stays.

    Who leaves the body ends the term instead, so that what was stays told.
    """
    found = Seating.objects.select_for_update().filter(pk=seating.pk)
    kept = found.select_related("membership__user").first()
    if kept is None:
        raise Refused(Reason("This has been changed meanwhile", "Look at the page again"))
    seat, term = SeatKey(kept.seat, kept.place), kept.membership
    kept.delete()
    _record("votes.leave-seat", term, seat, by=by, at=at, reason=reason)


def _record(
    action: str, term: BodyMembership, seat: SeatKey, *, by: User, at: datetime, reason: str = ""
) -> None:
    details = {"seat": seat.group, "place": seat.place, "role": term.role}
    record_event(action=action, subject=f"people/{term.user_id}", by=by, at=at, reason=reason,
                 details=details)  # fmt: skip


def _reasons_against_seating(term: BodyMembership, seat: SeatKey) -> list[Reason]:
    name = option_name("bodies", term.body)
    if term.role == BodyRole.OBSERVER:
        return [Reason("An observer has no seat", "Record a term as a member or alternate first")]
    if Seating.objects.filter(membership=term).exists():
        return [Reason("They have a seat in this term already", "Take them off that one first")]
    if seat not in electorate_on(term.body, term.held_from).by_key:
        what = f"{name} has no such seat on {term.held_from}"
        return [Reason(what, "Choose one of its seats")]
    if term.role != BodyRole.ALTERNATE and _others_on(seat, term):
        what = "Somebody else is the member of this seat in that time"
        return [Reason(what, "End their term first, or choose another seat")]
    return []


def _others_on(seat: SeatKey, term: BodyMembership) -> bool:
    """Say whether another member sits there while the term holds."""
    others = BodyMembership.objects.not_over_on(term.held_from).filter(
        body=term.body, seating__seat=seat.group, seating__place=seat.place
    )
    if term.held_until:
        others = others.filter(held_from__lt=term.held_until)
    return others.exclude(role=BodyRole.ALTERNATE).exclude(pk=term.pk).exists()

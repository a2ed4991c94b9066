"""Who looks after a proposal: handing it over, and standing in for somebody who is away."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from engross.apps.accounts.models import User
from engross.apps.audit.commands import record_event
from engross.apps.notices.commands import send_notice
from engross.apps.proposals.models import Absence, LeadAnalyst, Proposal, ProposalDetails
from engross.apps.proposals.queries.notices import people_told
from engross.core.refusals import Reason, Refused


@transaction.atomic
def hand_over(
    proposal: Proposal, to: User, *, by: User, on: date, at: datetime, reason: str = ""
) -> LeadAnalyst:
    """Give a proposal to another analyst from a day on, and tell both by mail.

    Raises Refused if that person looks after it already, or is not on the staff.
    """
    locked = Proposal.objects.select_for_update().get(pk=proposal.pk)
    current = LeadAnalyst.objects.filter(proposal=locked, held_until__isnull=True).first()
    if not to.is_staff or not to.is_active:
        raise Refused(Reason(f"{to} is not on the staff", "Choose a member of the staff"))
    if current is not None and current.user_id == to.pk:
        raise Refused(Reason(f"{to} looks after it already", "Choose somebody else"))
    if current is not None and on < current.held_from:
        raise Refused(Reason(f"{current.user} looks after it from {current.held_from}",
                             "Give that day or a later one"))  # fmt: skip
    if current is not None:
        current.held_until = on
        current.save(update_fields=["held_until"])
    term = LeadAnalyst.objects.create(proposal=locked, user=to, held_from=on, approved_by=by,
                                      recorded_at=at)  # fmt: skip
    cause = record_event(
        action="proposal.hand-over", subject=f"proposals/{locked.key}", by=by, at=at,
        reason=reason, details={"on": on.isoformat()},
        before={"analyst": str(current.user_id) if current else ""}, after={"analyst": str(to.pk)},
    )  # fmt: skip
    details = ProposalDetails.objects.known_at(None).filter(proposal=locked).first()
    send_notice(
        "handed-over", about=f"{locked.label} {details.title if details else ''}".strip(),
        link=reverse("proposals:proposal", args=[locked.label]),
        context={"from_person": str(current.user) if current else "", "to_person": str(to),
                 "reason": reason},
        people=people_told(details, on=on) if details else {}, at=at, cause=cause,
    )  # fmt: skip
    return term


@transaction.atomic
def note_absence(
    person: User, stand_in: User, *, first: date, until: date | None, by: User, at: datetime
) -> Absence:
    """Note that somebody is away from a day until another, and who does their work meanwhile.

    Raises Refused if the days are reversed or overlap another absence, or if they would stand
    in for themselves.
    """
    User.objects.select_for_update().get(pk=person.pk)
    reasons = []
    if person.pk == stand_in.pk:
        reasons.append(Reason("Nobody stands in for themselves", "Choose somebody else"))
    if until is not None and until <= first:
        reasons.append(Reason(f"The absence ends on {until}, not after {first}",
                              "Give the first day on which they are back"))  # fmt: skip
    known = Absence.objects.filter(user=person).not_over_on(first)
    if any(until is None or each.held_from < until for each in known):
        reasons.append(Reason("Another absence is noted for that time", "End that one first"))
    if reasons:
        raise Refused(reasons)
    absence = Absence.objects.create(user=person, stand_in=stand_in, held_from=first,
                                     held_until=until, approved_by=by, recorded_at=at)  # fmt: skip
    record_event(
        action="people.absence", subject=f"people/{person.pk}", by=by, at=at,
        details={"from": first.isoformat(), "until": until.isoformat() if until else "",
                 "stand_in": str(stand_in.pk)},
    )  # fmt: skip
    return absence

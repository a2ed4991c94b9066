"""Who looks after a proposal: handing it over, and standing in for somebody who is away."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from engross.apps.accounts.models import User
from engross.apps.audit.commands import record_event
from engross.apps.notices.commands import send_notice
from engross.apps.proposals.models import Absence, LeadAnalyst, Proposal, ProposalDetails
from engross.apps.proposals.queries.analysts import looked_after_by
from engross.apps.proposals.queries.notices import people_told
from engross.core.dates.wording import day_in_words
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
    people = people_told(details, on=on) if details else {}
    # Whoever had it before is told too: on that day it is theirs no longer.
    both = [to, *([current.user] if current is not None else ())]
    people["lead-analyst"] = [*people.get("lead-analyst", ()), *both]
    send_notice(
        "handed-over", about=f"{locked.label} {details.title if details else ''}".strip(),
        link=reverse("proposals:proposal", args=[locked.label]),
        context={"from_person": str(current.user) if current else "", "to_person": str(to),
                 "reason": reason},
        people=people, at=at, cause=cause,
    )  # fmt: skip
    return term


@transaction.atomic
def note_absence(
    person: User, stand_in: User, *, first: date, until: date | None, by: User, at: datetime
) -> Absence:
    """Note that somebody is away from a day until another, and who does their work meanwhile.

    Who stands in is told by mail, if there is something to do. Raises Refused if the days are
    reversed or overlap another absence, if they would stand in for themselves, or if who stands
    in is not on the staff.
    """
    User.objects.select_for_update().get(pk=person.pk)
    reasons = []
    if not stand_in.is_staff or not stand_in.is_active:
        reasons.append(Reason(f"{stand_in} is not on the staff", "Choose a member of the staff"))
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
    cause = record_event(
        action="people.absence", subject=f"people/{person.pk}", by=by, at=at,
        details={"from": first.isoformat(), "until": until.isoformat() if until else "",
                 "stand_in": str(stand_in.pk)},
    )  # fmt: skip
    if work := len(looked_after_by(person, on=first)):
        send_notice(
            "handed-over", about=f"{work} {'proposal' if work == 1 else 'proposals'} of {person}",
            link=reverse("proposals:absences"),
            context={"to_person": str(stand_in), "until": until},
            people={"lead-analyst": [stand_in]}, at=at, cause=cause,
        )  # fmt: skip
    return absence


@transaction.atomic
def end_absence(absence: Absence, *, back: date, by: User, at: datetime) -> Absence:
    """Say from which day somebody is back, who then does their own work again.

    Back on its first day, they were not away at all. Raises Refused if the absence is over by
    then, or begins later.
    """
    held = Absence.objects.select_for_update().select_related("user").get(pk=absence.pk)
    if held.held_until is not None and held.held_until <= back:
        raise Refused(Reason(f"{held.user} is back on {day_in_words(held.held_until)} already",
                             "Give an earlier day, or leave it"))  # fmt: skip
    if back < held.held_from:
        raise Refused(Reason(f"The absence begins on {day_in_words(held.held_from)}",
                             "Give that day, or a later one"))  # fmt: skip
    before, held.held_until = held.held_until, back
    held.save(update_fields=["held_until"])
    record_event(
        action="people.absence-end", subject=f"people/{held.user_id}", by=by, at=at,
        before={"until": before.isoformat() if before else ""}, after={"until": back.isoformat()},
    )  # fmt: skip
    return held

"""Approving a proposal's timetable: the one to which it is held from then on."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from engross.apps.accounts.models import User
from engross.apps.audit.commands import record_event
from engross.apps.proposals.commands import Making, make_move
from engross.apps.proposals.models import Proposal
from engross.apps.proposals.queries.courses import course_of, frameworks
from engross.apps.timetables.models import Timetable
from engross.apps.timetables.queries.plans import planned_with, timetable_of
from engross.core.refusals import Reason, Refused

APPROVE = "approve-timetable"
MOST_DAYS = 1000


@dataclass(frozen=True)
class Approval:
    """A timetable as somebody approves it.

    Units: `lengths` in Working Days, by step. `seen` is the number of the timetable that they
    looked at, 0 for none.
    """

    by: User
    on: date
    at: datetime
    left_out: Collection[str] = ()
    lengths: Mapping[str, int] = field(default_factory=dict)
    reason: str = ""
    seen: int | None = None
    token: uuid.UUID = field(default_factory=uuid.uuid4)


@transaction.atomic
def approve_timetable(proposal: Proposal, asked: Approval) -> Timetable:
    """Hold a proposal to its timetable as it is expected on a day, and record the decision.

    Raises Refused if nothing is ahead of it, if a step is unknown or its length impossible, if a
    later timetable has no reason, or if somebody approved another since it was looked at.
    """
    locked = Proposal.objects.select_for_update().get(pk=proposal.pk)
    last = Timetable.objects.filter(proposal=locked).order_by("-number").first()
    number = last.number if last else 0
    if asked.seen is not None and asked.seen != number:
        raise Refused(Reason("Somebody approved another timetable since you opened it",
                             "Look at it, and decide anew"))  # fmt: skip
    course = course_of(locked, on=asked.on)
    seen = timetable_of(course, on=asked.on) if course else None
    if course is None or seen is None:
        raise Refused(Reason("Nothing is ahead of this proposal", "There is nothing to plan"))
    if reasons := _reasons_against(asked, {each.step.key for each in seen.steps}, number):
        raise Refused(reasons)
    made = Timetable(
        proposal=locked, number=number + 1, approved_on=asked.on, steps=[],
        left_out=sorted(asked.left_out), lengths=dict(asked.lengths), reason=asked.reason,
        made_at=asked.at, made_by=asked.by,
    )  # fmt: skip
    made.steps = _steps_of(made, locked, asked.on)
    if APPROVE in frameworks().on(asked.on).moves:
        make_move(locked, Making(APPROVE, asked.by, asked.on, asked.at, asked.on,
                                 reason=asked.reason, token=asked.token))  # fmt: skip
    made.save(force_insert=True)
    record_event(action="timetable.approve", subject=f"proposals/{locked.key}", by=asked.by,
                 at=asked.at, reason=asked.reason, after={"timetable": made.number})  # fmt: skip
    return made


def _reasons_against(asked: Approval, known: set[str], number: int) -> list[Reason]:
    reasons = []
    unknown = (set(asked.left_out) | set(asked.lengths)) - known
    if unknown:
        reasons.append(Reason(f"It has no step '{sorted(unknown)[0][:60]}'",
                              "Choose among its own steps"))  # fmt: skip
    if any(not 0 <= days <= MOST_DAYS for days in asked.lengths.values()):
        reasons.append(Reason(f"A step takes 0 to {MOST_DAYS} Working Days", "Give another length"))
    if number and not asked.reason.strip():
        reasons.append(Reason("Another timetable is approved already", "Say why it changes"))
    return reasons


def _steps_of(made: Timetable, proposal: Proposal, on: date) -> list[list[str | None]]:
    """Return the steps with their days, planned with what is left out and other lengths."""
    course = course_of(proposal, on=on)
    seen = planned_with(course, made, on=on) if course else None
    return [[each.step.key, _written(each.expected.span.first), _written(each.expected.span.last)]
            for each in (seen.steps if seen else ())]  # fmt: skip


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None

"""Opening, extending, reminding of, closing and publishing a consultation."""

from datetime import date, datetime

from django.db import transaction

from engross.apps.accounts.models import User
from engross.apps.audit.commands import record_event
from engross.apps.consultations.commands import mailing
from engross.apps.consultations.commands.drafting import locked, subject_of
from engross.apps.consultations.models import Consultation, Extension
from engross.apps.consultations.queries import (
    closing_moment_on,
    consultations_to_close,
    consultations_to_remind_of,
    count_of_responses,
    kind_of,
    length_of,
    state_now,
    undecided_late,
)
from engross.apps.dates.queries import calendar_of_the_code
from engross.apps.proposals.models import ProposalDetails
from engross.core.consultations.closing import reasons_against_closing_day
from engross.core.consultations.states import (
    Drafted,
    State,
    reasons_against_extending,
    reasons_against_opening,
    reasons_against_publishing,
)
from engross.core.refusals import Reason, Refused


def is_urgent(consultation: Consultation) -> bool:
    """Say whether what is consulted on is urgent, so that its timetable is the Authority's."""
    details = ProposalDetails.objects.known_at(None).filter(proposal=consultation.proposal_id)
    return bool(consultation.proposal_id and details.filter(is_urgent=True).exists())


def reasons_against_open(consultation: Consultation, closes_on: date, *, on: date) -> list[Reason]:
    """Return why a draft cannot open on a day and close on another, every reason at once."""
    drafted = Drafted(
        State(consultation.state), consultation.questions.count(),
        has_summary=bool(consultation.summary.strip()),
        needs_proposal=kind_of(consultation).flag("needs_proposal"),
        has_proposal=consultation.proposal_id is not None,
    )  # fmt: skip
    length = length_of(consultation, on=on, is_urgent=is_urgent(consultation))
    return reasons_against_opening(drafted) + reasons_against_closing_day(
        closes_on, opens_on=on, length=length, calendar=calendar_of_the_code()
    )


@transaction.atomic
def open_consultation(
    consultation: Consultation, *, closes_on: date, by: User, on: date, at: datetime
) -> None:
    """Open a draft for answers until a day, and mail those who are asked.

    Raises Refused with every reason against it.
    """
    row = locked(consultation)
    if reasons := reasons_against_open(row, closes_on, on=on):
        raise Refused(reasons)
    row.state, row.opened_at, row.opened_on = State.OPEN.value, at, on
    row.closes_on, row.closes_at, row.changed_at = closes_on, closing_moment_on(closes_on), at
    row.save()
    mailing.tell_opened(row, on=on, at=at)
    record_event(action="consultation.open", subject=subject_of(row), by=by, at=at,
                 details={"closes_on": closes_on.isoformat()})  # fmt: skip


@transaction.atomic
def extend_consultation(
    consultation: Consultation, *, until: date, reason: str, by: User, on: date, at: datetime
) -> None:
    """Leave a consultation open until a later day; the reason is public.

    Raises Refused if it is not open, or the day is none to close on.
    """
    row = locked(consultation)
    if reasons := reasons_against_extension(row, until, reason=reason, at=at):
        raise Refused(reasons)
    if row.closes_on is None:
        raise ValueError("An open consultation has a day on which it closes")
    before = row.closes_on
    Extension.objects.create(
        consultation=row, closed_on=before, closes_on=until, reason=reason.strip(), extended_at=at
    )
    row.closes_on, row.closes_at = until, closing_moment_on(until)
    row.reminded_at, row.changed_at = None, at
    row.save()
    mailing.tell_opened(row, on=on, at=at, extended_because=reason.strip())
    record_event(
        action="consultation.extend", subject=subject_of(row), by=by, at=at, reason=reason,
        before={"closes_on": before.isoformat()}, after={"closes_on": until.isoformat()},
    )  # fmt: skip


def reasons_against_extension(
    row: Consultation, until: date, *, reason: str, at: datetime
) -> list[Reason]:
    """Return why a consultation cannot stay open until a later day, every reason at once."""
    reasons = reasons_against_extending(
        State(row.state), closes_on=row.closes_on, until=until, at=at, closes_at=row.closes_at
    )
    if not reason.strip():
        reasons.append(Reason("Staying open for longer needs its reason", "Say why; all read it"))
    if row.opened_on:
        length = length_of(row, on=row.opened_on, is_urgent=is_urgent(row))
        reasons += reasons_against_closing_day(
            until, opens_on=row.opened_on, length=length, calendar=calendar_of_the_code()
        )
    return reasons


def close_due_consultations(*, at: datetime) -> list[str]:
    """Close the consultations whose moment has come, and return their references."""
    return [each.reference for each in consultations_to_close(at=at) if _close(each, at=at)]


@transaction.atomic
def _close(consultation: Consultation, *, at: datetime) -> bool:
    row = locked(consultation)
    # Meanwhile another worker may have closed it, or somebody extended it.
    if row.state != State.OPEN or row.closes_at is None or row.closes_at >= at:
        return False
    row.state, row.closed_at, row.changed_at = State.CLOSED.value, row.closes_at, at
    row.save()
    count = count_of_responses([row.pk]).get(row.pk, 0)
    mailing.tell_closed(row, answers=count, at=at)
    record_event(action="consultation.close", subject=subject_of(row), by=None, at=at,
                 details={"answers": count})  # fmt: skip
    return True


def remind_of_consultations(*, on: date, at: datetime) -> list[str]:
    """Remind who has not answered of what closes soon, once; return the references."""
    due = consultations_to_remind_of(today=on, at=at)
    return [each.reference for each in due if _remind(each, on=on, at=at)]


@transaction.atomic
def _remind(consultation: Consultation, *, on: date, at: datetime) -> bool:
    row = locked(consultation)
    if row.reminded_at is not None or state_now(row, at=at) is not State.OPEN:
        return False
    row.reminded_at = at
    row.save(update_fields=["reminded_at"])
    mailing.remind(row, on=on, at=at)
    record_event(action="consultation.remind", subject=subject_of(row), by=None, at=at)
    return True


@transaction.atomic
def publish_responses(consultation: Consultation, *, by: User, at: datetime) -> None:
    """Publish what may be public of the answers that count.

    Raises Refused while it is open, and while late answers are undecided.
    """
    row = locked(consultation)
    state = state_now(row, at=at)
    if reasons := reasons_against_publishing(state, undecided=undecided_late(row)):
        raise Refused(reasons)
    # Its moment may have passed before the job that closes it came round.
    row.closed_at = row.closed_at or row.closes_at
    row.state, row.published_at, row.changed_at = State.PUBLISHED.value, at, at
    row.save()
    count = count_of_responses([row.pk]).get(row.pk, 0)
    record_event(action="consultation.publish", subject=subject_of(row), by=by, at=at,
                 details={"answers": count})  # fmt: skip


@transaction.atomic
def write_outcome(
    consultation: Consultation,
    said_and_done: dict[int, tuple[str, str]],
    *,
    conclusion: str,
    by: User,
    at: datetime,
) -> None:
    """Write what people said and what was done, by the number of the question.

    Raises Refused before the consultation closed.
    """
    row = locked(consultation)
    if state_now(row, at=at) not in (State.CLOSED, State.PUBLISHED):
        raise Refused(Reason("It is not closed yet", "Wait until everybody has answered"))
    for question in row.questions.order_by("number"):
        said, done = said_and_done.get(question.number, ("", ""))
        question.you_said, question.we_did = said.strip(), done.strip()
        question.save(update_fields=["you_said", "we_did"])
    row.conclusion, row.changed_at = conclusion.strip(), at
    row.save(update_fields=["conclusion", "changed_at"])
    record_event(action="consultation.outcome", subject=subject_of(row), by=by, at=at)

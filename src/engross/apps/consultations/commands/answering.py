"""Answering: begin, save, come back, hand in, hand in again; and what came late."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from engross.apps.accounts.models import User
from engross.apps.audit.commands import record_event
from engross.apps.consultations.commands import mailing
from engross.apps.consultations.commands.drafting import locked, subject_of
from engross.apps.consultations.models import Answer, Consultation, Response, ResponseVersion
from engross.apps.consultations.queries import (
    asked,
    category_of,
    given_of,
    handed,
    kind_of,
    latest_version,
)
from engross.apps.parties.models import Party
from engross.core.consultations.closing import is_late
from engross.core.consultations.counting import LateDecision, reasons_against_late_decision
from engross.core.consultations.questions import NOTHING, Given, reasons_against_answer
from engross.core.consultations.states import State, reasons_against_answering
from engross.core.people.tokens import digest_of
from engross.core.refusals import Reason, Refused


@dataclass(frozen=True)
class Newcomer:
    """Who answers without an account."""

    name: str
    email: str
    organisation: str = ""
    category: str = ""


@dataclass(frozen=True)
class Seen:
    """Which version of a response its writer has before them, and how often it was saved."""

    version: int = 0
    saves: int = 0


@dataclass(frozen=True)
class Said:
    """All that a response says: its answers by the number of their question."""

    answers: Mapping[int, Given]
    is_anonymous: bool = False


class ChangedMeanwhile(Refused):
    """Somebody else saved the response since its writer saw it; `latest` is what they saved."""

    def __init__(self, reason: Reason, *, latest: ResponseVersion) -> None:
        super().__init__(reason)
        self.latest = latest


@transaction.atomic
def begin_response(consultation: Consultation, newcomer: Newcomer, *, at: datetime) -> str:
    """Begin a response without an account, mail its link, and return the link's secret.

    Whoever begins twice has two: nobody learns from the first who has begun.
    Raises Refused unless answers are taken.
    """
    _check_open(consultation)
    secret = secrets.token_urlsafe(32)
    Response.objects.create(
        consultation=consultation, digest=digest_of(secret), name=newcomer.name,
        email=newcomer.email, organisation=newcomer.organisation, category=newcomer.category,
        begun_at=at,
    )  # fmt: skip
    mailing.mail_link(consultation, newcomer.email, newcomer.name, secret, at=at)
    return secret


def response_for_party(consultation: Consultation, party: Party, *, at: datetime) -> Response:
    """Return the one response of a Party, begun now if nobody has; Refused if none is taken."""
    _check_open(consultation)
    known = Response.objects.filter(consultation=consultation, party=party)
    if found := known.first():
        return found
    try:
        with transaction.atomic():
            return Response.objects.create(consultation=consultation, party=party, begun_at=at)
    except IntegrityError:
        # Another of the Party's people began it at this moment.
        return known.get()


def _check_open(consultation: Consultation) -> None:
    if reasons := reasons_against_answering(State(consultation.state)):
        raise Refused(reasons)


@transaction.atomic
def save_answers(
    response: Response, said: Said, *, seen: Seen, by: User | None, at: datetime
) -> ResponseVersion:
    """Save a response, whole or not, to go on later; what was handed in before stays as it is.

    The same form sent twice is saved once. Raises ChangedMeanwhile if somebody saved it since it
    was seen, and Refused for answers that cannot be, but for those that are only missing yet.
    """
    consultation = _held(response)
    _check_answers(consultation, said, whole=False)
    latest = latest_version(response)
    if latest and (latest.number, latest.saves) != (seen.version, seen.saves):
        if _says(latest, said, consultation):
            return latest
        raise _changed(latest)
    draft = latest if latest and latest.is_draft else _new_draft(response, latest, at=at)
    draft.saves += 1
    draft.saved_at, draft.saved_by, draft.is_anonymous = at, by, said.is_anonymous
    draft.save()
    _write_answers(draft, said, consultation)
    return draft


def _held(response: Response) -> Consultation:
    """Hold a response against others who write it, and return what it answers."""
    Response.objects.select_for_update().get(pk=response.pk)
    consultation = Consultation.objects.get(pk=response.consultation_id)
    _check_open(consultation)
    return consultation


def _check_answers(consultation: Consultation, said: Said, *, whole: bool) -> None:
    questions = [asked(each) for each in consultation.questions.order_by("number")]
    if unknown := set(said.answers) - {each.number for each in questions}:
        what = f"There is no question {', '.join(map(str, sorted(unknown)))}"
        raise Refused(Reason(what, "Load the page again"))
    reasons = [
        reason
        for each in questions
        if (given := said.answers.get(each.number, NOTHING)) != NOTHING or whole
        for reason in reasons_against_answer(each, given)
        if whole or not given.is_empty
    ]
    if reasons:
        raise Refused(reasons)


def _says(version: ResponseVersion, said: Said, consultation: Consultation) -> bool:
    kept = {n: each for n, each in said.answers.items() if each != NOTHING}
    same = given_of(version, consultation) == kept
    return same and version.is_anonymous == said.is_anonymous


def _changed(latest: ResponseVersion) -> ChangedMeanwhile:
    who = latest.saved_by.name if latest.saved_by and latest.saved_by.name else "Somebody else"
    what = f"{who} saved this response since you opened it"
    remedy = "Look at what it says now, then save yours again if it is to replace it"
    return ChangedMeanwhile(Reason(what, remedy), latest=latest)


def _new_draft(
    response: Response, latest: ResponseVersion | None, *, at: datetime
) -> ResponseVersion:
    number = latest.number + 1 if latest else 1
    return ResponseVersion(response=response, number=number, saved_at=at)


def _write_answers(draft: ResponseVersion, said: Said, consultation: Consultation) -> None:
    kind = kind_of(consultation)
    classes = {True: kind.text("confidential_class"), False: kind.text("open_class")}
    ids = dict(consultation.questions.order_by().values_list("number", "pk"))
    draft.answers.all().delete()
    Answer.objects.bulk_create(
        Answer(
            version=draft, question_id=ids[number], choice=given.choice, words=given.words,
            least_pence=given.least_pence, most_pence=given.most_pence,
            paper_class=classes[given.is_confidential],
        )
        for number, given in sorted(said.answers.items())
        if given != NOTHING
    )  # fmt: skip


@transaction.atomic
def submit_response(
    response: Response, *, seen: Seen, by: User | None, on: date, at: datetime
) -> ResponseVersion:
    """Hand in what was saved last; after the close it is taken and flagged as late.

    Sent twice it is handed in once, and confirmed by one mail. Raises ChangedMeanwhile if it was
    saved since it was seen, and Refused with every required answer that is missing.
    """
    consultation = _held(response)
    latest = latest_version(response)
    if latest is None:
        raise Refused(Reason("Nothing is saved yet", "Answer at least one question"))
    if not latest.is_draft and latest.number == seen.version:
        return latest
    if (latest.number, latest.saves) != (seen.version, seen.saves):
        raise _changed(latest)
    answers = given_of(latest, consultation)
    _check_answers(consultation, Said(answers), whole=True)
    if all(each.is_empty for each in answers.values()):
        raise Refused(Reason("This response says nothing", "Answer at least one question"))
    latest.submitted_at = at
    latest.is_late = bool(consultation.closes_at and is_late(at, consultation.closes_at))
    latest.saved_by = by
    latest.save()
    _settle_category(response, on=on)
    mailing.confirm_receipt(consultation, response, latest, at=at)
    details = {"response": str(response.key), "version": latest.number, "late": latest.is_late}
    record_event(action="consultation.answer", subject=subject_of(consultation), by=by, at=at,
                 details=details)  # fmt: skip
    return latest


def _settle_category(response: Response, *, on: date) -> None:
    """Keep the Party Category in which a Party answered: it may change later."""
    if response.party:
        response.category = category_of(response.party, on=on)
        response.save(update_fields=["category"])


@transaction.atomic
def decide_late_answer(
    version: ResponseVersion, *, take_in: bool, reason: str, by: User, at: datetime
) -> None:
    """Take a late answer in or leave it out, with a reason.

    Raises Refused if it came in time, is decided, or the answers are published.
    """
    consultation = locked(version.response.consultation)
    row = ResponseVersion.objects.select_for_update().get(pk=version.pk)
    reasons = reasons_against_late_decision(handed(row), reason=reason)
    if consultation.state == State.PUBLISHED:
        reasons.append(Reason("The answers are published already", "Nothing can join them"))
    if reasons:
        raise Refused(reasons)
    decision = LateDecision.TAKEN if take_in else LateDecision.LEFT_OUT
    row.late_decision, row.late_reason = decision.value, reason.strip()
    row.save(update_fields=["late_decision", "late_reason"])
    details = {"response": str(version.response.key), "version": row.number,
               "decision": decision.value}  # fmt: skip
    record_event(action="consultation.late-answer", subject=subject_of(consultation), by=by, at=at,
                 reason=reason, details=details)  # fmt: skip

"""Writing a consultation: its words, its questions, its documents; all before it opens."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO

from django.db import IntegrityError, transaction

from engross.apps.accounts.models import User
from engross.apps.audit.commands import record_event
from engross.apps.consultations.models import Consultation, Question
from engross.apps.consultations.queries import (
    kind_of,
    kinds_of_standard_questions,
    next_number,
    standard_questions,
)
from engross.apps.files.commands import Belonging, store_file
from engross.apps.files.models import StoredFile
from engross.apps.proposals.models import Proposal
from engross.apps.registers.queries import active_code
from engross.core.consultations import questions as core
from engross.core.consultations.questions import Shape, reasons_against_question
from engross.core.consultations.states import State, reasons_against_change
from engross.core.refusals import Reason, Refused

REGISTER = "consultations"
MOST_QUESTIONS = 60


@dataclass(frozen=True)
class Drafting:
    """What a draft says."""

    title: str
    proposal: Proposal | None = None
    summary: str = ""
    solution: str = ""
    audience: str = ""
    categories: Sequence[str] = field(default=())


@dataclass(frozen=True)
class QuestionDraft:
    """What a question is to ask."""

    kind: str
    asks: str
    help: str = ""
    answers: Sequence[str] = ()
    is_required: bool = False


def subject_of(consultation: Consultation) -> str:
    """Return what the audit calls a consultation."""
    return f"{REGISTER}/{consultation.reference}"


def locked(consultation: Consultation) -> Consultation:
    """Return the consultation as it stands now, held until the transaction ends."""
    # Not its proposal with it: PostgreSQL locks no row that may be missing.
    return Consultation.objects.select_for_update().get(pk=consultation.pk)


def _held_draft(consultation: Consultation) -> Consultation:
    row = locked(consultation)
    if reasons := reasons_against_change(State(row.state)):
        raise Refused(reasons)
    return row


def draft_consultation(kind: str, drafting: Drafting, *, by: User, at: datetime) -> Consultation:
    """Begin a consultation of a kind, with the questions that such a one usually asks.

    Raises Refused if its kind is about a proposal and none is named.
    """
    try:
        with transaction.atomic():
            return _draft(kind, drafting, by=by, at=at)
    except IntegrityError as error:
        what = "Somebody else began a consultation at this moment"
        raise Refused(Reason(what, "Begin yours once more")) from error


def _draft(kind: str, drafting: Drafting, *, by: User, at: datetime) -> Consultation:
    row = Consultation(number=next_number(), kind=kind, made_at=at, changed_at=at)
    _write(row, drafting)
    row.save()
    kinds = kinds_of_standard_questions(kind)
    for question, how in zip(standard_questions(kind), kinds, strict=True):
        _question_row(row, question, how).save()
    details = {"kind": kind, "proposal": row.proposal.label if row.proposal else ""}
    record_event(action="consultation.draft", subject=subject_of(row), by=by, at=at,
                 details=details)  # fmt: skip
    return row


@transaction.atomic
def change_consultation(
    consultation: Consultation, drafting: Drafting, *, by: User, at: datetime
) -> None:
    """Change what a draft says. Raises Refused once it was opened."""
    row = _held_draft(consultation)
    _write(row, drafting)
    row.changed_at = at
    row.save()
    record_event(action="consultation.change", subject=subject_of(row), by=by, at=at)


def _write(row: Consultation, drafting: Drafting) -> None:
    row.title, row.proposal = drafting.title, drafting.proposal
    row.summary, row.solution = drafting.summary, drafting.solution
    row.audience, row.categories = drafting.audience, list(drafting.categories)
    if kind_of(row).flag("needs_proposal") and row.proposal is None:
        what = f"A {kind_of(row).name} is about a proposal"
        raise Refused(Reason(what, "Say which one"))


def _question_row(consultation: Consultation, question: core.Question, kind: str) -> Question:
    return Question(
        consultation=consultation, number=question.number, kind=kind, shape=question.shape.value,
        asks=question.asks, help=question.help, answers=list(question.answers),
        has_reasons=question.has_reasons, is_required=question.is_required,
    )  # fmt: skip


@transaction.atomic
def add_question(
    consultation: Consultation, draft: QuestionDraft, *, by: User, at: datetime
) -> Question:
    """Add a question at the end. Raises Refused if it cannot be asked like this."""
    row = _held_draft(consultation)
    count = row.questions.count()
    if count >= MOST_QUESTIONS:
        raise Refused(Reason(f"It asks {count} questions already", "Take one away first"))
    question = _question_row(row, _said(draft, number=count + 1), draft.kind)
    question.save()
    _note_questions(row, by=by, at=at)
    return question


@transaction.atomic
def change_question(
    consultation: Consultation, number: int, draft: QuestionDraft, *, by: User, at: datetime
) -> None:
    """Change a question. Raises Refused if it cannot be asked like this."""
    row = _held_draft(consultation)
    old = row.questions.get(number=number)
    new = _question_row(row, _said(draft, number=number), draft.kind)
    new.pk = old.pk
    new.save()
    _note_questions(row, by=by, at=at)


@transaction.atomic
def remove_question(consultation: Consultation, number: int, *, by: User, at: datetime) -> None:
    """Take a question away, and close the gap in the numbers."""
    row = _held_draft(consultation)
    row.questions.get(number=number).delete()
    for each in row.questions.filter(number__gt=number).order_by("number"):
        each.number -= 1
        each.save(update_fields=["number"])
    _note_questions(row, by=by, at=at)


def _said(draft: QuestionDraft, *, number: int) -> core.Question:
    """Return the question of a draft; raises Refused if it cannot be asked like this."""
    how = active_code().option("question_kinds", draft.kind)
    question = core.Question(
        number=number, asks=draft.asks.strip(), shape=Shape(how.text("shape")),
        answers=how.texts("answers") or tuple(draft.answers),
        has_reasons=how.flag("has_reasons"), is_required=draft.is_required, help=draft.help.strip(),
    )  # fmt: skip
    if reasons := reasons_against_question(question):
        raise Refused(reasons)
    return question


def _note_questions(row: Consultation, *, by: User, at: datetime) -> None:
    row.changed_at = at
    row.save(update_fields=["changed_at"])
    record_event(action="consultation.questions", subject=subject_of(row), by=by, at=at,
                 details={"questions": row.questions.count()})  # fmt: skip


def add_document(
    consultation: Consultation,
    content: IO[bytes],
    *,
    name: str,
    declared_type: str,
    by: User,
    at: datetime,
) -> StoredFile:
    """Keep a document that everybody may read with the consultation.

    Raises Refused if its content is not what its name says, or the answers are published.
    """
    if consultation.state == State.PUBLISHED:
        raise Refused(Reason("The answers are published", "Publish the document elsewhere"))
    return store_file(
        content, name=name, paper_class=kind_of(consultation).text("open_class"),
        belonging=Belonging(REGISTER, consultation.key), declared_type=declared_type, by=by, at=at,
    )  # fmt: skip

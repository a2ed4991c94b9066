"""The read API of consultations: the list, and one with what of its answers is published."""

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from engross.apps.accounts.queries import who_reads
from engross.apps.consultations import queries
from engross.apps.consultations.models import Consultation
from engross.apps.consultations.queries import Collation, ListedConsultation, Respondent
from engross.apps.files.commands import log_read
from engross.apps.registers.api import PROBLEMS, PageOf, Turned, json_answer, turn_to
from engross.core.consultations.questions import printed_answer
from engross.core.consultations.states import State

router = Router(tags=["Consultations"])


class ConsultationsQuery(Turned):
    """What the list of consultations can be asked."""

    q: str = Field("", max_length=200, description="Words of its title or of what it is about")
    kind: str = Field("", max_length=60, description="A key of the list consultation_kinds")
    state: str = Field("", pattern="^$|^(open|closed|published)$",
                       description="open, closed or published")  # fmt: skip
    as_at: date | None = Field(None, description="Only those that had opened by this day")


class ConsultationItem(Schema):
    """A consultation in a list; options by their key."""

    reference: str
    url: str
    kind: str
    title: str
    proposal: str | None = None
    state: str
    categories: list[str]
    opened_on: date | None = None
    closes_at: datetime | None = None


class ConsultationPage(PageOf):
    """A page of consultations."""

    rows: list[ConsultationItem]


class AskedQuestion(Schema):
    """A question, and what came of it."""

    number: int
    asks: str
    answers: list[str]
    is_required: bool
    you_said: str | None = None
    we_did: str | None = None


class GivenAnswer(Schema):
    """An answer to a question: the one chosen or the cost in short, and words."""

    question: int
    answer: str | None = None
    words: str | None = None
    is_confidential: bool


class GivenResponse(Schema):
    """What one respondent answered, as far as the reader may read it."""

    respondent: str
    category: str | None = None
    is_late: bool
    confidential_answers: int = Field(description="Answers that the reader may not read")
    answers: list[GivenAnswer]


class ConsultationEntry(ConsultationItem):
    """A consultation with its questions, and its answers once they are published."""

    summary: str | None = None
    solution: str | None = None
    audience: str | None = None
    conclusion: str | None = None
    extensions: list[dict[str, Any]]
    questions: list[AskedQuestion]
    responses: list[GivenResponse] | None = Field(None, description="null until published")


@router.get("", response={200: ConsultationPage, **PROBLEMS}, summary="Consultations",
            operation_id="list_consultations")  # fmt: skip
def list_consultations(request: HttpRequest, asked: Query[ConsultationsQuery]) -> Any:
    """The consultations that are or were open, the latest to close first."""
    turn = turn_to(request, asked)
    found = queries.consultations_shown(
        who_reads(request), kind=asked.kind, words=asked.q, as_at=asked.as_at
    ).exclude(state=State.DRAFT)
    found = queries.in_state(found, asked.state, at=timezone.now())
    page = turn.page(found, lambda row: row.reference)
    shown = queries.listed(page.rows, at=timezone.now(), today=turn.today)
    return page.answer([_item(each) for each in shown])


def _item(each: ListedConsultation) -> dict[str, Any]:
    row = each.row
    return {
        "reference": row.reference, "url": queries.address_of(row), "kind": row.kind,
        "title": row.title, "proposal": each.proposal or None, "state": each.state.value,
        "categories": list(row.categories),
        "opened_on": row.opened_on.isoformat() if row.opened_on else None,
        "closes_at": row.closes_at.isoformat() if row.closes_at else None,
    }  # fmt: skip


@router.get("/{reference}", response={200: ConsultationEntry, **PROBLEMS},
            summary="One consultation", operation_id="get_consultation")  # fmt: skip
def get_consultation(request: HttpRequest, reference: str) -> HttpResponse:
    """A consultation by its reference, with its questions and what is published of the answers."""
    reader = who_reads(request)
    row = queries.consultation_called(reference, reader)
    if row is None or row.state == State.DRAFT:
        raise Http404("There is no such consultation")
    listed = queries.listed([row], at=timezone.now(), today=timezone.localdate())[0]
    collation = None
    if row.state == State.PUBLISHED:
        collation = queries.collation_for(row, reader)
    if collation:
        log_read(reader, kind="consultation", title=f"Answers to {row.reference}",
                 markings=collation.markings, at=timezone.now())  # fmt: skip
    return json_answer({**_item(listed), **_more(row), "responses": _responses(collation)})


def _more(row: Consultation) -> dict[str, Any]:
    names = ("summary", "solution", "audience", "conclusion")
    return {
        **{name: getattr(row, name) or None for name in names},
        "extensions": [
            {"from": each.closed_on.isoformat(), "until": each.closes_on.isoformat(),
             "reason": each.reason}
            for each in row.extensions.all()
        ],
        "questions": [
            {"number": each.number, "asks": each.asks, "answers": list(each.answers),
             "is_required": each.is_required, "you_said": each.you_said or None,
             "we_did": each.we_did or None}
            for each in row.questions.order_by("number")
        ],
    }  # fmt: skip


def _responses(collation: Collation | None) -> list[dict[str, Any]] | None:
    if collation is None:
        return None
    return [
        {"respondent": each.name, "category": each.category or None, "is_late": each.is_late,
         "confidential_answers": each.hidden, "answers": _answers(each)}
        for each in collation.respondents
    ]  # fmt: skip


def _answers(each: Respondent) -> list[dict[str, Any]]:
    return [
        {"question": number, "answer": printed_answer(given) or None,
         "words": given.words or None, "is_confidential": given.is_confidential}
        for number, given in sorted(each.answers.items()) if not given.is_empty
    ]  # fmt: skip

"""The pages of consultations that anyone reads."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from engross.adapters.consultation_forms import collation_word, form_word
from engross.adapters.tables import CONTENT_TYPES, table_bytes
from engross.apps.accounts.queries import may_change_registers, who_reads
from engross.apps.consultations import queries
from engross.apps.consultations.forms import SearchForm
from engross.apps.consultations.models import Consultation
from engross.apps.consultations.queries import Collation, ListedConsultation
from engross.apps.consultations.views.shown import (
    ANSWER_COLUMNS,
    FILE_COLUMNS,
    OWN_COLUMNS,
    actions_of,
    answers_of_parties,
    answers_shown,
    category_words,
    collated,
    consultation_or_404,
    matrix_of,
    own_row,
    sheet_of,
    state_chip,
    written_moment,
)
from engross.apps.files.commands import log_read
from engross.apps.files.queries import files_of_entries
from engross.apps.proposals.queries import basis_of
from engross.apps.proposals.views import address_of as address_of_proposal
from engross.core.consultations.states import State
from engross.design.parts import Column, day

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ROWS_A_PAGE = 60
COLUMNS = (
    Column("reference", "Reference", "reference"),
    Column("title", "Consultation", "title", link="href"),
    Column("kind", "Kind"),
    Column("proposal", "About", "reference", link="proposal_href"),
    Column("state", "Standing"),
    Column("opened_on", "Opened", "day"),
    Column("closes", "Closes"),
    Column("left", "Working Days left", "number"),
)
CLOSED_COLUMNS = tuple(each for each in COLUMNS if each.key != "left")
INDUSTRY_COLUMNS = (
    Column("title", "Consultation", "title", link="link"),
    Column("organisation", "By"),
    Column("about", "About"),
    Column("opened_on", "Opened", "day"),
    Column("closes_on", "Closes", "day"),
)


def consultation_list(request: HttpRequest) -> HttpResponse:
    """Show what is open, what closes soon, what is closed, and what others ask."""
    form, reader, now = SearchForm(request.GET), who_reads(request), timezone.now()
    asked = form.asked()
    rows = queries.consultations_shown(reader, kind=asked["kind"], words=asked["words"])
    today = timezone.localdate()
    current = queries.listed(rows.filter(state__in=("draft", "open")), at=now, today=today)
    past = Paginator(rows.filter(state__in=("closed", "published")), ROWS_A_PAGE)
    page = past.get_page(request.GET.get("page"))
    closing = [each for each in current if each.state is State.CLOSED]
    shown = [*closing, *queries.listed(page.object_list, at=now, today=today)]
    is_open = [each for each in current if each.state is State.OPEN]
    context = {
        "title": "Consultations",
        "lead": "What is being asked, until when, and what came of it.",
        "columns": COLUMNS,
        "closed_columns": CLOSED_COLUMNS,
        "industry_columns": INDUSTRY_COLUMNS,
        "drafts": [_row(each) for each in current if each.state is State.DRAFT],
        "open": [_row(each) for each in sorted(is_open, key=_by_close)],
        "page": page,
        "closed": [_row(each) for each in shown],
        "industry": queries.industry_open_on(today),
        "own_columns": OWN_COLUMNS,
        "own": [own_row(each) for each in queries.responses_of_parties(reader)],
        "filter_form": form,
        "may_change": may_change_registers(request.user),
        "downloads": {"atom": reverse("consultations:feed"),
                      "ical": reverse("consultations:calendar")},
    }  # fmt: skip
    return render(request, "consultations/consultations.html", context)


def _by_close(each: ListedConsultation) -> tuple[Any, int]:
    return each.row.closes_at, each.row.number


def _row(each: ListedConsultation) -> dict[str, Any]:
    row = each.row
    return {
        "reference": row.reference, "title": row.title, "href": queries.address_of(row),
        "kind": each.kind, "proposal": each.proposal,
        "proposal_href": address_of_proposal(each.proposal) if each.proposal else "",
        "state": state_chip(each), "opened_on": row.opened_on,
        "closes": day(row.closes_on), "left": each.working_days_left,
    }  # fmt: skip


def consultation(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one consultation: what it is about, what it asks, and how to answer."""
    row = consultation_or_404(request, reference)
    if reference != row.reference:
        return redirect(row_address(row))
    reader, now = who_reads(request), timezone.now()
    listed = queries.listed([row], at=now, today=timezone.localdate())[0]
    may_change = may_change_registers(request.user)
    questions = list(row.questions.order_by("number"))
    context = {
        "title": row.title,
        "row": row,
        "listed": listed,
        "chip": state_chip(listed),
        "rests_on": basis_of(row.proposal_id),
        "closes": written_moment(row),
        "asked": category_words(row),
        "questions": questions,
        "outcomes": [each for each in questions if each.you_said or each.we_did],
        "extensions": list(row.extensions.all()),
        "documents": files_of_entries("consultations", [row.key], reader).get(row.key, []),
        "takes_answers": listed.state in (State.OPEN, State.CLOSED),
        "is_late": listed.state is State.CLOSED,
        "answers": answers_of_parties(row, reader),
        "may_change": may_change,
        "actions": actions_of(listed) if may_change else [],
        "api_url": f"/api/v1/consultations/{row.reference}",
        "page_class": None,
    }
    return render(request, "consultations/consultation.html", context)


def row_address(row: Consultation) -> str:
    """Return the address of a consultation's page."""
    return queries.address_of(row)


def responses(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the answers that were published, as far as the reader may read them."""
    row, collation = _published(request, reference)
    columns, matrix = matrix_of(collation)
    downloads = {form: reverse("consultations:download-responses", args=[row.reference, form])
                 for form in ("csv", "xlsx", "docx")}  # fmt: skip
    context = {
        "title": f"Answers to {row.title}", "row": row, "collation": collation,
        "lead": "As far as they may be published.",
        "answer_columns": ANSWER_COLUMNS, "questions": answers_shown(collation),
        "matrix_columns": columns, "matrix": matrix, "downloads": downloads,
        "hidden": sum(each.hidden for each in collation.respondents),
        "shows_confidential": any(
            given.is_confidential for each in collation.respondents
            for given in each.answers.values()
        ),
    }  # fmt: skip
    return _private_if(render(request, "consultations/responses.html", context), collation)


def _published(request: HttpRequest, reference: str) -> tuple[Consultation, Collation]:
    row = consultation_or_404(request, reference)
    collation = queries.collation_for(row, who_reads(request))
    if row.state != State.PUBLISHED or collation is None:
        raise Http404("The answers are not published yet")
    log_answers_read(request, collation)
    return row, collation


def log_answers_read(request: HttpRequest, collation: Collation) -> None:
    """Write down that somebody read answers that are not for everybody."""
    row = collation.consultation
    log_read(who_reads(request), kind="consultation", title=f"Answers to {row.reference}",
             markings=collation.markings, at=timezone.now())  # fmt: skip


def _private_if(answer: HttpResponse, collation: Collation) -> HttpResponse:
    """Let nobody's cache keep what is not for everybody."""
    if collation.is_beyond_public:
        answer["Cache-Control"] = "private, no-store"
    return answer


def download_responses(request: HttpRequest, reference: str, form: str) -> HttpResponse:
    """Send the published answers as a file, as far as the reader may read them."""
    row, collation = _published(request, reference)
    return _private_if(answers_file(row, collation, form), collation)


def answers_file(row: Consultation, collation: Collation, form: str) -> HttpResponse:
    """Return answers as a file: a line each as CSV or XLSX, side by side as Word."""
    kind = queries.kind_of(row)
    name = f"{row.reference.lower()}-answers.{form}"
    if form == "docx":
        which = "confidential_class" if collation.is_beyond_public else "open_class"
        sheet = sheet_of(row, title=f"Answers to {row.title}", class_key=kind.text(which))
        answer = HttpResponse(collation_word(sheet, collated(collation)), content_type=WORD)
    else:
        content = table_bytes(form, "consultation-answers", FILE_COLUMNS, collation.lines())
        answer = HttpResponse(content, content_type=CONTENT_TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def form_file(request: HttpRequest, reference: str) -> HttpResponse:
    """Send the form to be filled in with Word."""
    row = consultation_or_404(request, reference)
    if row.state == State.DRAFT and not who_reads(request).handles_all:
        raise Http404("There is no such consultation")
    sheet = sheet_of(row, title=row.title, class_key=queries.kind_of(row).text("open_class"))
    questions = [queries.asked(each) for each in row.questions.order_by("number")]
    answer = HttpResponse(form_word(sheet, questions), content_type=WORD)
    answer["Content-Disposition"] = f'attachment; filename="{row.reference.lower()}-form.docx"'
    return answer

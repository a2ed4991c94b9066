"""The pages on which staff write a consultation."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from engross.apps.accounts.views import person_of, staff_only
from engross.apps.consultations import commands, queries
from engross.apps.consultations.forms import (
    ConsultationForm,
    DocumentForm,
    NewConsultationForm,
    QuestionForm,
)
from engross.apps.consultations.models import Consultation, Question
from engross.apps.consultations.views.shown import consultation_or_404
from engross.apps.people.views.acting import Act, Cleaned, perform
from engross.core.refusals import Refused

WHO_SEES = "Only staff can see this page."


def _form_page(request: HttpRequest, form: Form, **context: Any) -> HttpResponse:
    return render(request, "people/form.html", {"form": form, "who_sees": WHO_SEES, **context},
                  status=422 if form.errors else 200)  # fmt: skip


@staff_only
def new(request: HttpRequest) -> HttpResponse:
    """Begin a consultation; a proposal's page leads here with what it is about."""
    first = {"proposal": request.GET.get("proposal", "")[:40],
             "kind": request.GET.get("kind", "")[:60]}  # fmt: skip
    form = NewConsultationForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            row = commands.draft_consultation(
                form.cleaned_data["kind"], form.drafting(), by=person_of(request),
                at=timezone.now(),
            )  # fmt: skip
        except Refused as refused:
            form.add_error("proposal", [str(each) for each in refused.reasons])
        else:
            messages.success(request, f"{row.reference} is a draft: nobody else sees it yet.")
            return redirect(queries.address_of(row))
    return _form_page(
        request, form, title="A new consultation", submit="Begin a draft",
        lead="It begins with the questions that its kind usually asks.",
        cancel_url=reverse("consultations:list"),
    )  # fmt: skip


@staff_only
def edit(request: HttpRequest, reference: str) -> HttpResponse:
    """Change what a draft says."""
    row = consultation_or_404(request, reference)
    form = ConsultationForm(request.POST or None, initial=ConsultationForm.initial_of(row))
    if request.method == "POST" and form.is_valid():
        try:
            commands.change_consultation(
                row, form.drafting(), by=person_of(request), at=timezone.now()
            )
        except Refused as refused:
            form.add_error(None, [str(each) for each in refused.reasons])
        else:
            messages.success(request, "Saved.")
            return redirect(queries.address_of(row))
    return _form_page(request, form, title="Change its words", reference=row.reference,
                      cancel_url=queries.address_of(row))  # fmt: skip


@staff_only
def add_question(request: HttpRequest, reference: str) -> HttpResponse:
    """Add a question to a draft."""
    row = consultation_or_404(request, reference)
    return _question(request, row, None)


@staff_only
def change_question(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Change a question of a draft."""
    row = consultation_or_404(request, reference)
    return _question(request, row, _question_or_404(row, number))


def _question_or_404(row: Consultation, number: int) -> Question:
    found = row.questions.filter(number=number).first()
    if found is None:
        raise Http404("There is no such question")
    return found


def _question(request: HttpRequest, row: Consultation, old: Question | None) -> HttpResponse:
    initial = QuestionForm.initial_of(old) if old else None
    form = QuestionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        by, at = person_of(request), timezone.now()
        try:
            if old:
                commands.change_question(row, old.number, form.draft(), by=by, at=at)
            else:
                commands.add_question(row, form.draft(), by=by, at=at)
        except Refused as refused:
            form.add_error(None, [str(each) for each in refused.reasons])
        else:
            messages.success(request, "Saved.")
            return redirect(queries.address_of(row))
    title = f"Change question {old.number}" if old else "Add a question"
    return _form_page(request, form, title=title, reference=row.reference,
                      cancel_url=queries.address_of(row))  # fmt: skip


@staff_only
def remove_question(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Take a question of a draft away."""
    row = consultation_or_404(request, reference)
    question = _question_or_404(row, number)

    def do(_: Cleaned) -> None:
        commands.remove_question(row, number, by=person_of(request), at=timezone.now())

    will = [f"Question {number}, '{question.asks}', is taken away.",
            "Those after it move up by one."]  # fmt: skip
    act = Act("Take a question away", lambda _: will, do, queries.address_of(row),
              action="Take it away", danger=True, reference=row.reference,
              who_sees=WHO_SEES)  # fmt: skip
    return perform(request, act, Form(request.POST or None))


@staff_only
def add_document(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep a document with a consultation."""
    row = consultation_or_404(request, reference)
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        try:
            stored = commands.add_document(
                row, given, name=given.name, declared_type=given.content_type or "",
                by=person_of(request), at=timezone.now(),
            )  # fmt: skip
        except Refused as refused:
            form.add_error("file", [str(each) for each in refused.reasons])
        else:
            messages.success(request, f"{stored.name} is kept.")
            return redirect(queries.address_of(row))
    return _form_page(request, form, title="Add a document", reference=row.reference,
                      submit="Keep it", cancel_url=queries.address_of(row))  # fmt: skip

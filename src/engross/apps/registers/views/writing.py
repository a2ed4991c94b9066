"""What staff do to a register: record, correct, withdraw, take in a file."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from engross.adapters.tables import (
    FileRefused,
    read_upload,
)
from engross.apps.accounts.views import person_of, staff_only
from engross.apps.registers import commands, queries
from engross.apps.registers.forms import (
    CellField,
    CorrectionForm,
    EntryForm,
    ReasonForm,
    UploadForm,
    initial_of,
)
from engross.apps.registers.models import RecordedRow
from engross.apps.registers.registers import Register
from engross.apps.registers.views.guarding import register_or_404
from engross.core.dates.wording import day_in_words
from engross.core.refusals import Refused
from engross.core.registers.columns import Kind
from engross.design.parts import reason as reason_told


@staff_only
def record(request: HttpRequest, name: str) -> HttpResponse:
    """Add an entry: type it, see what will be recorded, then record it."""
    register = register_or_404(name)
    task = Task(register, f"Record in {register.title}")
    # A page about one thing leads here with that thing filled in.
    form = EntryForm(register, request.POST or None, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        if not request.POST.get("confirmed"):
            will = [f"{register.title} gets one more entry.", *_lines(form)]
            return _confirm(request, task, form, will=will)
        try:
            made = commands.record_entry(
                register, form.cleaned_data, by=person_of(request), at=timezone.now()
            )
        except Refused as refused:
            form.add_error(None, [str(reason) for reason in refused.reasons])
        else:
            messages.success(request, "Recorded.")
            return redirect("registers:entry", name=name, entry=made)
    return _form(request, task, form, submit="See what will be recorded")


@staff_only
def correct(request: HttpRequest, name: str, entry: uuid.UUID) -> HttpResponse:
    """Correct an entry, with a reason; what was known stays."""
    register = register_or_404(name)
    row = _live(register, entry)
    task = Task(register, "Correct this entry", entry, queries.strictest_class(register, [row]))
    before = initial_of(queries.values_of(register, row), register)
    form = CorrectionForm(register, request.POST or None, initial={**before, "seen": row.pk})
    if request.method == "POST" and form.is_valid():
        cleaned = dict(form.cleaned_data)
        reason, seen = cleaned.pop("reason"), cleaned.pop("seen")
        if not request.POST.get("confirmed"):
            after = initial_of(cleaned, register)
            stays = "What was known until now stays in the history."
            will = [*_changes(form, before, after), stays]
            return _confirm(request, task, form, will=will)
        try:
            commands.correct_entry(
                register,
                entry,
                cleaned,
                by=person_of(request),
                at=timezone.now(),
                reason=reason,
                seen=seen,
            )
        except Refused as refused:
            form.add_error(None, [reason_told(each) for each in refused.reasons])
        else:
            messages.success(request, "Corrected.")
            return redirect("registers:entry", name=name, entry=entry)
    return _form(request, task, form, submit="See what will change")


@staff_only
def withdraw(request: HttpRequest, name: str, entry: uuid.UUID) -> HttpResponse:
    """Withdraw an entry, with a reason; what was known stays."""
    register = register_or_404(name)
    row = _live(register, entry)
    form = ReasonForm(request.POST or None, initial={"seen": row.pk})
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            commands.withdraw_entry(
                register,
                entry,
                by=person_of(request),
                at=timezone.now(),
                reason=reason,
                seen=form.cleaned_data["seen"],
            )
        except Refused as refused:
            form.add_error(None, [reason_told(each) for each in refused.reasons])
        else:
            messages.success(request, "Withdrawn. Its history stays.")
            return redirect("registers:entry", name=name, entry=entry)
    context = {
        "title": "Withdraw this entry",
        "reference": str(row),
        "form": form,
        "will": [
            f"{row} no longer counts in {register.title}, from now on.",
            "Papers made from now on leave it out; those already issued stay as they are.",
            "What was known until now stays in the history.",
        ],
        "action": "Withdraw it",
        "danger": True,
        "page_class": queries.strictest_class(register, [row]),
        "cancel_url": reverse("registers:entry", args=[name, entry]),
    }
    status = 422 if form.errors else 200
    return render(request, "registers/withdraw.html", context, status=status)


@staff_only
def upload(request: HttpRequest, name: str) -> HttpResponse:
    """Take a file into a register, all of it or nothing."""
    register = register_or_404(name)
    form = UploadForm(request.POST or None, request.FILES or None)
    problems: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            sheet = read_upload(form.cleaned_data["file"].name, form.cleaned_data["file"].read())
            result = commands.import_sheets(
                [commands.NamedSheet(name, sheet.file_name, sheet.sha256, sheet.lines)],
                by=person_of(request), at=timezone.now(), reason=form.cleaned_data["reason"],
            )[0]  # fmt: skip
        except (Refused, FileRefused) as refused:
            problems = tuple(str(reason) for reason in refused.reasons)
        else:
            done = (
                f"{result.added} added, {result.corrected} corrected, {result.unchanged} unchanged."
            )
            messages.success(request, done)
            return redirect("registers:list", name=name)
    context = {"title": f"Import into {register.title}", "register": register, "form": form,
               "problems": problems[:200], "problem_count": len(problems), "submit": "Import",
               "cancel_url": reverse("registers:list", args=[name])}  # fmt: skip
    status = 422 if problems or form.errors else 200
    return render(request, "registers/upload.html", context, status=status)


def _live(register: Register, entry: uuid.UUID) -> RecordedRow:
    row = queries.versions_of(register, entry).filter(superseded_at__isnull=True).first()
    if row is None:
        raise Http404("There is no such entry, or it was withdrawn")
    return row


def _changes(form: EntryForm, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterable[str]:
    for name, value in before.items():
        if str(value or "") != str(after[name] or ""):
            was, now = _said(form, name, value), _said(form, name, after[name])
            yield f"{form.fields[name].label}: {was} becomes {now}."


def _lines(form: EntryForm) -> list[str]:
    return [f"{field.label}: {_said(form, name, form.data.get(name))}."
            for name, field in form.fields.items() if form.data.get(name)]  # fmt: skip


def _said(form: EntryForm, name: str, value: Any) -> str:
    """Return a value as people call it: an option by its name, a day in words."""
    if value in (None, ""):
        return "empty"
    field = form.fields[name]
    if isinstance(field, CellField) and field.column.kind is Kind.DAY:
        return day_in_words(field.clean(str(value)))
    named = dict(getattr(field.widget, "choices", ()))
    return str(named.get(str(value), value))


@dataclass(frozen=True)
class Task:
    """A change that a person is about to make to a register, or to one entry of it."""

    register: Register
    title: str
    entry: uuid.UUID | None = None
    page_class: str = ""

    @property
    def back(self) -> str:
        """Where to go when nothing is to be changed after all."""
        if self.entry:
            return reverse("registers:entry", args=[self.register.name, self.entry])
        return reverse("registers:list", args=[self.register.name])


def _form(request: HttpRequest, task: Task, form: EntryForm, *, submit: str) -> HttpResponse:
    context = {"title": task.title, "lead": f"{task.register.meaning}.", "form": form,
               "submit": submit, "cancel_url": task.back,
               "page_class": task.page_class}  # fmt: skip
    return render(request, "design/form.html", context, status=422 if form.errors else 200)


def _confirm(request: HttpRequest, task: Task, form: EntryForm, *, will: list[str]) -> HttpResponse:
    context = {"title": task.title, "reference": task.register.title, "form": form, "will": will,
               "action": "Do this", "cancel_url": task.back,
               "page_class": task.page_class}  # fmt: skip
    return render(request, "registers/confirm.html", context)

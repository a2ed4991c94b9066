"""A register's pages: its list, an entry with its history, and what staff may do to them."""

import uuid
from collections.abc import Callable, Mapping
from datetime import date
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from engross.adapters.tables import (
    CONTENT_TYPES,
    FileRefused,
    read_upload,
    table_bytes,
    template_bytes,
)
from engross.apps.accounts.queries import (
    has_second_factor,
    is_staff,
    may_change_registers,
)
from engross.apps.registers import commands, queries
from engross.apps.registers.forms import (
    CorrectionForm,
    EntryForm,
    FilterForm,
    ReasonForm,
    UploadForm,
    initial_of,
)
from engross.apps.registers.models import RecordedRow
from engross.apps.registers.registers import Register, all_registers, register_named
from engross.core.refusals import Refused
from engross.core.registers.columns import Column, Kind
from engross.design.parts import Column as ShownColumn

View = Callable[..., HttpResponseBase]
ROWS_A_PAGE = 60


def _register(name: str) -> Register:
    try:
        return register_named(name)
    except LookupError as error:
        raise Http404(f"There is no register {name}") from error


def staff_only(view: View) -> View:
    """Let a view serve only staff with a second factor; others are sent to get one."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **extra: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not is_staff(request.user):
            raise PermissionDenied
        if not has_second_factor(request.user):
            messages.warning(request, "Set up a second factor first: the registers need one.")
            return redirect("mfa_index")
        return view(request, *args, **extra)

    return guarded


def index(request: HttpRequest) -> HttpResponse:
    """Show every register: what it holds, and where to read, fetch or fill it."""
    context = {
        "title": "Registers",
        "registers": sorted(all_registers(), key=lambda r: r.title),
    }
    return render(request, "registers/index.html", context)


def asked_of(request: HttpRequest, register: Register, form: FilterForm) -> queries.Asked:
    """Return what the request asks of the register; a filter that cannot be read is left out."""
    cleaned: Mapping[str, Any] = form.cleaned_data if form.is_valid() else {}
    filters = {name: cleaned[name] for name in register.filters if cleaned.get(name)}
    return queries.Asked(
        as_at=cleaned.get("as_at"),
        filters=filters,
        words=cleaned.get("q", ""),
        sort=request.GET.get("sort", ""),
        may_see_all=is_staff(request.user),
    )


def register_list(request: HttpRequest, name: str) -> HttpResponse:
    """Show a register's rows, filtered, sorted and in pages."""
    register = _register(name)
    form = FilterForm(register, request.GET)
    asked = asked_of(request, register, form)
    page = Paginator(queries.rows_of(register, asked), ROWS_A_PAGE).get_page(
        request.GET.get("page")
    )
    shown: Any = [ShownRow(register, row) for row in page.object_list]
    page.object_list = shown
    columns = [shown_column(column) for column in _listed(register)]
    query = request.GET.urlencode()
    base = reverse("registers:list", args=[name]).rstrip("/")
    context = {
        "title": register.title,
        "lead": register.meaning + ".",
        "register": register,
        "filter_form": form,
        "page": page,
        "columns": [ShownColumn("_entry", "", link="_href"), *columns][1:],
        "noun": "entries" if page.paginator.count != 1 else "entry",
        "sorted_by": asked.sort,
        "as_at": asked.as_at,
        "downloads": {each: f"{base}.{each}?{query}" for each in ("csv", "xlsx", "json")},
        "may_change": may_change_registers(request.user),
        "empty_title": None if query else "Nothing is recorded here yet.",
    }
    return render(request, "registers/list.html", context)


def _listed(register: Register) -> list[Column]:
    return [each for each in register.all_columns if each.name not in register.hidden_from_lists]


def shown_column(column: Column) -> ShownColumn:
    """Return how a list shows a register's column."""
    kind = "text"
    if column.is_number:
        kind = "number"
    elif column.kind is Kind.DAY:
        kind = "day"
    elif column.kind in {Kind.IDENTIFIER, Kind.MONTH}:
        kind = "reference"
    return ShownColumn(
        column.name, column.label, kind, sort=column.name, link=f"{column.name}__href"
    )


class ShownRow(dict[str, Any]):
    """A row as a person reads it: options by name, identities by label, the first cell linked."""

    def __init__(self, register: Register, row: RecordedRow) -> None:
        super().__init__({column.name: shown_value(column, row) for column in register.all_columns})
        self[f"{_listed(register)[0].name}__href"] = reverse(
            "registers:entry", args=[register.name, row.entry]
        )

    def __missing__(self, key: str) -> str:
        if key.endswith("__href"):
            return ""
        raise KeyError(key)


def shown_value(column: Column, row: RecordedRow) -> Any:
    """Return what a person reads in a cell."""
    value = getattr(row, column.name)
    if value is None or value == "":
        return ""
    if column.kind is Kind.CHOICE:
        return queries.option_name(column.choices, str(value))
    if column.kind is Kind.MONTH and isinstance(value, date):
        return f"{value:%Y-%m}"
    return str(value) if column.refers_to or column.identifies else value


def download(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """Send a register's rows as a file that an import takes back."""
    register = _register(name)
    if form not in CONTENT_TYPES:
        raise Http404(f"There is no format {form}")
    asked = asked_of(request, register, FilterForm(register, request.GET))
    rows = queries.plain_rows(register, queries.rows_of(register, asked))
    content = table_bytes(form, register.name, register.all_columns, rows)
    return _file(content, form, register.name)


def template(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """Send the register's template, to be filled in and imported."""
    register = _register(name)
    if form not in ("csv", "xlsx"):
        raise Http404(f"There is no template as {form}")
    options = {
        column.choices: [(option.key, option.name)
                         for option in queries.active_code().options(column.choices)]
        for column in register.all_columns if column.choices
    }  # fmt: skip
    content = template_bytes(form, register.name, register.all_columns, options)
    return _file(content, form, f"{register.name}")


def _file(content: bytes, form: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=CONTENT_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


def entry(request: HttpRequest, name: str, entry: uuid.UUID) -> HttpResponse:
    """Show an entry, and everything that was recorded of it."""
    register = _register(name)
    versions = queries.readable_versions(register, entry, may_see_all=is_staff(request.user))
    if not versions:
        raise Http404("There is no such entry")
    latest = versions[0]
    context = {
        "title": str(latest),
        "register": register,
        "entry": entry,
        "latest": latest,
        "facts": [(column, shown_value(column, latest)) for column in register.all_columns],
        "versions": _told(register, versions),
        "may_see_people": is_staff(request.user),
        "may_change": may_change_registers(request.user) and latest.is_live,
    }
    return render(request, "registers/entry.html", context)


def _told(register: Register, versions: list[RecordedRow]) -> list[dict[str, Any]]:
    """Return each version with what it changed against the one before."""
    told = []
    for place, row in enumerate(versions):
        before = versions[place + 1] if place + 1 < len(versions) else None
        changes = [
            (column.label, shown_value(column, before), shown_value(column, row))
            for column in register.all_columns
            if before and shown_value(column, before) != shown_value(column, row)
        ]
        told.append({"row": row, "changes": changes, "is_first": before is None})
    return told


@staff_only
def record(request: HttpRequest, name: str) -> HttpResponse:
    """Add an entry: type it, see what will be recorded, then record it."""
    register = _register(name)
    # A page about one thing leads here with that thing filled in.
    form = EntryForm(register, request.POST or None, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        if not request.POST.get("confirmed"):
            will = [f"{register.title} gets one more entry.", *_lines(form)]
            return _confirm(request, register, form, f"Record in {register.title}", will, name)
        try:
            made = commands.record_entry(
                register, form.cleaned_data, by=_staff(request), at=timezone.now()
            )
        except Refused as refused:
            form.add_error(None, [str(reason) for reason in refused.reasons])
        else:
            messages.success(request, "Recorded.")
            return redirect("registers:entry", name=name, entry=made)
    return _form(
        request,
        register,
        form,
        f"Record in {register.title}",
        "See what will be recorded",
    )


@staff_only
def correct(request: HttpRequest, name: str, entry: uuid.UUID) -> HttpResponse:
    """Correct an entry, with a reason; what was known stays."""
    register = _register(name)
    row = _live(register, entry)
    before = initial_of(queries.values_of(register, row), register)
    form = CorrectionForm(register, request.POST or None, initial=before)
    if request.method == "POST" and form.is_valid():
        cleaned = dict(form.cleaned_data)
        reason = cleaned.pop("reason")
        if not request.POST.get("confirmed"):
            after = initial_of(cleaned, register)
            will = [f"{register.column(each).label if each != 'basis' else 'Basis'}: "
                    f"{before[each] or 'empty'} becomes {after[each] or 'empty'}."
                    for each in before if str(before[each] or "") != str(after[each] or "")]  # fmt: skip
            will.append("What was known until now stays in the history.")
            return _confirm(request, register, form, "Correct this entry", will, name, entry)
        try:
            commands.correct_entry(
                register,
                entry,
                cleaned,
                by=_staff(request),
                at=timezone.now(),
                reason=reason,
            )
        except Refused as refused:
            form.add_error(None, [str(each) for each in refused.reasons])
        else:
            messages.success(request, "Corrected.")
            return redirect("registers:entry", name=name, entry=entry)
    return _form(request, register, form, "Correct this entry", "See what will change", entry)


@staff_only
def withdraw(request: HttpRequest, name: str, entry: uuid.UUID) -> HttpResponse:
    """Withdraw an entry, with a reason; what was known stays."""
    register = _register(name)
    row = _live(register, entry)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            commands.withdraw_entry(
                register, entry, by=_staff(request), at=timezone.now(), reason=reason
            )
        except Refused as refused:
            form.add_error(None, [str(each) for each in refused.reasons])
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
        "cancel_url": reverse("registers:entry", args=[name, entry]),
    }
    status = 422 if form.errors else 200
    return render(request, "registers/withdraw.html", context, status=status)


@staff_only
def upload(request: HttpRequest, name: str) -> HttpResponse:
    """Take a file into a register, all of it or nothing."""
    register = _register(name)
    form = UploadForm(request.POST or None, request.FILES or None)
    problems: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            sheet = read_upload(form.cleaned_data["file"].name, form.cleaned_data["file"].read())
            result = commands.import_sheets(
                [commands.NamedSheet(name, sheet.file_name, sheet.sha256, sheet.lines)],
                by=_staff(request), at=timezone.now(), reason=form.cleaned_data["reason"],
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


def _staff(request: HttpRequest) -> Any:
    return request.user


def _live(register: Register, entry: uuid.UUID) -> RecordedRow:
    row = queries.versions_of(register, entry).filter(superseded_at__isnull=True).first()
    if row is None:
        raise Http404("There is no such entry, or it was withdrawn")
    return row


def _lines(form: EntryForm) -> list[str]:
    return [f"{field.label}: {form.data.get(name)}."
            for name, field in form.fields.items() if form.data.get(name)]  # fmt: skip


def _back(name: str, entry: uuid.UUID | None) -> str:
    if entry:
        return reverse("registers:entry", args=[name, entry])
    return reverse("registers:list", args=[name])


def _form(
    request: HttpRequest,
    register: Register,
    form: EntryForm,
    title: str,
    submit: str,
    entry: uuid.UUID | None = None,
) -> HttpResponse:
    context = {"title": title, "lead": register.meaning + ".", "form": form, "submit": submit,
               "cancel_url": _back(register.name, entry)}  # fmt: skip
    return render(request, "design/form.html", context, status=422 if form.errors else 200)


def _confirm(
    request: HttpRequest,
    register: Register,
    form: EntryForm,
    title: str,
    will: list[str],
    name: str,
    entry: uuid.UUID | None = None,
) -> HttpResponse:
    context = {"title": title, "reference": register.title, "form": form, "will": will,
               "action": "Do this", "cancel_url": _back(name, entry)}  # fmt: skip
    return render(request, "registers/confirm.html", context)

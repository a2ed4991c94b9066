"""Reading a register: its list, an entry with its history, its files."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from engross.adapters.tables import (
    CONTENT_TYPES,
    table_bytes,
    template_bytes,
)
from engross.apps.accounts.queries import (
    is_staff,
    may_change_registers,
    who_reads,
)
from engross.apps.files.queries import files_of_entries, persons_named
from engross.apps.registers import queries
from engross.apps.registers.commands import log_rows_read
from engross.apps.registers.forms import (
    FilterForm,
)
from engross.apps.registers.models import RecordedRow
from engross.apps.registers.registers import Register, all_registers
from engross.apps.registers.views.entries import entry_or_404
from engross.apps.registers.views.guarding import register_or_404
from engross.core.registers.columns import Column, Kind
from engross.design.parts import Column as ShownColumn

ROWS_A_PAGE = 60
NO_ENTRY = str(uuid.UUID(int=0))


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
        reader=who_reads(request),
    )


def register_list(request: HttpRequest, name: str) -> HttpResponse:
    """Show a register's rows, filtered, sorted and in pages."""
    register = register_or_404(name)
    form = FilterForm(register, request.GET)
    asked = asked_of(request, register, form)
    page = Paginator(queries.rows_of(register, asked), ROWS_A_PAGE).get_page(
        request.GET.get("page")
    )
    rows: Any = list(page.object_list)
    log_rows_read(register, rows, reader=asked.reader, at=timezone.now())
    place = _place_of_entries(register)
    listed = _listed(register)
    shown: Any = [ShownRow(listed, row, place) for row in rows]
    page.object_list = shown
    columns = [shown_column(column) for column in listed]
    query = request.GET.urlencode()
    base = reverse("registers:list", args=[name]).rstrip("/")
    context = {
        "title": register.title,
        "lead": register.meaning + ".",
        "register": register,
        "filter_form": form,
        "page": page,
        "columns": columns,
        "page_class": queries.strictest_class(register, rows),
        "noun": "entries" if page.paginator.count != 1 else "entry",
        "sorted_by": asked.sort,
        "as_at": asked.as_at,
        "downloads": {
            **{each: f"{base}.{each}?{query}" for each in ("csv", "xlsx", "json")},
            "atom": reverse("registers:feed", args=[name]),
        },
        "may_change": may_change_registers(request.user),
        "empty_title": None if query else "Nothing is recorded here yet.",
    }
    return render(request, "registers/list.html", context)


def _place_of_entries(register: Register) -> str:
    """Return the address of an entry that is none, looked up once for all rows of a list."""
    return reverse("registers:entry", args=[register.name, NO_ENTRY])


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

    def __init__(self, columns: Sequence[Column], row: RecordedRow, place: str) -> None:
        super().__init__({column.name: shown_value(column, row) for column in columns})
        self[f"{columns[0].name}__href"] = place.replace(NO_ENTRY, str(row.entry))

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
    register = register_or_404(name)
    if form not in CONTENT_TYPES:
        raise Http404(f"There is no format {form}")
    asked = asked_of(request, register, FilterForm(register, request.GET))
    found = queries.rows_of(register, asked)
    log_rows_read(register, found, reader=asked.reader, at=timezone.now())
    rows = queries.plain_rows(register, found)
    content = table_bytes(form, register.name, register.all_columns, rows)
    return _file(content, form, register.name)


def template(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """Send the register's template, to be filled in and imported."""
    register = register_or_404(name)
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
    about = entry_or_404(request, name, entry)
    register, versions, reader = about.register, about.versions, who_reads(request)
    log_rows_read(register, versions, reader=reader, at=timezone.now())
    latest = versions[0]
    context = {
        "title": str(latest),
        "register": register,
        "entry": entry,
        "latest": latest,
        "facts": [(column, shown_value(column, latest)) for column in register.all_columns],
        "files": files_of_entries(name, [entry], reader).get(entry, []),
        "named": persons_named(name, entry) if _names(request, register) else None,
        "page_class": queries.strictest_class(register, versions),
        "versions": _told(register, versions),
        "may_see_people": is_staff(request.user),
        "may_change": may_change_registers(request.user) and latest.is_live,
    }
    return render(request, "registers/entry.html", context)


def _names(request: HttpRequest, register: Register) -> bool:
    """Say whether this person is shown who is named: staff are, where rows have classes."""
    return register.marked_by is not None and may_change_registers(request.user)


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

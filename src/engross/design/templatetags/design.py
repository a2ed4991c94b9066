"""Parts of a page for templates; built in, so no template needs to load them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm
from django.http import HttpRequest
from django.template import Context
from django.utils.formats import get_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from engross.core.reports.tables import Table
from engross.design import parts, tables

register = template.Library()

register.simple_tag(parts.status)
register.simple_tag(parts.class_badge)
register.simple_tag(parts.basis)
register.simple_tag(parts.nothing)
register.filter("number", parts.number)

_FORMATS = (
    ("csv", "CSV", "text/csv"),
    ("xlsx", "XLSX", ""),
    ("json", "JSON", "application/json"),
    ("pdf", "PDF", "application/pdf"),
    ("docx", "DOCX", ""),
    ("html", "HTML", "text/html"),
    ("atom", "Atom feed", "application/atom+xml"),
    ("ical", "iCalendar", "text/calendar"),
)


@register.filter(name="day")
def day_filter(value: date | None, otherwise: str = "") -> SafeString:
    """Return a day as `22 Sep 2021`; a dash, or the words given, if there is none."""
    return parts.day(value, otherwise=otherwise)


@register.filter
def iso_day(value: str) -> str:
    """Return a day in a form's own notation as `2021-09-22`, which a day picker needs."""
    for notation in get_format("DATE_INPUT_FORMATS"):
        try:
            return f"{datetime.strptime(value, notation):%Y-%m-%d}"  # noqa: DTZ007  (a day)
        except ValueError:
            continue
    return value


@register.filter(name="moment")
def moment_filter(value: datetime | None) -> SafeString:
    """Return a moment as `22 Sep 2021, 14:05`."""
    return parts.moment(value)


def _pairs(words: Sequence[Any]) -> list[dict[str, Any]]:
    ends = [*words, ""] if len(words) % 2 else list(words)
    return [
        {"label": label, "href": href} for label, href in zip(ends[::2], ends[1::2], strict=True)
    ]


@register.inclusion_tag("design/parts/breadcrumbs.html")
def breadcrumbs(*words: Any) -> dict[str, Any]:
    """Show the way here: label, address, label, address ... and the label of this page last."""
    return {"steps": _pairs(words)}


@register.inclusion_tag("design/parts/tabs.html")
def tabs(items: Iterable[Any], label: str = "Views") -> dict[str, Any]:
    """Show views of one thing: items with `label`, `href`, `is_current`, perhaps `count`."""
    return {"items": items, "label": label}


@register.inclusion_tag("design/parts/timeline.html")
def timeline(events: Iterable[Any]) -> dict[str, Any]:
    """Show what happened: events with `on` and `title`, perhaps `text`, `href`, `kind`, `basis`."""
    return {"events": events}


@register.inclusion_tag("design/parts/summary.html")
def summary(rows: Iterable[Sequence[Any]]) -> dict[str, Any]:
    """Show facts of one thing: pairs of label and value."""
    return {"rows": [(label, parts.shown(value, "number")) for label, value in rows]}


@register.simple_block_tag
def fact(content: str, label: str) -> SafeString:
    """Show one fact of a `<dl class="summary">` whose value is more than a word."""
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", label, content)


@register.inclusion_tag("design/parts/stat.html")
def stat(
    label: str,
    value: Any,
    *,
    unit: str = "",
    note: str = "",
    href: str = "",
    basis: str = "",
) -> dict[str, Any]:
    """Show one figure; None is shown as 'no records', never as 0."""
    return {
        "label": label,
        "value": None if value is None else parts.number(value),
        "unit": unit,
        "note": note,
        "href": href,
        "basis": parts.basis(basis),
    }


@register.inclusion_tag("design/parts/waiting.html")
def waiting(
    on: str,
    since: date | None = None,
    days: int | None = None,
    until: date | None = None,
) -> dict[str, Any]:
    """Show whose move it is, since when, for how many Working Days, and the next deadline."""
    return {"on": on, "since": since, "days": days, "until": until}


@register.inclusion_tag("design/parts/chart.html")
def chart(
    src: str,
    *,
    alt: str,
    title: str,
    table: Table | None = None,
    note: str = "",
    basis: str = "",
) -> dict[str, Any]:
    """Show a chart with its title, and its numbers in a table that opens below it."""
    return {
        "src": src,
        "alt": alt,
        "title": title,
        "table": table,
        "note": note,
        "basis": parts.basis(basis),
    }


@register.simple_tag
def data_table(table: Table, caption: str) -> SafeString:
    """Show a table of figures with its total and notes."""
    return tables.data_table(table, caption=caption)


@register.simple_tag(takes_context=True)
def list_table(
    context: Context, columns: Sequence[parts.Column], rows: Iterable[Any], caption: str
) -> SafeString:
    """Show a list of records; `sorted_by` of the context says how it is sorted."""
    return tables.list_table(
        columns,
        rows,
        caption=caption,
        request=context.get("request"),
        sorted_by=context.get("sorted_by") or "",
    )


@register.simple_tag(takes_context=True)
def sort_header(context: Context, label: str, sort: str, kind: str = "text") -> SafeString:
    """Show the head of a column that sorts, for a table written by hand."""
    return tables.head_cell(
        parts.Column("", label, kind, sort),
        request=context.get("request"),
        sorted_by=context.get("sorted_by") or "",
    )


@register.inclusion_tag("design/parts/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any]) -> dict[str, Any]:
    """Show the pages of a list, keeping its filters; nothing if there is only one."""
    request: HttpRequest | None = context.get("request")
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)

    def href(target: int | str) -> str:
        return tables.query_with(request, page=str(target))

    return {
        "page": page,
        "steps": [
            {"label": each, "href": href(each) if isinstance(each, int) else ""} for each in numbers
        ],
        "previous": href(page.previous_page_number()) if page.has_previous() else "",
        "next": href(page.next_page_number()) if page.has_next() else "",
    }


@register.inclusion_tag("design/parts/filters.html", takes_context=True)
def filters(context: Context, form: BaseForm, target: str = "results") -> dict[str, Any]:
    """Show a form that filters a list, keeping its order; `target` is the id of what it renews."""
    request: HttpRequest | None = context.get("request")
    query = request.GET if request else {}
    return {
        "form": form,
        "target": target,
        "sort": query.get("sort", ""),
        "path": request.path if request else "",
    }


@register.inclusion_tag("design/parts/as_at.html", takes_context=True)
def as_at_form(context: Context, as_at: date | None = None, name: str = "as_at") -> dict[str, Any]:
    """Show a form that asks for the records as at a day, keeping the rest of the query."""
    request: HttpRequest | None = context.get("request")
    pairs = request.GET.lists() if request else []
    return {
        "as_at": as_at,
        "name": name,
        "kept": [
            (key, each) for key, values in pairs if key not in (name, "page") for each in values
        ],
        "now": tables.query_with(request, **{name: None, "page": None}),
        "is_past": bool(request and request.GET.get(name)),
    }


@register.inclusion_tag("design/parts/downloads.html")
def downloads(label: str = "Download", **addresses: str) -> dict[str, Any]:
    """Show what a page can be had as: csv, xlsx, json, pdf, docx, html, atom, ical = address.

    Raises ValueError for a format that is not one of these.
    """
    if unknown := addresses.keys() - {key for key, _, _ in _FORMATS}:
        raise ValueError(f"No download is called {', '.join(sorted(unknown))}")
    formats = [
        {"label": name, "href": addresses[key], "type": media}
        for key, name, media in _FORMATS
        if addresses.get(key)
    ]
    return {"label": label, "formats": formats}


@register.inclusion_tag("design/parts/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """Show every error of a form, each with a link to its field; nothing if there is none."""
    return {"form": form, "fields": [each for each in form if each.errors]}


@register.inclusion_tag("design/parts/reasons.html")
def reasons(refused: Any) -> dict[str, Any]:
    """Show why something was refused: a `Refused`, or its reasons."""
    return {"reasons": getattr(refused, "reasons", refused)}


@register.simple_block_tag
def page_head(content: str, title: str, reference: str = "", lead: str = "") -> SafeString:
    """Open a page: what it is about, its reference, a lead; inside, marks such as a status."""
    pieces = (
        format_html('<p class="reference">{}</p>', reference) if reference else "",
        format_html("<h1>{}</h1>", title),
        format_html('<p class="lead">{}</p>', lead) if lead else "",
        format_html('<div class="marks">{}</div>', content) if content.strip() else "",
    )
    return format_html('<header class="page-head">{}{}{}{}</header>', *pieces)


@register.simple_block_tag
def section(content: str, title: str, note: str = "", id: str = "") -> SafeString:
    """Set a section of a page, its heading in the margin where there is room."""
    return format_html(
        '<section class="section"{}><div class="section-head"><h2>{}</h2>{}</div>'
        '<div class="section-body">{}</div></section>',
        format_html(' id="{}"', id) if id else "",
        title,
        format_html('<p class="section-note">{}</p>', note) if note else "",
        content,
    )


@register.simple_block_tag
def notice(content: str, kind: str = "note", title: str = "") -> SafeString:
    """Set a message apart: kind note, success, warning or error, which its title should say too."""
    return format_html(
        '<div class="notice" data-kind="{}">{}{}</div>',
        kind,
        format_html('<p class="notice-title">{}</p>', title) if title else "",
        content,
    )


@register.simple_block_tag
def empty(content: str, title: str) -> SafeString:
    """Say that there is nothing here, and inside, what a person can do about it."""
    return format_html('<div class="empty"><p class="empty-title">{}</p>{}</div>', title, content)


@register.simple_block_tag
def table(content: str, caption: str) -> SafeString:
    """Wrap the head and body of a table written by hand so that a phone can scroll it."""
    return format_html(
        '<div class="table-wrap" role="region" tabindex="0" aria-label="{0}">'
        "<table><caption>{0}</caption>{1}</table></div>",
        caption,
        content,
    )

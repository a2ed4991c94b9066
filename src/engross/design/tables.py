"""Tables as HTML: a list of records with sortable heads, and a table of figures."""

from collections.abc import Iterable, Sequence
from html import escape as plain_escape
from typing import Any

from django.http import HttpRequest
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from engross.core.reports.tables import NO_RECORDS, Cell, ColumnKind, ColumnSpec, Table
from engross.design.parts import Column, nothing, number, shown, value_at

_SET_APART = {"number", "day", "moment", "reference", "title"}


def query_with(request: HttpRequest | None, **changes: str | None) -> str:
    """Return the request's query with some words changed (None leaves one out), from its `?`."""
    query = request.GET.copy() if request else None
    if query is None:
        return "?" + "&".join(f"{name}={value}" for name, value in changes.items() if value)
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = value
    return "?" + query.urlencode()


def head_cell(
    column: Column, *, request: HttpRequest | None = None, sorted_by: str = ""
) -> SafeString:
    """Return the head of a column; a link that sorts by it, and back, if the column sorts.

    `sorted_by` is the column's word for sorting, with `-` before it when the order is reversed.
    """
    kind = format_html(' class="{}"', column.kind) if column.kind in _SET_APART else ""
    if not column.sort:
        return format_html('<th scope="col"{}>{}</th>', kind, column.label)
    order = {column.sort: "ascending", f"-{column.sort}": "descending"}.get(sorted_by, "")
    target = f"-{column.sort}" if order == "ascending" else column.sort
    return format_html(
        '<th scope="col"{}{}><a href="{}">{}</a></th>',
        kind,
        format_html(' aria-sort="{}"', order) if order else "",
        query_with(request, sort=target, page=None),
        column.label,
    )


def _cell_tags(column: Column, *, is_head: bool) -> tuple[str, str]:
    """Return what stands before and after a cell of a column; the same in every row."""
    name = 'th scope="row"' if is_head else "td"
    kind = f' class="{column.kind}"' if column.kind in _SET_APART else ""
    return f'<{name}{kind} data-label="{escape(column.label)}">', f"</{name[:2]}>"


def _cell_words(row: Any, column: Column) -> str:
    words = shown(value_at(row, column.key), column.kind)
    if column.link and (href := value_at(row, column.link)):
        return f'<a href="{plain_escape(str(href))}">{words}</a>'
    return words


def list_table(
    columns: Sequence[Column],
    rows: Iterable[Any],
    *,
    caption: str,
    request: HttpRequest | None = None,
    sorted_by: str = "",
) -> SafeString:
    """Return a table of records: sortable heads on a wide screen, a card a record on a phone.

    The first column heads its row. The caption is read out and not shown.
    """
    heads = "".join(head_cell(each, request=request, sorted_by=sorted_by) for each in columns)
    tags = [(each, *_cell_tags(each, is_head=place == 0)) for place, each in enumerate(columns)]
    body = "".join(
        "<tr>"
        + "".join(f"{before}{_cell_words(row, each)}{after}" for each, before, after in tags)
        + "</tr>"
        for row in rows
    )
    return SafeString(  # every piece above is escaped
        f'<div class="table-wrap list"><table><caption class="unseen">{escape(caption)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def data_table(table: Table, *, caption: str) -> SafeString:
    """Return a table of figures, with its total and its notes.

    Numbers stand right; None is 'no records', or nothing under a column without a total. On a
    narrow screen the table scrolls, by keyboard too, under its name.
    """
    places = [place for place, each in enumerate(table.columns) if each.is_printed]
    columns = [table.columns[place] for place in places]
    heads = "".join(_figure_head(each) for each in columns)
    links = table.row_links or ("",) * len(table.rows)
    body = "".join(
        _figure_row([row[place] for place in places], columns, href=href)
        for row, href in zip(table.rows, links, strict=True)
    )
    foot = ""
    if table.total is not None:
        total = [table.total[place] for place in places]
        foot = f"<tfoot>{_figure_row(total, columns, is_total=True)}</tfoot>"
    notes = "".join(f'<p class="small muted">{escape(note)}</p>' for note in table.notes)
    name = escape(caption)
    return SafeString(  # every piece above is escaped
        f'<div class="table-wrap" role="region" tabindex="0" aria-label="{name}"><table>'
        f"<caption>{name}</caption><thead><tr>{heads}</tr></thead><tbody>{body}</tbody>{foot}"
        f"</table></div>{notes}"
    )


def _figure_head(column: ColumnSpec) -> str:
    kind = ' class="number"' if column.kind.is_number else ""
    return f'<th scope="col"{kind}>{escape(column.label)}</th>'


def _figure_row(
    cells: Sequence[Cell],
    columns: Sequence[ColumnSpec],
    *,
    href: str = "",
    is_total: bool = False,
) -> str:
    made = []
    for place, (value, column) in enumerate(zip(cells, columns, strict=True)):
        words = "" if is_total and value is None else _figure(value, column)
        if place == 0 and href:
            words = f'<a href="{escape(href)}">{words}</a>'
        name = "td" if place else 'th scope="row"'
        kind = ' class="number"' if column.kind.is_number else ""
        made.append(f"<{name}{kind}>{words}</{name[:2]}>")
    return f"<tr>{''.join(made)}</tr>"


def _figure(value: Cell, column: ColumnSpec) -> str:
    if value is None:
        # A count that nobody kept is said; a word or a day that is not there is just not there.
        return nothing(NO_RECORDS if column.kind.is_number else "")
    if column.kind is ColumnKind.PERCENT:
        return f"{number(value)}%"
    return shown(value, "number" if column.kind.is_number else "text")

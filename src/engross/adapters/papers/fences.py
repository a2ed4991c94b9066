"""Fenced blocks of a template that place tables, charts and the month's main counts.

```table parties.entries_and_exits caption="Who joined and left" columns="event,party"
```
```chart helpdesk.emails.by_month kind=lines caption="Emails" alt="Emails a month"
```
```glance label=glance
proposals.open | open Modifications
```
"""

import shlex
from collections.abc import Mapping

from engross.core.codes.problems import nearest
from engross.core.reports.figures import Asking, Figure
from engross.core.reports.papers import (
    Block,
    ChartBlock,
    ChartKind,
    FigureValue,
    Glance,
    TableBlock,
)
from engross.core.reports.tables import Cell, ColumnSpec, Table
from engross.core.reports.wording import basis_notes, printed_value

_OPTIONS = {
    "table": {
        "caption",
        "columns",
        "headings",
        "label",
        "group",
        "empty",
        "link",
        "where",
        "total",
    },
    "chart": {"caption", "alt", "kind", "label", "across", "series", "where"},
    "glance": {"caption", "label"},
}


class FenceRefused(ValueError):
    """A fenced block that cannot be placed; `remedy` says what to write instead."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.remedy = remedy


def placed(info: str, content: str, asking: Asking) -> Block:
    """Return the block that a fence places.

    Raises FenceRefused for a mistake in the fence, LookupError for an unknown figure.
    """
    kind, names, options = _read(info)
    if kind == "glance":
        return _glance(content, options, asking)
    if len(names) != 1:
        raise FenceRefused(f"A {kind} needs the name of one figure", f"Write ```{kind} NAME ...")
    if not options.get("caption"):
        raise FenceRefused(f"The {kind} of {names[0]} has no caption", 'Add caption="..."')
    found = asking.figure(names[0])
    return _table(found, options) if kind == "table" else _chart(found, options)


def _read(info: str) -> tuple[str, list[str], dict[str, str]]:
    try:
        words = shlex.split(info)
    except ValueError as fault:
        raise FenceRefused(f"The fence '{info}' has an open quotation", "Close it") from fault
    kind, names, options = (words or [""])[0], [], {}
    if kind not in _OPTIONS:
        raise FenceRefused(f"A fence cannot place '{kind}'", nearest(kind, _OPTIONS))
    for word in words[1:]:
        name, equals, value = word.partition("=")
        if not equals:
            names.append(word)
        elif name in _OPTIONS[kind]:
            options[name] = value
        else:
            raise FenceRefused(f"A {kind} has no '{name}'", nearest(name, _OPTIONS[kind]))
    return kind, names, options


def _table(found: Figure, options: Mapping[str, str]) -> TableBlock:
    is_known = found.is_known and found.rows is not None
    rows = _chosen(found, options.get("where", ""))
    names = _listed(options.get("columns", "")) or rows.printed_names
    places = [_position(rows, name) for name in names] if is_known else []
    link = _position(rows, options["link"]) if is_known and "link" in options else None
    total = rows.total if options.get("total") != "no" else None
    return TableBlock(
        figure=found.name,
        caption=options["caption"],
        columns=_headed([rows.columns[place] for place in places], options.get("headings", "")),
        rows=tuple(tuple(row[place] for place in places) for row in rows.rows),
        total=None if total is None else tuple(total[place] for place in places),
        links=() if link is None else tuple(str(row[link] or "") for row in rows.rows),
        notes=(*rows.notes, *found.notes, *basis_notes(found.bases)),
        empty=options.get("empty", TableBlock.empty),
        is_known=is_known,
        label=options.get("label", ""),
        group=options.get("group", ""),
    )


def _chart(found: Figure, options: Mapping[str, str]) -> ChartBlock:
    if not options.get("alt"):
        raise FenceRefused(f"The chart of {found.name} has no alt text", 'Add alt="..."')
    is_known = found.is_known and found.rows is not None
    rows = _chosen(found, options.get("where", ""))
    across, series = options.get("across", ""), _listed(options.get("series", ""))
    if is_known:
        across = across or rows.printed_names[0]
        numbers = (column.name for column in rows.columns if column.kind.is_number)
        series = series or tuple(name for name in numbers if name != across)
        for name in (across, *series):
            _position(rows, name)
    return ChartBlock(
        figure=found.name,
        kind=_chart_kind(options.get("kind", "")),
        caption=options["caption"],
        alt=options["alt"],
        table=rows,
        across=across,
        series=series,
        unit=found.spec.unit,
        notes=(*found.notes, *basis_notes(found.bases)),
        is_known=is_known,
        label=options.get("label", ""),
    )


def _chart_kind(kind: str) -> ChartKind:
    kinds = [each.value for each in ChartKind]
    if kind not in kinds:
        raise FenceRefused(f"No chart is of kind '{kind}'", nearest(kind, kinds))
    return ChartKind(kind)


def _glance(content: str, options: Mapping[str, str], asking: Asking) -> Glance:
    items: list[tuple[FigureValue, str]] = []
    for line in filter(None, map(str.strip, content.splitlines())):
        name, bar, words = (part.strip() for part in line.partition("|"))
        if not bar or not words:
            raise FenceRefused(f"'{line}' has no words", "Write 'NAME | words under the number'")
        items.append((FigureValue(name, printed_value(asking.figure(name))), words))
    caption = options.get("caption", Glance.caption)
    return Glance(tuple(items), caption=caption, label=options.get("label", ""))


def _chosen(found: Figure, where: str) -> Table:
    rows = Table(()) if found.rows is None else found.rows
    if not where or found.rows is None:
        return rows
    name, equals, wanted = where.partition("=")
    if not equals:
        raise FenceRefused(f"'{where}' chooses nothing", "Write where=column=value")
    place = _position(rows, name)
    kept = [at for at, row in enumerate(rows.rows) if str(row[place]) == wanted]
    links = tuple(rows.row_links[at] for at in kept) if rows.row_links else ()
    return Table(rows.columns, tuple(rows.rows[at] for at in kept), row_links=links)


def _headed(columns: list[ColumnSpec], headings: str) -> tuple[ColumnSpec, ...]:
    if not headings or not columns:
        return tuple(columns)
    labels = [label.strip() for label in headings.split("|")]
    if len(labels) != len(columns):
        raise FenceRefused(
            f"{len(labels)} headings for {len(columns)} columns",
            "Write one heading for each",
        )
    return tuple(
        ColumnSpec(column.name, label, column.kind)
        for column, label in zip(columns, labels, strict=True)
    )


def _position(rows: Table, name: str) -> int:
    if name not in rows.names:
        raise FenceRefused(f"The figure has no column '{name}'", nearest(name, rows.names))
    return rows.position(name)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def cell_of(rows: Table, key: str, column: str) -> Cell:
    """Return the cell of a column in the row whose first cell is `key`.

    Raises LookupError naming the rows there are.
    """
    for row in rows.rows:
        if str(row[0]) == key:
            return row[rows.position(column)]
    known = nearest(key, [str(row[0]) for row in rows.rows])
    raise LookupError(f"No row begins with '{key}'. {known}")

"""Making entries of a register's rows, and of what comes with the software."""

import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from engross.apps.registers.queries import active_code, in_batches, markings_of, option_name
from engross.apps.registers.registers import Register
from engross.apps.search.queries import public_class
from engross.apps.search.registers import Draft, More, RegisterSource
from engross.core.access import Marking

BATCH_ROWS = 900


def drafts_of(
    source: RegisterSource, entries: Collection[uuid.UUID] | None = None
) -> Iterator[list[Draft]]:
    """Return the entries of a source's live rows in batches; of all rows if `entries` is None."""
    register = source.declared
    rows: Any = register.model.objects.known_at(None)
    if entries is None:
        batches: Iterable[Any] = (
            rows.filter(pk__in=batch) for batch in in_batches(rows.values_list("pk", flat=True))
        )
    else:
        listed = sorted(entries)
        batches = (
            rows.filter(entry__in=listed[start : start + BATCH_ROWS])
            for start in range(0, len(listed), BATCH_ROWS)
        )
    related = [column.name for column in register.references]
    for batch in batches:
        yield _drafts(source, list(batch.select_related(*related).order_by("pk")))


def _drafts(source: RegisterSource, rows: Sequence[Any]) -> list[Draft]:
    register = source.declared
    more = source.more(rows) if rows else {}
    markings = markings_of(register, rows)
    return [
        _draft(source, register, row, more.get(row.pk, More()), marking)
        for row, marking in zip(rows, markings, strict=True)
    ]


def _draft(
    source: RegisterSource, register: Register, row: Any, more: More, marking: Marking
) -> Draft:
    day = more.day or (getattr(row, source.day) if source.day else None)
    body = [_words(register, row, name) for name in source.body]
    return Draft(
        key=str(row.entry),
        title=source.title(row),
        href=source.href(row),
        body="\n".join(filter(None, [*body, more.body])),
        names=tuple(filter(None, (*source.names(row), *more.names))),
        categories=more.categories,
        day_from=row.held_from if register.is_held else day,
        day_until=row.held_until if register.is_held else None,
        paper_class=class_of(register, row),
        marking=marking,
    )


def _words(register: Register, row: Any, name: str) -> str:
    """Return what a column of a row says, an option by what it is called."""
    value = getattr(row, name)
    if value is None or value == "":
        return ""
    choices = register.column(name).choices
    return option_name(choices, value) if choices else str(value)


def class_of(register: Register, row: Any) -> str:
    """Return the class of paper that a row has; that of what everybody may read if it has none."""
    by = register.marked_by
    if by is None:
        return public_class()
    value = getattr(row, by.column)
    if by.classes == "paper_classes":
        return str(value)
    try:
        return active_code().option(by.classes, value).text("paper_class")
    except LookupError:
        return ""

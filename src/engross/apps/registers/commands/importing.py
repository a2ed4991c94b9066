"""Taking in files: all of them or nothing, and nothing at all when nothing is new."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from engross.apps.accounts.models import User
from engross.apps.audit.commands import record_event
from engross.apps.registers.commands.writing import (
    Changes,
    Stamp,
    apply_changes,
    content_of,
    identity_of,
    stored_fields,
)
from engross.apps.registers.models import ImportRun
from engross.apps.registers.queries import readers_for
from engross.apps.registers.registers import Register, all_registers, register_named
from engross.core.refusals import Reason, Refused
from engross.core.registers.cells import clean_text
from engross.core.registers.columns import Value
from engross.core.registers.sheets import CellProblem, Sheet, SheetRefused, read_sheet

Progress = Callable[[str, int], None]


@dataclass(frozen=True)
class NamedSheet:
    """A sheet of a file, and the register it goes into."""

    register: str
    file_name: str
    sha256: str
    lines: Sequence[tuple[int, Sequence[object]]]


@dataclass(frozen=True)
class ImportResult:
    """What an import did to one register, in rows."""

    register: str
    file_name: str
    added: int
    corrected: int
    unchanged: int


def import_sheets(
    sheets: Sequence[NamedSheet],
    *,
    by: User | None,
    at: datetime,
    reason: str = "",
    progress: Progress = lambda register, rows: None,
) -> list[ImportResult]:
    """Take sheets into their registers, in one transaction.

    A row whose key is known and whose content differs corrects that entry; rows that the
    file leaves out stay. Raises SheetRefused with every bad cell, Refused with the rules
    that the registers would break; in both cases nothing is stored.
    """
    _refuse_unknown(sheets)
    places = {register.name: place for place, register in enumerate(all_registers())}
    results: list[ImportResult] = []
    problems: list[CellProblem] = []
    failed: set[str] = set()
    with transaction.atomic():
        for sheet in sorted(sheets, key=lambda sheet: places[sheet.register]):
            register = register_named(sheet.register)
            if failed & {column.refers_to for column in register.columns}:
                continue  # its references cannot be judged before the other file is right
            found, result = _import_sheet(register, sheet, by=by, at=at, reason=reason)
            problems += found
            if result:
                results.append(result)
                progress(register.name, result.added + result.corrected + result.unchanged)
            else:
                failed.add(register.name)
        if problems:
            raise SheetRefused(problems)
    return results


def _refuse_unknown(sheets: Sequence[NamedSheet]) -> None:
    known = sorted(register.name for register in all_registers())
    if unknown := [sheet for sheet in sheets if sheet.register not in known]:
        raise Refused(
            Reason(f"{sheet.file_name}: there is no register '{sheet.register}'",
                   f"Name the file after one of {', '.join(known)}")
            for sheet in unknown
        )  # fmt: skip


def _import_sheet(
    register: Register,
    source: NamedSheet,
    *,
    by: User | None,
    at: datetime,
    reason: str,
) -> tuple[list[CellProblem], ImportResult | None]:
    new_identities = _identities_in(register, source.lines)
    readers = readers_for(register, coming=new_identities)
    sheet = read_sheet(source.lines, register.all_columns, readers, key=register.key)
    problems = sheet.problems + _rule_problems(register, sheet)
    if problems:
        named = [CellProblem(p.row, p.column, p.expected, p.found, source.file_name)
                 for p in problems]  # fmt: skip
        return named, None
    ids = _identity_ids(register, sheet)
    changes, unchanged = _compare(register, sheet, ids)
    result = ImportResult(
        register.name,
        source.file_name,
        len(changes.added),
        len(changes.corrected),
        unchanged,
    )
    if changes:
        _store(register, changes, source, result, by=by, at=at, reason=reason)
    return [], result


def _rule_problems(register: Register, sheet: Sheet) -> list[CellProblem]:
    return [
        CellProblem(row.number, register.key[0], reason.remedy, reason.what)
        for row in sheet.rows
        for reason in register.row_rules(row.values)
    ]


def _identities_in(
    register: Register, lines: Sequence[tuple[int, Sequence[object]]]
) -> frozenset[str]:
    """Return the keys of the identities that the file itself names, for references within it."""
    own = next((column for column in register.columns if column.identifies), None)
    if own is None or not lines:
        return frozenset()
    titles = [str(cell or "").strip().lower().replace(" ", "_") for cell in lines[0][1]]
    if own.name not in titles:
        return frozenset()
    place = titles.index(own.name)
    parse = register.parse_identity or (lambda text: text)
    cells = (line[place] for _, line in lines[1:] if place < len(line))
    keys = (parse(clean_text(cell)) for cell in cells if isinstance(cell, str) and cell)
    return frozenset(key for key in keys if key)


def _identity_ids(register: Register, sheet: Sheet) -> dict[str, dict[str, int]]:
    """Return the ids of the identities that the sheet points to; new ones come into being."""
    ids: dict[str, dict[str, int]] = {}
    for column in register.references:
        model: Any = identity_of(register, column)
        if column.identifies and register.identity:
            _add_identities(register, column.name, sheet)
        ids[column.name] = dict(model.objects.order_by().values_list("key", "pk"))
    return ids


def _add_identities(register: Register, name: str, sheet: Sheet) -> None:
    model: Any = register.identity
    known = set(model.objects.order_by().values_list("key", flat=True))
    coming: dict[str, Mapping[str, Value]] = {}
    for row in sheet.rows:
        key = str(row.values[name])
        if key not in known:
            coming.setdefault(key, row.values)
    make = register.new_identity or (lambda key, values: {"label": key})
    model.objects.bulk_create(
        [model(key=key, **make(key, values)) for key, values in coming.items()],
        batch_size=2000,
    )


def _compare(
    register: Register, sheet: Sheet, ids: Mapping[str, Mapping[str, int]]
) -> tuple[Changes, int]:
    """Return what the sheet changes, and how many of its rows stand there already."""
    fields = stored_fields(register)
    keys = [f"{name}_id" if name in ids else name for name in register.key]
    live = {key: (pk, entry, content) for key, pk, entry, content in _live(register, fields, keys)}
    changes, unchanged = Changes(), 0
    for row in sheet.rows:
        content = content_of(register, row.values, ids)
        known = live.get(tuple(content[name] for name in keys))
        if known is None:
            changes.added.append(content)
        elif known[2] == tuple(content[name] for name in fields):
            unchanged += 1
        else:
            changes.corrected.append((known[0], known[1], content))
    return changes, unchanged


def _live(
    register: Register, fields: Sequence[str], keys: Sequence[str]
) -> Iterator[tuple[tuple[Any, ...], int, Any, tuple[Any, ...]]]:
    rows = register.model.objects.known_at(None).order_by()
    places = [fields.index(name) for name in keys]
    for pk, entry, *content in rows.values_list("pk", "entry", *fields).iterator(2000):
        yield tuple(content[place] for place in places), pk, entry, tuple(content)


def _store(
    register: Register,
    changes: Changes,
    source: NamedSheet,
    result: ImportResult,
    *,
    by: User | None,
    at: datetime,
    reason: str,
) -> None:
    run = ImportRun.objects.create(
        register=register.name,
        file_name=source.file_name[:200],
        sha256=source.sha256,
        imported_at=at,
        imported_by=by,
        rows_added=result.added,
        rows_corrected=result.corrected,
        rows_unchanged=result.unchanged,
    )
    why = reason or f"Imported from {source.file_name}"
    apply_changes(register, changes, Stamp(at=at, by=by, reason=why, run=run))
    record_event(
        action="register.import",
        subject=register.name,
        by=by,
        at=at,
        reason=why,
        details={"file": source.file_name, "sha256": source.sha256,
                 "added": result.added, "corrected": result.corrected},
    )  # fmt: skip

"""Taking in files: all of them or nothing, and nothing at all when nothing is new."""

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from engross.apps.accounts.models import User
from engross.apps.audit.commands import record_event
from engross.apps.registers.commands.inserting import insert_rows
from engross.apps.registers.commands.writing import (
    Changes,
    Progress,
    Stamp,
    apply_changes,
    changed_meanwhile,
    content_of,
    identity_of,
    no_progress,
    stored_fields,
)
from engross.apps.registers.models import ImportRun
from engross.apps.registers.queries import BATCH_IDS, readers_for
from engross.apps.registers.registers import Register, all_registers, register_named
from engross.core.refusals import Reason, Refused
from engross.core.registers.cells import clean_text
from engross.core.registers.columns import Value
from engross.core.registers.sheets import CellProblem, Sheet, SheetRefused, read_sheet

_ROWS_BETWEEN_NEWS = 2000


@dataclass(frozen=True)
class NamedSheet:
    """A sheet of a file, and the register it goes into.

    `lines` can be gone through more than once: row number and cells, the header first.
    """

    register: str
    file_name: str
    sha256: str
    lines: Iterable[tuple[int, Sequence[object]]]


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
    dry_run: bool = False,
    progress: Progress = no_progress,
) -> list[ImportResult]:
    """Take sheets into their registers, in one transaction.

    A row whose key is known and whose content differs corrects that entry; rows that the
    file leaves out stay. With `dry_run` everything is done and undone again.
    Raises SheetRefused with every bad cell of every sheet, Refused with the rules that the
    registers would break, or if a person corrects without a reason; then nothing is stored.
    """
    _refuse_unknown(sheets)
    places = {register.name: place for place, register in enumerate(all_registers())}
    intake = _Intake(by=by, at=at, reason=reason, progress=progress)
    with transaction.atomic():
        for sheet in sorted(sheets, key=lambda sheet: places[sheet.register]):
            intake.take(register_named(sheet.register), sheet)
        intake.refuse_if_wrong()
        intake.refuse_without_reason()
        intake.note()
        if dry_run:
            transaction.set_rollback(True)
    return intake.results


def _refuse_unknown(sheets: Sequence[NamedSheet]) -> None:
    known = sorted(register.name for register in all_registers())
    if unknown := [sheet for sheet in sheets if sheet.register not in known]:
        raise Refused(
            Reason(f"{sheet.file_name}: there is no register '{sheet.register}'",
                   f"Name the file after one of {', '.join(known)}")
            for sheet in unknown
        )  # fmt: skip


@dataclass
class _Intake:
    """One import under way: what was stored so far, and everything that is wrong."""

    by: User | None
    at: datetime
    reason: str
    progress: Progress
    results: list[ImportResult] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)
    broken_rules: list[tuple[NamedSheet, Reason]] = field(default_factory=list)
    # Identities of sheets that were refused: sheets that refer to them can still be judged.
    coming: dict[str, frozenset[str]] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)
    runs: list[ImportRun] = field(default_factory=list)
    done: list[tuple[ImportRun, str, str]] = field(default_factory=list)

    def take(self, register: Register, source: NamedSheet) -> None:
        """Store a sheet, or note what is wrong with it."""
        referred = {column.refers_to for column in register.columns}
        coming = dict(self.coming)
        if register.name in referred:
            coming[register.name] = _identities_in(register, source.lines)
        sheet = read_sheet(
            self._told(register, source.lines),
            register.all_columns,
            readers_for(register, coming=coming),
            key=register.key,
        )
        problems = sheet.problems + _rule_problems(register, sheet)
        if not problems and not self.failed & referred:
            problems = self._store_or_refuse(register, source, sheet)
        self.problems += [replace(each, file=source.file_name) for each in problems]
        if problems or self.failed & referred:
            self.failed.add(register.name)
            self.coming[register.name] = _identities_in(register, source.lines)

    def refuse_if_wrong(self) -> None:
        """Raise what speaks against the sheets; SheetRefused if a cell does."""
        if self.problems:
            rules = [
                CellProblem(0, register_named(source.register).key[0], reason.remedy,
                            reason.what, source.file_name)
                for source, reason in self.broken_rules
            ]  # fmt: skip
            raise SheetRefused(self.problems + rules)
        if self.broken_rules:
            raise Refused(reason for _, reason in self.broken_rules)

    def refuse_without_reason(self) -> None:
        """Raise Refused if a person corrects entries with a file and does not say why."""
        corrected = sum(each.corrected for each in self.results)
        if self.by and corrected and not self.reason.strip():
            what = f"The file corrects {corrected} of the entries, and a correction needs a reason"
            raise Refused(Reason(what, "Say what was wrong and how you know"))

    def note(self) -> None:
        """Record what was done; after all rows, as it holds the chain that others wait for."""
        for run, file_name, why in self.done:
            record_event(
                action="register.import", subject=run.register, by=self.by, at=self.at, reason=why,
                details={"file": file_name, "sha256": run.sha256,
                         "added": run.rows_added, "corrected": run.rows_corrected},
            )  # fmt: skip

    def _told(
        self, register: Register, lines: Iterable[tuple[int, Sequence[object]]]
    ) -> Iterator[tuple[int, Sequence[object]]]:
        for count, line in enumerate(lines):
            if count % _ROWS_BETWEEN_NEWS == 0:
                self.progress(f"{register.title}: reading", count)
            yield line

    def _store_or_refuse(
        self, register: Register, source: NamedSheet, sheet: Sheet
    ) -> list[CellProblem]:
        try:
            with transaction.atomic():
                return self._store(register, source, sheet)
        except Refused as refused:
            self.broken_rules += [(source, reason) for reason in refused.reasons]
            self.failed.add(register.name)
            self.coming[register.name] = _identities_in(register, source.lines)
            return []
        except IntegrityError as error:
            raise changed_meanwhile(register) from error

    def _store(self, register: Register, source: NamedSheet, sheet: Sheet) -> list[CellProblem]:
        ids = _identity_ids(register, sheet)
        earlier = self._stored_before(register)
        changes, unchanged, problems = _compare(register, sheet, ids, earlier)
        if problems:
            return problems
        added, corrected = len(changes.added), len(changes.corrected)
        result = ImportResult(register.name, source.file_name, added, corrected, unchanged)
        if changes:
            self._write(register, changes, source, result)
        self.results.append(result)
        self.progress(f"{register.title}: done", added + corrected + unchanged)
        return []

    def _stored_before(self, register: Register) -> Collection[int]:
        """Return the rows that another sheet of this import has written."""
        runs = [run for run in self.runs if run.register == register.name]
        if not runs:
            return ()
        rows = register.model.objects.known_at(None).filter(import_run__in=runs)
        return set(rows.order_by().values_list("pk", flat=True))

    def _write(
        self, register: Register, changes: Changes, source: NamedSheet, result: ImportResult
    ) -> None:
        run = ImportRun.objects.create(
            register=register.name,
            file_name=source.file_name[:200],
            sha256=source.sha256,
            imported_at=self.at,
            imported_by=self.by,
            rows_added=result.added,
            rows_corrected=result.corrected,
            rows_unchanged=result.unchanged,
        )
        self.runs.append(run)
        why = self.reason or f"Imported from {source.file_name}"
        stamp = Stamp(at=self.at, by=self.by, reason=why, run=run)
        apply_changes(register, changes, stamp, progress=self.progress)
        self.done.append((run, source.file_name, why))


def _rule_problems(register: Register, sheet: Sheet) -> list[CellProblem]:
    return [
        CellProblem(row.number, register.key[0], reason.remedy, reason.what)
        for row in sheet.rows
        for reason in register.row_rules(row.values)
    ]


def _identities_in(
    register: Register, lines: Iterable[tuple[int, Sequence[object]]]
) -> frozenset[str]:
    """Return the keys of the identities that the file itself names, for references to them."""
    own = next((column for column in register.columns if column.identifies), None)
    numbered = iter(lines)
    header = next((cells for _, cells in numbered if any(cells)), ())
    titles = [str(cell or "").strip().lower().replace(" ", "_") for cell in header]
    if own is None or own.name not in titles:
        return frozenset()
    place = titles.index(own.name)
    parse = register.parse_identity or (lambda text: text)
    cells = (line[place] for _, line in numbered if place < len(line))
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
    insert_rows(model, ({"key": key, **make(key, values)} for key, values in coming.items()))


def _compare(
    register: Register,
    sheet: Sheet,
    ids: Mapping[str, Mapping[str, int]],
    earlier: Collection[int],
) -> tuple[Changes, int, list[CellProblem]]:
    """Return what the sheet changes, how many of its rows stand there already, what is wrong.

    `earlier` are rows that another sheet of the same import has written. The sheet's rows
    are let go one by one, so that they do not stand in memory twice.
    """
    fields = stored_fields(register)
    keys = [f"{name}_id" if name in ids else name for name in register.key]
    wanted: dict[tuple[Any, ...], tuple[int, dict[str, Any]]] = {}
    sheet.rows.reverse()
    while sheet.rows:
        row = sheet.rows.pop()
        content = content_of(register, row.values, ids)
        wanted[tuple(content[name] for name in keys)] = row.number, content
    changes, unchanged, problems = Changes(), 0, []
    for pk, entry, key, stands in _live(register, fields, keys, wanted):
        number, content = wanted.pop(key)
        if stands == tuple(content[name] for name in fields):
            unchanged += 1
        elif pk in earlier:
            problems.append(_said_twice(register, number))
        else:
            changes.corrected.append((pk, entry, content))
    changes.added = [content for _, content in wanted.values()]
    return changes, unchanged, problems


def _said_twice(register: Register, number: int) -> CellProblem:
    expected = f"one content for each {' + '.join(register.key)} among the files imported together"
    found = "another content than an earlier file has for it"
    return CellProblem(number, register.key[0], expected, found)


def _live(
    register: Register,
    fields: Sequence[str],
    keys: Sequence[str],
    wanted: Collection[tuple[Any, ...]],
) -> Iterator[tuple[int, uuid.UUID, tuple[Any, ...], tuple[Any, ...]]]:
    """Return the rows as known now that have one of the `wanted` keys, in a fixed order."""
    rows: Any = register.model.objects.known_at(None).order_by("pk")
    first = {key[0] for key in wanted}
    if len(first) <= BATCH_IDS:
        rows = rows.filter(**{f"{keys[0]}__in": first})
    places = [fields.index(name) for name in keys]
    for pk, entry, *content in rows.values_list("pk", "entry", *fields).iterator(2000):
        key = tuple(content[place] for place in places)
        if key in wanted:
            yield pk, entry, key, tuple(content)

"""Writing rows: the one place where a register's table is written to."""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain
from typing import Any

from django.db import IntegrityError, connection
from django.db.models import Max

from engross.apps.accounts.models import User
from engross.apps.registers.commands.inserting import BATCH_ROWS, insert_rows
from engross.apps.registers.models import Identity, ImportRun
from engross.apps.registers.registers import Register, register_named
from engross.core.refusals import Reason, Refused
from engross.core.registers.columns import Column, Kind, Value

# Told what is being done and how many rows are done so far.
Progress = Callable[[str, int], None]


def no_progress(what: str, rows: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Stamp:
    """Who writes, when, and why; every row written carries it."""

    at: datetime
    by: User | None
    reason: str = ""
    run: ImportRun | None = None


@dataclass
class Changes:
    """What is to be written: new rows, rows that replace others, rows that end."""

    added: list[dict[str, Any]] = field(default_factory=list)
    corrected: list[tuple[int, uuid.UUID, dict[str, Any]]] = field(default_factory=list)
    withdrawn: list[int] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.added or self.corrected or self.withdrawn)


def identity_of(register: Register, column: Column) -> type[Identity]:
    """Return the model of the identities that the column's cells point to."""
    owner = register if column.identifies else register_named(column.refers_to)
    if owner.identity is None:
        raise LookupError(f"The register {owner.name} has no identities")
    return owner.identity


def content_of(
    register: Register,
    values: Mapping[str, Value],
    ids: Mapping[str, Mapping[str, int]],
) -> dict[str, Any]:
    """Return what a row stores: the columns' values, identities by their row."""
    content: dict[str, Any] = {}
    for column in register.all_columns:
        value = values[column.name]
        if column.refers_to or column.identifies:
            content[f"{column.name}_id"] = None if value is None else ids[column.name][str(value)]
        elif value is None and column.kind in _EMPTY_IS_TEXT:
            content[column.name] = ""
        else:
            content[column.name] = value
    return content


_EMPTY_IS_TEXT = {Kind.TEXT, Kind.IDENTIFIER, Kind.CHOICE, Kind.LINK}


def stored_fields(register: Register) -> list[str]:
    """Return the names of the fields that hold a row's content."""
    return [
        f"{column.name}_id" if column.refers_to or column.identifies else column.name
        for column in register.all_columns
    ]


def apply_changes(
    register: Register, changes: Changes, stamp: Stamp, *, progress: Progress = no_progress
) -> None:
    """Write the changes and check the register as a whole; the caller holds the transaction.

    Raises Refused if the register's rules do not hold afterwards, or if somebody else
    changed one of the rows in between.
    """
    touched = _touched(register, changes)
    _lock(register, touched)
    superseded = [pk for pk, _, _ in changes.corrected] + changes.withdrawn
    stamp = replace(stamp, at=_moment_after(register, superseded, stamp.at))
    try:
        _supersede(register, superseded, stamp.at)
        labels = _labels(register, changes)
        rows = chain(
            ((uuid.uuid4(), content) for content in changes.added),
            ((entry, content) for _, entry, content in changes.corrected),
        )
        _insert(register, rows, labels, stamp, progress=progress)
    except IntegrityError as error:
        raise changed_meanwhile(register) from error
    reasons = list(register.sheet_rules(touched))
    if reasons:
        raise Refused(reasons)
    register.after_change(touched)


def changed_meanwhile(register: Register) -> Refused:
    """Return the refusal of a change that somebody else's change has crossed."""
    what = f"Somebody else changed the register {register.title} in between"
    return Refused(Reason(what, "Look at it again and repeat the change"))


def _lock(register: Register, touched: Iterable[int]) -> None:
    """Make others wait who change rows about the same subjects, so that rules see both."""
    subject = register.subject
    if subject is None or not connection.features.has_select_for_update:
        return
    model: Any = identity_of(register, subject)
    listed = sorted(touched)
    for start in range(0, len(listed), BATCH_ROWS):
        batch = model.objects.filter(pk__in=listed[start : start + BATCH_ROWS])
        len(batch.select_for_update().order_by("pk").values_list("pk"))


def _moment_after(register: Register, pks: Sequence[int], at: datetime) -> datetime:
    """Return the moment of a change: `at`, but none before what it replaces was recorded.

    Of two changes at once the one that waited may have been asked for first; what was known at
    any moment is one row of an entry all the same.
    """
    for start in range(0, len(pks), BATCH_ROWS):
        rows = register.model.objects.filter(pk__in=pks[start : start + BATCH_ROWS])
        last = rows.aggregate(last=Max("recorded_at"))["last"]
        at = max(at, last) if last else at
    return at


def _supersede(register: Register, pks: Sequence[int], at: datetime) -> None:
    for start in range(0, len(pks), BATCH_ROWS):
        batch = pks[start : start + BATCH_ROWS]
        live = register.model.objects.filter(pk__in=batch, superseded_at__isnull=True)
        if live.update(superseded_at=at) != len(batch):
            raise changed_meanwhile(register)


def _insert(
    register: Register,
    rows: Iterable[tuple[uuid.UUID, dict[str, Any]]],
    labels: Mapping[str, Mapping[int, str]],
    stamp: Stamp,
    *,
    progress: Progress,
) -> None:
    insert_rows(
        register.model,
        (
            {**content, "entry": entry, "haystack": haystack_of(register, content, labels)}
            for entry, content in rows
        ),
        same={
            "recorded_at": stamp.at,
            "recorded_by_id": stamp.by and stamp.by.pk,
            "reason": stamp.reason,
            "import_run_id": stamp.run and stamp.run.pk,
        },
        told=lambda done: progress(f"{register.title}: storing", done),
    )


def haystack_of(
    register: Register,
    content: Mapping[str, Any],
    labels: Mapping[str, Mapping[int, str]],
) -> str:
    """Return the words a row is found by, case folded so that both databases agree."""
    words: list[str] = []
    for column in register.columns:
        if column.refers_to or column.identifies:
            pk = content[f"{column.name}_id"]
            words.append(labels[column.name].get(pk, "") if pk else "")
        elif column.kind in _EMPTY_IS_TEXT:
            words.append(str(content[column.name]))
    return " ".join(filter(None, words)).casefold()


def _labels(register: Register, changes: Changes) -> dict[str, dict[int, str]]:
    """Return the labels of the identities that the new rows point to, column by column."""
    contents = [*changes.added, *(content for _, _, content in changes.corrected)]
    labels: dict[str, dict[int, str]] = {}
    for column in register.references:
        pks = {content[f"{column.name}_id"] for content in contents} - {None}
        model = identity_of(register, column)
        labels[column.name] = {}
        listed = list(pks)
        for start in range(0, len(listed), BATCH_ROWS):
            batch = model.objects.filter(pk__in=listed[start : start + BATCH_ROWS])  # type: ignore[attr-defined]
            named = batch.order_by().values_list("pk", "label", "key")
            labels[column.name].update({pk: f"{label} {key}" for pk, label, key in named})
    return labels


def _touched(register: Register, changes: Changes) -> set[int]:
    """Return the identities that the changed rows are about."""
    subject = register.subject
    if subject is None:
        return set()
    name = f"{subject.name}_id"
    touched = {content[name] for content in changes.added}
    touched |= {content[name] for _, _, content in changes.corrected}
    pks = [pk for pk, _, _ in changes.corrected] + changes.withdrawn
    for start in range(0, len(pks), BATCH_ROWS):
        before = register.model.objects.filter(pk__in=pks[start : start + BATCH_ROWS])
        touched |= set(before.order_by().values_list(name, flat=True))
    return touched - {None}

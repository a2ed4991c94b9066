"""One row at a time: record it, correct it with a reason, or withdraw it with a reason."""

import uuid
from collections.abc import Iterable, Mapping
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
from engross.apps.registers.models import RecordedQuerySet, RecordedRow
from engross.apps.registers.registers import Register
from engross.core.refusals import Reason, Refused
from engross.core.registers.columns import Value

Values = Mapping[str, Value]


def record_entry(
    register: Register, values: Values, *, by: User | None, at: datetime, reason: str = ""
) -> uuid.UUID:
    """Add an entry to a register, and return its lasting id.

    `values` are read cells (see queries.readers_for), one for each column.
    Raises Refused if a rule speaks against it or the key is taken.
    """
    return record_entries(register, [values], by=by, at=at, reason=reason)[0]


@transaction.atomic
def record_entries(
    register: Register,
    entries: Iterable[Values],
    *,
    by: User | None,
    at: datetime,
    reason: str = "",
) -> list[uuid.UUID]:
    """Add several entries to a register, all of them or none, and return their lasting ids.

    Raises Refused as `record_entry` does, with what speaks against any of them.
    """
    contents = _all_ready(register, list(entries))
    if any(_at_key_of(register, content).exists() for content in contents):
        raise _key_taken(register)
    apply_changes(register, Changes(added=contents), Stamp(at, by, reason))
    added = [(_at_key_of(register, content).get().entry, content) for content in contents]
    for entry, content in added:
        _note("register.record", register, entry, by=by, at=at, reason=reason, after=content)
    return [entry for entry, _ in added]


def _all_ready(register: Register, entries: list[Values]) -> list[dict[str, Any]]:
    if reasons := [reason for values in entries for reason in register.row_rules(values)]:
        raise Refused(list(dict.fromkeys(reasons)))
    return [_ready(register, values) for values in entries]


@transaction.atomic
def correct_entry(
    register: Register,
    entry: uuid.UUID,
    values: Values,
    *,
    by: User | None,
    at: datetime,
    reason: str,
    seen: int | None = None,
) -> None:
    """Correct an entry: the row as it was known stays, and another takes its place.

    `seen` is the row that the person looked at. Raises Refused without a reason, if that row is
    no longer the live one, if a rule speaks against it, if nothing would change, or if another
    entry has the key.
    """
    _need_reason(reason)
    row = live_row(register, entry)
    _refuse_unseen(row, seen)
    content = _ready(register, values)
    before = {name: getattr(row, name) for name in stored_fields(register)}
    if before == content:
        raise Refused(Reason("Nothing would change", "Change a value, or leave the page"))
    if _at_key_of(register, content).exclude(entry=entry).exists():
        raise _key_taken(register)
    changes = Changes(corrected=[(row.pk, row.entry, content)])
    apply_changes(register, changes, Stamp(at, by, reason))
    _note("register.correct", register, entry, by=by, at=at, reason=reason,
          before=before, after=content)  # fmt: skip


@transaction.atomic
def withdraw_entry(
    register: Register,
    entry: uuid.UUID,
    *,
    by: User,
    at: datetime,
    reason: str,
    seen: int | None = None,
) -> None:
    """Withdraw an entry: it no longer counts, and what was known stays answerable.

    `seen` is the row that the person looked at. Raises Refused without a reason, if that row is
    no longer the live one, or if the entry is withdrawn already.
    """
    _need_reason(reason)
    row = live_row(register, entry)
    _refuse_unseen(row, seen)
    before = {name: getattr(row, name) for name in stored_fields(register)}
    apply_changes(register, Changes(withdrawn=[row.pk]), Stamp(at, by, reason))
    _note("register.withdraw", register, entry, by=by, at=at, reason=reason, before=before)


def live_row(register: Register, entry: uuid.UUID) -> RecordedRow:
    """Return the entry's row as known now, locked; raises Refused if it is withdrawn."""
    rows = register.model.objects.select_for_update().known_at(None).filter(entry=entry)
    # Who had to wait for another's correction sees only the row that it closed: look again.
    row = rows.first() or rows.first()
    if row is None:
        what = f"The register {register.title} no longer has this entry"
        raise Refused(Reason(what, "Look at its history to see who withdrew it and why"))
    return row


def _refuse_unseen(row: RecordedRow, seen: int | None) -> None:
    if seen is not None and row.pk != seen:
        what = "Somebody else corrected this entry since you opened it"
        raise Refused(
            Reason(what, "Open it again, look at what changed, and repeat yours if needed")
        )


def _ready(register: Register, values: Values) -> dict[str, Any]:
    if reasons := list(register.row_rules(values)):
        raise Refused(reasons)
    ids: dict[str, dict[str, int]] = {}
    for column in register.references:
        value = values[column.name]
        model: Any = identity_of(register, column)
        if value is None:
            continue
        if column.identifies:
            make = register.new_identity or (lambda key, values: {"label": key})
            defaults = make(str(value), values)
            identity, _ = model.objects.get_or_create(key=str(value), defaults=defaults)
        else:
            identity = model.objects.get(key=str(value))
        ids[column.name] = {str(value): identity.pk}
    return content_of(register, values, ids)


def _at_key_of(register: Register, content: Mapping[str, Any]) -> RecordedQuerySet[RecordedRow]:
    """Return the live rows that have the key of what is to be stored: one or none."""
    keys = {_stored(register, name): content[_stored(register, name)] for name in register.key}
    return register.model.objects.known_at(None).filter(**keys)


def _key_taken(register: Register) -> Refused:
    what = f"The register {register.title} has an entry with this {', '.join(register.key)}"
    return Refused(Reason(what, "Open that entry and correct it"))


def _stored(register: Register, name: str) -> str:
    column = register.column(name)
    return f"{name}_id" if column.refers_to or column.identifies else name


def _need_reason(reason: str) -> None:
    if not reason.strip():
        what = "A correction needs a reason"
        raise Refused(Reason(what, "Say what was wrong and how you know"))


def _note(
    action: str,
    register: Register,
    entry: uuid.UUID,
    *,
    by: User | None,
    at: datetime,
    reason: str,
    **contents: dict[str, Any],
) -> None:
    details = {
        when: {name: value if value is None else str(value) for name, value in content.items()}
        for when, content in contents.items()
    }
    record_event(
        action=action, subject=f"{register.name}/{entry}", by=by, at=at, reason=reason,
        details=details,
    )  # fmt: skip

"""Taking a published version back before its day: the text reads on as it would have without it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from engross.apps.accounts.models import User
from engross.apps.audit.commands import record_event
from engross.apps.legaltext.commands.writing import batches, changed_meanwhile, note_recorded
from engross.apps.legaltext.models import (
    CodeVersionDetails,
    DatedRow,
    Document,
    DocumentVersion,
    Placement,
    Recording,
)
from engross.apps.registers.commands import withdraw_entry
from engross.apps.registers.registers import register_named
from engross.core.refusals import Reason, Refused

# Each table of dated rows with the column that tells whose rows are one after the other.
TABLES: dict[type[DatedRow], str] = {
    Placement: "provision_id",
    DocumentVersion: "document_id",
}


def withdraw_version(version: str, *, by: User, on: date, at: datetime, reason: str) -> Recording:
    """Take back the text of a version that has not taken effect, and return the recording of it.

    The text of its day and later is again what it would have been without it; what was known in
    between stays answerable. Its entry in the register of versions is withdrawn with it. `on` is
    today.

    Raises Refused without a reason, if the version has no text, if it has taken effect, or if
    something was recorded upon it.
    """
    try:
        with transaction.atomic():
            return _withdrawn(version, by=by, on=on, at=at, reason=reason)
    except IntegrityError as error:
        raise changed_meanwhile() from error


def _withdrawn(version: str, *, by: User, on: date, at: datetime, reason: str) -> Recording:
    rows = Recording.objects.standing().select_for_update().filter(version__key=version)
    wrong = rows.filter(kind=Recording.Kind.PUBLICATION).first()
    _refuse_unfit(wrong, version, on=on, reason=reason)
    assert wrong is not None  # noqa: S101 for the type checker
    documents = _documents_of(wrong)
    # Whoever writes these documents waits, as in every recording.
    list(Document.objects.select_for_update().filter(pk__in=documents).order_by("pk"))
    _refuse_built_upon(wrong, documents)
    made = Recording.objects.create(
        kind=Recording.Kind.WITHDRAWAL, recorded_at=at, effective_on=wrong.effective_on,
        version=wrong.version, recorded_by=by, reason=reason,
    )  # fmt: skip
    for model in TABLES:
        _put_back(model, wrong, made)
    wrong.withdrawn_by = made
    wrong.save(update_fields=["withdrawn_by"])
    note_recorded(documents, made)
    listed = CodeVersionDetails.objects.known_at(None).filter(version=wrong.version).first()
    if listed is not None:
        withdraw_entry(
            register_named("code-versions"), listed.entry, by=by, at=at, reason=reason
        )  # fmt: skip
    record_event(action="text.withdrawal", subject=f"code-versions/{version}", by=by, at=at,
                 reason=reason, details={"recording": wrong.pk})  # fmt: skip
    return made


def _refuse_unfit(
    wrong: Recording | None, version: str, *, on: date, reason: str
) -> None:  # fmt: skip
    if not reason.strip():
        what = "A withdrawal needs a reason"
        raise Refused(Reason(what, "Say why the version is taken back"))
    if wrong is None:
        what = f"No text stands as version {version}"
        raise Refused(Reason(what, "Name a version that was published and is not withdrawn"))
    if wrong.effective_on <= on:
        what = f"Version {version} took effect on {wrong.effective_on:%-d %B %Y}"
        raise Refused(Reason(what, "Correct its text, or let a later version put it right"))


def _documents_of(recording: Recording) -> set[int]:
    by = Q(opened_by=recording) | Q(ended_by=recording) | Q(closed_by=recording)
    return {
        document
        for model in TABLES
        for document in model.objects.filter(by).order_by().values_list("document", flat=True)  # type: ignore[misc]
    }


def _refuse_built_upon(wrong: Recording, documents: set[int]) -> None:
    """Refuse where what the recording wrote was corrected, or a later text rests on it."""
    later = Recording.objects.standing().filter(pk__gt=wrong.pk).exclude(text_hash="")
    put_back = Q(closed_by__kind=Recording.Kind.WITHDRAWAL)
    changed = Q(recorded_until__isnull=False, opened_by=wrong) & ~put_back
    rests_on_it = Q(opened_by__in=later, document__in=documents)
    for model in TABLES:
        if model.objects.filter(changed | rests_on_it).exists():
            what = f"Text was recorded upon version {wrong.version}"
            raise Refused(Reason(what, "Withdraw what came after it first"))


def _put_back(model: type[DatedRow], wrong: Recording, made: Recording) -> None:
    """Take back what a recording wrote in a table, and write again what it ended or closed."""
    live = model.objects.filter(recorded_until__isnull=True)
    ended = list(live.filter(ended_by=wrong).exclude(opened_by=wrong).order_by("pk"))
    # Where it came before law that was known already, it cut rows in two: the parts go as well.
    cut = list(model.objects.filter(closed_by=wrong).order_by("pk"))
    keys = [getattr(each, TABLES[model]) for each in cut]
    of_them = live.filter(**{f"{TABLES[model]}__in": keys}, recorded_from=wrong.recorded_at)
    cut_parts = set(of_them.exclude(opened_by=wrong).values_list("pk", flat=True))
    again = [each for each in ended if each.pk not in cut_parts]
    gone = set(live.filter(opened_by=wrong).values_list("pk", flat=True))
    _close(model, gone | cut_parts | {each.pk for each in again}, made)
    model.objects.bulk_create(
        [*(_lasting(each, made) for each in again), *(_as_before(each, made) for each in cut)],
        batch_size=400,
    )  # fmt: skip


def _close(model: type[DatedRow], rows: Iterable[int], made: Recording) -> None:
    for batch in batches(sorted(rows)):
        model.objects.filter(pk__in=batch).update(recorded_until=made.recorded_at, closed_by=made)


def _lasting(row: DatedRow, made: Recording) -> DatedRow:
    """Return a row that the recording had ended, lasting on again."""
    return _copy(row, made, effective_until=None, until_recorded_at=None, ended_by_id=None)


def _as_before(row: DatedRow, made: Recording) -> DatedRow:
    """Return a row that the recording had closed, as it was."""
    has_end = row.effective_until is not None
    return _copy(row, made, until_recorded_at=made.recorded_at if has_end else None)


def _copy(row: DatedRow, made: Recording, **changed: Any) -> DatedRow:
    fields = [each for each in row._meta.concrete_fields if not each.primary_key]
    values = {each.attname: getattr(row, each.attname) for each in fields}
    known = {"recorded_from": made.recorded_at, "recorded_until": None, "closed_by_id": None}
    return type(row)(**{**values, **known, **changed})

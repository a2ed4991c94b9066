"""Taking in text: one document or a whole code, for a day, all of it or nothing."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction

from engross.adapters.legaltext.canonical_json import collector_paused
from engross.apps.accounts.models import User
from engross.apps.audit.commands import record_event
from engross.apps.legaltext.commands.numbering import (
    code_version,
    columns_of_head,
)
from engross.apps.legaltext.commands.planning import Asked, Plan, plan_for
from engross.apps.legaltext.commands.reporting import DocumentReport, ImportReport, counted
from engross.apps.legaltext.commands.writing import (
    add_provisions,
    changed_meanwhile,
    note_recorded,
    placement_columns,
    text_rows,
    write_dated,
)
from engross.apps.legaltext.models import DocumentVersion, Placement, Recording, TextNotice
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code, text_hash
from engross.core.legaltext.soundness import reasons_against, remarks_on
from engross.core.legaltext.storability import reasons_against_storing
from engross.core.refusals import Reason, Refused


def import_code(
    code: Code,
    *,
    effective_on: date,
    by: User | None,
    at: datetime,
    published_at: datetime | None = None,
    version: str = "",
    reason: str = "",
    whole: bool = False,
    ended: Collection[str] = (),
    document_versions: Mapping[str, str] | None = None,
    is_identified: bool = False,
    in_register: bool = True,
    notice: str = "",
) -> ImportReport:
    """Take in documents as they read from a day on, and return what was understood.

    Provisions keep the ids they bear; those without one get that of the stored provision they
    turn out to be, else a new one. Only what differs from what is stored is written, and a text
    that differs in nothing leaves no trace. A document that the code leaves out stays as it is;
    if `whole`, or if it is named in `ended`, it ends. The text holds until the next day on which
    a document is known to change.

    `at` is now; `published_at` the moment from which the text counts as known, `at` if not given.
    `version` names the version of the code that makes the text; it goes into the register of
    versions if `in_register`. `is_identified` says that what bears no id is new, as in the result
    of a merge. `notice` is what every page that shows the text has to say of it.
    `document_versions` gives documents' own version numbers, by name; else they count on.

    Raises Refused, and stores nothing, if the text cannot be worked on, if it was published
    before something that is stored or after now, if it replaces what was said for that very day
    without a reason, or if somebody else records the same documents at the same moment.
    """
    asked = Asked(
        places=_sound(code, ended),
        effective_on=effective_on,
        recorded_at=_published(published_at, at),
        version=version.strip(),
        reason=reason.strip(),
        whole=whole,
        ended=frozenset(ended),
        document_versions=document_versions or {},
        is_identified=is_identified,
        in_register=in_register,
        notice=notice.strip(),
        by=by,
        at=at,
    )
    try:
        # A whole code is many small objects, none of them in a circle.
        with collector_paused(), transaction.atomic():
            return _write(asked, plan_for(asked))
    except IntegrityError as error:
        raise changed_meanwhile() from error


def publish_version(
    version: str,
    code: Code,
    *,
    effective_on: date,
    by: User | None,
    at: datetime,
    published_at: datetime | None = None,
    reason: str = "",
    whole: bool = False,
    document_versions: Mapping[str, str] | None = None,
    is_identified: bool = False,
    in_register: bool = True,
    notice: str = "",
) -> ImportReport:
    """Publish a version of the code: its text from the day it takes effect, and its number.

    `code` is the result of a change set or merge, or any text; the rest is as in `import_code`.
    """
    if not version.strip():
        raise Refused(Reason("The version has no number", "Say which version this is: 46.0"))
    return import_code(
        code, effective_on=effective_on, by=by, at=at, published_at=published_at,
        version=version, reason=reason, whole=whole, document_versions=document_versions,
        is_identified=is_identified, in_register=in_register, notice=notice,
    )  # fmt: skip


def _sound(code: Code, ended: Collection[str]) -> Places:
    """Return an index of a text that can be worked on and stored; raises Refused if it cannot."""
    if not code.documents and not ended:
        raise Refused(Reason("There is no document in the text", "Name a file that has one"))
    if reasons := reasons_against(code):
        raise Refused(reasons)
    places = Places(code)
    if reasons := reasons_against_storing(places):
        raise Refused(reasons)
    return places


def _published(published_at: datetime | None, at: datetime) -> datetime:
    if published_at is not None and published_at > at:
        what = f"The text is said to be published on {published_at:%-d %B %Y}, which is to come"
        raise Refused(Reason(what, "Record it once it is published"))
    return published_at or at


def _write(asked: Asked, plan: Plan) -> ImportReport:
    """Write what is planned, the caller holds the transaction."""
    report = ImportReport(
        recording=None,
        effective_on=asked.effective_on,
        text_hash=text_hash(plan.code),
        documents=_document_reports(plan),
        removed=tuple(plan.stored.heads[pk].name for pk in plan.removed),
        renamed=dict(plan.found.renamed),
        splits=plan.found.splits,
        joins=plan.found.joins,
        remarks=tuple(remarks_on(asked.places.code)),
    )
    if not plan.has_changes and not asked.version:
        return report
    _refuse_silent_correction(asked, plan)
    recording = _recording(asked, plan, report.text_hash)
    report = _rows_written(plan, recording, report)
    if asked.notice:
        TextNotice.objects.create(recording=recording, notice=asked.notice)
    Recording.objects.filter(pk=recording.pk).update(report=report.as_json())
    record_event(
        action=f"text.{recording.kind}", subject=_subject(asked), by=asked.by, at=asked.at,
        reason=asked.reason, details=report.as_json(),
    )  # fmt: skip
    return report


def _refuse_silent_correction(asked: Asked, plan: Plan) -> None:
    if plan.is_correction and not asked.reason:
        day = f"{asked.effective_on:%-d %B %Y}"
        what = f"The text for {day} is recorded already, and this one says otherwise"
        raise Refused(Reason(what, "Say what was wrong with it, or give the day it takes effect"))


def _recording(asked: Asked, plan: Plan, named: str) -> Recording:
    kinds = Recording.Kind
    kind = kinds.PUBLICATION if asked.version else kinds.IMPORT
    version = None
    if asked.version:
        version = code_version(
            asked.version, effective_on=asked.effective_on, published_at=asked.recorded_at,
            by=asked.by, at=asked.at, in_register=asked.in_register,
        )  # fmt: skip
    return Recording.objects.create(
        kind=kinds.CORRECTION if plan.is_correction else kind,
        recorded_at=asked.recorded_at,
        effective_on=asked.effective_on,
        version=version,
        recorded_by=asked.by,
        reason=asked.reason,
        text_hash=named,
    )


def _rows_written(plan: Plan, recording: Recording, report: ImportReport) -> ImportReport:
    """Write all rows, and return the report with how many there were."""
    changes, heads = plan.changes, plan.heads
    hashes = {adding.said.text for adding in changes.added}
    texts, texts_added = text_rows(hashes, plan.wordings)
    add_provisions({ident: plan.wanted[ident].document for ident in plan.found.minted})
    write_dated(Placement, changes, recording, placement_columns(texts))
    write_dated(DocumentVersion, heads, recording, columns_of_head)
    note_recorded(plan.touched, recording)
    return report.with_rows(
        recording=recording.pk,
        texts_added=texts_added,
        rows_added=len(changes.added) + len(heads.added) + len(plan.found.minted),
        rows_ended=len(changes.ended) + len(heads.ended),
        rows_closed=len(changes.closed) + len(heads.closed),
    )


def _document_reports(plan: Plan) -> tuple[DocumentReport, ...]:
    before = {key: bearing.placed for key, bearing in plan.stored.bearings.items()}
    numbers = {key: adding.said.number for adding in plan.heads.added for key in [adding.key]}
    return tuple(
        DocumentReport(
            document=document.document,
            version=numbers.get(str(pk)) or plan.stored.heads[pk].number,
            provisions=len(plan.wanted_in[pk]),
            holds_until=plan.ends[pk],
            **counted(
                plan.stored.rows.get(pk, ()), plan.wanted_in[pk], before=before, after=plan.wanted
            ),
        )
        for pk, document in plan.documents.items()
    )


def _subject(asked: Asked) -> str:
    if asked.version:
        return f"code-versions/{asked.version}"
    names = [document.document for document in asked.places.code.documents] + sorted(asked.ended)
    return f"text/{', '.join(names)}"

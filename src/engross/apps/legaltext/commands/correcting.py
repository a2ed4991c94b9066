"""Correcting what was recorded wrongly: what was known stays answerable, and why it changed."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from msgspec import UNSET, UnsetType

from engross.apps.accounts.models import User
from engross.apps.audit.commands import record_event
from engross.apps.legaltext.commands.writing import changed_meanwhile, text_rows
from engross.apps.legaltext.models import Document, Placement, Recording
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code, Inline, Provision, Table, body_hash
from engross.core.legaltext.provisions import Document as Text
from engross.core.legaltext.soundness import reasons_against
from engross.core.legaltext.storability import reasons_against_storing
from engross.core.refusals import Reason, Refused


@dataclass(frozen=True)
class Correction:
    """What a correction did: the text's new hash, and how many placements bear it now."""

    recording: int
    text: str
    placements: int


def correct_text(
    provision: str,
    *,
    on: date,
    text: str,
    heading: str | None = None,
    inlines: tuple[Inline, ...] | UnsetType = UNSET,
    table: Table | UnsetType = UNSET,
    by: User | None,
    at: datetime,
    reason: str,
    seen: str = "",
) -> Correction:
    """Correct the wording that a provision bears on a day, wherever that wording stands wrong.

    A wording that a provision kept while it was renumbered or moved is corrected for all that
    time. What was known before stays answerable. `seen` is the hash of the wording that the
    person looked at.

    Raises Refused without a reason, if the provision does not stand on that day, if somebody
    else corrected it since it was looked at, or if nothing would change.
    """
    wording = Provision(None, "", heading, text, inlines or UNSET, table)
    _refuse_unfit(wording, reason)
    try:
        with transaction.atomic():
            return _correct(provision, wording, on=on, by=by, at=at, reason=reason, seen=seen)
    except IntegrityError as error:
        raise changed_meanwhile() from error


def _refuse_unfit(wording: Provision, reason: str) -> None:
    if not reason.strip():
        what = "A correction needs a reason"
        raise Refused(Reason(what, "Say what was wrong and how you know"))
    code = Code((Text("The correction", provisions=(wording,)),))
    if reasons := reasons_against(code) or reasons_against_storing(Places(code)):
        raise Refused(reasons)


def _correct(
    provision: str, wording: Provision, *, on: date, by: User | None, at: datetime, reason: str,
    seen: str,
) -> Correction:  # fmt: skip
    row = _locked(provision, on=on, at=at)
    if seen and row.text.hash != seen:
        what = "Somebody else corrected this text since you opened it"
        raise Refused(Reason(what, "Open it again, look at what changed, and repeat yours"))
    new_hash = body_hash(wording)
    if new_hash == row.text.hash:
        raise Refused(Reason("Nothing would change", "Change the text, or leave the page"))
    texts, _ = text_rows([new_hash], {new_hash: wording})
    rows = Placement.objects.known_at(None).filter(provision=provision, text=row.text_id)
    wrong = list(rows.select_related("opened_by").order_by("effective_from"))
    made = Recording.objects.create(
        kind=Recording.Kind.CORRECTION, recorded_at=at, effective_on=wrong[0].effective_from,
        version=row.opened_by.version, recorded_by=by, reason=reason,
    )  # fmt: skip
    rows.update(recorded_until=at, closed_by=made)
    Placement.objects.bulk_create(_corrected(each, texts[new_hash], made) for each in wrong)
    Document.objects.filter(pk__in={each.document_id for each in wrong}).update(last_recorded_at=at)
    details = {"from": row.text.hash, "to": new_hash, "placements": len(wrong), "on": str(on)}
    record_event(action="text.correction", subject=f"text/{provision}", by=by, at=at,
                 reason=reason, details=details)  # fmt: skip
    return Correction(made.pk, new_hash, len(wrong))


def _locked(provision: str, *, on: date, at: datetime) -> Placement:
    """Return where the provision stands on the day, its documents locked."""
    live = Placement.objects.known_at(None).filter(provision=provision)
    documents = Document.objects.filter(pk__in=live.values("document")).order_by("pk")
    for document in documents.select_for_update():
        if document.last_recorded_at > at:
            what = f"The text of {document} was recorded after this correction"
            raise Refused(Reason(what, "Look at it again and repeat the correction"))
    row = live.holding(on=on).select_related("text", "opened_by__version").first()
    if row is None:
        what = f"{provision} does not stand in the text on {on:%-d %B %Y}"
        raise Refused(Reason(what, "Name a day on which it does, from its history"))
    return row


def _corrected(row: Placement, text: int, made: Recording) -> Placement:
    """Return the same placement with the corrected text, known from the correction on."""
    has_end = row.effective_until is not None
    return Placement(
        provision_id=row.provision_id, document_id=row.document_id, parent_id=row.parent_id,
        rank=row.rank, label=row.label, begins_with_parent=row.begins_with_parent, text_id=text,
        effective_from=row.effective_from, effective_until=row.effective_until,
        until_recorded_at=made.recorded_at if has_end else None, ended_by_id=row.ended_by_id,
        recorded_from=made.recorded_at, opened_by=made,
    )  # fmt: skip

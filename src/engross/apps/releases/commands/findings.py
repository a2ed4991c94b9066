"""What the checks find in a composed text: noted with the composition, and accepted by a person."""

from datetime import datetime

from django.db import IntegrityError, transaction

from engross.apps.accounts.models import User
from engross.apps.audit.commands import record_event
from engross.apps.legaltext.queries.styles import term_style
from engross.apps.releases.models import AcceptedFinding, Composition, CompositionFinding
from engross.apps.releases.queries.compositions import Composed
from engross.core.refusals import Reason, Refused
from engross.core.releases.findings import new_findings


def note_findings(made: Composed, *, at: datetime) -> None:
    """Note what the checks find in a composition, once all its conflicts are decided.

    Before that nobody could answer them. What is found no more is gone, and its answer waits.
    The caller holds the transaction and saves the composition.
    """
    composition = made.composition
    if made.merged.conflicts:
        composition.findings_left = 0
        return
    found = new_findings(made.base, made.merged.code, term_style(composition.base_on))
    known = {each.finding: each for each in composition.findings.order_by("pk")}
    CompositionFinding.objects.bulk_create(
        CompositionFinding(
            composition=composition, finding=name, about=each.about, document=each.document,
            address=each.address[:300], what=each.what, remedy=each.remedy, found_at=at,
        )
        for name, each in found.items()
        if name not in known
    )  # fmt: skip
    for name, row in known.items():
        gone_at = None if name in found else row.gone_at or at
        if gone_at != row.gone_at:
            row.gone_at = gone_at
            row.save(update_fields=["gone_at"])
    count_findings(composition)


def count_findings(composition: Composition) -> None:
    """Set how many findings of a composition wait for an answer; the caller saves it."""
    waiting = composition.findings.filter(gone_at__isnull=True, accepted__isnull=True)
    composition.findings_left = waiting.count()


def take_over_acceptances(before: Composition, made: Composition) -> None:
    """Let acceptances of the composition before stand where the very same is found again."""
    earlier = AcceptedFinding.objects.filter(finding__composition=before).select_related("finding")
    answers = {each.finding.finding: each for each in earlier.order_by("pk")}
    again = made.findings.filter(finding__in=answers, accepted__isnull=True).order_by("pk")
    AcceptedFinding.objects.bulk_create(
        AcceptedFinding(
            finding=row, reason=answers[row.finding].reason,
            made_at=answers[row.finding].made_at, made_by=answers[row.finding].made_by,
        )
        for row in again
    )  # fmt: skip
    count_findings(made)


def accept_finding(
    composition: int, finding: str, *, reason: str, by: User, at: datetime
) -> Composition:
    """Accept a finding of a composition as it is.

    Raises Refused without a reason, if there is no such finding, if it is accepted already, or
    if the composition is published.
    """
    try:
        with transaction.atomic():
            return _accepted(composition, finding, reason=reason, by=by, at=at)
    except IntegrityError as error:
        raise _answered_already() from error


def _accepted(
    composition: int, finding: str, *, reason: str, by: User, at: datetime
) -> Composition:  # fmt: skip
    made = Composition.objects.select_for_update().get(pk=composition)
    refuse_published(made)
    if not reason.strip():
        raise Refused(Reason("A finding is accepted for a reason", "Say why it may stand"))
    row = made.findings.filter(finding=finding, gone_at__isnull=True).first()
    if row is None:
        what = f"{made} has no finding {finding}"
        raise Refused(Reason(what, "Look at its findings again"))
    if AcceptedFinding.objects.filter(finding=row).exists():
        raise _answered_already()
    AcceptedFinding.objects.create(finding=row, reason=reason, made_at=at, made_by=by)
    count_findings(made)
    made.save(update_fields=["findings_left"])
    details = {"finding": finding, "address": row.address, "left": made.findings_left}
    record_event(action="release.accept", subject=f"releases/{made.release}", by=by, at=at,
                 reason=reason, details=details)  # fmt: skip
    return made


def refuse_published(made: Composition) -> None:
    """Refuse to change a composition that is published."""
    if made.published_version_id:
        what = f"{made} is published as version {made.published_version}"
        raise Refused(Reason(what, "Compose the release anew on that version"))


def _answered_already() -> Refused:
    what = "Somebody else accepted this finding"
    return Refused(Reason(what, "Look at the composition again"))

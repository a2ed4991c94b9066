"""Publishing what was composed: the text of the code's next version."""

from datetime import date, datetime

from django.db import transaction

from engross.apps.accounts.models import User
from engross.apps.audit.commands import record_event
from engross.apps.legaltext.commands import ImportReport, publish_version
from engross.apps.legaltext.models import CodeVersion
from engross.apps.legaltext.queries import code_as_at
from engross.apps.releases.models import ChangeSet, Composition
from engross.apps.releases.queries import composed
from engross.core.legaltext.provisions import text_hash
from engross.core.refusals import Reason, Refused


@transaction.atomic
def publish_composition(
    composition: int,
    version: str,
    *,
    effective_on: date,
    by: User | None,
    at: datetime,
    published_at: datetime | None = None,
    reason: str = "",
) -> ImportReport:
    """Publish a composition as the text of a version from the day it takes effect.

    Its change sets are no longer open. Raises Refused if conflicts are left, if it is published,
    or if the text on that day is no longer the one it was composed on.
    """
    made = Composition.objects.select_for_update().get(pk=composition)
    result = composed(made)
    reasons = _reasons_against(made, effective_on=effective_on)
    if result.merged.hash != made.result_hash:
        what = f"{made} gives another text than when it was decided"
        reasons.append(Reason(what, "Compose the release anew, and look at it again"))
    if reasons:
        raise Refused(reasons)
    # Held before the chain of events is: whoever saves one of them holds it and waits for that.
    sets = ChangeSet.objects.filter(pk__in=made.chosen.values("change_set"))
    list(sets.select_for_update().order_by("pk").values_list("pk", flat=True))
    report = publish_version(
        version, result.merged.code, effective_on=effective_on, by=by, at=at,
        published_at=published_at, reason=reason or made.note, whole=True, is_identified=True,
    )  # fmt: skip
    row = CodeVersion.objects.get(key=version)
    made.published_version = row
    made.save(update_fields=["published_version"])
    sets.update(published_in=row)
    details = {"version": version, "composition": made.number, "hash": report.text_hash}
    record_event(action="release.publish", subject=f"releases/{made.release}", by=by, at=at,
                 reason=reason, details=details)  # fmt: skip
    return report


def _reasons_against(made: Composition, *, effective_on: date) -> list[Reason]:
    reasons = []
    if made.published_version_id:
        what = f"{made} is published as version {made.published_version}"
        reasons.append(Reason(what, "Compose the release anew on that version"))
    if made.conflicts_left:
        what = f"{made} has {made.conflicts_left} conflicts that nobody has decided"
        reasons.append(Reason(what, "Decide them first"))
    if text_hash(code_as_at(on=effective_on)) != made.base_hash:
        what = f"The text for {effective_on:%-d %B %Y} is not the one {made} was composed on"
        reasons.append(Reason(what, "Rebase its change sets onto that text and compose anew"))
    return reasons

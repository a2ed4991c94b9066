"""Taking a published release back before its day: its text, its change sets, its tranches."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from engross.apps.accounts.models import User
from engross.apps.audit.commands import record_event
from engross.apps.legaltext.commands import withdraw_version
from engross.apps.notices.commands import send_notice
from engross.apps.releases.commands.tranches import lock_tranches, tranches_withdrawn
from engross.apps.releases.models import ChangeSet, Composition
from engross.apps.releases.queries import proposals_in
from engross.apps.releases.queries.readiness import withdrawing
from engross.core.refusals import Reason, Refused
from engross.core.registers.addresses import address_of
from engross.core.releases.publishing import reasons_against_withdrawing

WITHDRAWN = "version-withdrawn"


@transaction.atomic
def withdraw_composition(
    composition: int, *, reason: str, by: User, on: date, at: datetime
) -> Composition:
    """Take back the version that a composition was published as, before the day it takes effect.

    Its change sets are open again and its proposals wait again for a version; what was known in
    between stays answerable. `on` is today. Raises Refused as `reasons_against_withdrawing` says.
    """
    made = Composition.objects.select_for_update().get(pk=composition)
    version = made.published_version
    if version is None:
        what = f"{made} is not published"
        raise Refused(Reason(what, "There is nothing to take back"))
    asked = withdrawing(made)
    if reasons := reasons_against_withdrawing(asked, today=on, reason=reason):
        raise Refused(reasons)
    effective_on = asked.effective_on
    sets = ChangeSet.objects.filter(published_in=version)
    list(sets.select_for_update().order_by("pk").values_list("pk", flat=True))
    lock_tranches(made)
    withdraw_version(version.key, by=by, on=on, at=at, reason=reason)
    sets.update(published_in=None)
    made.withdrawn_at, made.withdrawn_by, made.withdrawn_because = at, by, reason
    made.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    tranches_withdrawn(made, by=by, at=at, reason=reason)
    details = {"version": version.key, "composition": made.number}
    cause = record_event(
        action="release.withdraw", subject=f"releases/{made.release}", by=by, at=at, reason=reason,
        details=details,
    )  # fmt: skip
    send_notice(
        WITHDRAWN, about=f"Version {version}", at=at, cause=cause,
        link=reverse("releases:release", args=[address_of(made.release.key)]),
        context={"in_force_on": effective_on, "reason": reason,
                 "proposals": ", ".join(proposals_in(made))},
    )  # fmt: skip
    return made

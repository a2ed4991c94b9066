"""Publishing what was composed: the text of the code's next version."""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.db import transaction
from django.urls import reverse

from engross.apps.accounts.models import User
from engross.apps.audit.commands import record_event
from engross.apps.legaltext.commands import ImportReport, publish_version
from engross.apps.legaltext.models import CodeVersion, CodeVersionDetails
from engross.apps.notices.commands import send_notice
from engross.apps.proposals.models import ProposalDetails
from engross.apps.proposals.queries import outside_routes
from engross.apps.registers.commands import correct_entry
from engross.apps.registers.queries import active_code, values_of
from engross.apps.registers.registers import register_named
from engross.apps.releases.commands.tranches import lock_tranches, tranches_published
from engross.apps.releases.models import ChangeSet, Composition
from engross.apps.releases.queries import (
    composed,
    documents_changed,
    proposals_in,
    to_publish,
)
from engross.core.refusals import Reason, Refused
from engross.core.registers.addresses import address_of
from engross.core.releases.publishing import reasons_against_publishing

PUBLISHED = "version-published"
MIDDAY = time(12)


@transaction.atomic
def publish_composition(
    composition: int,
    version: str,
    *,
    effective_on: date,
    on: date,
    by: User | None,
    at: datetime,
    published_on: date | None = None,
    reason: str = "",
) -> ImportReport:
    """Publish a composition as the text of a version from the day it takes effect.

    Its change sets are no longer open, and its proposals' tranches name the version. `on` is
    today; `published_on` the day of publication if it was earlier. Raises Refused as
    `reasons_against_publishing` says, and if the number was another version's.
    """
    made = Composition.objects.select_for_update().get(pk=composition)
    result = composed(made)
    published_on = published_on or on
    reasons = reasons_against_publishing(
        to_publish(result, effective_on=effective_on, on=on),
        effective_on=effective_on, published_on=published_on, today=on,
    )  # fmt: skip
    if reasons := [*reasons, *_reasons_against_number(version)]:
        raise Refused(reasons)
    # Held before the chain of events is: whoever saves one of them holds it and waits for that.
    sets = ChangeSet.objects.filter(pk__in=made.chosen.values("change_set"))
    list(sets.select_for_update().order_by("pk").values_list("pk", flat=True))
    lock_tranches(made)
    published_at = at if published_on == on else datetime.combine(published_on, MIDDAY, at.tzinfo)
    report = publish_version(
        version, result.merged.code, effective_on=effective_on, by=by, at=at,
        published_at=published_at, reason=reason or made.note, whole=True, is_identified=True,
    )  # fmt: skip
    row = CodeVersion.objects.get(key=version)
    made.published_version = row
    made.save(update_fields=["published_version"])
    sets.update(published_in=row)
    tranches_published(made, effective_on=effective_on, by=by, at=at)
    _say_cause(made, row, by=by, at=at)
    details = {"version": version, "composition": made.number, "hash": report.text_hash}
    cause = record_event(
        action="release.publish", subject=f"releases/{made.release}", by=by, at=at, reason=reason,
        details=details,
    )  # fmt: skip
    send_notice(
        PUBLISHED, about=f"Version {version}", at=at, cause=cause,
        link=reverse("releases:version", args=[address_of(version)]),
        context={"in_force_on": effective_on, "proposals": ", ".join(proposals_in(made)),
                 "documents": ", ".join(each.name for each in documents_changed(result))},
    )  # fmt: skip
    return report


def _say_cause(made: Composition, version: CodeVersion, *, by: User | None, at: datetime) -> None:
    """Say in the register of versions what made this one, where that is no proposal's process."""
    carried = ProposalDetails.objects.known_at(None).filter(
        proposal__in=made.chosen.values("change_set__proposal")
    )
    routes = set(carried.order_by().values_list("route", flat=True))
    reasons = {each.key for each in active_code().options("version_reasons")}
    live = CodeVersionDetails.objects.known_at(None).filter(version=version, cause="").first()
    if len(routes) != 1 or not routes <= reasons & outside_routes() or live is None:
        return
    register = register_named("code-versions")
    values = {**values_of(register, live), "cause": routes.pop()}
    correct_entry(register, live.entry, values, by=by, at=at, reason="As its release carries it")


def _reasons_against_number(version: str) -> Iterable[Reason]:
    taken = Composition.objects.filter(published_version__key=version).first()
    if taken is not None:
        state = "was withdrawn" if taken.withdrawn_at else "is published"
        what = f"Version {version} {state}, and no other text may bear its number"
        yield Reason(what, "Give the next number")

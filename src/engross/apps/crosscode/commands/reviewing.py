"""Reviewing what another code's change means for this code."""

from datetime import date, datetime

from django.db import transaction

from engross.apps.accounts.models import User
from engross.apps.crosscode.models import OtherChange
from engross.apps.crosscode.queries.changes import review_on
from engross.apps.crosscode.registers import cross_code_reviews
from engross.apps.registers.commands import correct_entry, record_entry
from engross.core.refusals import Reason, Refused
from engross.core.registers.columns import Value


@transaction.atomic
def review_change(
    change: OtherChange,
    *,
    finding: str,
    grounds: str,
    seen: int | None,
    by: User,
    at: datetime,
    on: date,
) -> None:
    """Record what a change means for this code; a second review on one day corrects the first.

    `seen` is the row of the change that the person looked at. Raises Refused if the change was
    told differently since, or if there is no reason.
    """
    # Locked, so that a sheet taken in meanwhile is either seen here or asks for a new review.
    rows = change.details.select_for_update().filter(superseded_at__isnull=True)
    details = rows.order_by("pk").first()
    if details is None:
        what = f"{change} is no longer on record"
        raise Refused(Reason(what, "Look at its history to see who withdrew it and why"))
    if seen is not None and details.pk != seen:
        what = f"{change} was told differently since you opened it"
        raise Refused(Reason(what, "Open it again, and review it as it now reads"))
    values: dict[str, Value] = {
        "change": change.key, "reviewed_on": on, "finding": finding, "grounds": grounds,
        "basis": "record",
    }  # fmt: skip
    standing = review_on(change, on)
    if standing is None:
        record_entry(cross_code_reviews, values, by=by, at=at)
    else:
        correct_entry(cross_code_reviews, standing.entry, values, by=by, at=at,
                      reason="Reviewed again on the same day")  # fmt: skip

"""Choosing of what to be told."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from engross.apps.accounts.models import User
from engross.apps.audit.commands import record_event
from engross.apps.notices.models import OptOut
from engross.apps.notices.queries import choices_of


@transaction.atomic
def choose_mails(wanted: Collection[str], *, by: User, at: datetime) -> bool:
    """Keep which of the mails that one can do without a person wants; say whether that changed."""
    before = {each.event.key: each.is_wanted for each in choices_of(by)}
    ended = [key for key, was_wanted in before.items() if was_wanted and key not in wanted]
    begun = [key for key, was_wanted in before.items() if not was_wanted and key in wanted]
    for key in ended:
        OptOut.objects.get_or_create(person=by, event=key, defaults={"opted_out_at": at})
    OptOut.objects.filter(person=by, event__in=begun).delete()
    if ended or begun:
        details = {"ended": ended, "begun": begun}
        record_event(action="notices.choose", subject="notices", by=by, at=at, details=details)
    return bool(ended or begun)


@transaction.atomic
def end_mails(person: User, event: str, *, at: datetime) -> None:
    """End a person's mails of an event, as the link in each of them asks."""
    _, is_new = OptOut.objects.get_or_create(
        person=person, event=event, defaults={"opted_out_at": at}
    )
    if is_new:
        details = {"ended": [event], "begun": []}
        record_event(action="notices.choose", subject="notices", by=person, at=at, details=details,
                     rule="the link in their mail")  # fmt: skip

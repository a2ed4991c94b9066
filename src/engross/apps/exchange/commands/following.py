"""Following the events for the webhooks: each change that is wanted becomes a delivery, once."""

from datetime import date, datetime

from django.db import transaction

from engross.apps.audit.queries import events_after, latest_event_id
from engross.apps.exchange.commands.webhooks import message_id
from engross.apps.exchange.models import Delivery, Webhook
from engross.apps.exchange.queries import changes_of, wanted_by
from engross.apps.exchange.queries.changes import ACTIONS
from engross.apps.people.queries import reader_of

EVENTS_AT_ONCE = 500


def queue_changes(*, on: date, at: datetime) -> int:
    """Queue a delivery for each change since each webhook was told last; return how many.

    Deliveries and the position up to which a webhook was told are written in one transaction:
    a run that is killed leaves the rest to the next, and two runs at once queue nothing twice.
    A stopped webhook is told nothing meanwhile, and all of it when it starts again.
    """
    until = latest_event_id()
    behind = Webhook.objects.filter(
        told_until__lt=until, stopped_at__isnull=True, owner__is_active=True
    )
    queued = 0
    for pk in behind.order_by("pk").values_list("pk", flat=True):
        while (found := _queue(pk, until=until, on=on, at=at)) is not None:
            queued += found
    return queued


@transaction.atomic
def _queue(pk: int, *, until: int, on: date, at: datetime) -> int | None:
    """Queue what the next events tell a webhook; None if there is none left to look at."""
    webhook = Webhook.objects.select_for_update().filter(pk=pk, told_until__lt=until).first()
    if webhook is None:
        return None
    events = events_after(webhook.told_until).filter(pk__lte=until, action__in=ACTIONS)
    listed = list(events[:EVENTS_AT_ONCE])
    wanted = wanted_by(webhook)
    changes = changes_of(listed, reader=reader_of(webhook.owner, on))
    made = [
        Delivery(webhook=webhook, position=change.position, kind=change.kind.value,
                 message=message_id(), queued_at=at, due_at=at)
        for change in changes if wanted.has(change)
    ]  # fmt: skip
    Delivery.objects.bulk_create(made, batch_size=500)
    webhook.told_until = listed[-1].pk if len(listed) == EVENTS_AT_ONCE else until
    webhook.save(update_fields=["told_until"])
    return len(made)

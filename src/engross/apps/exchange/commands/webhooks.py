"""Keeping webhooks: adding and removing them, their secrets, and sending again by hand."""

import secrets
from collections.abc import Collection
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from engross.apps.accounts.models import User
from engross.apps.audit.commands import record_event
from engross.apps.audit.queries import latest_event_id
from engross.apps.exchange.models import Delivery, Webhook
from engross.apps.exchange.queries import key_of, owners_for
from engross.apps.registers.registers import all_registers
from engross.core.exchange import Kind, read_address, secret_of
from engross.core.refusals import Reason, Refused

MOST_WEBHOOKS = 20


@transaction.atomic
def add_webhook(
    *, owner: User, url: str, registers: Collection[str] = (), kinds: Collection[str] = (),
    by: User, on: date, at: datetime,
) -> tuple[Webhook, str]:  # fmt: skip
    """Add a webhook that is told of what changes from now on; return it and its secret.

    The secret is told this once and never again. Raises Refused for an address to which nothing
    is sent, an owner in whose name the person may not act, or one webhook too many.
    """
    url = url.strip()
    read_address(url, allows_local=settings.ENGROSS_WEBHOOK_LOCAL)
    _refuse_unknown(registers, kinds)
    if owner not in owners_for(by, on=on):
        raise Refused(Reason("That is not your program", "Choose yourself or one of your programs"))
    User.objects.select_for_update().get(pk=owner.pk)
    if Webhook.objects.filter(owner=owner).count() >= MOST_WEBHOOKS:
        what = f"There are {MOST_WEBHOOKS} webhooks already"
        raise Refused(Reason(what, "Remove one that is not needed"))
    made = Webhook.objects.create(
        owner=owner, url=url, registers=sorted(registers), kinds=sorted(kinds),
        salt=secrets.token_hex(32), made_at=at, made_by=by, told_until=latest_event_id(),
    )  # fmt: skip
    _note("webhook.add", made, by=by, at=at, details={"owner": owner.pk, "url": url})
    return made, secret_of(key_of(made))


def _refuse_unknown(registers: Collection[str], kinds: Collection[str]) -> None:
    known = {each.name for each in all_registers()}
    unknown = [*sorted(set(registers) - known), *sorted(set(kinds) - set(Kind))]
    if unknown:
        what = f"There is no register or kind of change '{unknown[0][:60]}'"
        raise Refused(Reason(what, "Choose from the list"))


@transaction.atomic
def change_secret(webhook: Webhook, *, by: User, at: datetime) -> str:
    """Give a webhook another secret and return it; the one before signs no more."""
    webhook.salt = secrets.token_hex(32)
    webhook.save(update_fields=["salt"])
    _note("webhook.change-secret", webhook, by=by, at=at)
    return secret_of(key_of(webhook))


@transaction.atomic
def remove_webhook(webhook: Webhook, *, by: User, at: datetime) -> None:
    """Remove a webhook with all that was to be sent to it."""
    subject = f"webhooks/{webhook.pk}"
    # The row first: whoever holds it may be waiting for the chain of events.
    webhook.delete()
    record_event(action="webhook.remove", subject=subject, by=by, at=at)


@transaction.atomic
def start_again(webhook: Webhook, *, by: User, at: datetime) -> None:
    """Send to a stopped webhook again, from where it was stopped.

    What was given up is tried anew, in its turn. Raises Refused if it is not stopped.
    """
    stopped = Webhook.objects.select_for_update().get(pk=webhook.pk)
    if not stopped.is_stopped:
        raise Refused(Reason("This webhook is not stopped", "Look at its deliveries again"))
    stopped.stopped_at, stopped.stopped_why = None, ""
    stopped.save(update_fields=["stopped_at", "stopped_why"])
    Delivery.objects.filter(webhook=stopped, state__in=("failed", "queued")).update(
        state="queued", due_at=at, attempts=0
    )
    _note("webhook.start-again", stopped, by=by, at=at)


@transaction.atomic
def replay(delivery: Delivery, *, by: User, at: datetime) -> None:
    """Queue a delivery again, under the message id that it had.

    Raises Refused if it waits already, or its webhook is stopped.
    """
    found = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if found.state in ("queued", "sending"):
        raise Refused(Reason("This delivery waits to be sent already", "Give it a minute"))
    if Webhook.objects.get(pk=found.webhook_id).is_stopped:
        raise Refused(Reason("The webhook is stopped", "Start it again first"))
    found.state, found.due_at, found.attempts, found.error = "queued", at, 0, ""
    found.save(update_fields=["state", "due_at", "attempts", "error"])
    subject = f"webhooks/{found.webhook_id}"
    details = {"message": found.message}
    record_event(action="webhook.replay", subject=subject, by=by, at=at, details=details)


@transaction.atomic
def queue_trial(webhook: Webhook, *, at: datetime) -> Delivery:
    """Queue a message that tells of no change, so that its receiver can be tried."""
    made, _ = Delivery.objects.update_or_create(
        webhook=webhook, position=0,
        defaults={"kind": "trial", "message": message_id(), "state": "queued", "queued_at": at,
                  "due_at": at, "attempts": 0, "error": "", "status": None, "done_at": None},
    )  # fmt: skip
    return made


def forget_deliveries(*, before: datetime) -> int:
    """Delete what was delivered, or not to be sent, before a moment, and return how many."""
    done = Delivery.objects.filter(state__in=("delivered", "void"), done_at__lt=before)
    return done.delete()[0]


def message_id() -> str:
    """Return an id for a message that no other has."""
    return f"msg_{secrets.token_hex(16)}"


def _note(
    action: str, webhook: Webhook, *, by: User, at: datetime,
    details: dict[str, object] | None = None,
) -> None:  # fmt: skip
    record_event(action=action, subject=f"webhooks/{webhook.pk}", by=by, at=at, details=details)

"""Sending to webhooks what is due: at least once, and never what the owner may no longer read."""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse

from engross.adapters.messages import Sent, send_message
from engross.apps.exchange.models import Delivery, Webhook
from engross.apps.exchange.queries import abandoned_deliveries, change_at, due_deliveries, keys_of
from engross.apps.mail.commands import Letter, queue_mail
from engross.apps.people.queries import reader_of
from engross.apps.registers.queries import active_code
from engross.core.exchange import read_address, read_waits, signature_of, wait_after
from engross.core.refusals import Refused

ABANDONED_AFTER = timedelta(minutes=10)
_GONE = 410
Clock = Callable[[], datetime]


def send_due_messages(*, on: date, clock: Clock, most: int = 100) -> int:
    """Send what is due, at most so many, and return how many were tried.

    Each is claimed and marked in a transaction of its own. A worker that is killed leaves the one
    that it had in hand, which is sent again: its receiver knows it by its id. A webhook that does
    not take one is left in peace until the next round, so that it holds up no other.
    """
    late = abandoned_deliveries(at=clock(), after=ABANDONED_AFTER)
    late.update(state="queued", due_at=clock())
    tried = 0
    failing: set[int] = set()
    for pk, webhook in due_deliveries(at=clock(), most=most):
        if webhook in failing or not _claim(pk, at=clock()):
            continue
        tried += 1
        if not _send(pk, on=on, clock=clock):
            failing.add(webhook)
    return tried


def _claim(pk: int, *, at: datetime) -> bool:
    """Say whether this delivery is ours: whoever changes its row first has it."""
    queued = Delivery.objects.filter(pk=pk, state="queued")
    return bool(queued.update(state="sending", claimed_at=at, attempts=F("attempts") + 1))


def _send(pk: int, *, on: date, clock: Clock) -> bool:
    """Send one delivery and write down what became of it; say whether the webhook takes more."""
    delivery = Delivery.objects.select_related("webhook__owner").filter(pk=pk).first()
    if delivery is None:  # it was removed meanwhile
        return False
    content = _content(delivery, on=on)
    if content is None:
        _void(delivery, at=clock())
        return True
    sent = _post(delivery, content, at=clock())
    if sent.is_taken:
        _delivered(delivery, sent, at=clock())
    else:
        _not_taken(delivery, sent, at=clock())
    return sent.is_taken


def _content(delivery: Delivery, *, on: date) -> Mapping[str, Any] | None:
    """Return what is told, as the owner may read it today; None if they may not any more."""
    about = {"code": active_code().key, "site": settings.SITE_URL}
    if not delivery.position:
        at = delivery.queued_at.isoformat()
        return {"type": "trial", "timestamp": at, "data": about}
    change = change_at(delivery.position, reader=reader_of(delivery.webhook.owner, on))
    if change is None:
        return None
    told = change.as_json(site=settings.SITE_URL)
    return {"type": told["kind"], "timestamp": told["at"], "data": {**about, **told}}


def _post(delivery: Delivery, content: Mapping[str, Any], *, at: datetime) -> Sent:
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    sent_at = int(at.timestamp())
    signatures = [
        signature_of(key, message=delivery.message, sent_at=sent_at, body=body)
        for key in keys_of(delivery.webhook)
    ]
    headers = {
        "Content-Type": "application/json", "User-Agent": "Engross-Webhooks/1",
        "webhook-id": delivery.message, "webhook-timestamp": str(sent_at),
        "webhook-signature": " ".join(signatures),
    }  # fmt: skip
    allows_local = settings.ENGROSS_WEBHOOK_LOCAL
    try:
        to = read_address(delivery.webhook.url, allows_local=allows_local)
    except Refused as refused:
        return Sent(None, str(refused)[:300], 0.0)
    return send_message(to, body, headers, allows_local=allows_local)


def _void(delivery: Delivery, *, at: datetime) -> None:
    delivery.state, delivery.done_at = "void", at
    delivery.error = "Not sent: the owner of the webhook may not read it any more"
    delivery.save(update_fields=["state", "done_at", "error"])


def _delivered(delivery: Delivery, sent: Sent, *, at: datetime) -> None:
    delivery.state, delivery.done_at = "delivered", at
    delivery.status, delivery.error = sent.status, ""
    delivery.save(update_fields=["state", "done_at", "status", "error"])


@transaction.atomic
def _not_taken(delivery: Delivery, sent: Sent, *, at: datetime) -> None:
    """Queue a delivery for later; after the last attempt give it up and stop its webhook."""
    delivery.status, delivery.error = sent.status, sent.error
    wait = wait_after(delivery.attempts, read_waits(settings.ENGROSS_WEBHOOK_WAITS))
    if sent.status == _GONE:
        wait = None  # the receiver asks for no more
    if wait is not None:
        delivery.state, delivery.due_at = "queued", at + wait
    else:
        delivery.state, delivery.done_at = "failed", at
        if delivery.position:
            _stop(delivery.webhook_id, sent.error, at=at)
    delivery.save(update_fields=["state", "due_at", "done_at", "status", "error"])


def _stop(pk: int, why: str, *, at: datetime) -> None:
    """Stop a webhook and tell its owner, once however many deliveries fail."""
    running = Webhook.objects.filter(pk=pk, stopped_at__isnull=True)
    if not running.update(stopped_at=at, stopped_why=why[:300]):
        return
    webhook = Webhook.objects.select_related("owner", "made_by").get(pk=pk)
    to = webhook.made_by if webhook.owner.is_service else webhook.owner
    if to is None or not to.is_active:
        return
    page = urljoin(settings.SITE_URL, reverse("exchange:webhook", args=[pk]))
    context = {"code": active_code(), "webhook": webhook, "why": why, "page": page}
    queue_mail(Letter("exchange/webhook_stopped", to, context), at=at)

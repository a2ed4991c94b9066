"""Webhooks: whose there are, what is due to be sent, and with which keys it is signed."""

import hashlib
import hmac
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils.encoding import force_bytes

from engross.apps.accounts.models import User
from engross.apps.accounts.queries import may_change_registers
from engross.apps.exchange.models import Delivery, Webhook
from engross.apps.exchange.queries.changes import Wanted
from engross.apps.people.queries import parties_managed_by, people_of_party
from engross.core.people.roles import AccountKind

_PURPOSE = b"engross.webhooks:"


def owners_for(user: User, *, on: date) -> list[User]:
    """Return in whose name a person may keep webhooks: their own, and that of their programs.

    Staff with a second factor keep those of all programs; whoever manages a Party's people, those
    of its programs.
    """
    if may_change_registers(user):
        programs = User.objects.filter(kind=AccountKind.SERVICE, is_active=True)
        return [user, *programs.order_by("name", "pk")]
    managed = [
        each.user
        for party in parties_managed_by(user, on=on)
        for each in people_of_party(party, on=on)
        if each.user.is_service and each.user.is_active and not each.user.is_staff
    ]
    return [user, *dict.fromkeys(managed)]


def webhooks_for(user: User, *, on: date) -> QuerySet[Webhook]:
    """Return the webhooks that a person may see and change, the latest first."""
    owners = [each.pk for each in owners_for(user, on=on)]
    return Webhook.objects.filter(owner__in=owners).select_related("owner").order_by("-pk")


def webhooks_of(owner: User) -> QuerySet[Webhook]:
    """Return the webhooks in somebody's own name, the latest first."""
    return Webhook.objects.filter(owner=owner).order_by("-pk")


def deliveries_of(webhook: Webhook) -> QuerySet[Delivery]:
    """Return what was sent to a webhook and what waits, the latest change first."""
    return Delivery.objects.filter(webhook=webhook).order_by("-position", "-pk")


def due_deliveries(*, at: datetime, most: int) -> list[tuple[int, int]]:
    """Return delivery and webhook, by id, of what is due to webhooks that are not stopped."""
    due = Delivery.objects.filter(
        state="queued", due_at__lte=at, webhook__stopped_at__isnull=True,
        webhook__owner__is_active=True,
    )  # fmt: skip
    return list(due.order_by("due_at", "position", "pk").values_list("pk", "webhook")[:most])


def abandoned_deliveries(*, at: datetime, after: timedelta) -> QuerySet[Delivery]:
    """Return what somebody began to send so long ago that they must have stopped."""
    return Delivery.objects.filter(state="sending", claimed_at__lt=at - after)


def wanted_by(webhook: Webhook) -> Wanted:
    """Return which changes a webhook is told of."""
    return Wanted(frozenset(webhook.registers), frozenset(webhook.kinds))


def key_of(webhook: Webhook) -> bytes:
    """Return the key that signs what is sent to a webhook: its secret."""
    return _key(webhook, settings.SECRET_KEY)


def keys_of(webhook: Webhook) -> list[bytes]:
    """Return every key that may sign: while the site's key is changed, the ones before too."""
    return [_key(webhook, each) for each in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def _key(webhook: Webhook, site_key: str | bytes) -> bytes:
    told = _PURPOSE + webhook.salt.encode()
    return hmac.new(force_bytes(site_key), told, hashlib.sha256).digest()

"""Reading the register of contacts with the helpdesk, as known at a moment."""

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Count
from django.db.models.functions import TruncMonth

from engross.apps.helpdesk.models import Contact
from engross.core.dates.months import Month


class ContactRow(NamedTuple):
    """One contact with the helpdesk, as recorded."""

    reference: str
    received_on: date
    channel: str
    topic: str
    basis: str


class ContactCount(NamedTuple):
    """How many contacts of one channel and topic a month had."""

    month: Month
    channel: str
    topic: str
    basis: str
    contacts: int


def contacts_between(
    first: date, last: date, channels: Collection[str], *, known_at: datetime | None = None
) -> list[ContactRow]:
    """Return the contacts by some channels from `first` to `last`, both included, in order."""
    rows = Contact.objects.known_at(known_at).filter(received_on__range=(first, last))
    ordered = rows.filter(channel__in=channels).order_by("received_on", "reference")
    fields = ("reference", "received_on", "channel", "topic", "basis")
    return [ContactRow(*values) for values in ordered.values_list(*fields)]


def contact_counts(
    first: date, last: date, *, known_at: datetime | None = None
) -> list[ContactCount]:
    """Return how many contacts each month had from `first` to `last`, by channel and topic."""
    rows = Contact.objects.known_at(known_at).filter(received_on__range=(first, last))
    groups = rows.order_by().annotate(month=TruncMonth("received_on"))
    fields = ("month", "channel", "topic", "basis")
    counted = groups.values_list(*fields).annotate(contacts=Count("pk")).order_by(*fields)
    return [ContactCount(Month.of(month), *rest) for month, *rest in counted]

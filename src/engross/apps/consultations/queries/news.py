"""What is new of consultations, for the feed and the calendar: what anyone may know."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count

from engross.apps.consultations.models import Consultation, Extension
from engross.core.consultations.states import State


class NewsRow(NamedTuple):
    """One thing that happened to a consultation: what, when, and words about it."""

    row: Consultation
    what: str
    at: datetime
    note: str = ""


def news(count: int) -> list[NewsRow]:
    """Return what happened last to consultations, the latest first."""
    shown = Consultation.objects.exclude(state=State.DRAFT).select_related("proposal")
    latest = list(shown.order_by("-changed_at", "-number")[:count])
    found = [each for row in latest for each in _told(row)]
    extended = Extension.objects.select_related("consultation", "consultation__proposal")
    for each in extended.order_by("-extended_at", "-pk")[:count]:
        told = NewsRow(each.consultation, "extended", each.extended_at, each.reason)
        found.append(told)
    return sorted(found, key=lambda each: (each.at, each.row.number), reverse=True)[:count]


def _told(row: Consultation) -> Iterator[NewsRow]:
    if row.opened_at:
        yield NewsRow(row, "opened", row.opened_at, row.summary)
    if row.closed_at:
        yield NewsRow(row, "closed", row.closed_at)
    if row.published_at:
        yield NewsRow(row, "published", row.published_at, row.conclusion)


def closings(count: int) -> list[Consultation]:
    """Return the consultations that close or closed last, for a calendar.

    Each has `times_extended`.
    """
    shown = Consultation.objects.exclude(state=State.DRAFT)
    rows = shown.annotate(times_extended=Count("extensions"))
    return list(rows.order_by("-closes_at", "-number")[:count])

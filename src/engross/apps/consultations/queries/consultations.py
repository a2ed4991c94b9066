"""Which consultations there are, and where each stands."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, Q, QuerySet
from django.urls import reverse

from engross.apps.consultations.models import Consultation, IndustryConsultation
from engross.apps.consultations.queries.kinds import kind_of, lead_of
from engross.apps.dates.queries import calendar_of_the_code, working_days_left
from engross.apps.proposals.models import Proposal
from engross.core.access import Reader
from engross.core.consultations.states import State, state_at

_REFERENCE = re.compile(r"CON(\d{1,6})", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True)
class ListedConsultation:
    """A consultation in a list, as it stands at the moment of asking."""

    row: Consultation
    state: State
    kind: str
    proposal: str
    working_days_left: int | None
    is_closing_soon: bool


def address_of(row: Consultation) -> str:
    """Return the address of a consultation's page."""
    return reverse("consultations:consultation", args=[row.reference])


def consultation_called(reference: str, reader: Reader) -> Consultation | None:
    """Return the consultation of a reference; a draft is there for staff alone."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return None
    row = _shown_to(reader).filter(number=int(found[1])).select_related("proposal").first()
    return row if row and row.reference == reference.upper() else None


def _shown_to(reader: Reader) -> QuerySet[Consultation]:
    """Return what a reader may know of: drafts are for staff who handle all."""
    drafts = Q() if reader.handles_all else ~Q(state=State.DRAFT)
    return Consultation.objects.filter(drafts)


def consultations_shown(
    reader: Reader, *, kind: str = "", words: str = "", as_at: date | None = None
) -> QuerySet[Consultation]:
    """Return consultations, the latest to close first; drafts before all others."""
    found = _shown_to(reader).select_related("proposal")
    if kind:
        found = found.filter(kind=kind)
    for word in words.split():
        found = found.filter(
            Q(title__icontains=word) | Q(summary__icontains=word) | Q(proposal__label=word.upper())
        )
    if as_at:
        found = found.filter(opened_on__lte=as_at)
    return found.order_by("-closes_at", "-number")


def in_state(found: QuerySet[Consultation], state: str, *, at: datetime) -> QuerySet[Consultation]:
    """Return those of consultations that stand in a state at a moment; all if it is empty."""
    if not state:
        return found
    is_over = Q(state=State.OPEN, closes_at__lt=at)
    if state == State.OPEN:
        return found.filter(state=State.OPEN).exclude(is_over)
    return found.filter(Q(state=state) | is_over if state == State.CLOSED else Q(state=state))


def listed(rows: Iterable[Consultation], *, at: datetime, today: date) -> list[ListedConsultation]:
    """Return consultations with where each stands; one query for the calendar."""
    calendar = calendar_of_the_code()
    soon = lead_of("consultation_closing_soon", on=today)
    found = []
    for row in rows:
        state, left = state_now(row, at=at), None
        if state is State.OPEN and row.closes_on:
            left = working_days_left(calendar, today, row.closes_on) or 0
        found.append(
            ListedConsultation(
                row, state, kind_of(row).name, row.proposal.label if row.proposal else "",
                left, left is not None and left <= soon,
            )
        )  # fmt: skip
    return found


def state_now(row: Consultation, *, at: datetime) -> State:
    """Return where a consultation stands at a moment."""
    return state_at(State(row.state), row.closes_at, at)


def consultations_to_close(*, at: datetime) -> QuerySet[Consultation]:
    """Return the open consultations whose moment has come, the oldest close first."""
    found = Consultation.objects.filter(state=State.OPEN, closes_at__lt=at)
    return found.order_by("closes_at", "number")


def consultations_to_remind_of(*, today: date, at: datetime) -> list[Consultation]:
    """Return the open consultations that close so soon that a reminder is due and was not sent.

    One that opened on the day of its reminder or later has none.
    """
    calendar = calendar_of_the_code()
    lead = lead_of("consultation_reminder_lead", on=today)
    waiting = Consultation.objects.filter(
        state=State.OPEN, reminded_at__isnull=True, closes_at__gt=at
    )
    return [
        row
        for row in waiting.select_related("proposal").order_by("closes_at", "number")
        if row.closes_on and row.opened_on
        and row.opened_on < calendar.subtract_working_days(row.closes_on, lead) <= today
    ]  # fmt: skip


def consultations_of(proposal: Proposal, reader: Reader) -> list[Consultation]:
    """Return the consultations about a proposal, the latest first."""
    return list(_shown_to(reader).filter(proposal=proposal).order_by("-number"))


def next_number() -> int:
    """Return the number that the next consultation bears."""
    return int(Consultation.objects.aggregate(last=Max("number"))["last"] or 0) + 1


def industry_open_on(day: date) -> list[IndustryConsultation]:
    """Return the consultations of others that are open on a day, the next to close first."""
    rows = IndustryConsultation.objects.known_at(None).filter(
        Q(closes_on__isnull=True) | Q(closes_on__gte=day),
        Q(opened_on__isnull=True) | Q(opened_on__lte=day),
    )
    ordered = rows.order_by("closes_on", "organisation", "title")
    return sorted(ordered, key=lambda row: row.closes_on or date.max)

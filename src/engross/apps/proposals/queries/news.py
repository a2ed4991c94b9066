"""What was last recorded of proposals."""

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, F, OuterRef

from engross.apps.proposals.models import ProposalDetails, StageMove


class NewsRow(NamedTuple):
    """Something new about proposals: one was raised, or entered a stage."""

    register: str
    entry: UUID
    identifier: str
    title: str
    stage: str
    on: date | None
    note: str
    recorded_at: datetime


def news(count: int) -> list[NewsRow]:
    """Return what was last recorded of proposals raised and of stages entered, newest first."""
    latest = ("-recorded_at", F("on").desc(nulls_last=True), "-pk")
    moves = StageMove.objects.known_at(None).filter(_is_recorded()).annotate(on=F("moved_on"))
    raised = ProposalDetails.objects.known_at(None).annotate(on=F("raised_on"))
    rows = [
        NewsRow("proposal-stages", row.entry, row.proposal.label, "", row.stage, row.on, row.note,
                row.recorded_at)
        for row in moves.select_related("proposal").order_by(*latest)[:count]
    ]  # fmt: skip
    titles = _titles({row.identifier for row in rows})
    rows = [row._replace(title=titles.get(row.identifier, "")) for row in rows]
    rows += [
        NewsRow("proposals", row.entry, row.proposal.label, row.title, "", row.on, "",
                row.recorded_at)
        for row in raised.select_related("proposal").order_by(*latest)[:count]
    ]  # fmt: skip
    rows.sort(key=lambda row: (row.recorded_at, row.on or date.min), reverse=True)
    return rows[:count]


def _is_recorded() -> Exists:
    """Return the condition that a move's proposal is still on the register."""
    live = ProposalDetails.objects.known_at(None).order_by()
    return Exists(live.filter(proposal=OuterRef("proposal_id")))


def _titles(labels: set[str]) -> dict[str, str]:
    rows = ProposalDetails.objects.known_at(None).filter(proposal__label__in=sorted(labels))
    return dict(rows.order_by("pk").values_list("proposal__label", "title"))

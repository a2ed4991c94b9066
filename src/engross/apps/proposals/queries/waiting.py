"""Whose move the open proposals are and since when, and which assessments fall due."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Count, Min

from engross.apps.dates.queries import calendar_of_the_code
from engross.apps.proposals.models import Assessment, ProposalDetails
from engross.apps.proposals.queries.asked import ProposalsAsked
from engross.apps.proposals.queries.assessed import due_days
from engross.apps.proposals.queries.awaited import awaited_otherwise, bodies_by_stage
from engross.apps.proposals.queries.lists import ProposalList
from engross.apps.proposals.queries.registered import (
    CountedTo,
    counted_to,
    days_before,
    open_stages,
    waited_working_days,
)

# An assessment accepted longer ago is long past its target: it is late, not due.
LONGEST_TARGET = timedelta(days=400)
MOST_ASSESSMENTS = 100


@dataclass(frozen=True)
class Waiting:
    """Open proposals that wait on a body, or on any of several, and which has longest.

    Units: `waited` in Working Days, of the one that has waited longest; None if nobody knows.
    """

    bodies: tuple[str, ...]
    proposals: int
    oldest: str
    since: date | None
    waited: int | None


class _Standing(NamedTuple):
    bodies: tuple[str, ...]
    since: date | None
    label: str
    proposals: int


def whose_move(*, on: date, as_at: date | None = None) -> list[Waiting]:
    """Return on whom open proposals wait on `on`, or waited `as_at` a day, most of them first."""
    calendar = calendar_of_the_code()
    counted = CountedTo(as_at, as_at) if as_at else counted_to(on)
    by_bodies: dict[tuple[str, ...], list[_Standing]] = {}
    for each in _then(on, as_at) if as_at else _now(on):
        by_bodies.setdefault(each.bodies, []).append(each)
    told = []
    for bodies, own in by_bodies.items():
        oldest = min(own, key=lambda each: (each.since or date.max, each.label))
        waited = waited_working_days(calendar, oldest.since, counted.of(oldest.label))
        number = sum(each.proposals for each in own)
        told.append(Waiting(bodies, number, oldest.label, oldest.since, waited))
    return sorted(told, key=lambda each: (-each.proposals, each.bodies))


def _now(on: date) -> list[_Standing]:
    """Return the open proposals by stage and route, each with the one that has waited longest.

    Those whose stage does not tell on whom they wait come one by one.
    """
    otherwise = awaited_otherwise(on)
    everything = ProposalDetails.objects.known_at(None).filter(proposal__stage__in=open_stages())
    live = everything.exclude(proposal__in=list(otherwise))
    apart = everything.filter(proposal__in=list(otherwise)).order_by("proposal__key")
    grouped = live.order_by().values("proposal__stage", "route")
    oldest = grouped.annotate(proposals=Count("pk"), since=Min("proposal__stage_since"))
    groups = {(row["proposal__stage"], row["route"]): row for row in oldest}
    days = {row["since"] for row in oldest if row["since"]}
    fields = ("proposal__stage", "route", "proposal__stage_since", "proposal__label")
    named = live.filter(proposal__stage_since__in=days).order_by("-proposal__key")
    labels = {tuple(each[:3]): each[3] for each in named.values_list(*fields)}
    return [
        _Standing(bodies_by_stage(stage, route), row["since"],
                  labels.get((stage, route, row["since"]), ""), row["proposals"])
        for (stage, route), row in groups.items()
    ] + [
        _Standing(otherwise[pk].bodies, otherwise[pk].since, label, 1)
        for pk, label in apart.values_list("proposal_id", "proposal__label")
    ]  # fmt: skip


def _then(on: date, as_at: date) -> list[_Standing]:
    asked = ProposalsAsked(on=on, as_at=as_at, open_only=True)
    return [_Standing(each.waits_on, each.waits_since, each.identifier, 1)
            for each in ProposalList(asked)[:]]  # fmt: skip


class Due(NamedTuple):
    """An assessment underway, and the day on which its target is reached."""

    proposal: str
    kind: str
    on: date
    basis: str


def assessments_due(day: date) -> list[Due]:
    """Return the assessments underway on a day whose target falls on it or later, in order."""
    underway = Assessment.objects.known_at(None).filter(
        returned_on__isnull=True,
        accepted_on__lte=day,
        accepted_on__gt=days_before(day, LONGEST_TARGET),
    )
    rows = underway.select_related("proposal").order_by("-accepted_on", "proposal__key")
    listed = list(rows[:MOST_ASSESSMENTS])
    due_on = due_days(listed, on=day, calendar=calendar_of_the_code())
    found = ((row, due_on[row.pk]) for row in listed)
    due = [Due(row.proposal.label, row.kind, on, row.basis) for row, on in found
           if on and on >= day]  # fmt: skip
    return sorted(due, key=lambda each: (each.on, each.proposal))

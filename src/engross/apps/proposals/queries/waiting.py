"""Whose move the open proposals are and since when, and which assessments fall due."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count, Min

from engross.apps.dates.queries import calendar_of_the_code
from engross.apps.proposals.models import Assessment, ProposalDetails
from engross.apps.proposals.queries.lists import ProposalList, ProposalsAsked
from engross.apps.proposals.queries.registered import (
    open_stages,
    route_option,
    waited_working_days,
)
from engross.apps.registers.queries import active_code
from engross.core.proposals.durations import Convention
from engross.core.proposals.moves import bodies_to_move
from engross.core.refusals import Refused

if TYPE_CHECKING:  # The tables of holidays take long to load.
    from engross.core.dates.working_days import WorkingDayCalendar

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


class _Group(NamedTuple):
    stage: str
    route: str
    proposals: int
    since: date | None


def whose_move(*, on: date, as_at: date | None = None) -> list[Waiting]:
    """Return on whom open proposals wait on `on`, or waited `as_at` a day, most of them first."""
    groups = _groups_then(on, as_at) if as_at else _groups_now()
    by_bodies: dict[tuple[str, ...], list[_Group]] = {}
    for group in groups:
        by_bodies.setdefault(_bodies(group.stage, group.route), []).append(group)
    day = as_at or on
    firsts = {bodies: min((g.since for g in own if g.since), default=None)
              for bodies, own in by_bodies.items()}  # fmt: skip
    names = _named(firsts, on, as_at)
    calendar = calendar_of_the_code()
    told = [
        Waiting(
            bodies=bodies,
            proposals=sum(group.proposals for group in own),
            oldest=names.get(bodies, ""),
            since=firsts[bodies],
            waited=waited_working_days(calendar, firsts[bodies], day),
        )
        for bodies, own in by_bodies.items()
    ]
    return sorted(told, key=lambda each: (-each.proposals, each.bodies))


def _bodies(stage: str, route: str) -> tuple[str, ...]:
    return bodies_to_move(active_code().option("proposal_stages", stage), route_option(route))


def _groups_now() -> list[_Group]:
    live = ProposalDetails.objects.known_at(None).filter(proposal__stage__in=open_stages())
    counted = live.order_by().values_list("proposal__stage", "route")
    rows = counted.annotate(Count("pk"), Min("proposal__stage_since"))
    return [_Group(*row) for row in rows]


def _groups_then(on: date, as_at: date) -> list[_Group]:
    asked = ProposalsAsked(on=on, as_at=as_at, open_only=True)
    return [_Group(each.stage, each.route, 1, each.since) for each in ProposalList(asked)[:]]


def _named(
    firsts: dict[tuple[str, ...], date | None], on: date, as_at: date | None
) -> dict[tuple[str, ...], str]:
    """Return the name of the proposal that has waited longest on each, the lowest if several."""
    days = {since for since in firsts.values() if since}
    if as_at:
        asked = ProposalsAsked(on=on, as_at=as_at, open_only=True, sort="identifier")
        rows = [(each.stage, each.route, each.since, each.identifier)
                for each in ProposalList(asked)[:] if each.since in days]  # fmt: skip
    else:
        live = ProposalDetails.objects.known_at(None).filter(
            proposal__stage__in=open_stages(), proposal__stage_since__in=days
        )
        fields = ("proposal__stage", "route", "proposal__stage_since", "proposal__label")
        rows = list(live.order_by("proposal__key").values_list(*fields))
    names: dict[tuple[str, ...], str] = {}
    for stage, route, since, label in rows:
        bodies = _bodies(stage, route)
        if firsts.get(bodies) == since:
            names.setdefault(bodies, label)
    return names


class Due(NamedTuple):
    """An assessment underway, and the day on which its target is reached."""

    proposal: str
    kind: str
    on: date
    basis: str


def assessments_due(day: date) -> list[Due]:
    """Return the assessments underway on a day whose target falls on it or later, in order."""
    underway = Assessment.objects.known_at(None).filter(
        returned_on__isnull=True, accepted_on__lte=day, accepted_on__gt=day - LONGEST_TARGET
    )
    fields = ("proposal__label", "kind", "accepted_on", "target_working_days", "convention",
              "basis")  # fmt: skip
    rows = underway.order_by("-accepted_on", "proposal__key").values_list(*fields)
    calendar = calendar_of_the_code()
    due = []
    for label, kind, accepted_on, target, convention, basis in rows[:MOST_ASSESSMENTS]:
        on = _target_day(calendar, accepted_on, target, convention)
        if on and on >= day:
            due.append(Due(label, kind, on, basis))
    return sorted(due, key=lambda each: (each.on, each.proposal))


def _target_day(
    calendar: "WorkingDayCalendar", accepted_on: date | None, target: int, convention: str
) -> date | None:
    """Return the day on which a target is reached, counted by its convention."""
    if accepted_on is None:
        return None
    counting = Convention.of(active_code().option("counting_conventions", convention))
    used = calendar.weekdays_only() if counting.weekdays_only else calendar
    try:
        return used.add_working_days(accepted_on, max(target - counting.is_inclusive, 0))
    except Refused:  # The published holidays do not reach so far: no day can be named.
        return None

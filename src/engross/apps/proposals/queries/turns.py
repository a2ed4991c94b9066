"""Open proposals one by one: on whom each waits, whom it would affect, and what is late."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, NamedTuple

from engross.apps.dates.queries import calendar_of_the_code
from engross.apps.proposals.models import Assessment, ProposalDetails
from engross.apps.proposals.queries.assessed import due_days
from engross.apps.proposals.queries.awaited import (
    Awaited,
    awaited_otherwise,
    bodies_by_stage,
)
from engross.apps.proposals.queries.impacts import categories_meant, category_impacts
from engross.apps.proposals.queries.registered import (
    counted_to,
    open_stages,
    waited_working_days,
)


class Turn(NamedTuple):
    """An open proposal, its stage, on whom it waits, since when.

    Units: `waited` in Working Days; None if nobody knows.
    """

    proposal: str
    title: str
    stage: str
    bodies: tuple[str, ...]
    since: date | None
    waited: int | None
    is_urgent: bool
    basis: str


class Late(NamedTuple):
    """An assessment underway whose target has passed.

    Units: `late` in Working Days after the target.
    """

    proposal: str
    kind: str
    due_on: date
    late: int | None
    basis: str


def open_turns(keys: Collection[str], *, on: date) -> list[Turn]:
    """Return those of these proposals that are open, the longest wait first."""
    return _turns(_open().filter(proposal__key__in=list(keys)), on=on)


def open_affecting(category: str, *, on: date) -> list[Turn]:
    """Return the open proposals that would affect a Party Category, the longest wait first."""
    live = category_impacts().filter(proposal__stage__in=open_stages()).order_by()
    named = live.values_list("proposal__key", "affected")
    keys = {key for key, affected in named if category in categories_meant([affected])}
    return open_turns(keys, on=on)


def open_proposed_by(names: Collection[str], *, on: date) -> list[Turn]:
    """Return the open proposals whose proposer bears one of these names."""
    return _turns(_open().filter(proposer__in=list(names)), on=on) if names else []


def assessments_late(day: date, *, most: int = 50) -> list[Late]:
    """Return the assessments underway on a day whose target has passed, the latest target first.

    Where the register is no longer kept, the last day on which it was counts as the day.
    """
    underway = Assessment.objects.known_at(None).filter(
        returned_on__isnull=True, accepted_on__lte=day, proposal__stage__in=open_stages()
    )
    rows = underway.select_related("proposal").order_by("-accepted_on", "proposal__key")
    listed = list(rows[:most])
    calendar, counted = calendar_of_the_code(), counted_to(day, "assessments")
    due_days_of = due_days(listed, on=day, calendar=calendar)
    found = []
    for row in listed:
        due_on, until = due_days_of[row.pk], counted.of(row.proposal.label)
        if due_on and due_on < until:
            late = waited_working_days(calendar, due_on, until)
            found.append(Late(row.proposal.label, row.kind, due_on, late, row.basis))
    return sorted(found, key=lambda each: (each.due_on, each.proposal), reverse=True)


def _open() -> Any:
    return ProposalDetails.objects.known_at(None).filter(proposal__stage__in=open_stages())


def _turns(details: Any, *, on: date) -> list[Turn]:
    calendar, counted, otherwise = calendar_of_the_code(), counted_to(on), awaited_otherwise(on)
    rows: Iterable[Any] = details.select_related("proposal").order_by(
        "proposal__stage_since", "proposal__key"
    )
    told = []
    for row in rows:
        proposal = row.proposal
        by_stage = Awaited(bodies_by_stage(proposal.stage, row.route), proposal.stage_since)
        awaited = otherwise.get(proposal.pk, by_stage)
        until = counted.of(proposal.label)
        waited = waited_working_days(calendar, awaited.since, until)
        told.append(Turn(proposal.label, row.title, proposal.stage, awaited.bodies,
                         awaited.since, waited, row.is_urgent, row.basis))  # fmt: skip
    return sorted(told, key=lambda turn: turn.since or date.max)

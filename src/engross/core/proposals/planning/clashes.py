"""Plans that cannot all hold: too much assessed at once, agendas overfull, releases missed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from engross.core.proposals.planning.plans import Plan
from engross.core.proposals.planning.steps import StepKind


@dataclass(frozen=True)
class Timetabled:
    """A proposal and its plan. `rank` orders by priority, the most urgent first."""

    proposal: str
    plan: Plan
    is_urgent: bool = False
    rank: int = 0
    wanted_release: date | None = None


@dataclass(frozen=True)
class Clash:
    """What cannot hold, which proposals it is between, on which day, and what to do about it."""

    kind: str
    on: date
    proposals: tuple[str, ...]
    what: str
    remedy: str


def clashes_among(
    plans: Iterable[Timetabled], *, assessed: Mapping[str, str], at_once: int, items: int
) -> list[Clash]:
    """Return what cannot hold among plans, in order of days.

    `assessed` names the steps in which an assessment is made; `at_once` is how many can be made
    at a time, `items` how many proposals one meeting takes.
    """
    known = list(plans)
    found = [
        *_too_many_assessed(known, assessed, at_once),
        *_agendas_overfull(known, items),
        *_releases_missed(known),
    ]
    return sorted(found, key=lambda clash: (clash.on, clash.kind, clash.proposals))


def _too_many_assessed(
    plans: list[Timetabled], assessed: Mapping[str, str], at_once: int
) -> Iterable[Clash]:
    """Yield each day on which one more assessment begins than can be made."""
    spans = [
        (each.span.first, each.span.last, one)
        for one in plans
        for each in one.plan.steps
        if each.step.key in assessed and each.span.first and each.span.last and not each.is_done
    ]
    for first in sorted({first for first, _, _ in spans}):
        beside = [other for start, end, other in spans if start <= first < end]
        if len(beside) <= at_once:
            continue
        beside.sort(key=lambda other: (not other.is_urgent, other.rank, other.proposal))
        urgent = sum(other.is_urgent for other in beside)
        what = f"{len(beside)} assessments at once, and {at_once} can be made"
        if urgent > at_once:
            what = f"{urgent} urgent assessments at once, and {at_once} can be made"
        last = beside[-1].proposal
        yield Clash("assessments", first, tuple(other.proposal for other in beside), what,
                    f"Begin {last} later, or agree more at once")  # fmt: skip


def _agendas_overfull(plans: list[Timetabled], items: int) -> Iterable[Clash]:
    agendas: defaultdict[tuple[str, date], list[str]] = defaultdict(list)
    for one in plans:
        for each in one.plan.steps:
            if each.step.kind is StepKind.MEETING and each.span.last and not each.is_done:
                agendas[each.step.body, each.span.last].append(one.proposal)
    for (body, day), proposals in agendas.items():
        if len(proposals) > items:
            yield Clash(f"agenda of {body}", day, tuple(sorted(proposals)),
                        f"{len(proposals)} proposals on one agenda, and {items} fit",
                        "Move some to the next meeting, or hold an extraordinary one")  # fmt: skip


def _releases_missed(plans: list[Timetabled]) -> Iterable[Clash]:
    for one in plans:
        ends = one.plan.ends_on
        if one.wanted_release and ends and ends > one.wanted_release:
            yield Clash("release", one.wanted_release, (one.proposal,),
                        f"It goes live on {ends} and not on {one.wanted_release}",
                        "Shorten a step, or choose a later release")  # fmt: skip

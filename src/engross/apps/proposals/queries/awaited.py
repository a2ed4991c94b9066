"""On whom proposals wait: as the framework tells it, which for most is who decides their stage.

Where something runs against a target, or a mark names somebody, the framework says so first. Such
proposals are few, and worked out apart; for the others the stage and the route are enough.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from engross.apps.audit.queries import latest_event_hash
from engross.apps.dates.queries import calendar_of_the_code
from engross.apps.proposals.models import Assessment, HoldSpell, MoveMade, Proposal
from engross.apps.proposals.queries.courses import Course, courses_of
from engross.apps.proposals.queries.registered import route_option
from engross.apps.proposals.registers.moved import moves_behind
from engross.apps.registers.queries import active_code, in_batches
from engross.core.proposals.framework.consequences import waits_on, waits_since
from engross.core.proposals.moves import bodies_to_move

if TYPE_CHECKING:  # The tables of holidays take long to load.
    from engross.core.dates.working_days import WorkingDayCalendar


@dataclass(frozen=True)
class Awaited:
    """The keys of the bodies whose move it is, and since when; None if nobody knows."""

    bodies: tuple[str, ...]
    since: date | None


def awaited_in(course: Course, calendar: "WorkingDayCalendar", *, on: date) -> Awaited:
    """Return on whom a proposal waits on a day: the one rule, on which all else here rests."""
    framework = course.framework(on)
    asked: dict[str, Any] = {"code": active_code(), "calendar": calendar, "on": on}
    since = waits_since(course.state, framework, **asked)
    return Awaited(waits_on(course.state, framework, **asked), None if since == date.min else since)


def bodies_by_stage(stage: str, route: str) -> tuple[str, ...]:
    """Return on whom a proposal waits of which nothing but stage and route is to be heeded."""
    if not stage:
        return ()
    return bodies_to_move(active_code().option("proposal_stages", stage), route_option(route))


def awaited_otherwise(day: date, *, recorded: str = "") -> Mapping[int, Awaited]:
    """Return those of the proposals under way whose stage does not tell on whom they wait.

    By row number. Kept in this process until something else is recorded; `recorded` names all
    that is, where a caller has asked for it (`latest_event_hash`).
    """
    return _otherwise(recorded or latest_event_hash(), active_code().key, day)


@lru_cache(maxsize=8)
def _otherwise(_everything: str, code: str, day: date) -> Mapping[int, Awaited]:
    final = [each.key for each in active_code().options("proposal_stages")
             if each.flag("is_final")]  # fmt: skip
    under_way = Proposal.objects.exclude(stage__in=["", *final])
    asked = set(under_way.filter(_may_differ(day, known_at=None)).values_list("pk", flat=True))
    return {
        pk: told
        for pk, (course, told) in _told(asked, day, known_at=None).items()
        if told.bodies != bodies_by_stage(course.proposal.stage, course.details.route)
    }


def awaited_then(
    proposals: Collection[int], day: date, *, known_at: datetime | None = None
) -> Mapping[int, Awaited]:
    """Return those of these proposals whose stage may not tell on whom they waited on a day."""
    found: dict[int, Awaited] = {}
    differ = _may_differ(day, known_at=known_at)
    for batch in in_batches(proposals):
        asked = set(Proposal.objects.filter(differ, pk__in=batch).values_list("pk", flat=True))
        told = _told(asked, day, known_at=known_at)
        found |= {pk: each for pk, (_, each) in told.items()}
    return found


def _told(
    asked: Collection[int], day: date, *, known_at: datetime | None
) -> Mapping[int, tuple[Course, Awaited]]:
    if not asked:
        return {}
    calendar = calendar_of_the_code(known_at=known_at)
    courses = courses_of(asked, on=day, with_facts=False, known_at=known_at)
    return {pk: (each, awaited_in(each, calendar, on=day)) for pk, each in courses.items()}


def _may_differ(day: date, *, known_at: datetime | None) -> Q:
    """Return the condition for proposals in which something may run, or that stand otherwise then.

    A move began it, or a row of a register did that is not ended; or the latest stage on record
    is of a day to come.
    """
    beginning = _beginning(active_code().key)
    begun = [key for key, move in moves_behind().items() if move in beginning]
    made = MoveMade.objects.filter(move__in=beginning, made_on__lte=day)
    assessed = Assessment.objects.known_at(known_at).filter(
        Q(returned_on__isnull=True) | Q(returned_on__gt=day),
        accepted_on__lte=day, kind__in=[kind for kind, _ in begun],
    )  # fmt: skip
    found = Q(pk__in=made.values("proposal")) | Q(pk__in=assessed.values("proposal"))
    if any(does == "set" for _, does in begun):
        held = HoldSpell.objects.known_at(known_at).held_on(day)
        found |= Q(pk__in=held.values("proposal"))
    return found | Q(stage__in=_stages_with_clocks(active_code().key)) | Q(stage_since__gt=day)


@cache
def _beginning(code_key: str) -> tuple[str, ...]:
    """Return the moves that start what runs against a body, or set a mark that names one."""
    code = active_code()
    clocks = {each.key for each in code.options("proposal_clocks") if not each.flag("is_window")}
    marks = {each.key for each in code.options("proposal_marks") if each.texts("waits_on")}
    moves = {
        each.key
        for each in code.options("proposal_moves")
        if clocks & set(each.texts("starts")) or marks & set(each.texts("sets"))
    }
    return tuple(sorted(moves))


@cache
def _stages_with_clocks(code_key: str) -> tuple[str, ...]:
    clocks = active_code().options("proposal_clocks")
    return tuple({stage for each in clocks if not each.flag("is_window")
                  for stage in each.texts("stages")})  # fmt: skip

"""One proposal as it stood on a day, with all that is recorded of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from engross.apps.dates.queries import calendar_of_the_code
from engross.apps.proposals.models import (
    Decision,
    HoldSpell,
    Proposal,
    ProposalDetails,
    ProposalLink,
)
from engross.apps.proposals.queries.assessed import AssessmentSeen, assessments_seen
from engross.apps.proposals.queries.awaited import Awaited, awaited_in
from engross.apps.proposals.queries.courses import Course, course_about
from engross.apps.proposals.queries.histories import ProposalHistory, name_on
from engross.apps.proposals.queries.registered import waited_working_days
from engross.apps.proposals.registers import (
    decisions,
    identifier_forms,
    printed_proposal,
    proposal_holds,
    proposal_impacts,
    proposal_key,
    proposal_stages,
    proposals,
)
from engross.apps.registers.queries import RowsAbout, active_code, option_name
from engross.apps.registers.registers import register_named
from engross.core.codes.codes import Option
from engross.core.proposals.framework.deadlines import Deadline
from engross.core.proposals.histories import Move, stages_of, standing_on
from engross.core.proposals.identifiers import printed_identifier

if TYPE_CHECKING:  # The tables of holidays take long to load.
    from engross.core.dates.working_days import WorkingDayCalendar


@dataclass(frozen=True)
class LinkSeen:
    """How a proposal stands to another; `is_here` says that the other is on this register."""

    relation: str
    other_code: str
    other: str
    is_here: bool


@dataclass(frozen=True)
class ProposalSeen:
    """A proposal as it stood on a day: all that its page and the API tell of it.

    `since` is when it entered its stage, `waits_since` when it began to wait on `waits_on`. The
    course tells where it stands in the framework; None of one that is done.
    """

    proposal: Proposal
    details: ProposalDetails
    identifier: str
    stage: Option | None
    since: date | None
    waits_on: tuple[Option, ...]
    waits_since: date | None
    waited_working_days: int | None
    holds: tuple[HoldSpell, ...]
    hold: HoldSpell | None
    impacts: Mapping[str, tuple[str, ...]]
    assessments: tuple[AssessmentSeen, ...]
    decisions: tuple[Decision, ...]
    tranches: tuple[Any, ...]
    links: tuple[LinkSeen, ...]
    parts: tuple[ProposalDetails, ...]
    course: Course | None
    deadlines: tuple[Deadline, ...]


def proposal_seen(
    about: RowsAbout, *, on: date, as_at: date | None = None, counted_to: date | None = None
) -> ProposalSeen | None:
    """Return a proposal as it stands on `on`, or stood `as_at` a day; None if it was not yet.

    Days that are not over are counted until then, or to `counted_to` if records end there.
    """
    proposal: Any = about.identity
    recorded = about.rows(proposals)
    details = next((row for row in recorded if row.proposal_id == proposal.pk), None)
    if details is None:
        return None
    day = as_at or on
    stood = _stood(details, _moves(about), day, is_past=bool(as_at))
    if stood is None:
        return None
    calendar = calendar_of_the_code(known_at=about.known_at)
    until = day if as_at else counted_to or day
    course = None if stood.is_done else course_about(about, on=day)
    awaited = awaited_in(course, calendar, on=day) if course else Awaited((), None)
    begun = (row for row in about.rows(proposal_holds) if row.held_from <= day)
    holds = tuple(sorted(begun, key=lambda row: row.held_from))
    return ProposalSeen(
        proposal=proposal,
        details=details,
        identifier=stood.identifier,
        stage=stood.stage,
        since=stood.since,
        waits_on=tuple(active_code().option("bodies", each) for each in awaited.bodies),
        waits_since=awaited.since,
        waited_working_days=_waited(awaited, calendar, until=until, day=day),
        holds=holds,
        hold=next((h for h in holds if h.held_until is None or h.held_until > day), None),
        impacts=_impacts(about),
        assessments=assessments_seen(about, course, day, until, calendar),
        decisions=_decisions(about, day),
        tranches=tuple(sorted(about.rows(register_named("proposal-tranches")),
                              key=lambda row: row.sequence)),
        links=_links(about),
        parts=tuple(sorted((row for row in recorded if row.parent_id == proposal.pk),
                           key=lambda row: row.proposal.key)),
        course=course,
        deadlines=tuple(course.deadlines(day, calendar=calendar)) if course else (),
    )  # fmt: skip


def _waited(
    awaited: Awaited, calendar: "WorkingDayCalendar", *, until: date, day: date
) -> int | None:
    """Return for how many Working Days it has waited; to the day if it began after records end."""
    if not awaited.bodies or awaited.since is None:
        return None
    return waited_working_days(calendar, awaited.since, until if awaited.since <= until else day)


def _moves(about: RowsAbout) -> list[Move]:
    """Return the moves of a proposal, those without a day first."""
    rows = sorted(about.rows(proposal_stages), key=lambda row: (row.moved_on or date.min, row.pk))
    return [Move(row.stage, row.moved_on, row.body, row.basis) for row in rows]


def _decisions(about: RowsAbout, day: date) -> tuple[Decision, ...]:
    """Return what was decided by a day, the latest first."""
    found = [row for row in about.rows(decisions) if row.decided_on <= day]
    found.sort(key=lambda row: (row.body, row.outcome))
    return tuple(sorted(found, key=lambda row: row.decided_on, reverse=True))


@dataclass(frozen=True)
class _Stood:
    identifier: str
    stage: Option | None
    since: date | None

    @property
    def is_done(self) -> bool:
        """Say whether nobody's move can follow: the stage is the last, or not known."""
        return self.stage is None or self.stage.flag("is_final")


def _stood(row: ProposalDetails, moves: list[Move], day: date, *, is_past: bool) -> _Stood | None:
    """Return a proposal's name and stage: on a past day by its dated moves, else by its latest."""
    code = active_code()
    if is_past:
        return _stood_then(row, moves, day)
    order = {key: stage.order for key, stage in stages_of(code).items()}
    moves.sort(key=lambda move: (move.moved_on or date.min, order[move.stage]))
    name = printed_proposal(row.proposal, [move.stage for move in moves])
    if not moves:
        return _Stood(name, None, None)
    return _Stood(name, code.option("proposal_stages", moves[-1].stage), moves[-1].moved_on)


def _stood_then(row: ProposalDetails, moves: list[Move], day: date) -> _Stood | None:
    code = active_code()
    stages = stages_of(code)
    standing = standing_on(day, raised_on=row.raised_on, moves=moves, stages=stages)
    if standing is None:
        return None
    is_part = row.parent_id is not None
    history = ProposalHistory(
        row.proposal, row.title, row.raised_on, is_part, row.basis, tuple(moves)
    )
    stage = code.option("proposal_stages", standing.stage.key) if standing.stage else None
    return _Stood(name_on(history, day, stages), stage, standing.since)


def _impacts(about: RowsAbout) -> dict[str, tuple[str, ...]]:
    """Return what a proposal would affect, by kind, in the order of the code's list."""
    found: dict[str, list[str]] = {}
    for row in sorted(about.rows(proposal_impacts), key=lambda row: row.affected):
        found.setdefault(row.kind, []).append(row.affected)
    kinds = [each.key for each in active_code().options("impact_kinds")]
    return {kind: tuple(found[kind]) for kind in kinds if kind in found}


def _links(about: RowsAbout) -> tuple[LinkSeen, ...]:
    """Return a proposal's links, and from the other side those that others have to it."""
    proposal: Any = about.identity
    forms = {proposal.label, proposal.key, *_every_form_of(proposal)}
    inverse = Q(other_code="", other__in=sorted(forms)) & ~Q(proposal=proposal)
    rows = ProposalLink.objects.known_at(about.known_at).filter(Q(proposal=proposal) | inverse)
    ordered = rows.select_related("proposal").order_by("relation", "other_code", "other", "pk")
    found: dict[tuple[str, str, str], LinkSeen] = {}
    keys = {key for row in ordered if not row.other_code and (key := proposal_key(row.other))}
    named = Proposal.objects.filter(key__in=keys)
    labels = dict(named.values_list("key", "label")) if keys else {}
    for row in ordered:
        if row.proposal_id == proposal.pk:
            relation, other = row.relation, row.other
            label = "" if row.other_code else labels.get(proposal_key(other) or "", "")
        else:
            option = active_code().option("link_relations", row.relation)
            relation = str(option.attributes["inverse"] or row.relation)
            other = label = row.proposal.label
        name = option_name("link_relations", relation)
        place = (relation, row.other_code, label or other)
        found.setdefault(place, LinkSeen(name, row.other_code, label or other, bool(label)))
    return tuple(found.values())


def _every_form_of(proposal: Proposal) -> list[str]:
    return [
        printed_identifier(
            number=proposal.number, suffix=proposal.suffix, key=proposal.key, form=form
        )
        for form in identifier_forms()
    ]

"""Reading the registers of proposals, as known at a moment."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db.models import Case, Count, Exists, F, Min, OuterRef, Q, QuerySet, Value, When

from engross.apps.dates.queries import calendar_of_the_code
from engross.apps.proposals.models import (
    Assessment as AssessmentRow,
)
from engross.apps.proposals.models import (
    Decision,
    HoldSpell,
    Impact,
    Proposal,
    ProposalDetails,
    ProposalLink,
    StageMove,
)
from engross.apps.proposals.registers import identifier_forms, printed_proposal, proposal_key
from engross.apps.registers.queries import active_code, in_batches, option_name
from engross.apps.registers.registers import register_named
from engross.core.codes.codes import Option
from engross.core.proposals.assessments import Assessment
from engross.core.proposals.durations import Convention, days_taken
from engross.core.proposals.histories import Move, Stage, moves_until, stages_of, standing_on
from engross.core.proposals.identifiers import printed_identifier
from engross.core.proposals.moves import bodies_to_move

if TYPE_CHECKING:  # The tables of holidays take long to load.
    from engross.core.dates.working_days import WorkingDayCalendar

# Waiting has no published convention: true Working Days after the day it began.
WAITED = Convention(weekdays_only=False, is_inclusive=False)


@dataclass(frozen=True)
class ProposalHistory:
    """A proposal as recorded, with every stage that it is known to have entered."""

    proposal: Proposal
    title: str
    raised_on: date | None
    is_part: bool
    basis: str
    moves: tuple[Move, ...]

    @property
    def key(self) -> str:
        """Return the proposal's lasting key."""
        return self.proposal.key

    @property
    def bases(self) -> frozenset[str]:
        """Return what its rows rest on."""
        return frozenset({self.basis, *(move.basis for move in self.moves)})


class DecisionRow(NamedTuple):
    """What a body decided about a proposal, as recorded."""

    proposal: str
    body: str
    decided_on: date
    outcome: str
    note: str
    basis: str


def histories(*, known_at: datetime | None = None) -> list[ProposalHistory]:
    """Return every proposal with its moves, in order of keys."""
    proposals = {each.pk: each for each in Proposal.objects.order_by("key")}
    moves = _moves(known_at)
    rows = ProposalDetails.objects.known_at(known_at).order_by("proposal__key")
    return [
        ProposalHistory(
            proposals[pk], title, raised_on, parent is not None, basis, tuple(moves.get(pk, ()))
        )
        for pk, title, raised_on, parent, basis in rows.values_list(
            "proposal_id", "title", "raised_on", "parent_id", "basis"
        )
    ]


def _moves(known_at: datetime | None) -> dict[int, list[Move]]:
    return _grouped(StageMove.objects.known_at(known_at))


def _grouped(rows: Any) -> dict[int, list[Move]]:
    found: dict[int, list[Move]] = {}
    told = rows.order_by("moved_on", "pk")
    for pk, *values in told.values_list("proposal_id", "stage", "moved_on", "body", "basis"):
        found.setdefault(pk, []).append(Move(*values))
    return found


def name_on(history: ProposalHistory, day: date, stages: dict[str, Stage]) -> str:
    """Return a proposal's name as printed at the end of a day, after the moves up to then.

    Moves whose day is not known come before those that are dated.
    """
    undated = [each.stage for each in history.moves if each.moved_on is None]
    undated = sorted((each for each in undated if each in stages), key=lambda s: stages[s].order)
    dated = [each.stage for each in moves_until(history.moves, day, stages)]
    return printed_proposal(history.proposal, [*undated, *dated])


def assessments(*, known_at: datetime | None = None) -> list[Assessment]:
    """Return every assessment, in the order in which they were accepted."""
    rows = AssessmentRow.objects.known_at(known_at)
    ordered = rows.order_by("accepted_on", "returned_on", "proposal__key", "kind", "sequence")
    fields = (
        "proposal__key", "kind", "accepted_on", "returned_on", "target_working_days",
        "convention", "basis",
    )  # fmt: skip
    return [Assessment(*values) for values in ordered.values_list(*fields)]


def decisions_between(
    first: date, last: date, *, known_at: datetime | None = None
) -> list[DecisionRow]:
    """Return what bodies decided from `first` to `last`, both included, in order."""
    rows = Decision.objects.known_at(known_at).filter(decided_on__range=(first, last))
    fields = ("proposal__key", "body", "decided_on", "outcome", "note", "basis")
    ordered = rows.order_by("decided_on", "body", "outcome", "proposal__key")
    return [DecisionRow(*values) for values in ordered.values_list(*fields)]


SORTS = {
    "identifier": ("proposal__number", "proposal__suffix", "proposal__key"),
    "title": ("title",),
    "raised": ("raised_on",),
    "category": ("proposer_category",),
    "route": ("route",),
    "since": ("proposal__stage_since",),
}


@dataclass(frozen=True)
class ProposalsAsked:
    """What a reader asked of the proposals; `on` is today, for what has no day of its own."""

    on: date
    as_at: date | None = None
    known_at: datetime | None = None
    words: str = ""
    stage: str = ""
    open_only: bool = False
    route: str = ""
    category: str = ""
    affects: str = ""
    release: str = ""
    sort: str = ""

    @property
    def is_past(self) -> bool:
        """Say whether another state than today's, as known now, is asked for."""
        return self.as_at is not None or self.known_at is not None

    @property
    def day(self) -> date:
        """The day whose state is asked for."""
        return self.as_at or self.on


@dataclass(frozen=True)
class ListedProposal:
    """A proposal in a list; `stage` is the key of its stage, empty where that is not known."""

    identifier: str
    title: str
    stage: str
    since: date | None
    raised_on: date | None
    proposer: str
    proposer_category: str
    route: str
    is_urgent: bool
    is_on_hold: bool
    basis: str


class _Row(NamedTuple):
    """What a list reads of a proposal: values, because an object for each row costs more."""

    pk: int
    label: str
    stage: str
    since: date | None
    title: str
    raised_on: date | None
    proposer: str
    proposer_category: str
    route: str
    is_urgent: bool
    parent: int | None
    basis: str


_ROW_FIELDS = (
    "proposal_id", "proposal__label", "proposal__stage", "proposal__stage_since", "title",
    "raised_on", "proposer", "proposer_category", "route", "is_urgent", "parent_id", "basis",
)  # fmt: skip


class ProposalList(Sequence[ListedProposal]):
    """The proposals that were asked for; rows are read a slice at a time."""

    def __init__(self, asked: ProposalsAsked) -> None:
        self.asked = asked
        rows = _rows(asked)
        self._rows: Any = rows if not asked.is_past else _past(asked, rows)

    def __len__(self) -> int:
        return len(self._rows) if isinstance(self._rows, list) else self._rows.count()

    def __getitem__(self, place: Any) -> Any:
        if not isinstance(place, slice):
            return self[place : place + 1][0]
        if isinstance(self._rows, list):
            found = _named_as_then(self.asked, self._rows[place])
        else:
            found = [_Row(*row) for row in self._rows[place].values_list(*_ROW_FIELDS)]
        ids = {row.pk for row in found}
        held = on_hold(ids, self.asked.day, known_at=self.asked.known_at)
        return [_listed(row, is_on_hold=row.pk in held) for row in found]


def _rows(asked: ProposalsAsked) -> "QuerySet[ProposalDetails]":
    rows: Any = ProposalDetails.objects.known_at(asked.known_at)
    if asked.route:
        rows = rows.filter(route=asked.route)
    if asked.category:
        rows = rows.filter(proposer_category=asked.category)
    if asked.stage and not asked.is_past:
        rows = rows.filter(proposal__stage=asked.stage)
    if asked.open_only and not asked.is_past:
        rows = rows.filter(proposal__stage__in=open_stages())
    for word in asked.words.casefold().split()[:8]:
        rows = rows.filter(haystack__contains=word)
    if asked.affects:
        rows = rows.filter(Exists(_affecting(asked.affects, asked.known_at)))
    if asked.release:
        tranches = _tranches(asked.known_at).filter(release__key=asked.release)
        rows = rows.filter(Exists(tranches.filter(proposal=OuterRef("proposal_id"))))
    return rows.order_by(*_order(asked.sort))  # type: ignore[no-any-return]


def _affecting(category: str, known_at: datetime | None) -> Any:
    option = active_code().option("party_categories", category)
    words = {option.key, option.name, option.plural, *option.aliases}
    impacts = Impact.objects.known_at(known_at).filter(affected__in=sorted(words))
    return impacts.filter(proposal=OuterRef("proposal_id")).order_by()


def _tranches(known_at: datetime | None) -> Any:
    """Return the parts in which proposals go live: a register of an app further up."""
    model: Any = register_named("proposal-tranches").model
    return model.objects.known_at(known_at).order_by("proposal_id", "sequence")


def _order(sort: str) -> list[Any]:
    backwards, name = sort.startswith("-"), sort.removeprefix("-")
    if name == "stage":
        stages = active_code().options("proposal_stages")
        places = [When(proposal__stage=each.key, then=Value(each.number("order")))
                  for each in stages]  # fmt: skip
        fields: list[Any] = [Case(*places, default=Value(999))]
    else:
        # Newest first, unless something else is asked for.
        backwards = backwards if name in SORTS else True
        fields = [F(each) for each in SORTS.get(name, SORTS["identifier"])]
    ordered = [each.desc(nulls_last=True) if backwards else each.asc(nulls_last=True)
               for each in fields]  # fmt: skip
    return [*ordered, "proposal_id"]


def _past(asked: ProposalsAsked, rows: Any) -> list[_Row]:
    """Return the proposals as they stood on the day, by the rule that papers count by."""
    moves, stages = _moves(asked.known_at), stages_of(active_code())
    wanted = open_stages() if asked.open_only else None
    found = []
    for row in map(_Row._make, rows.values_list(*_ROW_FIELDS)):
        own = moves.get(row.pk, [])
        standing = standing_on(asked.day, raised_on=row.raised_on, moves=own, stages=stages)
        if standing is None:
            continue
        stage = standing.stage.key if standing.stage else ""
        if (not asked.stage or stage == asked.stage) and (wanted is None or stage in wanted):
            found.append(row._replace(stage=stage, since=standing.since))
    return _resorted(found, asked.sort)


def _named_as_then(asked: ProposalsAsked, rows: list[_Row]) -> list[_Row]:
    """Return the rows with the names that the proposals bore on the day."""
    ids = [row.pk for row in rows]
    proposals = {each.pk: each for each in Proposal.objects.filter(pk__in=ids).order_by()}
    told = StageMove.objects.known_at(asked.known_at).filter(proposal__in=ids)
    moves = _grouped(told)
    stages = stages_of(active_code())
    named = []
    for row in rows:
        history = _history(proposals[row.pk], row, moves.get(row.pk, []))
        named.append(row._replace(label=name_on(history, asked.day, stages)))
    return named


def _history(proposal: Proposal, row: _Row, moves: list[Move]) -> ProposalHistory:
    is_part = row.parent is not None
    return ProposalHistory(proposal, row.title, row.raised_on, is_part, row.basis, tuple(moves))


def _resorted(found: list[_Row], sort: str) -> list[_Row]:
    """Return them in order where the order depends on the day; else as the database had them."""
    backwards, name = sort.startswith("-"), sort.removeprefix("-")
    if name == "stage":
        order = {key: stage.order for key, stage in stages_of(active_code()).items()}
        return sorted(found, key=lambda each: order.get(each.stage, 999), reverse=backwards)
    if name == "since":
        known = [each for each in found if each.since]
        known.sort(key=lambda each: each.since or date.min, reverse=backwards)
        return known + [each for each in found if not each.since]
    return found


def _listed(row: _Row, *, is_on_hold: bool) -> ListedProposal:
    return ListedProposal(
        identifier=row.label, title=row.title, stage=row.stage, since=row.since,
        raised_on=row.raised_on, proposer=row.proposer, route=row.route, basis=row.basis,
        proposer_category=row.proposer_category, is_urgent=row.is_urgent, is_on_hold=is_on_hold,
    )  # fmt: skip


def open_stages() -> tuple[str, ...]:
    """Return the keys of the stages in which a proposal is not decided yet."""
    stages = active_code().options("proposal_stages")
    return tuple(dict.fromkeys(each.key for each in stages if each.flag("is_open")))


def moves_of(proposal: Proposal, *, known_at: datetime | None = None) -> list[Move]:
    """Return the moves of one proposal, those without a day first."""
    rows = StageMove.objects.known_at(known_at).filter(proposal=proposal)
    ordered = rows.order_by(F("moved_on").asc(nulls_first=True), "pk")
    return [Move(*each) for each in ordered.values_list("stage", "moved_on", "body", "basis")]


def on_hold(proposals: set[int], day: date, *, known_at: datetime | None = None) -> set[int]:
    """Return those of the proposals that are on hold on a day."""
    held: set[int] = set()
    for batch in in_batches(proposals):
        spells = HoldSpell.objects.known_at(known_at).held_on(day).filter(proposal_id__in=batch)
        held |= set(spells.order_by().values_list("proposal_id", flat=True))
    return held


def release_choices() -> list[tuple[str, str]]:
    """Return every release by key and name, the latest first."""
    model: Any = register_named("releases").model
    rows = model.objects.known_at(None).order_by("-released_on", "release__key")
    return list(rows.values_list("release__key", "release__label"))


def proposal_called(text: str) -> Proposal | None:
    """Return the proposal that any form of an identifier names; None if there is none."""
    key = proposal_key(text)
    if key is None:
        return None
    recorded = ProposalDetails.objects.filter(proposal=OuterRef("pk")).order_by()
    return Proposal.objects.filter(Exists(recorded), key=key).order_by("pk").first()


def proposals_near(text: str, *, count: int = 6) -> list[str]:
    """Return the identifiers that come next to a number that no proposal bears."""
    digits = re.search(r"\d{1,6}", text)
    if digits is None:
        return []
    key = f"{int(digits[0]):04d}"
    below = Proposal.objects.filter(key__lte=key).order_by("-key")[: count // 2]
    above = Proposal.objects.filter(key__gt=key).order_by("key")[: count // 2]
    return [each.label for each in [*reversed(below), *above]]


@dataclass(frozen=True)
class Waiting:
    """Open proposals that wait on a body, or on any of several: how many, and the oldest."""

    bodies: tuple[str, ...]
    proposals: int
    oldest: str
    since: date | None


def whose_move() -> list[Waiting]:
    """Return on whom the open proposals wait now, those that wait on most first."""
    code = active_code()
    live = ProposalDetails.objects.known_at(None).filter(proposal__stage__in=open_stages())
    counted = live.order_by().values_list("proposal__stage", "route").annotate(
        Count("pk"), Min("proposal__stage_since"))  # fmt: skip
    groups: dict[tuple[str, ...], tuple[int, date | None]] = {}
    for stage, route, number, since in counted:
        bodies = bodies_to_move(code.option("proposal_stages", stage), route_option(route))
        before, oldest = groups.get(bodies, (0, None))
        days = [each for each in (oldest, since) if each]
        groups[bodies] = (before + number, min(days, default=None))
    names = _oldest_of(groups.values())
    told = [Waiting(bodies, number, names.get((bodies, since), ""), since)
            for bodies, (number, since) in groups.items()]  # fmt: skip
    return sorted(told, key=lambda each: (-each.proposals, each.bodies))


def _oldest_of(
    groups: Iterable[tuple[int, date | None]],
) -> Mapping[tuple[tuple[str, ...], date | None], str]:
    """Return the name of a proposal for each group of bodies and the day it has waited since."""
    code = active_code()
    days = {since for _, since in groups if since}
    rows = ProposalDetails.objects.known_at(None).filter(
        proposal__stage__in=open_stages(), proposal__stage_since__in=days
    ).order_by("-proposal__key")  # fmt: skip
    fields = ("proposal__stage", "route", "proposal__stage_since", "proposal__label")
    return {
        (bodies_to_move(code.option("proposal_stages", stage), route_option(route)), since): label
        for stage, route, since, label in rows.values_list(*fields)
    }


def route_option(key: str) -> Option | None:
    """Return a route of the code; None if none is recorded."""
    return active_code().option("proposal_routes", key) if key else None


@dataclass(frozen=True)
class AssessmentSeen:
    """An assessment as at a day, counted as published and in true Working Days.

    `days` and `working_days` run until it was returned, or until the day; None where a day is
    not known.
    """

    kind: Option
    sequence: int
    accepted_on: date | None
    returned_on: date | None
    target: int
    days: int | None
    working_days: int | None
    convention: Option
    is_late: bool
    basis: str


@dataclass(frozen=True)
class LinkSeen:
    """How a proposal stands to another; `is_here` says that the other is on this register."""

    relation: str
    other_code: str
    other: str
    is_here: bool


@dataclass(frozen=True)
class ProposalSeen:
    """A proposal as it stood on a day: all that its page and the API tell of it."""

    proposal: Proposal
    details: ProposalDetails
    identifier: str
    stage: Option | None
    since: date | None
    waits_on: tuple[Option, ...]
    waited_working_days: int | None
    holds: tuple[HoldSpell, ...]
    hold: HoldSpell | None
    impacts: Mapping[str, tuple[str, ...]]
    assessments: tuple[AssessmentSeen, ...]
    decisions: tuple[Decision, ...]
    tranches: tuple[Any, ...]
    links: tuple[LinkSeen, ...]
    parts: tuple[ProposalDetails, ...]


def proposal_seen(
    proposal: Proposal,
    *,
    on: date,
    as_at: date | None = None,
    known_at: datetime | None = None,
) -> ProposalSeen | None:
    """Return a proposal as it stands on `on`, or stood `as_at` a day; None if it was not yet."""
    rows: Any = ProposalDetails.objects.known_at(known_at).filter(proposal=proposal)
    details = rows.select_related("proposal", "parent").order_by("pk").first()
    if details is None:
        return None
    day = as_at or on
    stood = _stood(details, moves_of(proposal, known_at=known_at), day, is_past=bool(as_at))
    if stood is None:
        return None
    calendar = calendar_of_the_code(known_at=known_at)
    holds = tuple(
        HoldSpell.objects.known_at(known_at)
        .filter(proposal=proposal, held_from__lte=day)
        .order_by("held_from")
    )
    bodies = bodies_to_move(stood.stage, route_option(details.route)) if stood.stage else ()
    return ProposalSeen(
        proposal=proposal,
        details=details,
        identifier=stood.identifier,
        stage=stood.stage,
        since=stood.since,
        waits_on=tuple(active_code().option("bodies", each) for each in bodies),
        waited_working_days=_waited(calendar, stood.since, day) if bodies else None,
        holds=holds,
        hold=next((h for h in holds if h.held_until is None or h.held_until > day), None),
        impacts=_impacts(proposal, known_at),
        assessments=_assessments_seen(proposal, day, known_at, calendar),
        decisions=tuple(
            Decision.objects.known_at(known_at)
            .filter(proposal=proposal, decided_on__lte=day)
            .select_related("meeting")
            .order_by("-decided_on", "body", "outcome")
        ),
        tranches=tuple(
            _tranches(known_at).filter(proposal=proposal).select_related("release", "version")
        ),
        links=_links(proposal, known_at),
        parts=tuple(
            ProposalDetails.objects.known_at(known_at)
            .filter(parent=proposal)
            .select_related("proposal")
            .order_by("proposal__key")
        ),
    )


@dataclass(frozen=True)
class _Stood:
    identifier: str
    stage: Option | None
    since: date | None


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


def _waited(calendar: "WorkingDayCalendar", since: date | None, day: date) -> int | None:
    """Return for how many Working Days something has waited; the first day does not count."""
    return days_taken([(since, day)], WAITED, calendar)[0]


def _impacts(proposal: Proposal, known_at: datetime | None) -> dict[str, tuple[str, ...]]:
    """Return what a proposal would affect, by kind, in the order of the code's list."""
    rows = Impact.objects.known_at(known_at).filter(proposal=proposal).order_by("affected")
    found: dict[str, list[str]] = {}
    for kind, affected in rows.values_list("kind", "affected"):
        found.setdefault(kind, []).append(affected)
    kinds = [each.key for each in active_code().options("impact_kinds")]
    return {kind: tuple(found[kind]) for kind in kinds if kind in found}


def _assessments_seen(
    proposal: Proposal,
    day: date,
    known_at: datetime | None,
    calendar: "WorkingDayCalendar",
) -> tuple[AssessmentSeen, ...]:
    rows = AssessmentRow.objects.known_at(known_at).filter(proposal=proposal)
    begun = Q(accepted_on__isnull=True) | Q(accepted_on__lte=day)
    return tuple(
        _assessment_seen(row, day, calendar)
        for row in rows.filter(begun).order_by("accepted_on", "kind", "sequence")
    )


def _assessment_seen(
    row: AssessmentRow, day: date, calendar: "WorkingDayCalendar"
) -> AssessmentSeen:
    code = active_code()
    returned_on = row.returned_on if row.returned_on and row.returned_on <= day else None
    option = code.option("counting_conventions", row.convention)
    convention = Convention.of(option)
    span = [(row.accepted_on, returned_on or day)]
    days = days_taken(span, convention, calendar)[0]
    return AssessmentSeen(
        kind=code.option("assessment_kinds", row.kind),
        sequence=row.sequence,
        accepted_on=row.accepted_on,
        returned_on=returned_on,
        target=row.target_working_days,
        days=days,
        working_days=days_taken(span, convention.in_working_days, calendar)[0],
        convention=option,
        is_late=days is not None and days > row.target_working_days,
        basis=row.basis,
    )


def _links(proposal: Proposal, known_at: datetime | None) -> tuple[LinkSeen, ...]:
    """Return a proposal's links, and from the other side those that others have to it."""
    forms = {proposal.label, proposal.key, *_every_form_of(proposal)}
    inverse = Q(other_code="", other__in=sorted(forms)) & ~Q(proposal=proposal)
    rows = ProposalLink.objects.known_at(known_at).filter(Q(proposal=proposal) | inverse)
    ordered = rows.select_related("proposal").order_by("relation", "other_code", "other", "pk")
    found: dict[tuple[str, str, str], LinkSeen] = {}
    keys = {key for row in ordered if not row.other_code and (key := proposal_key(row.other))}
    labels = dict(Proposal.objects.filter(key__in=keys).values_list("key", "label"))
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

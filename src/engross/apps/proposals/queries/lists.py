"""The list of proposals: as they stand now, or stood on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Case, Exists, F, OuterRef, QuerySet, Value, When

from engross.apps.proposals.models import (
    HoldSpell,
    Impact,
    Proposal,
    ProposalDetails,
    StageMove,
)
from engross.apps.proposals.queries.histories import (
    ProposalHistory,
    all_moves,
    grouped_moves,
    name_on,
)
from engross.apps.proposals.queries.registered import open_stages, tranches_of
from engross.apps.registers.queries import active_code, holding, in_batches
from engross.apps.registers.registers import register_named
from engross.core.proposals.histories import Move, stages_of, standing_on

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
        rows = rows.filter(holding(register_named("proposals"), word))
    if asked.affects:
        rows = rows.filter(Exists(_affecting(asked.affects, asked.known_at)))
    if asked.release:
        tranches = tranches_of(asked.known_at).filter(release__key=asked.release)
        rows = rows.filter(Exists(tranches.filter(proposal=OuterRef("proposal_id"))))
    return rows.order_by(*_order(asked.sort))  # type: ignore[no-any-return]


def _affecting(category: str, known_at: datetime | None) -> Any:
    """Return what is affected, under any of the code's words for a Party Category."""
    option = active_code().match("party_categories", category)
    words = {option.key, option.name, option.plural, *option.aliases} if option else {category}
    impacts = Impact.objects.known_at(known_at).filter(affected__in=sorted(words))
    return impacts.filter(proposal=OuterRef("proposal_id")).order_by()


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
    moves, stages = all_moves(asked.known_at), stages_of(active_code())
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
    moves = grouped_moves(told)
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

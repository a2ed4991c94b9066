"""The list of proposals: as they stand now, or stood on a day."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from engross.apps.audit.queries import latest_event_hash
from engross.apps.proposals.models import (
    HoldSpell,
    Proposal,
    StageMove,
)
from engross.apps.proposals.queries.asked import ProposalsAsked, rows_asked
from engross.apps.proposals.queries.awaited import (
    Awaited,
    awaited_otherwise,
    awaited_then,
    bodies_by_stage,
)
from engross.apps.proposals.queries.histories import (
    ProposalHistory,
    all_moves,
    grouped_moves,
    name_on,
)
from engross.apps.proposals.queries.registered import (
    open_stages,
    priorities_known,
)
from engross.apps.registers.queries import active_code, in_batches
from engross.apps.registers.registers import register_named
from engross.core.proposals.histories import Move, stages_of, standing_on


@dataclass(frozen=True)
class ListedProposal:
    """A proposal in a list; `stage` is the key of its stage, empty where that is not known.

    `priority` is the key of its priority, empty where it has none; `waits_on` has the keys of
    the bodies whose move it is, `waits_since` when it became theirs.
    """

    key: str
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
    priority: str
    waits_on: tuple[str, ...]
    waits_since: date | None
    basis: str


class _Row(NamedTuple):
    """What a list reads of a proposal: values, because an object for each row costs more."""

    pk: int
    key: str
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
    "proposal_id", "proposal__key", "proposal__label", "proposal__stage",
    "proposal__stage_since", "title", "raised_on", "proposer", "proposer_category", "route",
    "is_urgent", "parent_id", "basis",
)  # fmt: skip


class ProposalList(Sequence[ListedProposal]):
    """The proposals that were asked for; rows are read a slice at a time."""

    def __init__(self, asked: ProposalsAsked) -> None:
        self.asked = asked
        # What is known now is kept under all that is recorded, until there is more.
        self._recorded = "" if asked.is_past else latest_event_hash()
        rows = rows_asked(asked, recorded=self._recorded)
        self._rows: Any = rows if not asked.is_past else _past(asked, rows)

    def __len__(self) -> int:
        if isinstance(self._rows, list):
            return len(self._rows)
        return _count(self._recorded, active_code().key, self.asked)

    def __getitem__(self, place: Any) -> Any:
        if not isinstance(place, slice):
            return self[place : place + 1][0]
        if isinstance(self._rows, list):
            found = _named_as_then(self.asked, self._rows[place])
        else:
            found = [_Row(*row) for row in self._rows[place].values_list(*_ROW_FIELDS)]
        ids = {row.pk for row in found}
        held = on_hold(ids, self.asked.day, known_at=self.asked.known_at)
        given = priorities_on(ids, self.asked.day, known_at=self.asked.known_at)
        otherwise = _otherwise(self.asked, ids, self._recorded)
        return [
            _listed(row, is_on_hold=row.pk in held, priority=given.get(row.pk, ""),
                    awaited=_awaited(row, otherwise))
            for row in found
        ]  # fmt: skip


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
        then = row._replace(stage=stage, since=standing.since)
        if (not asked.stage or stage == asked.stage) and (wanted is None or stage in wanted):
            found.append(then)
    if asked.waits_on:
        otherwise = _otherwise(asked, {row.pk for row in found}, "")
        found = [row for row in found if asked.waits_on in _awaited(row, otherwise).bodies]
    return _resorted(found, asked.sort)


@lru_cache(maxsize=64)
def _count(recorded: str, _code: str, asked: ProposalsAsked) -> int:
    """Return how many proposals are asked for: worked out once for all pages of a list."""
    return rows_asked(asked, recorded=recorded).count()


def _otherwise(
    asked: ProposalsAsked, proposals: Collection[int], recorded: str
) -> Mapping[int, Awaited]:
    """Return those of the proposals whose stage does not tell on whom they wait."""
    if asked.is_past:
        return awaited_then(proposals, asked.day, known_at=asked.known_at)
    return awaited_otherwise(asked.on, recorded=recorded)


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


def _awaited(row: _Row, otherwise: Mapping[int, Awaited]) -> Awaited:
    """Return on whom a proposal waits, nobody if its stage is not known, and since when."""
    by_stage = Awaited(bodies_by_stage(row.stage, row.route), row.since)
    return otherwise.get(row.pk, by_stage)


def _listed(row: _Row, *, is_on_hold: bool, priority: str, awaited: Awaited) -> ListedProposal:
    return ListedProposal(
        key=row.key, identifier=row.label, title=row.title, stage=row.stage, since=row.since,
        priority=priority, waits_on=awaited.bodies, waits_since=awaited.since,
        raised_on=row.raised_on, proposer=row.proposer, route=row.route, basis=row.basis,
        proposer_category=row.proposer_category, is_urgent=row.is_urgent, is_on_hold=is_on_hold,
    )  # fmt: skip


def priorities_on(
    proposals: Collection[int], day: date, *, known_at: datetime | None = None
) -> dict[int, str]:
    """Return the key of the priority that each of the proposals has on a day, if it has one."""
    found: dict[int, str] = {}
    for batch in in_batches(proposals):
        given = priorities_known(known_at).filter(proposal_id__in=batch, determined_on__lte=day)
        found |= dict(given.order_by("determined_on").values_list("proposal_id", "category"))
    return found


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

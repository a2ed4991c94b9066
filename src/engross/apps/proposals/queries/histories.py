"""Proposals with every move that is known of them, their assessments and decisions."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import F

from engross.apps.proposals.models import (
    Assessment as AssessmentRow,
)
from engross.apps.proposals.models import (
    Decision,
    Proposal,
    ProposalDetails,
    StageMove,
)
from engross.apps.proposals.queries.registered import outside_routes
from engross.apps.proposals.registers import printed_proposal
from engross.core.proposals.assessments import Assessment
from engross.core.proposals.histories import Move, Stage, moves_until


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
    """Return every proposal with its moves, in order of keys: what figures count.

    Changes made outside the process are none.
    """
    proposals = {each.pk: each for each in Proposal.objects.order_by("key")}
    moves = all_moves(known_at)
    live = ProposalDetails.objects.known_at(known_at).exclude(route__in=outside_routes())
    rows = live.order_by("proposal__key")
    return [
        ProposalHistory(
            proposals[pk], title, raised_on, parent is not None, basis, tuple(moves.get(pk, ()))
        )
        for pk, title, raised_on, parent, basis in rows.values_list(
            "proposal_id", "title", "raised_on", "parent_id", "basis"
        )
    ]


def all_moves(known_at: datetime | None) -> dict[int, list[Move]]:
    return grouped_moves(StageMove.objects.known_at(known_at))


def grouped_moves(rows: Any) -> dict[int, list[Move]]:
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


def moves_of(proposal: Proposal, *, known_at: datetime | None = None) -> list[Move]:
    """Return the moves of one proposal, those without a day first."""
    rows = StageMove.objects.known_at(known_at).filter(proposal=proposal)
    ordered = rows.order_by(F("moved_on").asc(nulls_first=True), "pk")
    return [Move(*each) for each in ordered.values_list("stage", "moved_on", "body", "basis")]

"""Noting on its day that what was published is in force: parts done, proposals implemented."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from engross.apps.accounts.models import User
from engross.apps.proposals.commands import Making, make_move
from engross.apps.releases.commands.tranches import done_state, set_tranche
from engross.apps.releases.queries.due import Due, implementations_due
from engross.core.refusals import Reason, Refused


@dataclass(frozen=True)
class Implemented:
    """What became of a part that was due: noted, or the reasons against it."""

    due: Due
    reasons: tuple[Reason, ...] = ()


def implement_due(*, on: date, at: datetime, by: User | None = None) -> list[Implemented]:
    """Note every part that went live by the end of a day as done, and move its proposal.

    Each in a transaction of its own: one that is refused waits, and the others do not. `by` makes
    the moves; without it whoever published the version does.
    """
    return [_tried(each, on=on, at=at, by=by) for each in implementations_due(on)]


def _tried(due: Due, *, on: date, at: datetime, by: User | None) -> Implemented:
    try:
        with transaction.atomic():
            _implement(due, on=on, at=at, by=by or due.published_by)
    except Refused as refused:
        return Implemented(due, refused.reasons)
    return Implemented(due)


def _implement(due: Due, *, on: date, at: datetime, by: User | None) -> None:
    stage = due.proposal.stage
    if due.move and stage:
        if by is None:
            what = f"Nobody is known to have published version {due.version}"
            raise Refused(Reason(what, "Record the move yourself"))
        asked = Making(move=due.move, by=by, on=due.implemented_on, at=at, today=on)
        make_move(due.proposal, asked)
    set_tranche(
        due.proposal, due.sequence, by=by, at=at, state=done_state(),
        reason=f"Version {due.version} took effect",
    )  # fmt: skip

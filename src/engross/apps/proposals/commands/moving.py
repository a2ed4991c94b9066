"""Moving a proposal, and taking a wrong move back."""

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from engross.apps.accounts.models import User
from engross.apps.audit.commands import record_event
from engross.apps.proposals.commands.adopting import category_of, reasons_against_taking_over
from engross.apps.proposals.commands.joining import (
    link_both,
    lock_both,
    reasons_against_joining,
)
from engross.apps.proposals.commands.recording import Records, take_back, write_move
from engross.apps.proposals.commands.telling import tell_of_move
from engross.apps.proposals.models import HoldSpell, MoveMade, Proposal, ProposalDetails
from engross.apps.proposals.queries.courses import Course, course_of
from engross.apps.proposals.queries.movers import roles_of
from engross.apps.proposals.registers.moved import ON_HOLD
from engross.apps.registers.registers import basis_beside
from engross.core.proposals.framework.openings import Asked, reasons_against_move
from engross.core.proposals.framework.rules import Framework, MoveRule
from engross.core.proposals.framework.states import Event, State, step
from engross.core.refusals import Reason, Refused
from engross.core.registers.columns import Value


@dataclass(frozen=True)
class Making:
    """A move as somebody asks for it.

    `seen` is the number of the proposal's last move when they looked, None if nobody looked.
    `token` is of the form that was sent. `role` is the one in which they act, if they said.
    `into` is the other proposal, where the move puts both together; `proposer` the Party that
    takes the proposal over.
    """

    move: str
    by: User
    on: date
    at: datetime
    today: date
    reason: str = ""
    route: str = ""
    stage: str = ""
    role: str = ""
    seen: int | None = None
    into: Proposal | None = None
    proposer: str = ""
    token: uuid.UUID = field(default_factory=uuid.uuid4)


@transaction.atomic
def make_move(proposal: Proposal, asked: Making) -> MoveMade:
    """Make a move with a proposal: its stage, decisions, clocks and mail follow from the code.

    The same form sent twice makes one move, and returns it. Raises Refused with every reason
    that speaks against it, or if somebody moved the proposal since it was looked at.
    """
    locked = lock_both(proposal, asked.into)
    if made := MoveMade.objects.filter(token=asked.token, proposal=locked).first():
        return made
    course = course_of(locked, on=asked.today)
    if course is None:
        raise Refused(Reason("Nothing is recorded of this proposal", "Record its title first"))
    refuse_unseen(course, asked.seen)
    framework = course.framework(asked.on)
    move = framework.move(asked.move)
    role = _refuse_or_role(course, framework, move, asked)
    return write(course, framework, move, asked, role)


def write(
    course: Course, framework: Framework, move: MoveRule, asked: Making, role: str
) -> MoveMade:
    """Write a move that is open, in the caller's transaction."""
    number = course.last_move + 1
    event = Event(number, asked.on, move.key, stage=asked.stage, route=asked.route)
    after = step(framework, course.state, event)
    entered = after.stage if after.stage != course.state.stage else ""
    records = Records(course.proposal, asked.by, asked.at, asked.reason, move.done,
                      basis_beside(course.details.basis))  # fmt: skip
    made = MoveMade.objects.create(
        proposal=course.proposal, number=number, move=move.key, made_on=asked.on, role=role,
        stage=asked.stage, route=asked.route or move.to_route, reason=asked.reason,
        token=asked.token, made_at=asked.at, made_by=asked.by, into=asked.into,
    )  # fmt: skip
    body = framework.body_of(move, role)
    write_move(records, move, on=asked.on, stage=entered, body=body, changes=_changes(made, asked))
    link_both(records, move, asked.into)
    made.written = records.notes
    made.save(update_fields=["written"])
    cause = record_event(
        action="proposal.move", subject=f"proposals/{course.proposal.key}", by=asked.by,
        at=asked.at, reason=asked.reason, rule=f"framework.toml: {move.key} as {role}",
        details={"move": move.key, "on": asked.on.isoformat(), "route": made.route,
                 **({"into": asked.into.key} if asked.into else {})},
        before={"stage": course.state.stage}, after={"stage": after.stage},
    )  # fmt: skip
    tell_of_move(course, move, event, reason=asked.reason, body=body, at=asked.at, cause=cause)
    return made


def _changes(made: MoveMade, asked: Making) -> dict[str, Value]:
    changes: dict[str, Value] = {"route": made.route} if made.route else {}
    if asked.proposer:
        category = category_of(asked.proposer, on=asked.on)
        changes |= {"proposer": asked.proposer, "proposer_category": category}
    return changes


def _refuse_or_role(course: Course, framework: Framework, move: MoveRule, asked: Making) -> str:
    """Return in which role the move is made; raises Refused with all that speaks against it."""
    roles = roles_of(asked.by, framework, course.details, on=asked.today)
    if asked.role:
        roles &= {asked.role}
    question = Asked(roles, asked.on, asked.today, course.facts, course.due_days(asked.today))
    reasons = list(reasons_against_move(framework, course.state, move, question))
    reasons += reasons_against_form(course.state, move, asked)
    reasons += reasons_against_taking_over(
        move, asked.proposer, course.details, asked.by, on=asked.on
    )
    reasons += reasons_against_joining(course, move, asked.into, today=asked.today)
    if ON_HOLD in move.clears and _is_held_since(course.proposal, asked.on):
        reasons.append(Reason("It was put on hold on that same day",
                              "Take that move back instead"))  # fmt: skip
    if reasons:
        raise Refused(reasons)
    return next(key for key in move.by if key in roles)


def reasons_against_form(state: State, move: MoveRule, asked: Making) -> list[Reason]:
    """Return what a move still needs to be told: its reason, the route it asks for."""
    reasons = []
    if move.needs_reason and not asked.reason.strip():
        reasons.append(Reason(f"'{move.name}' needs a reason", "Say why", move.clause))
    if move.asks_route and not asked.route and not state.route:
        reasons.append(Reason(f"'{move.name}' needs a route", "Say which route it takes",
                              move.clause))  # fmt: skip
    if asked.route and not move.asks_route:
        reasons.append(Reason(f"'{move.name}' does not choose a route", "Leave the route out"))
    return reasons


def _is_held_since(proposal: Proposal, day: date) -> bool:
    return HoldSpell.objects.known_at(None).filter(proposal=proposal, held_from=day).exists()


def refuse_unseen(course: Course, seen: int | None) -> None:
    """Raise Refused, saying what happened, if the proposal was moved since it was looked at."""
    if seen is not None and seen != course.last_move:
        what = "Somebody moved this proposal since you opened it"
        raise Refused(Reason(what, "Look at where it stands now, and decide anew"))


@transaction.atomic
def undo_move(
    made: MoveMade, *, by: User, on: date, at: datetime, reason: str, seen: int | None = None
) -> MoveMade:
    """Take back the last move of a proposal: what it wrote is withdrawn, and both stay on record.

    Raises Refused without a reason, if it is not the last move, if it began the proposal, or if
    the person may not.
    """
    proposal = Proposal.objects.select_for_update().get(pk=made.proposal_id)
    course = course_of(proposal, on=on)
    if course is None:
        raise Refused(Reason("Nothing is recorded of this proposal", "Look at its history"))
    refuse_unseen(course, seen)
    if reasons := reasons_against_undoing(course, made, by, on=on, reason=reason):
        raise Refused(reasons)
    row = MoveMade.objects.create(
        proposal=proposal, number=course.last_move + 1, made_on=max(on, made.made_on),
        undoes=made, reason=reason, made_at=at, made_by=by,
    )  # fmt: skip
    take_back(made.written, by=by, at=at, reason=reason)
    record_event(
        action="proposal.undo", subject=f"proposals/{proposal.key}", by=by, at=at, reason=reason,
        details={"move": made.move, "on": made.made_on.isoformat()},
    )  # fmt: skip
    return row


def reasons_against_undoing(
    course: Course, made: MoveMade, by: User, *, on: date, reason: str
) -> list[Reason]:
    """Return why a move cannot be taken back; none if it can."""
    framework = course.framework(on)
    reasons = []
    if not any(
        framework.roles[key].teams for key in roles_of(by, framework, course.details, on=on)
    ):
        reasons.append(Reason("Only the administrator's staff take a move back", "Ask them to"))
    if not reason.strip():
        reasons.append(Reason("Taking a move back needs a reason", "Say what was wrong"))
    last = course.state.last
    if last is None or last.number != made.number:
        reasons.append(Reason("It is not the last move", "Take the later ones back first"))
    if ProposalDetails.objects.known_at(None).filter(
        parent=course.proposal, proposal__moves_made__made_at=made.made_at
    ):
        reasons.append(Reason("The parts that this move made go on by themselves",
                              "Withdraw the parts instead, and raise it anew"))  # fmt: skip
    rule = course.framework(made.made_on).moves.get(made.move)
    if rule is None or rule.starts_it:
        reasons.append(Reason("This move began the proposal",
                              "Withdraw the proposal instead, with the reason"))  # fmt: skip
    return reasons

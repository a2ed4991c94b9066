"""Raising a proposal, and splitting one into parts."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from string import ascii_uppercase

from django.db import transaction
from django.db.models import Max

from engross.apps.accounts.models import User
from engross.apps.proposals.commands.moving import Making, make_move, refuse_unseen, write
from engross.apps.proposals.commands.recording import filled, values_of
from engross.apps.proposals.models import Impact, MoveMade, Proposal, ProposalDetails
from engross.apps.proposals.queries.courses import course_of, frameworks
from engross.apps.proposals.queries.movers import roles_of
from engross.apps.proposals.queries.registered import route_option
from engross.apps.proposals.registers import identifier_forms, proposal_impacts, proposals
from engross.apps.registers.commands import record_entry
from engross.apps.registers.registers import RECORDED, Register
from engross.core.proposals.framework.openings import Asked, reasons_against_move
from engross.core.proposals.framework.states import State
from engross.core.refusals import Reason, Refused
from engross.core.registers.columns import Value

MOST_PARTS = 26


@dataclass(frozen=True)
class Raising:
    """A proposal as somebody raises it: what it is about, for whom, whom it affects.

    `affected` holds names of Party Categories; `move` is the move that begins it; `basis` is what
    it rests on.
    """

    title: str
    summary: str
    by: User
    on: date
    at: datetime
    today: date
    proposer: str = ""
    proposer_category: str = ""
    affected: Sequence[str] = ()
    move: str = "raise"
    basis: str = RECORDED
    token: uuid.UUID = field(default_factory=uuid.uuid4)


@transaction.atomic
def raise_proposal(asked: Raising) -> Proposal:
    """Raise a proposal under the next number, and return it; a form sent twice raises one.

    Raises Refused with every reason against it.
    """
    if made := MoveMade.objects.filter(token=asked.token).select_related("proposal").first():
        return made.proposal
    _refuse(asked)
    key = _dated_key(asked) or f"{_next_number():04d}"
    _record(proposals, asked, basis=asked.basis, proposal=key, title=asked.title,
            summary=asked.summary, raised_on=asked.on, proposer=asked.proposer or None,
            proposer_category=asked.proposer_category or None)  # fmt: skip
    for each in asked.affected:
        _record(proposal_impacts, asked, basis=asked.basis, proposal=key,
                kind="party-category", affected=each)  # fmt: skip
    proposal = Proposal.objects.get(key=key)
    make_move(proposal, Making(asked.move, asked.by, asked.on, asked.at, asked.today,
                               token=asked.token))  # fmt: skip
    proposal.refresh_from_db()
    return proposal


def _refuse(asked: Raising) -> None:
    framework = frameworks().on(asked.on)
    roles = roles_of(asked.by, framework, None, on=asked.today)
    question = Asked(roles, asked.on, asked.today)
    move = framework.move(asked.move)
    reasons = [
        reason for reason in reasons_against_move(framework, State(), move, question)
        if reason not in {framework.requirements[key].reason() for key in move.needs}
    ]  # fmt: skip
    if not asked.title.strip():
        reasons.append(Reason("It has no title", "Give it one that says what it is about"))
    if not asked.summary.strip():
        reasons.append(Reason("The problem is not described", "Say what is wrong and for whom"))
    if reasons:
        raise Refused(reasons)


def _next_number() -> int:
    """Return the number after the highest; whoever else raises one at the moment waits."""
    numbered = Proposal.objects.filter(number__isnull=False, legacy_form="")
    highest = numbered.order_by("-number", "-pk")
    list(highest.select_for_update().values_list("pk")[:1])
    last: int | None = numbered.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _dated_key(asked: Raising) -> str:
    """Return the name of a change whose route names it by its day; '' if it gets a number."""
    route = route_option(frameworks().on(asked.on).move(asked.move).to_route)
    named = route.text("identifier") if route else ""
    form = next((each for each in identifier_forms() if each.key == named), None)
    if form is None:
        return ""
    name = f"{form.prefix}{asked.on:%Y%m%d}"
    taken = set(Proposal.objects.filter(key__startswith=name).values_list("key", flat=True))
    return next(key for key in (name, *(name + letter for letter in ascii_uppercase))
                if key not in taken)  # fmt: skip


def _record(register: Register, asked: Raising | Making, **values: Value) -> None:
    record_entry(register, filled(register, values), by=asked.by, at=asked.at)


@transaction.atomic
def split_proposal(
    proposal: Proposal, titles: Sequence[str], asked: Making, *, begin: str = "begin-as-part"
) -> list[Proposal]:
    """Split a proposal into parts, one for each title; each goes on from the stage it was in.

    The parts bear the number and a letter each. Raises Refused if it may not be split now, or
    if there are not at least two titles.
    """
    locked = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if MoveMade.objects.filter(token=asked.token).exists():
        children = ProposalDetails.objects.known_at(None).filter(parent=locked)
        return [each.proposal for each in children.select_related("proposal").order_by("pk")]
    course = course_of(locked, on=asked.today)
    if course is None:
        raise Refused(Reason("Nothing is recorded of this proposal", "Record its title first"))
    refuse_unseen(course, asked.seen)
    _refuse_parts(locked, titles)
    stage = course.state.stage
    make_move(locked, asked)
    return [
        _part(course.details, f"{locked.key}{letter}", title, stage=stage, asked=asked, begin=begin)
        for letter, title in zip(_letters(locked), titles, strict=False)
    ]


def _refuse_parts(proposal: Proposal, titles: Sequence[str]) -> None:
    reasons = []
    if not 2 <= len(titles) <= MOST_PARTS or not all(each.strip() for each in titles):
        what = f"A proposal is split into 2 to {MOST_PARTS} parts, each with a title"
        reasons.append(Reason(what, "Give each part a title"))
    if (
        proposal.number is None
        or proposal.suffix
        or not any(form.digits for form in identifier_forms())
    ):
        reasons.append(Reason("Its name has no place for a part's letter", "Raise new proposals"))
    if reasons:
        raise Refused(reasons)


def _letters(proposal: Proposal) -> list[str]:
    taken = set(Proposal.objects.filter(number=proposal.number).values_list("suffix", flat=True))
    return [each for each in map(chr, range(ord("A"), ord("Z") + 1)) if each not in taken]


def _part(
    parent: ProposalDetails, key: str, title: str, *, stage: str, asked: Making, begin: str
) -> Proposal:
    values = values_of(proposals, parent)
    _record(proposals, asked, **{**values, "proposal": key, "title": title,
                                 "parent": parent.proposal.key})  # fmt: skip
    impacts = Impact.objects.known_at(None).filter(proposal=parent.proposal)
    for row in impacts.order_by("pk"):
        copied = values_of(proposal_impacts, row)
        _record(proposal_impacts, asked, **{**copied, "proposal": key})
    part = Proposal.objects.get(key=key)
    course = course_of(part, on=asked.today)
    if course is None:
        raise LookupError(f"{key} was recorded and is not there")
    framework = frameworks().on(asked.on)
    told = replace(asked, move=begin, stage=stage, route="", token=uuid.uuid4(), seen=None)
    move = framework.move(begin)
    write(course, framework, move, told, move.by[0])
    part.refresh_from_db()
    return part

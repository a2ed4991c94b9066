"""A problem described, commented on, and raised as a proposal."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from engross.apps.accounts.models import User
from engross.apps.audit.commands import record_event
from engross.apps.notices.commands import send_notice
from engross.apps.proposals.commands.raising import Raising, raise_proposal
from engross.apps.proposals.models import ProblemStatement, Proposal
from engross.apps.proposals.queries.statements import comments_due, may_raise, may_review
from engross.core.refusals import Reason, Refused


@dataclass(frozen=True)
class Described:
    """A problem as somebody describes it; `affected` holds names of Party Categories."""

    title: str
    problem: str
    affected: Sequence[str]
    proposer: str
    proposer_category: str
    token: uuid.UUID


@transaction.atomic
def describe_problem(told: Described, *, by: User, on: date, at: datetime) -> ProblemStatement:
    """Hand in a problem for comments; the same form sent twice hands in one.

    Raises Refused if the person may not raise proposals, or if it is not described.
    """
    if known := ProblemStatement.objects.filter(token=told.token, submitted_by=by).first():
        return known
    reasons = list(_reasons_against(told))
    if not may_raise(by, on=on):
        reasons.append(Reason("Proposals are raised by Parties and whom the code allows besides",
                              "Ask the administrator to raise it for you"))  # fmt: skip
    if reasons:
        raise Refused(reasons)
    statement = ProblemStatement.objects.create(
        title=told.title, problem=told.problem, affected=list(told.affected),
        proposer=told.proposer, proposer_category=told.proposer_category,
        submitted_on=on, submitted_by=by, submitted_at=at, token=told.token,
    )  # fmt: skip
    record_event(action="problem.describe", subject=f"problems/{statement.pk}", by=by, at=at,
                 after={"title": told.title})  # fmt: skip
    return statement


def _reasons_against(told: Described) -> list[Reason]:
    reasons = []
    if not told.title.strip():
        reasons.append(Reason("It has no title", "Give it one that says what it is about"))
    if not told.problem.strip():
        reasons.append(Reason("The problem is not described", "Say what is wrong and for whom"))
    return reasons


@transaction.atomic
def comment_on_problem(
    statement: ProblemStatement, comments: str, *, by: User, on: date, at: datetime
) -> None:
    """Give the administrator's comments, as a critical friend, and mail them.

    Raises Refused if it has comments, was raised or ended, or if nothing is said.
    """
    locked = _locked(statement)
    reasons = []
    if locked.state != "waiting":
        reasons.append(Reason("It does not wait for comments", "Look at what came of it"))
    if not comments.strip():
        reasons.append(Reason("Nothing is said", "Write what would make it clearer, or that it is"))
    if not may_review(by, on=on):
        reasons.append(Reason("Comments are the change team's to give", "Ask them"))
    if reasons:
        raise Refused(reasons)
    locked.state, locked.comments = "commented", comments
    locked.commented_by, locked.commented_at = by, at
    locked.save(update_fields=["state", "comments", "commented_by", "commented_at"])
    cause = record_event(action="problem.comment", subject=f"problems/{locked.pk}", by=by, at=at,
                         before={"state": "waiting"}, after={"state": "commented"})  # fmt: skip
    send_notice(
        "critical-friend-comments", about=locked.title,
        link=reverse("proposals:problem", args=[locked.pk]),
        context={"comments": comments, "reviewer": str(by)},
        people={"proposer": [locked.submitted_by] if locked.submitted_by else []},
        at=at, cause=cause,
    )  # fmt: skip


@transaction.atomic
def raise_from_problem(
    statement: ProblemStatement, told: Described, *, by: User, on: date, at: datetime
) -> Proposal:
    """Raise a proposal of a problem as it is worded now; twice raises one.

    Raises Refused before its comments, unless their time is over, or if it ended.
    """
    locked = _locked(statement)
    if locked.proposal is not None:
        return locked.proposal
    reasons = list(_reasons_against(told))
    due = comments_due(locked)
    if locked.state == "ended":
        reasons.append(Reason("It was taken back", "Describe the problem anew"))
    if locked.state == "waiting" and (due is None or on <= due):
        reasons.append(Reason(f"The administrator comments on it until the end of {due}",
                              "Raise it with the comments, or after that day"))  # fmt: skip
    if by.pk != locked.submitted_by_id and not may_review(by, on=on):
        reasons.append(Reason("It is somebody else's", "Ask them to raise it"))
    if reasons:
        raise Refused(reasons)
    proposal = raise_proposal(Raising(
        title=told.title, summary=told.problem, by=by, on=on, at=at, today=on,
        proposer=told.proposer, proposer_category=told.proposer_category,
        affected=tuple(told.affected), token=locked.token,
    ))  # fmt: skip
    locked.state, locked.proposal = "raised", proposal
    locked.title, locked.problem = told.title, told.problem
    locked.affected = list(told.affected)
    locked.save(update_fields=["state", "proposal", "title", "problem", "affected"])
    return proposal


@transaction.atomic
def end_problem(statement: ProblemStatement, *, by: User, on: date, at: datetime) -> None:
    """Take a problem back that was not raised; raises Refused if it was, or of others."""
    locked = _locked(statement)
    if locked.state not in ("waiting", "commented"):
        raise Refused(Reason("It was raised or taken back already", "Look at what came of it"))
    if by.pk != locked.submitted_by_id and not may_review(by, on=on):
        raise Refused(Reason("It is somebody else's", "Ask them to take it back"))
    before, locked.state = locked.state, "ended"
    locked.save(update_fields=["state"])
    record_event(action="problem.end", subject=f"problems/{locked.pk}", by=by, at=at,
                 before={"state": before}, after={"state": "ended"})  # fmt: skip


def _locked(statement: ProblemStatement) -> ProblemStatement:
    rows = ProblemStatement.objects.select_for_update(of=("self",)).select_related("proposal")
    return rows.get(pk=statement.pk)

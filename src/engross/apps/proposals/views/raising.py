"""Describing a problem, commenting on it as a critical friend, raising a proposal of it."""

import uuid
from typing import Any

from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from engross.apps.accounts.models import User
from engross.apps.accounts.queries import has_second_factor, is_staff
from engross.apps.accounts.views import person_of, staff_only
from engross.apps.people.views.acting import Act, Cleaned, perform
from engross.apps.people.views.guarding import signed_in
from engross.apps.proposals import commands
from engross.apps.proposals.forms import CommentForm, ProblemForm
from engross.apps.proposals.models import ProblemStatement
from engross.apps.proposals.queries.movers import starts_open_to
from engross.apps.proposals.queries.statements import (
    comments_due,
    may_raise,
    may_review,
    organisations_of,
    problems_of,
    problems_waiting,
)

STATES = {
    "waiting": ("Waits for comments", "waiting"),
    "commented": ("Has comments", "open"),
    "raised": ("Raised", "done"),
    "ended": ("Taken back", "stopped"),
}
WHO_SEES = "Only you and the administrator's staff can see this page."


@login_required
def problems(request: HttpRequest) -> HttpResponse:
    """Show the problems that a person described; to the change team all that wait."""
    user, today = person_of(request), timezone.localdate()
    context = {
        "title": "Raise a proposal",
        "own": [_listed(each) for each in problems_of(user)],
        "waiting": [_listed(each) for each in problems_waiting()]
        if may_review(user, on=today)
        else [],
        "may_raise": may_raise(user, on=today),
        "has_ways": bool(starts_open_to(user, on=today)),
        "lacks_factor": is_staff(user) and not has_second_factor(user),
        "who_sees": WHO_SEES,
    }
    return render(request, "proposals/problems.html", context)


def _listed(row: ProblemStatement) -> dict[str, Any]:
    words, kind = STATES[row.state]
    due = comments_due(row) if row.state == "waiting" else None
    is_late = due is not None and due < timezone.localdate()
    return {"row": row, "words": words, "kind": kind, "due": due, "is_late": is_late}


@signed_in
def describe(request: HttpRequest) -> HttpResponse:
    """Describe a problem, and hand it in for comments."""
    user, today = person_of(request), timezone.localdate()
    form = ProblemForm(request.POST or None, organisations=organisations_of(user, on=today),
                       on=today, initial={"token": uuid.uuid4()})  # fmt: skip

    def do(cleaned: Cleaned) -> None:
        commands.describe_problem(form.described(), by=user, on=today, at=timezone.now())

    def will(cleaned: Cleaned) -> list[str]:
        return ["The administrator reads it as a critical friend and comments within days.",
                "Nothing is published, and no proposal is raised yet.",
                "With the comments you word it anew, if you like, and raise it."]  # fmt: skip

    act = Act("Describe a problem", will, do, reverse("proposals:problems"), action="Hand it in",
              done="Handed in.", who_sees=WHO_SEES)  # fmt: skip
    return perform(request, act, form)


def _problem_or_404(user: User, number: int) -> ProblemStatement:
    row: ProblemStatement = get_object_or_404(
        ProblemStatement.objects.select_related("proposal", "submitted_by", "commented_by"),
        pk=number,
    )
    if row.submitted_by_id != user.pk and not may_review(user, on=timezone.localdate()):
        raise Http404("There is no such problem for you")
    return row


@login_required
def problem(request: HttpRequest, number: int) -> HttpResponse:
    """Show a problem, the comments on it, and what can be done with it."""
    user = person_of(request)
    row = _problem_or_404(user, number)
    context = {
        "title": row.title,
        "listed": _listed(row),
        "row": row,
        "may_comment": row.state == "waiting" and may_review(user, on=timezone.localdate()),
        "may_raise": row.state == "commented" or _listed(row)["is_late"],
        "may_end": row.state in ("waiting", "commented"),
        "who_sees": WHO_SEES,
    }
    return render(request, "proposals/problem.html", context)


@staff_only
def comment(request: HttpRequest, number: int) -> HttpResponse:
    """Comment on a problem."""
    user = person_of(request)
    row = _problem_or_404(user, number)
    form = CommentForm(request.POST or None)

    def do(cleaned: Cleaned) -> None:
        commands.comment_on_problem(row, cleaned["comments"], by=user,
                                    on=timezone.localdate(), at=timezone.now())  # fmt: skip

    def will(cleaned: Cleaned) -> list[str]:
        return [f"{row.submitted_by} gets the comments by mail.",
                "They may raise it from then on."]  # fmt: skip

    act = Act("Comment on it", will, do, _page_of(row), reference=row.title,
              done="Commented.")  # fmt: skip
    return perform(request, act, form)


@signed_in
def raise_it(request: HttpRequest, number: int) -> HttpResponse:
    """Raise a proposal of a problem, as it is worded now."""
    user, today = person_of(request), timezone.localdate()
    row = _problem_or_404(user, number)
    organisations = [(row.proposer, row.proposer_category)]
    form = ProblemForm(request.POST or None, organisations=organisations, on=today, initial={
        "title": row.title, "problem": row.problem, "affected": row.affected,
        "proposer": row.proposer, "token": row.token,
    })  # fmt: skip

    def do(cleaned: Cleaned) -> None:
        commands.raise_from_problem(row, form.described(), by=user, on=today, at=timezone.now())

    def will(cleaned: Cleaned) -> list[str]:
        return ["A proposal with the next number is raised today, and is public.",
                f"It is raised for {cleaned['proposer']}.",
                "The change team is told by mail."]  # fmt: skip

    act = Act("Raise it", will, do, _page_of(row), action="Raise it", reference=row.title,
              done="Raised.", who_sees=WHO_SEES)  # fmt: skip
    return perform(request, act, form)


@signed_in
def end(request: HttpRequest, number: int) -> HttpResponse:
    """Take a problem back."""
    user = person_of(request)
    row = _problem_or_404(user, number)

    def do(cleaned: Cleaned) -> None:
        commands.end_problem(row, by=user, on=timezone.localdate(), at=timezone.now())

    act = Act("Take it back", lambda cleaned: ["It is not raised. It stays on record here."], do,
              _page_of(row), reference=row.title, done="Taken back.", danger=True,
              who_sees=WHO_SEES)  # fmt: skip
    return perform(request, act, Form(request.POST or None))


def _page_of(row: ProblemStatement) -> str:
    return reverse("proposals:problem", args=[row.pk])

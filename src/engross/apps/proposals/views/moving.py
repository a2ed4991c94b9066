"""What can be done with a proposal: seen with what speaks against it, previewed, done, undone."""

import uuid
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from engross.apps.accounts.models import User
from engross.apps.accounts.queries import has_second_factor, is_staff
from engross.apps.accounts.views import person_of, staff_only
from engross.apps.people.views.acting import Act, Cleaned, perform
from engross.apps.people.views.guarding import signed_in
from engross.apps.proposals import commands, queries
from engross.apps.proposals.commands import Making
from engross.apps.proposals.forms import HandOverForm, MoveForm, UndoForm
from engross.apps.proposals.models import MoveMade
from engross.apps.proposals.queries.courses import Course, course_of
from engross.apps.proposals.queries.movers import roles_of
from engross.apps.proposals.queries.statements import organisations_of
from engross.apps.proposals.views.foretelling import steps_of
from engross.apps.registers.queries import active_code, option_name
from engross.core.proposals.framework.openings import Asked, Opening, fits_stage, openings
from engross.core.proposals.framework.rules import MoveRule

SPLIT = "split"
WHO_SEES = "Only who may move this proposal can see this page."


def course_or_404(identifier: str) -> Course:
    """Return the proposal called so in its framework; raises Http404 if there is none."""
    found = queries.proposal_called(identifier)
    course = course_of(found, on=timezone.localdate()) if found else None
    if course is None:
        raise Http404(f"No proposal is called {identifier[:60]}")
    return course


def _openings(course: Course, user: User) -> list[Opening]:
    today = timezone.localdate()
    framework = course.framework(today)
    roles = roles_of(user, framework, course.details, on=today)
    asked = Asked(roles, today, today, course.facts, course.due_days(today))
    return openings(framework, course.state, asked)


@login_required
def moves(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show what can be done with a proposal now, what speaks against the rest, what was done."""
    course = course_or_404(identifier)
    label, user = course.proposal.label, person_of(request)
    found = _openings(course, user)
    rows = MoveMade.objects.filter(proposal=course.proposal).select_related("made_by", "undoes")
    may_undo = _may_undo(course, user)
    context = {
        "title": "What can be done",
        "course": course,
        "label": label,
        "open_moves": [
            {"move": each.move, "href": reverse("proposals:move", args=[label, each.move.key])}
            for each in found
            if each.is_open
        ],
        "closed_moves": [each for each in found if not each.is_open],
        "made": [_told(row, course, may_undo=may_undo) for row in rows.order_by("-number")],
        "analyst_href": reverse("proposals:hand-over", args=[label]) if may_undo else "",
        "lacks_factor": is_staff(user) and not has_second_factor(user),
        "who_sees": WHO_SEES,
    }
    return render(request, "proposals/moves.html", context)


def _may_undo(course: Course, user: User) -> bool:
    today = timezone.localdate()
    framework = course.framework(today)
    return any(framework.roles[key].teams for key in
               roles_of(user, framework, course.details, on=today))  # fmt: skip


def _told(row: MoveMade, course: Course, *, may_undo: bool) -> dict[str, Any]:
    option = active_code().option("proposal_moves", row.move) if row.move else None
    last = course.state.last
    is_last = last is not None and last.number == row.number
    begins = bool(option and option.flag("starts_it"))
    return {
        "row": row,
        "done": option.text("done") if option else f"Taken back: {_done(row.undoes)}",
        "role": option_name("mover_roles", row.role) if row.role else "",
        "undo_href": reverse("proposals:undo", args=[course.proposal.label, row.number])
        if may_undo and is_last and not begins
        else "",
    }


def _done(row: MoveMade | None) -> str:
    return active_code().option("proposal_moves", row.move).text("done") if row else ""


@signed_in
def move(request: HttpRequest, identifier: str, key: str) -> HttpResponse:
    """Make a move: ask for its day, reason and route, say what it will do, do it."""
    course = course_or_404(identifier)
    user, today = person_of(request), timezone.localdate()
    rule = _rule_or_404(course, user, key)
    form = MoveForm(request.POST or None, rule=rule, today=today, splits=rule.to_stage == SPLIT,
                    has_route=bool(course.state.route), organisations=_organisations(user, rule),
                    initial={
                        "on": today, "seen": course.last_move, "token": uuid.uuid4()})  # fmt: skip

    def do(cleaned: Cleaned) -> None:
        asked = Making(rule.key, user, cleaned["on"], timezone.now(), today,
                       reason=cleaned.get("reason", ""), route=cleaned.get("route", ""),
                       seen=cleaned["seen"], into=cleaned.get("into"),
                       proposer=cleaned.get("proposer", ""),
                       token=cleaned["token"])  # fmt: skip
        if rule.to_stage == SPLIT:
            commands.split_proposal(course.proposal, cleaned["parts"], asked)
        else:
            commands.make_move(course.proposal, asked)

    def will(cleaned: Cleaned) -> list[str]:
        return steps_of(course, rule, cleaned)

    act = Act(
        rule.name, will, do, reverse("proposals:proposal", args=[course.proposal.label]),
        done=f"{rule.done}.", reference=course.proposal.label, who_sees=WHO_SEES,
    )  # fmt: skip
    return perform(request, act, form)


def _organisations(user: User, rule: MoveRule) -> list[str]:
    """Return for which Parties a person may take a proposal over; none if for any, as staff."""
    if not rule.takes_over or user.is_staff:
        return []
    return [name for name, _ in organisations_of(user, on=timezone.localdate())]


def _rule_or_404(course: Course, user: User, key: str) -> MoveRule:
    today = timezone.localdate()
    framework = course.framework(today)
    rule = framework.moves.get(key)
    may = rule is not None and set(rule.by) & roles_of(user, framework, course.details, on=today)
    if rule is None or not may or rule.starts_it or not fits_stage(framework, course.state, rule):
        raise Http404("There is no such move for you here")
    return rule


@staff_only
def undo(request: HttpRequest, identifier: str, number: int) -> HttpResponse:
    """Take back the last move, with a reason."""
    course = course_or_404(identifier)
    made = MoveMade.objects.filter(proposal=course.proposal, number=number, move__gt="").first()
    if made is None:
        raise Http404("There is no such move")
    form = UndoForm(request.POST or None, initial={"seen": course.last_move})

    def do(cleaned: Cleaned) -> None:
        commands.undo_move(made, by=person_of(request), on=timezone.localdate(),
                           at=timezone.now(), reason=cleaned["reason"],
                           seen=cleaned["seen"])  # fmt: skip

    def will(cleaned: Cleaned) -> list[str]:
        steps = [f"'{_done(made)}' of {made.made_on} is taken back."]
        steps += [f"What it wrote in the register {note['register']} is "
                  f"{'withdrawn' if note['before'] is None else 'corrected back'}."
                  for note in made.written]  # fmt: skip
        return [*steps, "Mail that was sent stays sent. Both entries stay on record."]

    back = reverse("proposals:moves", args=[course.proposal.label])
    act = Act("Take a move back", will, do, back, done="Taken back.",
              reference=course.proposal.label, danger=True)  # fmt: skip
    return perform(request, act, form)


@staff_only
def hand_over(request: HttpRequest, identifier: str) -> HttpResponse:
    """Give a proposal to an analyst."""
    course = course_or_404(identifier)
    form = HandOverForm(request.POST or None, initial={"on": timezone.localdate()})

    def do(cleaned: Cleaned) -> None:
        commands.hand_over(course.proposal, cleaned["to"], by=person_of(request),
                           on=cleaned["on"], at=timezone.now(),
                           reason=cleaned["reason"])  # fmt: skip

    def will(cleaned: Cleaned) -> list[str]:
        return [f"{cleaned['to']} looks after it from {cleaned['on']}.", "Both are told by mail."]

    act = Act("Hand it over", will, do, reverse("proposals:moves", args=[course.proposal.label]),
              done="Handed over.", reference=course.proposal.label)  # fmt: skip
    return perform(request, act, form)

"""Raising a proposal in another way than by a problem, and recording what others order."""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from engross.apps.accounts.models import User
from engross.apps.accounts.views import person_of
from engross.apps.people.views.acting import Act, Cleaned, perform
from engross.apps.people.views.guarding import signed_in
from engross.apps.proposals import commands
from engross.apps.proposals.commands import Raising
from engross.apps.proposals.forms import BeginForm
from engross.apps.proposals.models import Proposal
from engross.apps.proposals.queries import outside_routes
from engross.apps.proposals.queries.courses import frameworks
from engross.apps.proposals.queries.movers import starts_open_to
from engross.apps.registers.queries import option_name
from engross.core.dates.wording import day_in_words
from engross.core.proposals.framework.openings import movers
from engross.core.proposals.framework.rules import MoveRule

WHO_SEES = "Only who may raise a proposal in such a way can see this page."


@login_required
def ways(request: HttpRequest) -> HttpResponse:
    """Show in which other ways a person may raise a proposal, or record what others order."""
    today = timezone.localdate()
    framework = frameworks().on(today)
    context = {
        "title": "Other ways to raise a proposal",
        "ways": [
            {
                "rule": rule,
                "by": movers(framework, rule),
                "route": option_name("proposal_routes", rule.to_route) if rule.to_route else "",
                "stage": framework.stages[rule.to_stage].printed,
            }
            for rule in starts_open_to(person_of(request), on=today)
        ],
        "who_sees": WHO_SEES,
    }
    return render(request, "proposals/ways.html", context)


@signed_in
def begin(request: HttpRequest, key: str) -> HttpResponse:
    """Raise a proposal in one of these ways: ask, say what it will do, do it."""
    user, today = person_of(request), timezone.localdate()
    rule = _rule_or_404(user, key)
    is_outside = rule.to_route in outside_routes()
    form = BeginForm(request.POST or None, today=today, is_outside=is_outside,
                     initial={"on": today, "token": uuid.uuid4()})  # fmt: skip

    begun: list[Proposal] = []

    def do(cleaned: Cleaned) -> None:
        told = _raising(rule, cleaned, user)
        begun.append(
            commands.record_outside(told, form.instrument()) if is_outside
            else commands.raise_proposal(told)
        )  # fmt: skip

    act = Act(rule.name, lambda cleaned: _will(rule, cleaned), do, reverse("proposals:list"),
              done=f"{rule.done}.", who_sees=WHO_SEES)  # fmt: skip
    answer = perform(request, act, form)
    return redirect("proposals:proposal", begun[0].label) if begun else answer


def _rule_or_404(user: User, key: str) -> MoveRule:
    for rule in starts_open_to(user, on=timezone.localdate()):
        if rule.key == key:
            return rule
    raise Http404("There is no such way for you to raise a proposal")


def _raising(rule: MoveRule, cleaned: Cleaned, user: User) -> Raising:
    framework = frameworks().on(cleaned["on"])
    body = framework.body_of(rule)
    return Raising(
        title=cleaned["title"], summary=cleaned["summary"], by=user, on=cleaned["on"],
        at=timezone.now(), today=timezone.localdate(), affected=cleaned["affected"],
        proposer=cleaned.get("proposer") or (option_name("bodies", body) if body else ""),
        move=rule.key, token=cleaned["token"],
    )  # fmt: skip


def _will(rule: MoveRule, cleaned: Cleaned) -> list[str]:
    on = cleaned["on"]
    framework = frameworks().on(on)
    route = option_name("proposal_routes", rule.to_route) if rule.to_route else ""
    where = f"in {framework.stages[rule.to_stage].printed}"
    where += f", on the route {route}" if route else ""
    steps = [f"It is recorded as of {day_in_words(on)}, {where}, and is public."]
    if rule.outcome:
        outcome = option_name("decision_outcomes", rule.outcome)
        steps.append(f"The decision '{outcome}' of {movers(framework, rule)} is recorded.")
    if "effective_on" in cleaned:
        steps += [
            f"An ad hoc release of {day_in_words(cleaned['effective_on'])} carries it.",
            f"Its paper '{cleaned['paper']}' is listed with it.",
            "There is no vote. Draft its text next, and compose that release.",
        ]
    steps += [f"Mail '{option_name('mail_events', key)}' is sent." for key in rule.mails]
    return steps

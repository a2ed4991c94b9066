"""The pages of priorities: what they rest on, and giving them to several proposals at once."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from engross.apps.accounts.queries import may_change_registers
from engross.apps.accounts.views import person_of, staff_only
from engross.apps.crosscode import commands, queries
from engross.apps.crosscode.commands import reasons_against_giving
from engross.apps.crosscode.forms import PriorityForm
from engross.apps.crosscode.queries import ToPrioritise
from engross.apps.crosscode.views.places import tabs_of
from engross.apps.proposals.models import Proposal
from engross.apps.proposals.queries import proposal_called
from engross.apps.registers.queries import active_code
from engross.core.crosscode.priorities import categories_on, criteria_on
from engross.core.refusals import Refused
from engross.design.parts import Column

LED_COLUMNS = (
    Column("identifier", "Proposal", "reference", link="href"),
    Column("title", "Title", "title"),
    Column("lead", "Goes with"),
    Column("group", "Group", "reference", link="group_href"),
)


def priorities(request: HttpRequest) -> HttpResponse:
    """Show by what proposals get a priority, which there are, and how many have each."""
    code, today = active_code(), timezone.localdate()
    categories, criteria = categories_on(code, today), criteria_on(code, today)
    listed = code.option_list("priority_categories")
    held = queries.open_by_priority(on=today)
    place = reverse("proposals:list")
    context = {
        "title": "Priorities",
        "lead": "Which proposals come first, by what that is decided, and why.",
        "tabs": tabs_of("priorities"),
        "listed": listed,
        "criteria": criteria,
        "categories": [
            {"name": each.name, "count": held.get(each.key, 0), "note": each.note,
             "href": f"{place}?priority={each.key}&open=on"}
            for each in categories
        ],
        "without": held.get("", 0),
        "without_href": f"{place}?priority=none&open=on",
        "first_day": min((each.held_from for each in listed if each.held_from), default=None),
        "may_change": may_change_registers(request.user) and bool(categories),
    }  # fmt: skip
    return render(request, "crosscode/priorities.html", context)


@staff_only
def give(request: HttpRequest) -> HttpResponse:
    """Give proposals a priority, several at once: see what will be recorded, then record it."""
    today = timezone.localdate()
    waiting = queries.to_prioritise(on=today)
    form = _form_for(request, waiting, today)
    led = [each for each in waiting if each.lead]
    if request.method != "POST" or not form.is_valid():
        return _asking(request, form, led)
    proposals = _chosen(form)
    given = form.given()
    if not request.POST.get("confirmed"):
        if reasons := reasons_against_giving(proposals, given, on=today):
            form.add_error(None, [str(each) for each in reasons])
            return _asking(request, form, led)
        return _confirming(request, form, proposals)
    try:
        count = commands.give_priority(
            proposals, given, by=person_of(request), at=timezone.now(), on=today
        )
    except Refused as refused:
        form.add_error(None, [str(each) for each in refused.reasons])
        return _asking(request, form, led)
    messages.success(request, f"{count} proposal{'s have' if count != 1 else ' has'} a priority.")
    return redirect("crosscode:priorities")


def _form_for(request: HttpRequest, waiting: list[ToPrioritise], today: date) -> PriorityForm:
    choices = {each.listed.key: f"{each.listed.identifier} {each.listed.title}"
               for each in waiting if not each.lead}  # fmt: skip
    named = proposal_called(request.GET.get("proposal", "")) if request.GET else None
    if named:
        choices = {named.key: str(named), **choices}
    start: dict[str, Any] = {"determined_on": today, "proposals": [named.key] if named else []}
    return PriorityForm(request.POST or None, choices=choices.items(), on=today, initial=start)


def _chosen(form: PriorityForm) -> list[Proposal]:
    keys = form.cleaned_data["proposals"]
    return list(Proposal.objects.filter(key__in=keys).order_by("key"))


def _asking(request: HttpRequest, form: PriorityForm, led: list[ToPrioritise]) -> HttpResponse:
    context = {
        "title": "Give proposals a priority",
        "lead": "Open proposals without one are listed. Choose those that share answers, "
        "reasons and priority.",
        "form": form, "submit": "See what will be recorded",
        "cancel_url": reverse("crosscode:priorities"),
        "led_columns": LED_COLUMNS,
        "led": [
            {"identifier": each.listed.identifier, "title": each.listed.title,
             "href": reverse("proposals:proposal", args=[each.listed.identifier]),
             "lead": each.lead.change, "group": each.lead.group,
             "group_href": reverse("crosscode:group", args=[each.lead.group])}
            for each in led if each.lead
        ],
        "has_choices": bool(form.fields["proposals"].choices),  # type: ignore[attr-defined]
        "has_categories": bool(form.categories),
    }  # fmt: skip
    return render(request, "crosscode/give.html", context, status=422 if form.errors else 200)


def _confirming(
    request: HttpRequest, form: PriorityForm, proposals: list[Proposal]
) -> HttpResponse:
    given = form.given()
    answers = "; ".join(f"{each.name}: {given.answers[each.key]}" for each in form.criteria)
    names = ", ".join(str(each) for each in proposals)
    will = [
        f"{names}: the priority is {form.categories[given.category].name} from "
        f"{given.determined_on} on.",
        f"Answers: {answers}.",
        f"Why: {given.grounds}",
        f"It is looked at again by {given.review_by}." if given.review_by
        else "No day for looking at it again is set.",
        "It is public, stands in the list of proposals, and goes to the other codes with the "
        "next sheet.",
    ]  # fmt: skip
    context = {"title": "Give proposals a priority", "form": form, "will": will,
               "action": "Record it", "cancel_url": reverse("crosscode:give")}  # fmt: skip
    return render(request, "registers/confirm.html", context)

"""The pages of changes that several codes make together."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from engross.apps.accounts.queries import may_change_registers, who_reads
from engross.apps.accounts.views import person_of, staff_only
from engross.apps.crosscode import commands, queries
from engross.apps.crosscode.queries import GroupSeen, MemberSeen
from engross.apps.crosscode.views.places import abbreviation_of, tabs_of
from engross.apps.registers.queries import option_name, timeline_of
from engross.core.refusals import Refused
from engross.design.parts import Column, status

COLUMNS = (
    Column("name", "Group", "reference", link="href"),
    Column("title", "What for", "title"),
    Column("kind", "Kind"),
    Column("lead", "Lead Code"),
    Column("members", "Members"),
    Column("target_on", "By", "day"),
    Column("priority", "Priority"),
)
MEMBER_COLUMNS = (
    Column("name", "Change", "reference", link="href"),
    Column("title", "What it is", "title"),
    Column("role", "Part"),
)


def groups(request: HttpRequest) -> HttpResponse:
    """Show every group of changes that several codes make together."""
    found = queries.all_groups()
    context = {
        "title": "Changes made together",
        "lead": "Changes of several codes to one end: which code leads, and by when.",
        "tabs": tabs_of("groups"),
        "columns": COLUMNS,
        "rows": [
            {
                "name": each.group.label,
                "href": reverse("crosscode:group", args=[each.group.key]),
                "title": each.details.title,
                "kind": option_name("cross_code_kinds", each.details.kind),
                "lead": abbreviation_of(each.details.lead_code),
                "members": ", ".join(member.name for member in each.members),
                "target_on": each.details.target_on,
                "priority": option_name("priority_categories", each.details.priority),
            }
            for each in found
        ],
        "may_change": may_change_registers(request.user),
    }
    return render(request, "crosscode/groups.html", context)


def _group_or_404(name: str) -> GroupSeen:
    found = queries.group_called(name)
    if found is None:
        raise Http404("There is no such group")
    return found


def group(request: HttpRequest, name: str) -> HttpResponse:
    """Show a group: its members, its Lead Code and the priority that it gave."""
    seen, today = _group_or_404(name), timezone.localdate()
    details = seen.details
    may_change = may_change_registers(request.user)
    waiting = queries.to_take_over(seen, on=today)
    context = {
        "title": details.title,
        "label": seen.group.label,
        "key": seen.group.key,
        "details": details,
        "seen": seen,
        "facts": _facts(seen),
        "columns": MEMBER_COLUMNS,
        "members": [_member(each) for each in seen.members],
        "waiting": waiting,
        "may_change": may_change,
        "events": timeline_of("cross-code-groups", seen.group, as_at=None, today=today,
                              reader=who_reads(request)),
        "record_url": f"{reverse('registers:record', args=['cross-code-members'])}"
        f"?group={seen.group.key}",
        "correct_url": reverse("registers:correct", args=["cross-code-groups", details.entry]),
        "entry_url": reverse("registers:entry", args=["cross-code-groups", details.entry]),
    }  # fmt: skip
    return render(request, "crosscode/group.html", context)


def _facts(seen: GroupSeen) -> list[tuple[str, Any]]:
    details = seen.details
    return [
        ("Lead Code", option_name("industry_codes", details.lead_code)),
        ("Kind", option_name("cross_code_kinds", details.kind)),
        ("All in force by", details.target_on),
        ("Priority", option_name("priority_categories", details.priority)),
        ("Given on", details.priority_on),
    ]


def _member(each: MemberSeen) -> dict[str, Any]:
    href, title = "", ""
    if each.proposal:
        href, title = reverse("proposals:proposal", args=[each.proposal.label]), "A change here"
    elif each.change:
        href, title = queries.address_of(each.change), "On the sheet of other codes"
    return {
        "name": each.name,
        "href": href,
        "title": title or "Not on a sheet that was taken in",
        "role": status("Leads", "open") if each.leads else "Follows",
    }


@staff_only
def take_over(request: HttpRequest, name: str) -> HttpResponse:
    """Give a group's proposals the priority of its Lead Code: see which, then do it."""
    seen, today = _group_or_404(name), timezone.localdate()
    proposals = queries.to_take_over(seen, on=today)
    priority = option_name("priority_categories", seen.details.priority)
    refused = None
    if request.method == "POST":
        try:
            taken = commands.take_over_priority(
                seen, by=person_of(request), at=timezone.now(), on=today
            )
        except Refused as found:
            refused = found
        else:
            names = ", ".join(str(each) for each in taken)
            messages.success(request, f"{names}: the priority is {priority} now.")
            return redirect("crosscode:group", name=name)
    names = ", ".join(str(each) for each in proposals)
    lead = abbreviation_of(seen.details.lead_code)
    will = [
        f"{names} gets the priority {priority}, from today on, as {lead} gave it.",
        "It is locked: no other can be determined here while that code leads.",
        "What was determined before stays in the history.",
    ] if proposals else ["Nothing: every proposal of this group has that priority."]  # fmt: skip
    context = {
        "title": "Take over the Lead Code's priority", "reference": seen.group.label,
        "will": will, "action": "Take it over", "refused": refused,
        "cancel_url": reverse("crosscode:group", args=[name]),
    }  # fmt: skip
    return render(request, "design/confirm.html", context, status=422 if refused else 200)

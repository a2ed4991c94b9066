"""The pages of other codes' changes: the list, one of them, and its review."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from engross.apps.accounts.queries import may_change_registers
from engross.apps.accounts.views import person_of, staff_only
from engross.apps.crosscode import commands, queries
from engross.apps.crosscode.forms import ChangesFilterForm, ReviewForm
from engross.apps.crosscode.models import OtherChangeDetails
from engross.apps.crosscode.queries import ChangeSeen
from engross.apps.crosscode.views.places import (
    abbreviation_of,
    finding_chip,
    tabs_of,
)
from engross.apps.registers.queries import active_code, option_name, timeline_of
from engross.core.access import ANYONE
from engross.core.refusals import Refused
from engross.design.parts import Column, status

ROWS_A_PAGE = 60
COLUMNS = (
    Column("name", "Change", "reference", sort="change", link="href"),
    Column("title", "Title", "title", sort="title"),
    Column("stage", "Stage", sort="stage"),
    Column("implementation", "Implementation", sort="implementation_on"),
    Column("priority", "Priority", sort="priority"),
    Column("lead_code", "Lead Code", sort="lead_code"),
    Column("impact", "Impact on this code"),
    Column("last_updated", "Told", "day", sort="last_updated"),
)
REVIEW_COLUMNS = (
    Column("reviewed_on", "Day", "day"),
    Column("finding", "Finding"),
    Column("grounds", "Why", "title"),
    Column("by", "By"),
)


def changes(request: HttpRequest) -> HttpResponse:
    """Show the changes of other codes that were asked for, in pages."""
    form = ChangesFilterForm(request.GET)
    asked = form.asked(sort=request.GET.get("sort", ""))
    page = Paginator(queries.asked_changes(asked), ROWS_A_PAGE).get_page(request.GET.get("page"))
    page.object_list = list(_shown(page.object_list))
    files = reverse("registers:list", args=["cross-code-changes"]).rstrip("/")
    context = {
        "title": "Other codes",
        "lead": "What other codes are changing, and whether it touches this one.",
        "tabs": tabs_of("changes"),
        "filter_form": form,
        "page": page,
        "columns": COLUMNS,
        "noun": "changes" if page.paginator.count != 1 else "change",
        "sorted_by": asked.sort,
        "downloads": {
            **{each: f"{files}.{each}" for each in ("csv", "xlsx", "json")},
            "atom": reverse("registers:feed", args=["cross-code-changes"]),
        },
        "may_change": may_change_registers(request.user),
        "to_review": queries.changes_to_review(),
        "empty_title": None if request.GET else "No sheet of the other codes was taken in yet.",
    }
    return render(request, "crosscode/changes.html", context)


def _shown(rows: Iterable[Any]) -> Iterable[dict[str, Any]]:
    codes = active_code().options("industry_codes")
    names = {each.key: each.text("abbreviation") for each in codes}
    for row in rows:
        yield {
            "name": row.change.label,
            "href": queries.address_of(row.change),
            "title": row.title,
            "stage": row.stage,
            "implementation": row.implementation_on or row.implementation,
            "priority": row.priority,
            "lead_code": names.get(row.lead_code, ""),
            "impact": finding_chip(row.change),
            "last_updated": row.last_updated,
        }


def _found(code: str, reference: str) -> ChangeSeen:
    change = queries.change_called(code, reference)
    seen = queries.change_seen(change) if change else None
    if seen is None:
        raise Http404("No change of another code bears that name")
    return seen


def change(request: HttpRequest, code: str, reference: str) -> HttpResponse:
    """Show another code's change: what it says, what was found, and what it is linked to."""
    seen = _found(code, reference)
    label = seen.change.label
    may_change = may_change_registers(request.user)
    link = urlencode({"other_code": abbreviation_of(seen.change.code), "relation": "related",
                      "other": seen.details.reference})  # fmt: skip
    context = {
        "title": seen.details.title or label,
        "label": label,
        "seen": seen,
        "impact": finding_chip(seen.change),
        "gone": status("No longer on the sheet", "stopped") if seen.is_gone else "",
        "facts": _facts(seen.details),
        "review_columns": REVIEW_COLUMNS,
        "reviews": [
            {
                "reviewed_on": each.reviewed_on,
                "finding": option_name("impact_findings", each.finding),
                "grounds": each.grounds,
                "by": each.recorded_by.name if may_change and each.recorded_by else "Staff",
            }
            for each in seen.reviews
        ],
        "links": [
            {"words": option_name("link_relations", each.relation), "label": each.proposal.label,
             "href": reverse("proposals:proposal", args=[each.proposal.label])}
            for each in seen.links
        ],
        "events": timeline_of("cross-code-changes", seen.change, as_at=None,
                              today=timezone.localdate(), reader=ANYONE),
        "review_url": queries.address_of(seen.change, "review") if may_change else "",
        "link_url": f"{reverse('registers:record', args=['proposal-links'])}?{link}",
        "entry_url": reverse("registers:entry", args=["cross-code-changes", seen.details.entry]),
    }  # fmt: skip
    return render(request, "crosscode/change.html", context)


def _facts(row: OtherChangeDetails) -> list[tuple[str, Any]]:
    state = option_name("tranche_states", row.implementation_state)
    facts = [
        ("Code", option_name("industry_codes", row.code)),
        ("Proposer", row.proposer),
        ("Raised", row.raised_on),
        ("Stage", row.stage),
        ("Route", row.route),
        ("Implementation", row.implementation),
        ("How sure", state),
        ("Goes live", row.implementation_on),
        ("Codes affected", row.affected_codes),
        ("Parties affected", row.impacted_parties),
        ("Priority", row.priority),
        ("Lead Code", option_name("industry_codes", row.lead_code)),
        ("Last told", row.last_updated),
    ]
    return [(label, value) for label, value in facts if value]


@staff_only
def review(request: HttpRequest, code: str, reference: str) -> HttpResponse:
    """Say what another code's change means for this one: see what follows, then record it."""
    seen = _found(code, reference)
    label, back = seen.change.label, queries.address_of(seen.change)
    form = ReviewForm(request.POST or None, initial={"seen": seen.details.pk})
    task = {"title": f"Review {label}", "reference": seen.details.title, "form": form,
            "cancel_url": back, "seen": seen, "facts": _facts(seen.details)}  # fmt: skip
    if request.method != "POST" or not form.is_valid():
        status_code = 422 if form.errors else 200
        task["submit"] = "See what will be recorded"
        return render(request, "crosscode/review.html", task, status=status_code)
    cleaned = form.cleaned_data
    finding = option_name("impact_findings", cleaned["finding"])
    if not request.POST.get("confirmed"):
        will = [
            f"{label} is found to have: {finding}.",
            f"Why: {cleaned['grounds']}",
            "The finding is public. If the other code tells the change differently, "
            "it comes back for a new review.",
        ]
        return render(request, "registers/confirm.html", {**task, "will": will,
                      "action": "Record the review"})  # fmt: skip
    try:
        commands.review_change(
            seen.change, finding=cleaned["finding"], grounds=cleaned["grounds"],
            seen=cleaned["seen"], by=person_of(request), at=timezone.now(),
            on=timezone.localdate(),
        )  # fmt: skip
    except Refused as refused:
        form.add_error(None, [str(each) for each in refused.reasons])
        task["submit"] = "See what will be recorded"
        return render(request, "crosscode/review.html", task, status=422)
    messages.success(request, f"{label} is reviewed: {finding}.")
    return redirect(back)

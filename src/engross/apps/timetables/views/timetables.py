"""A proposal's timetable: planned, expected and actual, side by side; approving it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from engross.apps.accounts.queries import may_change_registers
from engross.apps.accounts.views import person_of, staff_only
from engross.apps.people.views.acting import Act, Cleaned, perform
from engross.apps.proposals.queries import proposal_called
from engross.apps.proposals.queries.courses import course_of
from engross.apps.timetables import commands
from engross.apps.timetables.commands.approving import Approval
from engross.apps.timetables.forms import ApproveForm
from engross.apps.timetables.queries.plans import StepSeen, TimetableSeen, timetable_of
from engross.core.dates.wording import day_in_words
from engross.core.proposals.planning.plans import Span

# The picture of a timetable, in the units of its own drawing.
WIDTH, ROW, BAR = 1000, 26, 9
LEAST = 4
NEXT_STEPS = 3
# What lies longer ago is in the table alone.
LOOKED_BACK = timedelta(days=270)


@dataclass(frozen=True)
class Bar:
    """A bar of the picture: from where, how wide, how high, and of what kind."""

    x: int
    y: int
    width: int
    kind: str


def _seen_or_404(identifier: str) -> tuple[Any, TimetableSeen | None]:
    proposal = proposal_called(identifier)
    course = course_of(proposal, on=timezone.localdate()) if proposal else None
    if course is None:
        raise Http404(f"No proposal is called {identifier[:60]}")
    return course, timetable_of(course, on=timezone.localdate())


def timetable(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show a proposal's timetable on this day."""
    course, seen = _seen_or_404(identifier)
    label = course.proposal.label
    if identifier != label:
        return redirect("timetables:timetable", label)
    context = {
        "title": "Timetable",
        "label": label,
        "course": course,
        "seen": seen,
        "steps": seen.ahead[:NEXT_STEPS] if seen else (),
        "rows": [_row(each) for each in seen.steps] if seen else [],
        "picture": _picture(seen.steps, seen.on) if seen else None,
        "may_approve": seen is not None and may_change_registers(request.user),
        "approved": seen.approved if seen else None,
    }
    is_part = bool(request.headers.get("HX-Request"))
    answer = render(
        request, "timetables/steps.html" if is_part else "timetables/timetable.html", context
    )
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def _row(each: StepSeen) -> dict[str, Any]:
    expected = each.expected
    late = bool(each.planned.last and expected.span.last and expected.span.last > each.planned.last)
    return {
        "name": each.step.name,
        "planned": each.planned,
        "expected": Span() if expected.is_done else expected.span,
        "actual": expected.span if expected.is_done else Span(expected.begun_on),
        "why_not": expected.why_not,
        "is_done": expected.is_done,
        "is_late": late,
    }  # fmt: skip


def _picture(steps: Sequence[StepSeen], today: date) -> dict[str, Any] | None:
    """Return what draws the timetable: bars for each step, and where today lies."""
    days = [day for each in steps for span in (each.planned, each.expected.span)
            for day in (span.first, span.last) if day]  # fmt: skip
    if not days:
        return None
    first, last = max(min([*days, today]), today - LOOKED_BACK), max([*days, today])
    length = max((last - first).days, 1)

    def place(day: date) -> int:
        return round((day - first).days * WIDTH / length)

    def bar(span: Span, y: int, kind: str) -> Bar | None:
        begins, ends = span.first or span.last, span.last
        if begins is None or ends is None or ends < first:
            return None
        begins = max(begins, first)
        width = max(place(ends) - place(begins), LEAST)
        return Bar(min(place(begins), WIDTH - LEAST), y, width, kind)

    bars = []
    for number, each in enumerate(steps):
        top = number * ROW
        kind = "actual" if each.expected.is_done else "expected"
        bars += [bar(each.planned, top + 3, "planned"), bar(each.expected.span, top + 13, kind)]
    return {
        "bars": [each for each in bars if each], "height": len(steps) * ROW, "bar": BAR,
        "width": WIDTH, "today": place(today),
        "from": day_in_words(first), "until": day_in_words(last),
    }  # fmt: skip


@staff_only
def approve(request: HttpRequest, identifier: str) -> HttpResponse:
    """Approve a proposal's timetable as expected now, with steps left out or other lengths."""
    course, seen = _seen_or_404(identifier)
    if seen is None:
        raise Http404("Nothing is ahead of this proposal")
    number = seen.approved.number if seen.approved else 0
    form = ApproveForm(request.POST or None, seen=seen,
                       initial={"seen": number, "token": uuid.uuid4()})  # fmt: skip

    def do(cleaned: Cleaned) -> None:
        commands.approve_timetable(course.proposal, Approval(
            person_of(request), timezone.localdate(), timezone.now(), cleaned["left_out"],
            form.lengths(), cleaned["reason"], cleaned["seen"], cleaned["token"],
        ))  # fmt: skip

    def will(cleaned: Cleaned) -> list[str]:
        left = [each.step.name for each in seen.steps if each.step.key in cleaned["left_out"]]
        steps = ["It is held to the days that are expected today, from today on."]
        steps += [f"Left out: {', '.join(left)}."] if left else []
        return [*steps, "Earlier timetables stay on record."]

    back = reverse("timetables:timetable", args=[course.proposal.label])
    act = Act("Approve its timetable", will, do, back, done="Approved.",
              reference=course.proposal.label)  # fmt: skip
    return perform(request, act, form)

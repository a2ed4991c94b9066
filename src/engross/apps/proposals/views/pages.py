"""The page of one proposal, as it stands or stood on a day."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from engross.apps.accounts.queries import may_change_registers, who_reads
from engross.apps.proposals import queries
from engross.apps.proposals.models import Decision, Proposal
from engross.apps.proposals.queries import AssessmentSeen, PanelAsked, ProposalSeen
from engross.apps.proposals.queries.courses import frameworks
from engross.apps.registers.forms import AsAtForm
from engross.apps.registers.queries import (
    RowsAbout,
    active_code,
    option_name,
    timeline_of,
)
from engross.core.codes.codes import Option
from engross.core.proposals.moves import mark_of
from engross.design.parts import Column, basis, status

ASSESSMENT_COLUMNS = (
    Column("kind", "Assessment"),
    Column("standing", "Standing"),
    Column("accepted_on", "Accepted", "day"),
    Column("returned_on", "Returned", "day"),
    Column("target", "Target", "number"),
    Column("days", "Days as published", "number"),
    Column("working_days", "Working Days", "number"),
)
DECISION_COLUMNS = (
    Column("body", "Body"),
    Column("outcome", "Outcome"),
    Column("decided_on", "Day", "day"),
    Column("meeting", "Meeting"),
    Column("note", "Note"),
)
PART_COLUMNS = (
    Column("part", "Part"),
    Column("state", "State"),
    Column("release", "Release"),
    Column("version", "Version", "reference"),
    Column("implemented_on", "Day", "day"),
)
RECORDABLE = (
    ("proposal-stages", "Record a stage move"),
    ("decisions", "Record a decision"),
    ("assessments", "Record an assessment"),
    ("proposal-holds", "Record time on hold"),
)


def stage_chip(stage: Option | None) -> SafeString:
    """Return the mark of a stage: its printed name, and how it stands."""
    if stage is None:
        return status("not known", "neutral")
    return status(stage.text("printed"), mark_of(active_code(), stage).value)


def address_of(identifier: str, as_at: date | None = None) -> str:
    """Return the address of a proposal's page, as at a day if one is asked for."""
    return reverse("proposals:proposal", args=[identifier]) + query_of(as_at)


def query_of(as_at: date | None) -> str:
    """Return what asks a page for its state on a day; nothing for today's."""
    return f"?as_at={as_at.isoformat()}" if as_at else ""


def marks_of(*, urgent: bool, on_hold: bool, rests_on: str = "") -> SafeString:
    """Return the marks of a proposal: urgent, on hold, and what its record rests on."""
    marks = [status("Urgent", "late")] if urgent else []
    marks += [status("On hold", "hold")] if on_hold else []
    marks += [basis(rests_on)]
    return SafeString(" ".join(filter(None, marks)))  # every piece is escaped


def proposal(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show a proposal as it stands, or as it stood on a day; an old name leads to its new one."""
    found = queries.proposal_called(identifier)
    if found is None:
        return _unknown(request, identifier)
    as_at = AsAtForm(request.GET).day()
    if identifier != found.label:
        return redirect(address_of(found.label, as_at))
    today = timezone.localdate()
    counted_to = _counted_to(found, today)
    about = RowsAbout("proposals", found, reader=who_reads(request))
    seen = queries.proposal_seen(about, on=today, as_at=as_at, counted_to=counted_to)
    if seen is None:
        return _not_yet(request, found.label, as_at)
    context = _context(seen, PanelAsked(seen, about, today, as_at))
    context["commands"] = _commands(found.label) if may_change_registers(request.user) else ()
    context["counted_to"] = counted_to if counted_to < today and not as_at else None
    return render(request, "proposals/proposal.html", context)


def _counted_to(proposal: Proposal, today: date) -> date:
    """Return the day to which days are counted: today, or the last of which records are kept."""
    known = queries.counted_to(today).of(proposal.label)
    return min(today, max(known, proposal.stage_since or known))


def _context(seen: ProposalSeen, asked: PanelAsked) -> dict[str, Any]:
    label, as_at = seen.proposal.label, asked.as_at
    events = timeline_of("proposals", seen.proposal, as_at=as_at, today=asked.on,
                         about=asked.about)  # fmt: skip
    panels = queries.panels_of(asked)
    return {
        "title": f"{seen.identifier} {seen.details.title}",
        "seen": seen,
        "stage_chip": stage_chip(seen.stage),
        "marks": marks_of(urgent=seen.details.is_urgent, on_hold=seen.hold is not None),
        "waits_on": " or ".join(each.name for each in seen.waits_on),
        "facts": _facts(seen),
        "impacts": _impacts(seen),
        "assessment_columns": ASSESSMENT_COLUMNS,
        "assessments": [_assessment(each) for each in seen.assessments],
        "decision_columns": DECISION_COLUMNS,
        "decisions": [_decision(each) for each in seen.decisions],
        "part_columns": PART_COLUMNS,
        "tranches": [_tranche(each) for each in seen.tranches],
        "links": [
            {**vars(each), "href": address_of(each.other) if each.is_here else ""}
            for each in seen.links
        ],
        "goes_on": _goes_on(seen),
        "parts": [
            {
                "label": each.proposal.label,
                "title": each.title,
                "href": address_of(each.proposal.label, as_at),
            }
            for each in seen.parts
        ],
        "holds": seen.holds,
        "feed_url": reverse("proposals:proposal-feed", args=[label]),
        "events": events,
        "panels": panels,
        "as_at": as_at,
        "api_url": f"/api/v1/proposals/{label}",
    }


def _assessment(each: AssessmentSeen) -> dict[str, Any]:
    again = f" {each.sequence}" if each.sequence > 1 else ""
    words, kind = ("Returned", "done") if each.returned_on else ("Underway", "open")
    if each.is_late:
        words, kind = ("Returned late" if each.returned_on else "Late"), "late"
    return {
        **vars(each),
        "kind": format_html("{}{} {}", each.kind.name, again, basis(each.basis)),
        "standing": format_html("{}{}", status(words, kind), _stood_still(each.stood)),
    }


def _goes_on(seen: ProposalSeen) -> str:
    """Return the proposal into which this one went; '' if it went into none."""
    moves = frameworks().on(timezone.localdate()).moves.values()
    joined = {option_name("link_relations", move.joins) for move in moves if move.joins}
    return next((each.other for each in seen.links if each.relation in joined), "")


def _stood_still(days: int) -> SafeString:
    if not days:
        return SafeString("")
    words = f"plus {days} day{'' if days == 1 else 's'} that a query waited"
    return format_html(' <span class="small muted">{}</span>', words)


def _decision(row: Decision) -> dict[str, Any]:
    outcome = option_name("decision_outcomes", row.outcome)
    return {
        "body": option_name("bodies", row.body),
        "outcome": format_html("{} {}", outcome, basis(row.basis)),
        "decided_on": row.decided_on,
        "meeting": row.meeting,
        "note": row.note,
    }


def _tranche(row: Any) -> dict[str, Any]:
    state = option_name("tranche_states", row.state)
    part = f"{row.sequence}: {row.note}" if row.note else str(row.sequence)
    return {
        "part": part,
        "state": format_html("{} {}", state, basis(row.basis)),
        "release": row.release,
        "version": row.version,
        "implemented_on": row.implemented_on,
    }


def _facts(seen: ProposalSeen) -> list[tuple[str, Any]]:
    details = seen.details
    return [
        ("Raised", details.raised_on),
        ("Proposer", details.proposer),
        ("Its Party Category", option_name("party_categories", details.proposer_category)),
        ("Route", option_name("proposal_routes", details.route)),
    ]


def _impacts(seen: ProposalSeen) -> list[tuple[str, tuple[str, ...]]]:
    kinds = {each.key: each for each in active_code().options("impact_kinds")}
    return [
        (kinds[key].plural or kinds[key].name if key in kinds else key, affected)
        for key, affected in seen.impacts.items()
    ]


def _commands(label: str) -> list[tuple[str, str]]:
    query = urlencode({"proposal": label})
    return [
        (words, f"{reverse('registers:record', args=[register])}?{query}")
        for register, words in RECORDABLE
    ]


def _unknown(request: HttpRequest, identifier: str) -> HttpResponse:
    near = [(label, address_of(label)) for label in queries.proposals_near(identifier)]
    context = {"title": "No such proposal", "identifier": identifier[:60], "near": near}
    return render(request, "proposals/unknown.html", context, status=404)


def _not_yet(request: HttpRequest, label: str, as_at: date | None) -> HttpResponse:
    context = {"title": label, "label": label, "as_at": as_at, "href": address_of(label)}
    return render(request, "proposals/not_yet.html", context)

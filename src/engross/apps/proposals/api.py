"""The read API of proposals: the list, and one proposal, as at a day and as known at a moment."""

from datetime import date
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from engross.apps.accounts.queries import who_reads
from engross.apps.proposals import queries
from engross.apps.proposals.queries import ListedProposal, ProposalSeen
from engross.apps.registers.api import (
    PROBLEMS,
    AsAt,
    PageOf,
    Searched,
    aware,
    plain_values,
    turn_to,
)
from engross.apps.registers.queries import RowsAbout, timeline_of

router = Router(tags=["Proposals and Parties"])
# The key is not for programs, and whose move it is stands with the proposal itself.
NOT_IN_THE_LIST = {"key", "waits_on", "waits_since"}


class ProposalsQuery(Searched):
    """What the list of proposals can be asked."""

    q: str = Field("", max_length=200, description="Words that a proposal's record holds")
    stage: str = Field("", max_length=60, description="A key of the list proposal_stages")
    open: bool = Field(False, description="Only those that are not decided yet")
    route: str = Field("", max_length=60, description="A key of the list proposal_routes")
    category: str = Field("", max_length=60, description="The proposer's Party Category")
    affects: str = Field("", max_length=60, description="A Party Category that it affects")
    release: str = Field("", max_length=120, description="A release that a part of it goes with")
    priority: str = Field(
        "", max_length=60, description="A key of the list priority_categories, or none"
    )
    waits_on: str = Field("", max_length=60, description="A body whose move it is")
    urgent: bool = Field(False, description="Only urgent ones")
    sort: str = Field("", max_length=60, description="identifier, title, stage, since, raised, "
                      "category, route or priority; with - before it, backwards")  # fmt: skip


class ProposalItem(Schema):
    """A proposal in a list; options by their key."""

    identifier: str
    url: str
    title: str
    stage: str | None = None
    since: date | None = None
    raised_on: date | None = None
    proposer: str | None = None
    proposer_category: str | None = None
    route: str | None = None
    priority: str | None = None
    is_urgent: bool
    is_on_hold: bool
    basis: str


class ProposalPage(PageOf):
    """A page of proposals."""

    rows: list[ProposalItem]


class ToldEvent(Schema):
    """An event of a timeline; `url` is the record that tells it."""

    on: date | None = None
    title: str
    text: str | None = None
    kind: str | None = None
    basis: str
    url: str


class WaitsOn(Schema):
    """A body that a proposal waits on."""

    key: str
    name: str


class AssessmentItem(Schema):
    """An assessment; `days` as its convention counts, `working_days` those of its clock."""

    kind: str
    sequence: int
    accepted_on: date | None = None
    returned_on: date | None = None
    target: int
    days: int | None = None
    working_days: int | None = None
    convention: str
    is_late: bool
    basis: str


class ProposalEntry(ProposalItem):
    """A proposal with all that is recorded of it."""

    summary: str | None = None
    link: str | None = None
    parent: str | None = None
    parts: list[str]
    waits_on: list[WaitsOn]
    waited_working_days: int | None = None
    affected: dict[str, list[str]]
    assessments: list[AssessmentItem]
    decisions: list[dict[str, Any]]
    implementation: list[dict[str, Any]]
    holds: list[dict[str, Any]]
    links: list[dict[str, Any]]
    timeline: list[ToldEvent]


@router.get("", response={200: ProposalPage, **PROBLEMS}, summary="Proposals",
            operation_id="list_proposals_as_listed")  # fmt: skip
def list_proposals(request: HttpRequest, asked: Query[ProposalsQuery]) -> Any:
    """The proposals as they stand, or stood on a day."""
    turn = turn_to(request, asked)
    found = queries.ProposalList(
        queries.ProposalsAsked(
            on=turn.today, as_at=asked.as_at, known_at=turn.known_at,
            words=asked.q, stage=asked.stage, open_only=asked.open, route=asked.route,
            category=asked.category, affects=asked.affects, release=asked.release,
            priority=asked.priority, waits_on=asked.waits_on, urgent_only=asked.urgent,
            sort=asked.sort,
        )
    )  # fmt: skip
    page, place = turn.page(found, lambda each: each.identifier), reverse("proposals:list")
    return page.answer([_item(each, place) for each in page.rows])


def _item(each: ListedProposal, place: str) -> dict[str, Any]:
    url = f"{place}{quote(each.identifier)}/"
    told = (name for name in vars(each) if name not in NOT_IN_THE_LIST)
    return {"url": url, **plain_values(each, *told)}


@router.get("/{path:identifier}", response={200: ProposalEntry, **PROBLEMS},
            summary="One proposal", operation_id="get_proposal")  # fmt: skip
def get_proposal(request: HttpRequest, identifier: str, asked: Query[AsAt]) -> Any:
    """A proposal by any form of its identifier, with all that is recorded of it."""
    found, on = queries.proposal_called(identifier), timezone.localdate()
    known_at, reader = aware(asked.known_at), who_reads(request)
    about = found and RowsAbout("proposals", found, known_at=known_at, reader=reader)
    seen = about and queries.proposal_seen(about, on=on, as_at=asked.as_at)
    if not found or not about or not seen:
        raise Http404("There is no such proposal, or it was not known to be raised by then")
    events = timeline_of("proposals", found, as_at=asked.as_at, today=on, about=about)
    timeline = [{**plain_values(each, "on", "title", "text", "kind", "basis"), "url": each.href}
                for each in events]  # fmt: skip
    day = asked.as_at or on
    given = queries.priorities_on([found.pk], day, known_at=known_at)
    priority = given.get(found.pk)
    return JsonResponse({**_entry(seen), "priority": priority, "timeline": timeline})


def _entry(seen: ProposalSeen) -> dict[str, Any]:
    details = seen.details
    return {
        "identifier": seen.identifier,
        "url": reverse("proposals:proposal", args=[seen.proposal.label]),
        "stage": seen.stage.key if seen.stage else None,
        **plain_values(seen, "since"),
        **plain_values(details, "title", "raised_on", "proposer", "proposer_category", "route",
                "summary", "link", "is_urgent", "basis"),
        "is_on_hold": seen.hold is not None,
        "parent": details.parent.label if details.parent else None,
        "parts": [each.proposal.label for each in seen.parts],
        "waits_on": [{"key": each.key, "name": each.name} for each in seen.waits_on],
        "waited_working_days": seen.waited_working_days,
        "affected": {kind: list(affected) for kind, affected in seen.impacts.items()},
        "assessments": [
            {**plain_values(each, *vars(each)),
             "kind": each.kind.key, "convention": each.convention.key}
            for each in seen.assessments
        ],
        "decisions": [
            {**plain_values(row, "decided_on", "body", "outcome", "note", "basis"),
             "meeting": row.meeting.key if row.meeting else None}
            for row in seen.decisions
        ],
        "implementation": [
            {**plain_values(row, "sequence", "state", "implemented_on", "note", "basis"),
             "release": row.release.key if row.release else None,
             "version": row.version.key if row.version else None}
            for row in seen.tranches
        ],
        "holds": [
            plain_values(row, "held_from", "held_until", "ground", "basis") for row in seen.holds
        ],
        "links": [vars(each) for each in seen.links],
    }  # fmt: skip

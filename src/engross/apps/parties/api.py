"""The read API of Parties: the list, and one Party, as at a day and as known at a moment."""

from datetime import date
from typing import Any, Literal
from urllib.parse import quote

from django.http import Http404, HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from engross.apps.accounts.queries import who_reads
from engross.apps.parties import queries
from engross.apps.parties.queries import ListedParty, PartySeen
from engross.apps.registers.api import (
    PROBLEMS,
    AsAt,
    PageOf,
    Searched,
    aware,
    plain_values,
    turn_to,
)
from engross.apps.registers.commands import log_events_read
from engross.apps.registers.queries import timeline_of

router = Router(tags=["Proposals and Parties"])


class PartiesQuery(Searched):
    """What the list of Parties can be asked."""

    q: str = Field("", max_length=200, description="Words of a Party's names or identifiers")
    category: str = Field("", max_length=60, description="A key of the list party_categories")
    entered: Literal["", "yes", "no"] = Field("", description="Whether it completed entry")
    in_default: bool = Field(False, description="Only those in default")
    sort: str = Field("", max_length=60, description="name, reference or category; with - before "
                      "it, backwards")  # fmt: skip


class PartyItem(Schema):
    """A Party in a list; options by their key."""

    reference: str
    url: str
    name: str
    trading_name: str | None = None
    category: str | None = None
    voting_group: str | None = None
    roles: list[str]
    has_entered: bool
    in_default: bool
    since: date | None = None
    since_day_known: bool
    basis: str | None = None


class PartyPage(PageOf):
    """A page of Parties."""

    rows: list[PartyItem]


class PartyEntry(Schema):
    """A Party with all that is recorded of it and may be read."""

    reference: str
    url: str
    name: str
    trading_name: str | None = None
    signifier: str | None = None
    company_number: str | None = None
    category: str | None = None
    voting_group: str | None = None
    since: date | None = None
    since_day_known: bool
    in_default: bool
    names: list[dict[str, Any]]
    categories: list[dict[str, Any]]
    voting_groups: list[dict[str, Any]]
    market_entry: list[dict[str, Any]]
    timeline: list[dict[str, Any]]


@router.get("", response={200: PartyPage, **PROBLEMS}, summary="Parties",
            operation_id="list_parties_as_listed")  # fmt: skip
def list_parties(request: HttpRequest, asked: Query[PartiesQuery]) -> Any:
    """Who is a Party today, or was on a day."""
    turn = turn_to(request, asked)
    found = queries.PartyList(
        queries.PartiesAsked(
            on=turn.today, as_at=asked.as_at, known_at=turn.known_at,
            words=asked.q, category=asked.category, entered=asked.entered,
            in_default=asked.in_default, sort=asked.sort,
        )
    )  # fmt: skip
    page, place = turn.page(found, lambda each: each.reference), reverse("parties:list")
    return page.answer([_item(each, place) for each in page.rows])


def _item(each: ListedParty, place: str) -> dict[str, Any]:
    url = f"{place}{quote(each.reference)}/"
    return {"url": url, **plain_values(each, *vars(each))}


@router.get("/{path:reference}", response={200: PartyEntry, **PROBLEMS},
            summary="One Party", operation_id="get_party")  # fmt: skip
def get_party(request: HttpRequest, reference: str, asked: Query[AsAt]) -> Any:
    """A Party by its reference, with all that is recorded of it and may be read."""
    found = queries.party_called(reference)
    if found is None:
        raise Http404("There is no such Party")
    known_at, reader = aware(asked.known_at), who_reads(request)
    today = timezone.localdate()
    seen = queries.party_seen(found, on=today, as_at=asked.as_at, known_at=known_at, reader=reader)
    events = timeline_of("parties", found, as_at=asked.as_at, known_at=known_at, today=today,
                         reader=reader)  # fmt: skip
    log_events_read(events, reader=reader, at=timezone.now())
    timeline = [{**plain_values(each, "on", "title", "text", "kind", "basis"), "url": each.href}
                for each in events]  # fmt: skip
    return JsonResponse({**_entry(seen), "timeline": timeline})


def _entry(seen: PartySeen) -> dict[str, Any]:
    details, span = seen.details, ("held_from", "held_until", "basis")
    return {
        "reference": seen.party.key,
        "url": reverse("parties:party", args=[seen.party.key]),
        "name": seen.name,
        **(plain_values(details, "trading_name", "signifier", "company_number") if details else {}),
        "category": seen.category.key if seen.category else None,
        **plain_values(seen, "voting_group"),
        **plain_values(seen.standing, "since", "since_day_known", "in_default"),
        "names": [plain_values(row, "legal_name", "trading_name", *span) for row in seen.names],
        "categories": [plain_values(row, "category", *span) for row in seen.categories],
        "voting_groups": [plain_values(row, "voting_group", *span) for row in seen.voting_groups],
        "market_entry": [
            plain_values(row, "process", "user_role", "completed_on", "day_known", "basis")
            for row in seen.entries
        ],
    }

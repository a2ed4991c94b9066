"""The pages of Parties: the list, one Party, and what the list can be had as."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from engross.adapters.tables import CONTENT_TYPES, table_bytes
from engross.apps.accounts.queries import may_change_registers, who_reads
from engross.apps.parties import queries
from engross.apps.parties.forms import PartyFilterForm, entry_words
from engross.apps.parties.models import MarketEntry, PartyDetails
from engross.apps.parties.queries import ListedParty, PartySeen
from engross.apps.registers.commands import log_events_read
from engross.apps.registers.forms import AsAtForm
from engross.apps.registers.models import HeldRow
from engross.apps.registers.queries import (
    active_code,
    option_name,
    strictest_class,
    timeline_of,
)
from engross.apps.registers.registers import register_named
from engross.core.registers.columns import Column as FileColumn
from engross.core.registers.columns import Kind
from engross.design.parts import CLASSES, Column, basis, class_badge, day, status

ROWS_A_PAGE = 60
FILE_COLUMNS = (
    FileColumn("reference", "", Kind.IDENTIFIER),
    FileColumn("name", ""),
    FileColumn("trading_name", ""),
    FileColumn("category", ""),
    FileColumn("voting_group", "", Kind.IDENTIFIER),
    FileColumn("roles", ""),
    FileColumn("has_entered", "", Kind.FLAG),
    FileColumn("in_default", "", Kind.FLAG),
    FileColumn("since", "", Kind.DAY),
    FileColumn("basis", ""),
)
ENTRY_COLUMNS = (
    Column("process", "Process"),
    Column("role", "User Role"),
    Column("completed", "Completed"),
)
SPELL_COLUMNS = (
    Column("what", "What"),
    Column("held_from", "From", "day"),
    Column("held_until", "Until", "day"),
)
RECORDABLE = (
    ("party-events", "Record an event"),
    ("party-categories", "Record a category"),
    ("market-entry", "Record market entry"),
)


def columns() -> tuple[Column, ...]:
    """Return the columns of the list, in the code's own words."""
    return (
        Column("reference", "Reference", "reference", sort="reference", link="href"),
        Column("name", "Name", "title", sort="name"),
        Column("trading_name", "Trading as"),
        Column("category", "Category", sort="category"),
        Column("voting_group", active_code().words.get("voting_group", "Voting Group")),
        Column("roles", f"{entry_words()} completed"),
        Column("standing", "Marks"),
        Column("since", "Since"),
    )


def address_of(reference: str, as_at: date | None = None) -> str:
    """Return the address of a Party's page, as at a day if one is asked for."""
    return reverse("parties:party", args=[reference]) + _query(as_at)


def _query(as_at: date | None) -> str:
    return f"?as_at={as_at.isoformat()}" if as_at else ""


def party_list(request: HttpRequest) -> HttpResponse:
    """Show who is a Party on a day, filtered, sorted and in pages."""
    form = PartyFilterForm(request.GET)
    asked = form.asked(on=timezone.localdate(), sort=request.GET.get("sort", ""))
    counts = queries.counts_by_category(asked.day)
    parties = queries.PartyList(asked, total=sum(each.parties for each in counts))
    page = Paginator(parties, ROWS_A_PAGE).get_page(request.GET.get("page"))
    page.object_list = _shown(list(page.object_list), asked.as_at)
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    words = active_code().words
    voting = [each for each in counts if each.category.flag("votes")]
    category = asked.category
    context = {
        "title": words.get("parties", "Parties"),
        "category": active_code().option("party_categories", category) if category else None,
        "lead": "Who is bound by the code, and in which Party Category.",
        "filter_form": form,
        "page": page,
        "columns": columns(),
        "noun": words.get("parties" if page.paginator.count != 1 else "party", "Parties"),
        "sorted_by": asked.sort or "name",
        "as_at": asked.day,
        "counts": [_count(each, asked.as_at) for each in counts],
        "groups_word": words.get("voting_groups", "Voting Groups"),
        "total_parties": sum(each.parties for each in voting),
        "total_groups": sum(each.voting_groups for each in voting),
        "downloads": {each: f"/parties.{each}{query}" for each in ("csv", "xlsx", "json")},
        "may_change": may_change_registers(request.user),
        "empty_title": None if query else "No Party is recorded yet.",
    }
    return render(request, "parties/parties.html", context)


def _count(each: queries.CategoryCount, as_at: date | None) -> dict[str, Any]:
    query = {"category": each.category.key, **({"as_at": as_at.isoformat()} if as_at else {})}
    return {
        "name": each.category.plural or each.category.name,
        "parties": each.parties,
        "voting_groups": each.voting_groups if each.category.flag("votes") else None,
        "href": f"?{urlencode(query)}",
    }


def _shown(parties: Iterable[ListedParty], as_at: date | None) -> list[dict[str, Any]]:
    """Return listed Parties as a person reads them."""
    code = active_code()
    categories = {each.key: each.name for each in code.options("party_categories")}
    roles = {each.key: each.name for each in code.options("user_roles")}
    in_default, place, query = status("In default", "late"), reverse("parties:list"), _query(as_at)
    return [
        {
            "reference": each.reference,
            "href": f"{place}{quote(each.reference)}/{query}",
            "name": each.name,
            "trading_name": each.trading_name,
            "category": categories.get(each.category, each.category),
            "voting_group": each.voting_group,
            "roles": ", ".join(roles.get(role, role) for role in each.roles)
            or ("yes" if each.has_entered else ""),
            "standing": format_html_join(
                " ",
                "{}",
                ((mark,) for mark in (each.in_default and in_default, basis(each.basis)) if mark),
            ),
            "since": since(each.since, day_known=each.since_day_known),
        }
        for each in parties
    ]


def since(on: date | None, *, day_known: bool) -> SafeString | str:
    """Return a day, or its month where only that is known."""
    if on and not day_known:
        return f"{on:%b %Y}"
    return day(on)


def download(request: HttpRequest, form: str) -> HttpResponse:
    """Send the list that was asked for as a file."""
    asked = PartyFilterForm(request.GET).asked(
        on=timezone.localdate(), sort=request.GET.get("sort", "")
    )
    rows = ({**vars(each), "category": option_name("party_categories", each.category),
             "roles": "; ".join(option_name("user_roles", role) for role in each.roles) or None}
            for each in queries.PartyList(asked)[:])  # fmt: skip
    response = HttpResponse(
        table_bytes(form, "parties", FILE_COLUMNS, rows), content_type=CONTENT_TYPES[form]
    )
    response["Content-Disposition"] = f'attachment; filename="parties-list.{form}"'
    return response


def party(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a Party as it stands, or as it stood on a day."""
    found = queries.party_called(reference)
    if found is None:
        near = [(each, address_of(each.key)) for each in queries.parties_near(reference)]
        unknown = {"title": "No such Party", "reference": reference[:60], "near": near}
        return render(request, "parties/unknown.html", unknown, status=404)
    as_at = AsAtForm(request.GET).day()
    if reference != found.key:
        return redirect(address_of(found.key, as_at))
    today = timezone.localdate()
    reader = who_reads(request)
    seen = queries.party_seen(found, on=today, as_at=as_at, reader=reader)
    events = timeline_of("parties", found, as_at=as_at, today=today, reader=reader)
    log_events_read(events, reader=reader, at=timezone.now())
    context = {
        **_context(seen, as_at),
        "page_class": strictest_class(register_named("market-entry"), seen.entries),
        "events": events,
        "commands": _commands(found.key) if may_change_registers(request.user) else (),
    }
    return render(request, "parties/party.html", context)


def _context(seen: PartySeen, as_at: date | None) -> dict[str, Any]:
    code = active_code()
    details = seen.details
    return {
        "title": seen.name,
        "seen": seen,
        "word": code.words.get("parties", "Parties"),
        "facts": [
            ("Legal name", seen.name),
            ("Trading as", details.trading_name if details else ""),
            ("Signifier", details.signifier if details else ""),
            ("Company number", details.company_number if details else ""),
            (code.words.get("voting_group", "Voting Group"), seen.voting_group),
            ("Since", since(seen.standing.since, day_known=seen.standing.since_day_known)),
        ],
        "entry_columns": ENTRY_COLUMNS,
        "entries": [_entry(row) for row in seen.entries],
        "spell_columns": SPELL_COLUMNS,
        "spells": _spells(seen),
        "as_at": as_at,
        "api_url": f"/api/v1/parties/{seen.party.key}",
    }  # fmt: skip


def _entry(row: MarketEntry) -> dict[str, Any]:
    process = active_code().option("market_entry_processes", row.process)
    paper_class = process.text("paper_class")
    badge = class_badge(paper_class) if paper_class in CLASSES else paper_class
    public = active_code().option("paper_classes", paper_class).flag("is_public")
    return {
        "process": format_html("{} {} {}", process.name, "" if public else badge, basis(row.basis)),
        "role": option_name("user_roles", row.user_role) if row.user_role else "",
        "completed": since(row.completed_on, day_known=row.day_known),
    }


def _spells(seen: PartySeen) -> list[dict[str, Any]]:
    """Return what it was called and in, each with the days it held."""
    told: list[tuple[HeldRow, str]] = [(row, _called(row)) for row in seen.names]
    told += [(row, option_name("party_categories", row.category)) for row in seen.categories]
    told += [(row, row.voting_group) for row in seen.voting_groups]
    return [
        {"what": format_html("{} {}", words, basis(row.basis)), "held_from": row.held_from,
         "held_until": row.held_until}
        for row, words in told
    ]  # fmt: skip


def _called(row: PartyDetails) -> str:
    trading = f", trading as {row.trading_name}" if row.trading_name else ""
    return f"{row.legal_name}{trading}"


def _commands(reference: str) -> list[tuple[str, str]]:
    query = urlencode({"party": reference})
    return [
        (words, f"{reverse('registers:record', args=[register])}?{query}")
        for register, words in RECORDABLE
    ]

"""A body's page: its seats, who holds them, what stands empty, and its votes."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe

from engross.apps.accounts.queries import may_change_registers, who_reads
from engross.apps.accounts.views import person_of, staff_only
from engross.apps.people.views.acting import Act, Cleaned, perform
from engross.apps.registers.forms import AsAtForm
from engross.apps.registers.queries import active_code
from engross.apps.votes import commands, queries
from engross.apps.votes.forms import SeatForm, WhyForm, seat_of, seat_words
from engross.apps.votes.models import SeatHolding, Seating
from engross.apps.votes.queries import VotesAsked
from engross.apps.votes.views.shown import href_of, mark_of
from engross.core.codes.codes import Option
from engross.core.voting import Electorate, Seat, SeatGroup
from engross.design.parts import Column, basis, day, link, status

LATEST = 10
SEAT_COLUMNS = (
    Column("place", "Seat", "title"),
    Column("held", "Held by"),
    Column("since", "Since", "day"),
    Column("until", "Until", "day"),
)
PEOPLE_COLUMNS = (*SEAT_COLUMNS, Column("people", "People"))


def body_or_404(key: str) -> Option:
    """Return a body of the code."""
    try:
        return active_code().option("bodies", key)
    except LookupError as unknown:
        raise Http404("There is no such body") from unknown


def body(request: HttpRequest, key: str) -> HttpResponse:
    """Show a body as at a day: its seats by group, with vacancies, and its latest votes."""
    option, now, reader = body_or_404(key), timezone.now(), who_reads(request)
    as_at = AsAtForm(request.GET).day()
    on = as_at or timezone.localdate()
    electorate = queries.electorate_on(key, on)
    votes = queries.votes_asked(VotesAsked(body=key), reader=reader, at=now)[:LATEST]
    is_circle = queries.is_of_circle(reader, key)
    may_change = may_change_registers(request.user)
    context = {
        "title": option.name,
        "reference": option.text("abbreviation"),
        "as_at": as_at,
        "facts": _facts(option, electorate),
        "groups": _groups(electorate, on, named=is_circle, may_change=may_change),
        "named": is_circle,
        "votes": [{"title": vote.title, "href": href_of(vote), "mark": mark_of(vote, now),
                   "closes_at": queries.window_of(vote).end} for vote in votes],
        "may_change": may_change and bool(electorate.seats),
        "key": key,
        "holdings_url": reverse("registers:record", args=["seat-holdings"]),
        "meetings_url": f"{reverse('meetings:list')}?{urlencode({'body': key})}",
        "api_url": f"/api/v1/bodies/{key}",
    }  # fmt: skip
    return render(request, "votes/body.html", context)


def _facts(option: Option, electorate: Electorate) -> list[tuple[str, Any]]:
    voting = [seat for group in electorate.voting_groups for seat in electorate.seats_in(group.key)]
    facts: list[tuple[str, Any]] = [("Meets", option.text("rhythm")), ("By", option.clause)]
    if electorate.seats:
        facts += [("Seats", len(electorate.seats)), ("With a vote", len(voting)),
                  ("Vacant", len(electorate.vacancies))]  # fmt: skip
    return facts


def _groups(
    electorate: Electorate, on: date, *, named: bool, may_change: bool
) -> list[dict[str, Any]]:
    holdings = queries.holdings_on(electorate.body, on)
    seatings: dict[tuple[str, str], list[Seating]] = {}
    for each in queries.seatings_of(electorate.body, on):
        seatings.setdefault((each.seat, each.place), []).append(each)
    return [
        {
            "name": group.name,
            "note": _note(group),
            "number": len(electorate.seats_in(group.key)),
            "columns": PEOPLE_COLUMNS if named else SEAT_COLUMNS,
            "seats": [
                {**_held(seat, holdings.get(seat.key)),
                 "people": _people(seatings.get(seat.key, ()), may_change=may_change)}
                for seat in electorate.seats_in(group.key)
            ],
        }
        for group in electorate.groups
    ]  # fmt: skip


def _note(group: SeatGroup) -> str:
    vote = "" if group.votes else "; without a vote"
    return f"Nominated by: {group.nominated_by}{vote}"


def _held(seat: Seat, holding: SeatHolding | None) -> dict[str, Any]:
    place = f"Seat {seat.key.place}" if seat.key.place.isdigit() else seat.key.place
    if holding is None:
        held = status("Vacant", "waiting") if seat.is_vacant else ""
        return {"place": place, "held": held, "since": None, "until": None}
    href = reverse("registers:entry", args=["seat-holdings", holding.entry])
    return {
        "place": place,
        "held": format_html("{} {}", link(href, holding.organisation), basis(holding.basis)),
        "since": holding.held_from,
        "until": holding.held_until,
    }


def _people(seatings: Iterable[Seating], *, may_change: bool) -> SafeString:
    """Return who sits on a seat and who stands in, a line each."""
    lines = ((_sits(each, may_change=may_change),) for each in seatings)
    joined = format_html_join(mark_safe("<br>"), "{}", lines)
    # One element: on a phone a cell sets its parts side by side.
    return format_html("<div>{}</div>", joined) if joined else joined


def _sits(seating: Seating, *, may_change: bool) -> SafeString:
    term = seating.membership
    role = "stands in" if term.role == "alternate" else term.role
    until = format_html(" until {}", day(term.held_until)) if term.held_until else ""
    line = format_html('{} <span class="muted">{} from {}{}</span>', term.user, role,
                       day(term.held_from), until)  # fmt: skip
    if not may_change:
        return line
    href = reverse("votes:unseat", args=[term.body, seating.pk])
    return format_html('{} <a href="{}">Take off<span class="unseen"> {}</span></a>', line, href,
                       term.user)  # fmt: skip


@staff_only
def seat(request: HttpRequest, key: str) -> HttpResponse:
    """Put somebody of a body on one of its seats."""
    option, on = body_or_404(key), timezone.localdate()
    electorate = queries.electorate_on(key, on)
    terms = {str(each.pk): each for each in queries.terms_without_seat(key, on)}
    form = SeatForm(request.POST or None, terms=terms.values(), electorate=electorate, on=on)

    def do(cleaned: Cleaned) -> None:
        commands.seat_person(terms[cleaned["term"]], seat_of(cleaned["seat"]),
                             by=person_of(request), at=timezone.now())  # fmt: skip

    def will(cleaned: Cleaned) -> list[str]:
        term = terms[cleaned["term"]]
        does = "stands in for the member of" if term.role == "alternate" else "sits on"
        until = f" until {term.held_until:%d %B %Y}" if term.held_until else ""
        return [
            f"{term.user} {does} {seat_words(electorate, seat_of(cleaned['seat']))}, in their term "
            f"from {term.held_from:%d %B %Y}{until}.",
            "In that time they may cast the seat's ballot.",
        ]

    act = Act("Put somebody on a seat", will, do, reverse("votes:body", args=[key]),
              reference=option.name, template="votes/seat.html",
              more={"nobody": not terms, "people_url": reverse("people:list")})  # fmt: skip
    return perform(request, act, form)


@staff_only
def unseat(request: HttpRequest, key: str, seating: int) -> HttpResponse:
    """Take somebody off a seat to which they were put by mistake."""
    option = body_or_404(key)
    rows = Seating.objects.filter(pk=seating, membership__body=key)
    found = rows.select_related("membership__user").first()
    if found is None:
        raise Http404("There is nobody on this seat")

    def do(cleaned: Cleaned) -> None:
        commands.unseat_person(found, by=person_of(request), at=timezone.now(),
                               reason=cleaned["reason"])  # fmt: skip

    will = [f"{found.membership.user} no longer has this seat, as if they never had.",
            "Their term on the body stays. Who leaves the body ends the term instead."]  # fmt: skip
    act = Act("Take them off the seat", lambda _: will, do, reverse("votes:body", args=[key]),
              action="Take them off", reference=option.name, danger=True)  # fmt: skip
    return perform(request, act, WhyForm(request.POST or None))

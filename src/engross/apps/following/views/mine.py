"""A person's own page: whose move is theirs, what lies ahead, what touches them."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from engross.apps.accounts.views import person_of
from engross.apps.consultations.views.shown import (
    ASKED_COLUMNS,
    OWN_COLUMNS,
    asked_row,
    own_row,
)
from engross.apps.following import commands, queries
from engross.apps.people.views.guarding import signed_in
from engross.apps.proposals.queries import Late, Turn, Waiting
from engross.apps.proposals.views import address_of, marks_of, stage_chip
from engross.apps.registers.queries import active_code, option_name
from engross.apps.timetables.views.shown import WORK_COLUMNS, work_rows
from engross.apps.votes.views.own import OWN_COLUMNS as BALLOT_COLUMNS
from engross.apps.votes.views.own import own_votes
from engross.design.navigation import address
from engross.design.parts import Column, basis

TURNS = (
    Column("proposal", "Identifier", "reference", link="href"),
    Column("title", "Title", "title"),
    Column("stage", "Stage"),
    Column("bodies", "Waits on"),
    Column("since", "Since", "day"),
    Column("waited", "Working Days", "number"),
    Column("marks", "Marks"),
)
WAITING = (
    Column("bodies", "Waits on", "title"),
    Column("proposals", "Proposals", "number"),
    Column("oldest", "Longest", "reference", link="href"),
    Column("since", "Since", "day"),
    Column("waited", "Working Days", "number"),
)
LATE = (
    Column("proposal", "Identifier", "reference", link="href"),
    Column("kind", "Assessment", "title"),
    Column("due_on", "Was due", "day"),
    Column("late", "Working Days late", "number"),
)
MOST_LINES = 12
MOST_ANSWERS = 6
# What other pages are about the person, and what each is called; shown where the site has it.
PLACES = (
    ("votes:mine", "Your votes"),
    ("people:my-tokens", "API tokens"),
    ("exchange:webhooks", "Webhooks"),
    ("usersessions_list", "Where you are signed in"),
    ("mfa_index", "Second factor and passkeys"),
    ("account_email", "E-mail address"),
    ("account_change_password", "Password"),
)


@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """Show the page of whoever is signed in."""
    person, today = person_of(request), timezone.localdate()
    reader: Any = request.reader  # type: ignore[attr-defined]
    now = timezone.now()
    seen = queries.mine_of(person, reader, today=today, at=now)
    ahead = queries.dates_ahead(person, reader, seen.asked, today=today, at=now)
    context = {
        "title": f"{person}",
        "seen": seen,
        "counted_to": seen.counted_to if seen.counted_to < today else None,
        "word": active_code().words.get("proposals", "Proposals"),
        "turn_columns": TURNS,
        "work_columns": WORK_COLUMNS if reader.is_staff else WORK_COLUMNS[:-1],
        "theirs": work_rows(seen.theirs),
        "own": work_rows(seen.own),
        "asked_columns": _of_parties(ASKED_COLUMNS, seen),
        "asked": [asked_row(each) for each in seen.asked],
        "answered_columns": _of_parties(OWN_COLUMNS, seen),
        "answered": [own_row(each) for each in seen.answered[:MOST_ANSWERS]],
        "ballot_columns": BALLOT_COLUMNS,
        "ballots": own_votes(reader, now),
        "proposed": _turns(seen.proposed),
        "touching": [
            {"name": each.name, "count": len(each.turns), "turns": _turns(each.turns[:MOST_LINES]),
             "left": max(len(each.turns) - MOST_LINES, 0)}
            for each in seen.touching
        ],
        "waiting_columns": WAITING,
        "waiting": [_waiting(each) for each in seen.waiting],
        "late_columns": LATE,
        "late": [_late(each) for each in seen.late],
        "ahead": ahead[:MOST_LINES],
        "ahead_left": max(len(ahead) - MOST_LINES, 0),
        "follows": queries.follows_of(person, on=today),
        "places": _places(reader),
        "is_staff": reader.is_staff,
        "is_authority": reader.is_authority,
    }  # fmt: skip
    return render(request, "following/mine.html", context)


def _of_parties(columns: Iterable[Column], seen: queries.Mine) -> list[Column]:
    """Return columns without the Party, where there is but one."""
    return [each for each in columns if each.key != "party" or len(seen.parties) > 1]


def _turns(turns: Iterable[Turn]) -> list[dict[str, Any]]:
    code = active_code()
    return [
        {
            **turn._asdict(),
            "href": address_of(turn.proposal),
            "stage": stage_chip(code.option("proposal_stages", turn.stage)),
            "bodies": " or ".join(option_name("bodies", each) for each in turn.bodies),
            "marks": marks_of(urgent=turn.is_urgent, on_hold=False, rests_on=turn.basis),
        }
        for turn in turns
    ]


def _waiting(each: Waiting) -> dict[str, Any]:
    bodies = " or ".join(option_name("bodies", body) for body in each.bodies)
    return {
        "bodies": bodies or "Nobody named",
        "proposals": each.proposals,
        "oldest": each.oldest,
        "href": address_of(each.oldest) if each.oldest else "",
        "since": each.since,
        "waited": each.waited,
    }


def _late(each: Late) -> dict[str, Any]:
    kind = option_name("assessment_kinds", each.kind)
    return {**each._asdict(), "kind": kind, "href": address_of(each.proposal),
            "basis": basis(each.basis)}  # fmt: skip


def _places(reader: Any) -> list[tuple[str, str]]:
    places = [(words, address(name)) for name, words in PLACES]
    if reader.administers:
        places.insert(0, ("The people of your Party", address("people:my-party")))
    if reader.handles_all:
        places = [("Requests for accounts", address("people:requests")),
                  ("The outbox", address("mail:list")),
                  ("Mails that are sent", address("notices:list")), *places]  # fmt: skip
    return [(words, href) for words, href in places if href]


@signed_in
def calendar_address(request: HttpRequest) -> HttpResponse:
    """Make the private address of the person's calendar, and show it this once."""
    made = ""
    if request.method == "POST":
        token = commands.make_calendar_address(person_of(request), at=timezone.now())
        path = reverse("following:calendar", args=[token])
        made = urljoin(settings.SITE_URL, path)
    context = {"title": "Your calendar", "made": made}
    return render(request, "following/calendar.html", context)

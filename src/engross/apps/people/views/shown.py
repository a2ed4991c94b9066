"""What several pages about people show."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from engross.apps.people import queries
from engross.apps.people.models import ApiToken, Term
from engross.apps.registers.queries import option_name
from engross.design.parts import status


def staff_tabs(current: str) -> list[dict[str, Any]]:
    """Return the views of people that staff have."""
    return [
        {"label": "People", "href": reverse("people:list"), "is_current": current == "people"},
        {
            "label": "Requests",
            "href": reverse("people:requests"),
            "is_current": current == "requests",
            "count": queries.requests_waiting().count(),
        },
    ]


def token_state(token: ApiToken, *, at: datetime) -> str:
    """Return whether a token holds, as a status."""
    if token.revoked_at:
        return status("revoked", "stopped")
    return status("holds", "open") if token.expires_at > at else status("over", "neutral")


def terms_shown(terms: Iterable[Term], *, on: date, named: str = "") -> list[dict[str, Any]]:
    """Return terms with their states; `named` is the list that names what they are of."""
    key = {"bodies": "body", "staff_teams": "team"}.get(named, "")
    return [
        {
            "term": each,
            "name": option_name(named, getattr(each, key)) if key else "",
            "state": _term_state(each, on=on),
            "is_over": _is_over(each, on=on),
        }
        for each in terms
    ]


def _is_over(term: Term, *, on: date) -> bool:
    return term.held_until is not None and term.held_until <= on


def _term_state(term: Term, *, on: date) -> str:
    if _is_over(term, on=on):
        return status("over", "neutral")
    return status("holds", "open") if term.held_from <= on else status("to come", "waiting")

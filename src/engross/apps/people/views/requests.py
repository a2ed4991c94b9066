"""What staff do about requests for accounts."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from engross.apps.accounts.views import person_of, staff_only
from engross.apps.people import commands, queries
from engross.apps.people.forms import ApprovalForm, RefusalForm
from engross.apps.people.models import RegistrationRequest
from engross.apps.people.views.acting import Act, Cleaned, perform
from engross.apps.people.views.shown import staff_tabs
from engross.core.people.roles import PartyRole
from engross.design.parts import Column, status

_STATES = {
    "waiting": status("waiting for staff", "waiting"),
    "approved": status("approved", "done"),
    "refused": status("refused", "stopped"),
}
COLUMNS = (
    Column("name", "Name", "title", link="href"),
    Column("wants", "For"),
    Column("asked_at", "Asked", "moment"),
    Column("state", "State"),
    Column("decided_at", "Decided", "moment"),
)


@staff_only
def requests(request: HttpRequest) -> HttpResponse:
    """List the requests that wait, or with ?state=decided those that do not."""
    is_decided = request.GET.get("state") == "decided"
    rows = queries.requests_decided() if is_decided else queries.requests_waiting()
    page = Paginator(rows, 60).get_page(request.GET.get("page"))
    shown: Any = [_row(each) for each in page.object_list]
    page.object_list = shown
    context = {"title": "Requests for accounts", "noun": "requests", "columns": COLUMNS,
               "page": page, "is_decided": is_decided, "tabs": staff_tabs("requests")}  # fmt: skip
    return render(request, "people/requests.html", context)


def _row(asked: RegistrationRequest) -> dict[str, object]:
    return {
        "name": asked.name,
        "href": reverse("people:request", args=[asked.pk]),
        "wants": asked.party.label if asked.party else asked.interest,
        "asked_at": asked.asked_at,
        "state": _STATES[asked.state],
        "decided_at": asked.decided_at,
    }


@staff_only
def request_page(request: HttpRequest, number: int) -> HttpResponse:
    """Show one request, and what can be done about it."""
    asked = _asked(number)
    context = {"asked": asked, "state": _STATES[asked.state], "title": asked.name,
               "party": asked.party}  # fmt: skip
    return render(request, "people/request.html", context)


@staff_only
def approve(request: HttpRequest, number: int) -> HttpResponse:
    """Open the account that was asked for."""
    asked, today = _asked(number), timezone.localdate()

    def do(cleaned: Cleaned) -> None:
        commands.approve_request(
            number, party=cleaned["party"], role=PartyRole(cleaned["role"]),
            by=person_of(request), at=timezone.now(), on=today,
        )  # fmt: skip

    def will(cleaned: Cleaned) -> list[str]:
        party, role = cleaned["party"], cleaned["role"]
        whose = f", as {role} of {party.label} from today" if party else ", of no Party"
        return [
            f"{asked.name} gets an account{whose}.",
            f"A link with which the password is chosen is mailed to {asked.email}.",
        ]

    form = ApprovalForm(request.POST or None, on=today, party=asked.party)
    act = Act("Open this account", will, do, reverse("people:request", args=[number]),
              action="Open the account", done="The account is open.",
              reference=asked.name)  # fmt: skip
    return perform(request, act, form)


@staff_only
def refuse(request: HttpRequest, number: int) -> HttpResponse:
    """Refuse the account that was asked for, with a reason."""
    asked = _asked(number)

    def do(cleaned: Cleaned) -> None:
        commands.refuse_request(
            number, by=person_of(request), at=timezone.now(), reason=cleaned["reason"]
        )

    def will(cleaned: Cleaned) -> list[str]:
        return [
            f"{asked.name} gets no account.",
            f"This reason is mailed to {asked.email}: {cleaned['reason']}",
        ]

    act = Act("Refuse this account", will, do, reverse("people:request", args=[number]),
              action="Refuse it", done="Refused, and the reason is mailed.",
              reference=asked.name, danger=True)  # fmt: skip
    return perform(request, act, RefusalForm(request.POST or None))


def _asked(number: int) -> RegistrationRequest:
    asked = queries.request_numbered(number)
    if asked is None:
        raise Http404("There is no such request")
    return asked

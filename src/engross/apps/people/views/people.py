"""The pages on which staff find people and see what each is."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from engross.apps.accounts.models import User
from engross.apps.accounts.queries import has_second_factor
from engross.apps.accounts.views import staff_only
from engross.apps.audit.models import Event
from engross.apps.audit.queries import events_about
from engross.apps.people import queries
from engross.apps.people.forms import PeopleFilterForm
from engross.apps.people.views.shown import staff_tabs, terms_shown, token_state
from engross.design.parts import Column, status

COLUMNS = (
    Column("name", "Name", "title", link="href"),
    Column("email", "Address"),
    Column("roles", "What they are"),
    Column("last_login", "Last signed in", "moment"),
    Column("state", "Account"),
)
EVENTS = {
    "people.add-staff": "Account of staff opened",
    "people.add-service": "Account of a program made",
    "people.authority": "The Authority's reach changed",
    "people.close": "Account closed",
    "people.reopen": "Account opened again",
    "people.end-sessions": "All sessions ended",
    "people.remove-second-factor": "Second factor taken away",
    "people.end-session": "A session ended",
    "people.join-party": "Joined a Party",
    "people.leave-party": "Left a Party",
    "people.join-body": "Term on a body recorded",
    "people.leave-body": "Term on a body ended",
    "people.join-team": "Joined a team",
    "people.leave-team": "Left a team",
    "people.make-token": "Token made",
    "people.revoke-token": "Token revoked",
}


@staff_only
def people_list(request: HttpRequest) -> HttpResponse:
    """List the people that are looked for, of all who have an account."""
    today = timezone.localdate()
    form = PeopleFilterForm(request.GET or None, on=today)
    cleaned = form.cleaned_data if form.is_bound and form.is_valid() else {}
    words = {"words": cleaned.get("q", "")}
    chosen = {name: cleaned.get(name, "") for name in ("party", "body", "team", "kind")}
    people = queries.people_asked(queries.PeopleAsked(**words, **chosen), on=today)
    page = Paginator(people, 60).get_page(request.GET.get("page"))
    rows: Any = [_row(each) for each in page.object_list]
    page.object_list = rows
    context = {"title": "People", "noun": "people", "columns": COLUMNS, "page": page,
               "filter_form": form, "tabs": staff_tabs("people")}  # fmt: skip
    return render(request, "people/people.html", context)


def _row(person: User) -> dict[str, object]:
    return {
        "name": person.name or person.email,
        "href": reverse("people:person", args=[person.pk]),
        "email": "" if person.is_service else person.email,
        "roles": "; ".join(queries.roles_in_words(person)),
        "last_login": person.last_login,
        "state": _state(person),
    }


def _state(person: User) -> str:
    if not person.is_active:
        return status("closed", "stopped")
    return status("program", "neutral") if person.is_service else status("open", "open")


def person_or_404(number: int) -> User:
    """Return the person of a number; raises Http404 if there is none."""
    person = User.objects.filter(pk=number).first()
    if person is None:
        raise Http404("There is no such person")
    return person


@staff_only
def person_page(request: HttpRequest, number: int) -> HttpResponse:
    """Show what a person is and was, and what can be done about it."""
    person, today, now = person_or_404(number), timezone.localdate(), timezone.now()
    tokens = [
        {"token": each, "state": token_state(each, at=now)} for each in queries.tokens_of(person)
    ]
    events = [_told(each) for each in events_about(f"people/{person.pk}")[:20]]
    context = {"person": person, "title": person.name or person.email, "state": _state(person),
               "has_second_factor": has_second_factor(person), "tokens": tokens,
               "memberships": terms_shown(queries.parties_of(person), on=today),
               "terms": terms_shown(queries.terms_of(person), on=today, named="bodies"),
               "teams": terms_shown(queries.teams_of(person), on=today, named="staff_teams"),
               "events": events}  # fmt: skip
    return render(request, "people/person.html", context)


def _told(event: Event) -> dict[str, object]:
    return {"words": EVENTS.get(event.action, event.action), "reason": event.reason,
            "by": event.by, "happened_at": event.happened_at}  # fmt: skip

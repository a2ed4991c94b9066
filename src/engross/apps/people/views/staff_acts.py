"""What staff do to people: open and close accounts, memberships, terms, teams."""

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from engross.apps.accounts.models import User
from engross.apps.accounts.views import person_of, staff_only
from engross.apps.people import commands, queries
from engross.apps.people.forms import (
    EndOfTermForm,
    NewcomerForm,
    PartyMembershipForm,
    ProgramForm,
    ReasonForm,
    TeamForm,
    TermForm,
)
from engross.apps.people.views.acting import Act, Cleaned, perform
from engross.apps.people.views.people import person_or_404
from engross.apps.registers.queries import option_name
from engross.core.people.roles import BodyRole, PartyRole


@staff_only
def add_staff(request: HttpRequest) -> HttpResponse:
    """Open an account for a member of staff."""

    def do(cleaned: Cleaned) -> None:
        newcomer = commands.Newcomer(cleaned["email"], cleaned["name"])
        commands.add_staff_member(newcomer, by=person_of(request), at=timezone.now())

    def will(cleaned: Cleaned) -> list[str]:
        return [
            f"{cleaned['name']} gets an account of staff, and may change every register "
            "once a second factor is set up.",
            f"A link with which the password is chosen is mailed to {cleaned['email']}.",
        ]

    act = Act("Add a member of staff", will, do, reverse("people:list"), action="Open the account")
    return perform(request, act, NewcomerForm(request.POST or None))


@staff_only
def add_program(request: HttpRequest) -> HttpResponse:
    """Make an account for a program, of a Party or of staff."""
    today = timezone.localdate()

    def do(cleaned: Cleaned) -> None:
        commands.add_service_account(
            cleaned["name"], party=cleaned["party"], by=person_of(request), at=timezone.now(),
            on=today,
        )  # fmt: skip

    def will(cleaned: Cleaned) -> list[str]:
        whose = cleaned["party"].label if cleaned["party"] else "staff"
        return [
            f"The program {cleaned['name']} gets an account, as one of {whose}.",
            "It has no password: what it may do, its tokens say. Make one on its page.",
        ]

    act = Act("Add a program", will, do, reverse("people:list"), action="Make the account")
    return perform(request, act, ProgramForm(request.POST or None, on=today))


@staff_only
def add_party(request: HttpRequest, number: int) -> HttpResponse:
    """Make a person one of a Party's people."""
    person, today = person_or_404(number), timezone.localdate()

    def do(cleaned: Cleaned) -> None:
        newcomer = commands.Newcomer(person.email, person.name)
        commands.invite_person(
            newcomer, cleaned["party"], PartyRole(cleaned["role"]),
            by=person_of(request), at=timezone.now(), on=today,
        )  # fmt: skip

    def will(cleaned: Cleaned) -> list[str]:
        return [
            f"{person} becomes {cleaned['role']} of {cleaned['party'].label} from today.",
            f"They are told by mail to {person.email}.",
        ]

    act = Act("Make them one of a Party's people", will, do, _page(person), reference=str(person))
    return perform(request, act, PartyMembershipForm(request.POST or None, on=today))


@staff_only
def end_party(request: HttpRequest, number: int, membership: int) -> HttpResponse:
    """End what a person is to a Party."""
    person = person_or_404(number)
    found = queries.parties_of(person).filter(pk=membership).first()
    if found is None:
        raise Http404("There is no such membership")

    def do(cleaned: Cleaned) -> None:
        commands.end_membership(
            found, by=person_of(request), at=timezone.now(), on=timezone.localdate(),
            reason=cleaned["reason"],
        )  # fmt: skip

    will = [f"{person} is no longer {found.role} of {found.party.label}, from today.",
            "Their sessions end: everywhere they have to sign in again."]  # fmt: skip
    act = Act("End this membership", lambda _: will, do, _page(person), action="End it",
              reference=str(person), danger=True)  # fmt: skip
    return perform(request, act, ReasonForm(request.POST or None))


@staff_only
def add_term(request: HttpRequest, number: int) -> HttpResponse:
    """Record a person's term on a body."""
    person = person_or_404(number)

    def do(cleaned: Cleaned) -> None:
        commands.begin_term(
            person, cleaned["body"], BodyRole(cleaned["role"]), held_from=cleaned["held_from"],
            held_until=cleaned["held_until"], by=person_of(request), at=timezone.now(),
        )  # fmt: skip

    def will(cleaned: Cleaned) -> list[str]:
        body, role = option_name("bodies", cleaned["body"]), BodyRole(cleaned["role"])
        until = f" until {cleaned['held_until']:%d %B %Y}" if cleaned["held_until"] else ""
        papers = "the body's own papers" if role.is_of_circle else "no papers of the body's own"
        return [
            f"{person} is {role} of {body} from {cleaned['held_from']:%d %B %Y}{until}.",
            f"In that time they read {papers}.",
        ]

    act = Act("Record a term on a body", will, do, _page(person), reference=str(person))
    form = TermForm(request.POST or None, on=timezone.localdate())
    return perform(request, act, form)


@staff_only
def end_term(request: HttpRequest, number: int, term: int) -> HttpResponse:
    """End a person's term on a body."""
    person, today = person_or_404(number), timezone.localdate()
    found = queries.terms_of(person).filter(pk=term).first()
    if found is None:
        raise Http404("There is no such term")

    def do(cleaned: Cleaned) -> None:
        commands.end_term(
            found, held_until=cleaned["held_until"], by=person_of(request), at=timezone.now(),
            on=today, reason=cleaned["reason"],
        )  # fmt: skip

    def will(cleaned: Cleaned) -> list[str]:
        body = option_name("bodies", found.body)
        until = f"{cleaned['held_until']:%d %B %Y}"
        return [f"{person} is no longer {found.role} of {body} from {until} on."]

    act = Act("End this term", will, do, _page(person), action="End it", reference=str(person),
              danger=True)  # fmt: skip
    form = EndOfTermForm(request.POST or None, initial={"held_until": today})
    return perform(request, act, form)


@staff_only
def add_team(request: HttpRequest, number: int) -> HttpResponse:
    """Put a member of staff into a team."""
    person, today = person_or_404(number), timezone.localdate()

    def do(cleaned: Cleaned) -> None:
        commands.join_team(
            person, cleaned["team"], by=person_of(request), at=timezone.now(), on=today
        )

    def will(cleaned: Cleaned) -> list[str]:
        return [f"{person} works in {option_name('staff_teams', cleaned['team'])} from today."]

    act = Act("Put them into a team", will, do, _page(person), reference=str(person))
    return perform(request, act, TeamForm(request.POST or None, on=today))


@staff_only
def leave_team(request: HttpRequest, number: int, term: int) -> HttpResponse:
    """Take a member of staff out of a team."""
    person = person_or_404(number)
    found = queries.teams_of(person).filter(pk=term).first()
    if found is None:
        raise Http404("They are not in such a team")

    def do(_: Cleaned) -> None:
        commands.leave_team(
            found, by=person_of(request), at=timezone.now(), on=timezone.localdate()
        )

    will = [f"{person} no longer works in {option_name('staff_teams', found.team)}, from today."]
    act = Act("Take them out of this team", lambda _: will, do, _page(person), action="Do this",
              reference=str(person), danger=True)  # fmt: skip
    return perform(request, act, Form(request.POST or None))


@staff_only
def authority(request: HttpRequest, number: int) -> HttpResponse:
    """Say that a person reads as the Authority does, or no longer."""
    person = person_or_404(number)
    becomes = not person.is_authority

    def do(cleaned: Cleaned) -> None:
        commands.set_authority(
            person, is_authority=becomes, by=person_of(request), at=timezone.now(),
            reason=cleaned["reason"],
        )  # fmt: skip

    will = [f"{person} reads what reaches the Authority: the papers of every body."]
    if not becomes:
        will = [f"{person} no longer reads what reaches the Authority.", "Their sessions end."]
    title = "Make them one of the Authority" if becomes else "No longer of the Authority"
    act = Act(title, lambda _: will, do, _page(person), reference=str(person), danger=not becomes)
    return perform(request, act, ReasonForm(request.POST or None))


@staff_only
def close(request: HttpRequest, number: int) -> HttpResponse:
    """Close an account, or open it again."""
    person = person_or_404(number)
    is_open = person.is_active
    command = commands.close_account if is_open else commands.reopen_account

    def do(cleaned: Cleaned) -> None:
        command(person, by=person_of(request), at=timezone.now(), reason=cleaned["reason"])

    will = [f"Nobody signs in with the account of {person} any more; its sessions end now.",
            "Its tokens are revoked, and stay so.",
            "What it did stays in the history under its name."]  # fmt: skip
    if not is_open:
        will = [f"{person} can sign in again, and is what the memberships below say.",
                "Tokens that were revoked stay so."]  # fmt: skip
    title = "Close this account" if is_open else "Open this account again"
    act = Act(title, lambda _: will, do, _page(person), reference=str(person), danger=is_open)
    return perform(request, act, ReasonForm(request.POST or None))


@staff_only
def end_sessions(request: HttpRequest, number: int) -> HttpResponse:
    """End all sessions of a person."""
    person = person_or_404(number)

    def do(cleaned: Cleaned) -> None:
        commands.end_sessions(
            person, by=person_of(request), at=timezone.now(), reason=cleaned["reason"]
        )

    will = [f"{person} has to sign in again everywhere."]
    act = Act("End all their sessions", lambda _: will, do, _page(person), action="End them",
              reference=str(person), danger=True)  # fmt: skip
    return perform(request, act, ReasonForm(request.POST or None))


@staff_only
def second_factor(request: HttpRequest, number: int) -> HttpResponse:
    """Take away the second factor of somebody who lost it."""
    person = person_or_404(number)

    def do(cleaned: Cleaned) -> None:
        commands.remove_second_factor(
            person, by=person_of(request), at=timezone.now(), reason=cleaned["reason"]
        )

    will = ["You have made sure that it is they who ask, not by mail alone.",
            f"The password alone lets {person} in, until another second factor is set up.",
            f"All their sessions end, and they are told by mail to {person.email}."]  # fmt: skip
    act = Act("Take away their second factor", lambda _: will, do, _page(person),
              action="Take it away", reference=str(person), danger=True)  # fmt: skip
    return perform(request, act, ReasonForm(request.POST or None))


def _page(person: User) -> str:
    return reverse("people:person", args=[person.pk])

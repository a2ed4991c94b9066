"""The pages on which a Party's administrators manage the Party's own people."""

from allauth.core.ratelimit import consume
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from engross.apps.accounts.views import person_of
from engross.apps.parties.models import Party
from engross.apps.people import commands, queries
from engross.apps.people.forms import InvitationForm, ProgramForm, RoleForm
from engross.apps.people.models import PartyMembership
from engross.apps.people.views.acting import Act, Cleaned, perform
from engross.apps.people.views.guarding import party_administrator
from engross.core.people.roles import PartyRole
from engross.core.refusals import Reason, Refused

WHO_SEES = "Only those who manage this Party's people, and staff, can see this page."


@party_administrator
def people(request: HttpRequest, party: Party) -> HttpResponse:
    """List the Party's people, with what can be done about each."""
    today = timezone.localdate()
    managed = queries.parties_managed_by(person_of(request), on=today)
    tabs = [
        {"label": each.label, "href": _list(each), "is_current": each == party} for each in managed
    ]
    context = {"title": "Your Party's people", "party": party, "who_sees": WHO_SEES,
               "memberships": queries.people_of_party(party, on=today),
               "tabs": tabs if len(managed) > 1 else []}  # fmt: skip
    return render(request, "people/my_party.html", context)


@party_administrator
def invite(request: HttpRequest, party: Party) -> HttpResponse:
    """Make somebody one of the Party's people."""

    def do(cleaned: Cleaned) -> None:
        if not consume(request, action="invite", user=request.user):
            raise Refused(Reason("That is a hundred invitations today", "Go on tomorrow"))
        newcomer = commands.Newcomer(cleaned["email"], cleaned["name"])
        commands.invite_person(
            newcomer, party, PartyRole(cleaned["role"]), by=person_of(request),
            at=timezone.now(), on=timezone.localdate(),
        )  # fmt: skip

    def will(cleaned: Cleaned) -> list[str]:
        return [
            f"{cleaned['name']} becomes {cleaned['role']} of {party.label} from today, and reads "
            "what is the Party's own.",
            f"They are told by mail to {cleaned['email']}.",
        ]

    act = Act("Invite somebody", will, do, _list(party), action="Invite them",
              done="Invited: a mail is on its way.", reference=party.label,
              who_sees=WHO_SEES)  # fmt: skip
    return perform(request, act, InvitationForm(request.POST or None))


@party_administrator
def change_role(request: HttpRequest, party: Party, membership: int) -> HttpResponse:
    """Give one of the Party's people another role."""
    found = membership_or_404(party, membership)

    def do(cleaned: Cleaned) -> None:
        commands.change_role(
            found, PartyRole(cleaned["role"]), by=person_of(request), at=timezone.now(),
            on=timezone.localdate(),
        )  # fmt: skip

    def will(cleaned: Cleaned) -> list[str]:
        return [f"{found.user} is {cleaned['role']} of {party.label} from today."]

    act = Act("Change their role", will, do, _list(party), reference=str(found.user),
              who_sees=WHO_SEES)  # fmt: skip
    form = RoleForm(request.POST or None, initial={"role": found.role})
    return perform(request, act, form)


@party_administrator
def end(request: HttpRequest, party: Party, membership: int) -> HttpResponse:
    """End what somebody is to the Party."""
    found = membership_or_404(party, membership)

    def do(_: Cleaned) -> None:
        commands.end_membership(
            found, by=person_of(request), at=timezone.now(), on=timezone.localdate()
        )

    will = [f"{found.user} is no longer one of {party.label}'s people, from today.",
            "Their sessions end: everywhere they have to sign in again."]  # fmt: skip
    act = Act("End this membership", lambda _: will, do, _list(party), action="End it",
              reference=str(found.user), danger=True, who_sees=WHO_SEES)  # fmt: skip
    return perform(request, act, Form(request.POST or None))


@party_administrator
def add_program(request: HttpRequest, party: Party) -> HttpResponse:
    """Make an account for a program of the Party."""

    def do(cleaned: Cleaned) -> None:
        commands.add_service_account(
            cleaned["name"], party=party, by=person_of(request), at=timezone.now(),
            on=timezone.localdate(),
        )  # fmt: skip

    def will(cleaned: Cleaned) -> list[str]:
        return [
            f"The program {cleaned['name']} gets an account, as one of {party.label}.",
            "It has no password: what it may do, its tokens say. Make one with 'Tokens'.",
        ]

    act = Act("Add a program", will, do, _list(party), action="Make the account",
              reference=party.label, who_sees=WHO_SEES)  # fmt: skip
    form = ProgramForm(request.POST or None, on=timezone.localdate(), of_party=True)
    return perform(request, act, form)


def membership_or_404(party: Party, number: int) -> PartyMembership:
    """Return one of the Party's memberships of today; another Party's is not there."""
    found = queries.people_of_party(party, on=timezone.localdate()).filter(pk=number).first()
    if found is None:
        raise Http404("There is no such membership")
    return found


def _list(party: Party) -> str:
    return reverse("people:my-party", query={"party": party.key})

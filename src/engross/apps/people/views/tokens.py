"""Tokens: one's own, and those of programs."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from engross.apps.accounts.models import User
from engross.apps.accounts.queries import has_second_factor
from engross.apps.accounts.views import person_of, staff_only
from engross.apps.parties.models import Party
from engross.apps.people import commands, queries
from engross.apps.people.forms import TokenForm
from engross.apps.people.views.guarding import party_administrator, signed_in
from engross.apps.people.views.my_party import membership_or_404
from engross.apps.people.views.people import person_or_404
from engross.apps.people.views.shown import token_state
from engross.core.people.scopes import scopes_for
from engross.core.refusals import Refused


@dataclass(frozen=True)
class Desk:
    """Whose tokens a page is about, where it is, and who else may see it."""

    user: User
    address: str
    who_sees: str = "Only you can see this page."


@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """Show one's own tokens, make one, revoke one."""
    person = person_of(request)
    if person.is_staff and not has_second_factor(person):
        messages.warning(request, "Set up a second factor first: a token of staff needs one.")
        return redirect("mfa_index")
    return _desk(request, Desk(person, reverse("people:my-tokens")))


@staff_only
def of_program(request: HttpRequest, number: int) -> HttpResponse:
    """Show a program's tokens to staff."""
    program = person_or_404(number)
    if not program.is_service:
        raise Http404("People make their tokens themselves")
    return _desk(request, Desk(program, request.path, "Only staff can see this page."))


@party_administrator
def of_party_program(request: HttpRequest, party: Party, membership: int) -> HttpResponse:
    """Show the tokens of one of the Party's programs to who manages its people."""
    program = membership_or_404(party, membership).user
    # Whoever belongs elsewhere too is not this Party's alone to speak for.
    if not program.is_service or program.is_staff:
        raise Http404("People make their tokens themselves")
    who = "Only those who manage this Party's people, and staff, can see this page."
    return _desk(request, Desk(program, request.get_full_path(), who))


def _desk(request: HttpRequest, desk: Desk) -> HttpResponse:
    form = TokenForm(None, scopes=scopes_for(is_staff=desk.user.is_staff))
    if request.method != "POST":
        return _shown(request, desk, form)
    work: Callable[[HttpRequest, Desk], HttpResponse]
    work = _revoke if "revoke" in request.POST else _make
    return work(request, desk)


def _make(request: HttpRequest, desk: Desk) -> HttpResponse:
    form = TokenForm(request.POST, scopes=scopes_for(is_staff=desk.user.is_staff))
    if not form.is_valid():
        return _shown(request, desk, form)
    cleaned = form.cleaned_data
    try:
        raw = commands.make_token(
            desk.user, name=cleaned["name"], scopes=cleaned["scopes"], days=cleaned["days"],
            by=person_of(request), at=timezone.now(),
        )  # fmt: skip
    except Refused as refused:
        form.add_error(None, [str(reason) for reason in refused.reasons])
        return _shown(request, desk, form)
    return _shown(
        request, desk, TokenForm(None, scopes=scopes_for(is_staff=desk.user.is_staff)), raw=raw
    )


def _revoke(request: HttpRequest, desk: Desk) -> HttpResponse:
    number = request.POST.get("revoke", "")
    tokens = queries.tokens_of(desk.user)
    token = (
        tokens.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 19 else None
    )
    if token is None:
        raise Http404("There is no such token")
    try:
        commands.revoke_token(token, by=person_of(request), at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{token.name} is revoked.")
    return redirect(desk.address)


def _shown(request: HttpRequest, desk: Desk, form: TokenForm, *, raw: str = "") -> HttpResponse:
    now = timezone.now()
    tokens = [
        {"token": each, "state": token_state(each, at=now),
         "holds": each.revoked_at is None and each.expires_at > now}
        for each in queries.tokens_of(desk.user)
    ]  # fmt: skip
    context = {"title": "Tokens", "owner": desk.user, "is_own": desk.user == request.user,
               "who_sees": desk.who_sees, "form": form, "tokens": tokens, "raw": raw}  # fmt: skip
    response = render(request, "people/tokens.html", context, status=422 if form.errors else 200)
    # A page that shows a token is not for any cache, nor for going back to.
    response["Cache-Control"] = "no-store"
    return response

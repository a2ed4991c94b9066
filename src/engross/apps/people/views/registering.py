"""Asking for an account, as anybody can."""

from allauth.core.ratelimit import consume, respond_429
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from engross.apps.people import commands
from engross.apps.people.forms import RegistrationForm
from engross.core.refusals import Refused


def register(request: HttpRequest) -> HttpResponse:
    """Take a request for an account; what is answered does not tell who has one."""
    form = RegistrationForm(request.POST or None, on=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        if not consume(request, action="register", key=cleaned["email"]):
            limited: HttpResponse = respond_429(request)
            return limited
        newcomer = commands.Newcomer(cleaned["email"], cleaned["name"])
        asked = commands.Asked(newcomer, cleaned["party"], cleaned["interest"], cleaned["why"])
        commands.request_account(asked, at=timezone.now())
        return redirect("people:registered")
    return render(request, "people/register.html", {"form": form},
                  status=422 if form.errors else 200)  # fmt: skip


register.writes = True  # type: ignore[attr-defined]


def registered(request: HttpRequest) -> HttpResponse:
    """Say that a mail is on its way."""
    return render(request, "people/registered.html")


def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm the address of a request, by a click: programs that look at mail follow links."""
    context: dict[str, object] = {"token": token}
    if request.method == "POST":
        try:
            commands.confirm_request(token, at=timezone.now())
            context["is_confirmed"] = True
        except Refused as refused:
            context["refused"] = refused.reasons
    return render(request, "people/confirm_request.html", context,
                  status=422 if "refused" in context else 200)  # fmt: skip


confirm.writes = True  # type: ignore[attr-defined]

"""Following and ceasing to, how often to be told, and the link that ends mails."""

from django.contrib import messages
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt

from engross.apps.accounts.views import person_of
from engross.apps.following import commands, queries
from engross.apps.following.forms import END, FollowForm, RhythmsForm
from engross.apps.following.queries import FollowSeen
from engross.apps.people.views.guarding import signed_in
from engross.core.following import EVERYTHING, Rhythm
from engross.core.refusals import Refused
from engross.design.parts import Column

COLUMNS = (
    Column("label", "What", "title", link="href"),
    Column("kind", "Kind"),
    Column("told", "Told"),
)


def _back(request: HttpRequest) -> HttpResponse:
    """Lead back to where the person came from, if that is on this site."""
    asked = request.POST.get("next", "")
    host, secure = {request.get_host()}, request.is_secure()
    is_ours = url_has_allowed_host_and_scheme(asked, allowed_hosts=host, require_https=secure)
    return redirect(asked if is_ours else reverse("following:follows"))


@signed_in
def follow(request: HttpRequest) -> HttpResponse:
    """Follow what the form names, and lead back to its page."""
    form = FollowForm(request.POST or None)
    if not form.is_valid():
        return _back(request)
    now = timezone.now()
    try:
        found = commands.follow(
            form.cleaned_data["kind"], form.cleaned_data["key"],
            by=person_of(request), on=timezone.localdate(now), at=now,
        )  # fmt: skip
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        told = f"You follow {found.label}, and are told of changes on each Working Day."
        messages.success(request, told)
    return _back(request)


@signed_in
def unfollow(request: HttpRequest) -> HttpResponse:
    """Cease to follow what the form names, and lead back."""
    form = FollowForm(request.POST or None)
    if form.is_valid():
        kind, key = form.cleaned_data["kind"], form.cleaned_data["key"]
        commands.unfollow(kind, key, by=person_of(request), at=timezone.now())
        messages.success(request, "You no longer follow it.")
    return _back(request)


@signed_in
def follows(request: HttpRequest) -> HttpResponse:
    """Show what the person follows, and set how often they are told of each."""
    person, now = person_of(request), timezone.now()
    seen = queries.follows_of(person, on=timezone.localdate(now))
    form = RhythmsForm(seen, request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = {pk: None if word == END else Rhythm(word) for pk, word in form.chosen.items()}
        commands.set_rhythms(chosen, by=person, at=now)
        messages.success(request, "Kept." if chosen else "Nothing was changed.")
        return redirect("following:follows")
    context = {
        "title": "What you follow",
        "form": form,
        "columns": COLUMNS,
        "rows": [_row(each, field) for each, field in form.rows],
        "follows_all": any(each.subject == EVERYTHING for each in seen),
    }
    return render(request, "following/follows.html", context, status=422 if form.errors else 200)


def _row(each: FollowSeen, field: BoundField) -> dict[str, object]:
    label = '<label class="unseen" for="{}">{}</label>{}'
    return {
        "label": each.label,
        "href": each.href,
        "kind": each.subject.kind.capitalize(),
        "told": format_html(label, field.id_for_label, field.label, field),
    }


# Whoever has the link may end the mails: a mail program that asks for it has no session.
@csrf_exempt
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether mails shall end, and end them; looking at the link alone ends nothing."""
    whose = queries.person_of_unsubscribing(token)
    if whose is None:
        nothing = {"title": "This link does not hold"}
        code = 403 if request.method == "POST" else 404
        return render(request, "following/unknown_link.html", nothing, status=code)
    person, rhythm = whose
    is_done = request.method == "POST"
    if is_done:
        commands.end_mail(person, rhythm, at=timezone.now())
    context = {
        "title": "No more of these mails" if is_done else "End these mails?",
        "is_done": is_done, "rhythm": rhythm, "token": token,
    }  # fmt: skip
    return render(request, "following/unsubscribe.html", context)


unsubscribe.writes = True  # type: ignore[attr-defined]

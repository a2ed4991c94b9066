"""Who may open the pages about people."""

from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone

from engross.apps.accounts.models import User
from engross.apps.accounts.views import View, person_of
from engross.apps.parties.models import Party
from engross.apps.people import queries


def signed_in(view: View) -> View:
    """Let a view serve only people who are signed in; it takes forms."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **extra: Any) -> HttpResponseBase:
        if not isinstance(request.user, User):
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **extra)

    guarded.writes = True  # type: ignore[attr-defined]
    return guarded


def party_administrator(view: View) -> View:
    """Let a view serve whoever manages a Party's people, and hand it that Party.

    Of several Parties the address says which, by `?party=`. To anybody else there is no such page.
    """

    @signed_in
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **extra: Any) -> HttpResponseBase:
        managed = queries.parties_managed_by(person_of(request), on=timezone.localdate())
        return view(request, _chosen(managed, request.GET.get("party", "")), *args, **extra)

    return guarded


def _chosen(managed: list[Party], key: str) -> Party:
    chosen = [party for party in managed if key in ("", party.key)]
    if not chosen:
        raise Http404("There is no such page")
    return chosen[0]

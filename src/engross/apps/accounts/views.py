"""Who may open a page, and who opened it: what views are wrapped in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from engross.apps.accounts.models import User
from engross.apps.accounts.queries import has_second_factor, is_staff

View = Callable[..., HttpResponseBase]


def staff_read(view: View) -> View:
    """Let a view show its page only to staff with a second factor; others are sent to get one."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **extra: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not is_staff(request.user):
            raise PermissionDenied
        if not has_second_factor(request.user):
            messages.warning(request, "Set up a second factor first: this page needs one.")
            return redirect("mfa_index")
        # The page says at its foot who can see it.
        request.is_for_staff = True  # type: ignore[attr-defined]
        return view(request, *args, **extra)

    return guarded


def staff_only(view: View) -> View:
    """Let a view show its page, and take its form, only of staff with a second factor."""
    guarded = staff_read(view)
    # So that forms are taken here, and nowhere else.
    guarded.writes = True  # type: ignore[attr-defined]
    return guarded


def person_of(request: HttpRequest) -> User:
    """Return who is signed in; only behind a guard."""
    if not isinstance(request.user, User):
        raise Http404("Nobody is signed in")
    return request.user

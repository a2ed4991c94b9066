"""Ending one of one's own sessions."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from engross.apps.accounts.views import person_of
from engross.apps.people import commands
from engross.apps.people.views.guarding import signed_in


@signed_in
@require_POST
def end_session(request: HttpRequest, session: int) -> HttpResponse:
    """End one session; anybody else's is not there."""
    if not commands.end_session(person_of(request), session, at=timezone.now()):
        raise Http404("There is no such session")
    messages.success(request, "The session has ended.")
    return redirect("usersessions_list")

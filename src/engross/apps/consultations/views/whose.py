"""Whose response a page is about: what its views are wrapped in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from engross.apps.accounts.models import User
from engross.apps.accounts.queries import who_reads
from engross.apps.accounts.views import person_of
from engross.apps.consultations import commands, queries
from engross.apps.consultations.models import Consultation, Response
from engross.apps.consultations.views.shown import consultation_or_404
from engross.apps.parties.models import Party
from engross.apps.people.views.guarding import signed_in
from engross.core.consultations.states import State, reasons_against_answering
from engross.core.refusals import Reason, Refused

View = Callable[..., HttpResponse]
Guarded = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Writing:
    """A response that is written on: who writes it, and where its pages are."""

    response: Response
    by: User | None
    page: str
    check: str
    upload: str

    @property
    def consultation(self) -> Consultation:
        """What it answers."""
        return self.response.consultation

    @property
    def who(self) -> str:
        """Whose response it is, in words."""
        response = self.response
        if response.party:
            return response.party.label
        return response.organisation or response.name


def not_taken(request: HttpRequest, row: Consultation, refused: Sequence[Reason]) -> HttpResponse:
    """Say why no answer is taken."""
    context = {"title": "No answer is taken", "row": row, "refused": refused}
    return render(request, "consultations/not_taken.html", context, status=409)


def by_link(view: View) -> Guarded:
    """Hand a view the response that a link leads to; to any other link there is no page."""

    def guarded(request: HttpRequest, token: str) -> HttpResponse:
        response = queries.response_of_link(token)
        if response is None:
            raise Http404("This link is not right")
        names = ("answer", "check", "upload")
        pages = [reverse(f"consultations:{name}", args=[token]) for name in names]
        return unkept(view(request, Writing(response, None, *pages)))

    guarded.writes = True  # type: ignore[attr-defined]
    return guarded


def for_party(view: View) -> Guarded:
    """Hand a view the response of the Party that `?party=` names, or of the only one there is."""

    @signed_in
    def guarded(request: HttpRequest, reference: str) -> HttpResponse:
        row = consultation_or_404(request, reference)
        parties = queries.parties_to_answer_for(who_reads(request))
        asked = request.GET.get("party", "")
        chosen = [each for each in parties if asked in ("", each.key)]
        if not chosen:
            raise Http404("You answer for no such Party")
        if len(chosen) > 1:
            context = {"title": "For which Party?", "row": row, "parties": parties}
            return render(request, "consultations/choose_party.html", context)
        return unkept(_answer_for(request, view, row, chosen[0]))

    guarded.writes = True  # type: ignore[attr-defined]
    return guarded


def _answer_for(request: HttpRequest, view: View, row: Consultation, party: Party) -> HttpResponse:
    response = queries.response_of_party(row, party)
    if response is None and request.method != "POST":
        # Looking at the page begins nothing: only what is saved does.
        if refused := reasons_against_answering(State(row.state)):
            return not_taken(request, row, refused)
        response = Response(consultation=row, party=party)
    try:
        response = response or commands.response_for_party(row, party, at=timezone.now())
    except Refused as refusal:
        return not_taken(request, row, refusal.reasons)
    query = {"party": party.key}
    names = ("party-answer", "party-check", "party-upload")
    pages = [reverse(f"consultations:{name}", args=[row.reference], query=query) for name in names]
    return view(request, Writing(response, person_of(request), *pages))


def unkept(answer: HttpResponse) -> HttpResponse:
    """Let nobody keep or list a page that somebody's answers stand on."""
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer

"""What pages of papers and of figures share."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from engross.core.dates.months import Month
from engross.core.refusals import Refused


def month_or_404(text: str) -> Month:
    """Return the month that an address names; raises Http404 if it names none."""
    try:
        return Month.parse(text)
    except ValueError as error:
        raise Http404(str(error)) from error


def cannot_be_made(request: HttpRequest, paper: str, refused: Refused) -> HttpResponse:
    """Say why a paper or a figure cannot be made for the month asked."""
    context = {"title": "This paper cannot be made", "refused": refused, "paper": paper}
    return render(request, "reports/refused.html", context, status=404)

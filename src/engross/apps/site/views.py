"""The home page: what changed, what is next, whose move it is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from engross.apps.accounts.queries import who_reads
from engross.apps.proposals.views import address_of
from engross.apps.registers.forms import AsAtForm
from engross.apps.registers.queries import active_code
from engross.apps.site import queries
from engross.design.parts import Column

WAITING_COLUMNS = (
    Column("names", "Waiting on"),
    Column("proposals", "Open", "number"),
    Column("oldest", "Longest", "reference", link="href"),
    Column("since", "Since", "day"),
    Column("waited", "Working Days", "number"),
)


def home(request: HttpRequest) -> HttpResponse:
    """Show where the code stands, today or as at a day."""
    as_at = AsAtForm(request.GET).day()
    told = queries.home(today=timezone.localdate(), as_at=as_at, reader=who_reads(request))
    code = active_code()
    context = {
        "title": "Home",
        "name": code.name,
        "home": told,
        "as_at": as_at,
        "proposals_word": code.words.get("proposals", "proposals"),
        "waiting_columns": WAITING_COLUMNS,
        "waiting": [
            {**vars(each), "names": names, "href": address_of(each.oldest) if each.oldest else ""}
            for each, names in told.waiting
        ],
        "open_proposals": sum(each.proposals for each, _ in told.waiting),
    }
    return render(request, "site/home.html", context)

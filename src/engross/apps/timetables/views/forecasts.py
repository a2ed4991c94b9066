"""The pages of forecasts: all of a day, and one of a proposal, on a page or in place."""

from typing import Any
from urllib.parse import quote

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.html import format_html

from engross.apps.proposals.queries import proposal_called
from engross.apps.proposals.views import stage_chip
from engross.apps.registers.forms import AsAtForm
from engross.apps.registers.queries import active_code, option_name
from engross.apps.timetables.forms import ForecastFilterForm
from engross.apps.timetables.queries import ForecastList, ListedForecast, forecasts_on
from engross.apps.timetables.views.words import (
    hindsight_told,
    interval_shown,
    of_ten,
    rests_on_told,
)
from engross.core.proposals.forecasting.told import Forecast
from engross.design.parts import Column, day

ROWS_A_PAGE = 60
COLUMNS = (
    Column("identifier", "Identifier", "reference", sort="identifier", link="href"),
    Column("title", "Title", "title"),
    Column("stage", "Stage", sort="stage"),
    Column("since", "Since", "day", sort="since"),
    Column("decision", "Decision", sort="decision"),
    Column("live", "Going live, if approved", sort="live"),
    Column("rests_on", "Rests on"),
)


def forecast_list(request: HttpRequest) -> HttpResponse:
    """Show what is to be expected of each open proposal, in pages."""
    form = ForecastFilterForm(request.GET)
    asked = form.asked(on=timezone.localdate(), sort=request.GET.get("sort", ""))
    found = ForecastList(asked)
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    rows = [_row(each) for each in page.object_list]
    context = {
        "title": "Forecasts",
        "lead": "When open proposals are to be expected decided and live, told from what became "
        "of those before them.",
        "filter_form": form,
        "page": page,
        "rows": rows,
        "columns": COLUMNS,
        "noun": "forecast" if page.paginator.count == 1 else "forecasts",
        "sorted_by": asked.sort,
        "on": found.told.on,
        "ends_before": found.told.on < asked.day,
        "hindsight": hindsight_told(found.told.hindsight),
        "empty_title": None if request.GET else "No open proposal is recorded.",
    }
    return render(request, "timetables/forecasts.html", context)


def _row(each: ListedForecast) -> dict[str, Any]:
    told = each.forecast
    return {
        "identifier": each.identifier,
        "href": f"{reverse('timetables:forecasts')}{quote(each.identifier)}/",
        "title": each.title,
        "stage": stage_chip(active_code().option("proposal_stages", told.stage)),
        "since": told.since,
        "decision": _decision(told),
        "live": interval_shown(told.go_live),
        "rests_on": rests_on_told(told),
    }


def _decision(told: Forecast) -> str:
    if told.decision is None:
        return format_html("<span>decided {}</span>", day(told.since))
    return interval_shown(told.decision)


def forecast(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show what is to be expected of a proposal, on a page or in place."""
    proposal = proposal_called(identifier)
    if proposal is None:
        raise Http404
    as_at = AsAtForm(request.GET).day()
    if identifier != proposal.label:
        query = f"?as_at={as_at.isoformat()}" if as_at else ""
        return redirect(reverse("timetables:forecast", args=[proposal.label]) + query)
    today = timezone.localdate()
    asked_on = min(as_at or today, today)
    told = forecasts_on(asked_on)
    found = told.by_proposal.get(proposal.key)
    context = {
        "title": f"Forecast of {proposal}",
        "proposal": proposal,
        "href": reverse("proposals:proposal", args=[proposal.label]),
        "on": told.on,
        "ends_before": told.on < asked_on,
        "facts": _facts(found) if found else (),
        "as_at": as_at,
    }
    in_place = bool(request.headers.get("HX-Request"))
    part = "timetables/parts/forecast.html" if in_place else "timetables/forecast.html"
    answer = render(request, part, context)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def _facts(told: Forecast) -> list[tuple[str, Any]]:
    facts = [
        ("Stage", option_name("proposal_stages", told.stage)),
        ("Decision", _decision(told)),
        ("Going live, if approved", interval_shown(told.go_live)),
    ]
    if told.withdrawn_share is not None:
        facts.append(("Withdrawn", f"{of_ten(told.withdrawn_share)} of ten such proposals"))
    return [*facts, ("Rests on", rests_on_told(told))]

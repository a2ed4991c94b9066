"""What watches over a deployment asks: whether it lives, whether it serves, and its figures."""

import os
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import REGISTRY
from prometheus_client.multiprocess import MultiProcessCollector

from engross.apps.accounts.views import person_of
from engross.apps.operations.commands.personal import KINDS, Kind, data_about
from engross.apps.operations.commands.personal.forgetting import retention_days
from engross.apps.operations.queries import Gauges, troubles
from engross.design.parts import Column

KIND_COLUMNS = (
    Column("what", "What", "title"),
    Column("why", "Why it is kept"),
    Column("kept", "For how long"),
)
METRICS = "text/plain; version=0.0.4; charset=utf-8"


@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """Say that the process answers; nothing else is asked."""
    return JsonResponse({"status": "live"})


@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """Say whether the site can serve: 200, or 503 with what is wrong."""
    found = troubles(at=timezone.now())
    told: dict[str, Any] = {"status": "ready" if not found.hinder else "not ready"}
    told |= {"hinders": found.hinder, "warns": found.warn}
    return JsonResponse(told, status=503 if found.hinder else 200)


@never_cache
@login_required
def my_data(request: HttpRequest) -> HttpResponse:
    """Show a signed-in person which kinds of data are kept about them, why and for how long."""
    kinds = [{"what": kind.meaning, "why": kind.why, "kept": _kept(kind)} for kind in KINDS]
    context = {
        "title": "Your data",
        "lead": "What is kept about you, why, and for how long.",
        "columns": KIND_COLUMNS,
        "kinds": kinds,
    }
    return render(request, "operations/my_data.html", context)


def _kept(kind: Kind) -> str:
    days = retention_days(kind.retention, on=timezone.localdate()) if kind.retention else None
    return f"{kind.kept}: {days:,} days" if days is not None else kind.kept


@never_cache
@login_required
def my_data_file(request: HttpRequest) -> HttpResponse:
    """Send a signed-in person everything that is kept about them, as JSON."""
    answer = JsonResponse(data_about(person_of(request)), json_dumps_params={"indent": 2})
    answer["Content-Disposition"] = 'attachment; filename="your-data.json"'
    return answer


@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Send figures as Prometheus reads them, to whoever has the deployment's token."""
    token = settings.ENGROSS_METRICS_TOKEN
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not token or not constant_time_compare(given, token):
        raise Http404("There is nothing at this address")
    registry = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        counted = generate_latest(registry)
    else:
        counted = generate_latest(REGISTRY)
    gauges = CollectorRegistry()
    gauges.register(Gauges(at=timezone.now()))
    return HttpResponse(counted + generate_latest(gauges), content_type=METRICS)

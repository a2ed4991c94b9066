"""What watches over a deployment asks: whether it lives, whether it serves, and its figures."""

import os
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import REGISTRY
from prometheus_client.multiprocess import MultiProcessCollector

from engross.apps.operations.queries import Gauges, troubles

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

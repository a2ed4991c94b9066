"""Webhooks by API: a program keeps its own, in the name of whose token it bears."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from ninja import Field, Router, Schema

from engross.apps.exchange import commands, queries
from engross.apps.exchange.models import Webhook
from engross.apps.jobs.commands import ask_for
from engross.apps.registers.api import ApiRefused, json_answer
from engross.apps.registers.api.problems import Problem
from engross.apps.registers.api.tokens import WRITING, Token, writer_of
from engross.core.exchange import Kind
from engross.core.refusals import Refused

webhooks_router = Router(tags=["Webhooks"])
SCOPE = "write:own"
OWN: dict[str, Any] = {
    "auth": Token(SCOPE, is_for_staff=False), "openapi_extra": {"x-scope": SCOPE},
}  # fmt: skip
KINDS = ", ".join(f"`{each.value}`" for each in Kind)


class WebhookGiven(Schema):
    """Where to, and of what; none of the kinds or registers means all of them."""

    url: str = Field(max_length=500, description="Where your program takes messages: https://…")
    kinds: list[str] = Field([], max_length=len(Kind), description=f"Kinds of change: {KINDS}")
    registers: list[str] = Field([], max_length=200, description="Names of registers")


class WebhookRow(Schema):
    """A webhook, and whether it runs."""

    id: int
    url: str = Field(description="Where messages are sent")
    kinds: list[str]
    registers: list[str]
    is_stopped: bool = Field(description="Whether nothing is sent until somebody starts it again")
    stopped_why: str
    page: str = Field(description="Its page, with what was sent and what waits")


class WebhookMade(WebhookRow):
    """A webhook that was just added."""

    secret: str = Field(description="Signs what is sent; told this once and never again")


class WebhookPage(Schema):
    """One's webhooks, the latest first."""

    rows: list[WebhookRow]


class TrialQueued(Schema):
    """A message that tells of no change, on its way."""

    webhook: int
    state: str


@webhooks_router.get(
    "",
    response={200: WebhookPage, **WRITING},
    summary="Your webhooks",
    operation_id="list_webhooks",
    **OWN,
)
def list_webhooks(request: HttpRequest) -> HttpResponse:
    """The webhooks of whose token it is, the latest first; nobody else's."""
    return _private({"rows": [_row(each) for each in queries.webhooks_of(writer_of(request))]})


@webhooks_router.post(
    "",
    response={201: WebhookMade, **WRITING},
    summary="Add a webhook",
    operation_id="add_webhook",
    **OWN,
)
def add_webhook(request: HttpRequest, given: WebhookGiven) -> HttpResponse:
    """Be told of each change within a minute or two, as far as you may read it.

    Keep the `secret` of the answer: it is not told again.
    """
    writer, at = writer_of(request), timezone.now()
    try:
        made, secret = commands.add_webhook(
            owner=writer, url=given.url, registers=set(given.registers), kinds=set(given.kinds),
            by=writer, on=timezone.localdate(), at=at,
        )  # fmt: skip
    except Refused as refused:
        raise ApiRefused("not-understood", str(refused), refused.reasons) from refused
    return _private({**_row(made), "secret": secret}, status=201)


@webhooks_router.get(
    "/{int:number}",
    response={200: WebhookRow, 404: Problem, **WRITING},
    summary="One of your webhooks",
    operation_id="read_webhook",
    **OWN,
)
def read_webhook(request: HttpRequest, number: int) -> HttpResponse:
    """A webhook of whose token it is, and whether it runs."""
    return _private(_row(_own_or_404(request, number)))


@webhooks_router.delete(
    "/{int:number}",
    response={204: None, 404: Problem, **WRITING},
    summary="Remove a webhook",
    operation_id="remove_webhook",
    **OWN,
)
def remove_webhook(request: HttpRequest, number: int) -> HttpResponse:
    """Send nothing to it any more; what waits to be sent is deleted."""
    found = _own_or_404(request, number)
    commands.remove_webhook(found, by=writer_of(request), at=timezone.now())
    return HttpResponse(status=204)


@webhooks_router.post(
    "/{int:number}/trial",
    response={202: TrialQueued, 404: Problem, **WRITING},
    summary="Try a webhook",
    operation_id="try_webhook",
    **OWN,
)
def try_webhook(request: HttpRequest, number: int) -> HttpResponse:
    """Send a message that tells of no change, so that its receiver can be tried."""
    found = _own_or_404(request, number)
    if found.is_stopped:
        raise ApiRefused("conflict", "The webhook is stopped: start it again on its page first")
    commands.queue_trial(found, at=timezone.now())
    ask_for("exchange.webhooks")
    return _private({"webhook": found.pk, "state": "queued"}, status=202)


def _own_or_404(request: HttpRequest, number: int) -> Webhook:
    found = queries.webhooks_of(writer_of(request))
    webhook = found.filter(pk=number).first() if number < 2**63 else None
    if webhook is None:
        raise Http404("You have no such webhook")
    return webhook


def _row(found: Webhook) -> dict[str, Any]:
    return {
        "id": found.pk, "url": found.url, "kinds": found.kinds, "registers": found.registers,
        "is_stopped": found.is_stopped, "stopped_why": found.stopped_why,
        "page": reverse("exchange:webhook", args=[found.pk]),
    }  # fmt: skip


def _private(body: dict[str, Any], *, status: int = 200) -> HttpResponse:
    answer = json_answer(body, status=status)
    # A secret is for no cache, and whose webhooks there are is nobody else's.
    answer["Cache-Control"] = "no-store"
    return answer

"""Webhooks: one's own and those of one's programs, what was sent to them, and sending again."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from engross.apps.accounts.views import person_of
from engross.apps.exchange import commands, queries
from engross.apps.exchange.forms import WebhookForm
from engross.apps.exchange.models import Delivery, Webhook
from engross.apps.exchange.queries import Change
from engross.apps.jobs.commands import ask_for
from engross.apps.people.queries import reader_of
from engross.apps.people.views.guarding import signed_in
from engross.apps.registers.registers import all_registers, register_named
from engross.core.exchange import Kind
from engross.core.refusals import Refused
from engross.design.parts import Column, status

ROWS = 50
COLUMNS = (
    Column("what", "What", "title", link="href"),
    Column("position", "Position", "reference"),
    Column("state", "State"),
    Column("when", "Sent, or due", "moment"),
    Column("attempts", "Attempts", "number"),
    Column("error", "What went wrong"),
    Column("again", "Again"),
)
WHO_SEES = "Only you, and who keeps webhooks in the same name, can see this page."
STATES = {
    "queued": ("waits", "waiting"), "sending": ("is sent", "open"),
    "delivered": ("delivered", "done"), "failed": ("given up", "late"),
    "void": ("not sent", "stopped"),
}  # fmt: skip


@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """List one's webhooks and those of one's programs."""
    found = queries.webhooks_for(person_of(request), on=timezone.localdate())
    context = {
        "title": "Webhooks",
        "webhooks": [
            {"webhook": each, "state": _state(each), "wants": _wants(each)} for each in found
        ],
        "who_sees": WHO_SEES,
    }
    return render(request, "exchange/webhooks.html", context)


@signed_in
def add(request: HttpRequest) -> HttpResponse:
    """Add a webhook, and show its secret this once."""
    person, today = person_of(request), timezone.localdate()
    form = WebhookForm(
        request.POST if request.method == "POST" else None,
        owners=queries.owners_for(person, on=today),
    )
    if form.is_valid():
        try:
            made, secret = commands.add_webhook(
                **form.asked(), by=person, on=today, at=timezone.now()
            )
        except Refused as refused:
            form.add_error(None, [str(reason) for reason in refused.reasons])
        else:
            return _shown(request, made, secret=secret)
    context = {"title": "Add a webhook", "form": form, "submit": "Add it",
               "cancel_url": reverse("exchange:webhooks"), "who_sees": WHO_SEES,
               "lead": "Your program is told of each change within a minute or two."}  # fmt: skip
    return render(request, "exchange/add.html", context, status=422 if form.errors else 200)


@signed_in
def webhook(request: HttpRequest, number: int) -> HttpResponseBase:
    """Show a webhook with what was sent to it; do what a button of it asks."""
    found = _webhook_or_404(request, number)
    if request.method != "POST":
        return _shown(request, found)
    asked = _ACTS.get(request.POST.get("do", ""))
    if asked is None:
        raise Http404("There is no such button")
    try:
        return asked(request, found)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("exchange:webhook", number)


@signed_in
def remove(request: HttpRequest, number: int) -> HttpResponse:
    """Remove a webhook, once it was seen what goes with it."""
    found = _webhook_or_404(request, number)
    if request.method == "POST" and request.POST.get("confirmed"):
        commands.remove_webhook(found, by=person_of(request), at=timezone.now())
        messages.success(request, "The webhook is removed.")
        return redirect("exchange:webhooks")
    context = {
        "title": "Remove this webhook", "lead": found.url, "danger": True, "action": "Remove it",
        "will": ["Nothing is sent to it any more", "What waits to be sent is deleted"],
        "cancel_url": reverse("exchange:webhook", args=[number]), "who_sees": WHO_SEES,
    }  # fmt: skip
    return render(request, "exchange/remove.html", context)


def _webhook_or_404(request: HttpRequest, number: int) -> Webhook:
    known = queries.webhooks_for(person_of(request), on=timezone.localdate())
    found = known.filter(pk=number).first() if number < 2**63 else None
    if found is None:
        raise Http404("There is no such webhook")
    return found


def _shown(request: HttpRequest, found: Webhook, *, secret: str = "") -> HttpResponse:
    page: Any = Paginator(queries.deliveries_of(found), ROWS).get_page(request.GET.get("page"))
    page.object_list = _rows(found, list(page.object_list))
    context = {
        "title": "Webhook", "webhook": found, "secret": secret, "state": _state(found),
        "wants": _wants(found), "page": page, "columns": COLUMNS, "who_sees": WHO_SEES,
    }  # fmt: skip
    response = render(request, "exchange/webhook.html", context)
    # A page that shows a secret is not for any cache, nor for going back to.
    response["Cache-Control"] = "no-store"
    return response


def _state(found: Webhook) -> str:
    return status("stopped", "late") if found.is_stopped else status("runs", "open")


def _rows(found: Webhook, deliveries: list[Delivery]) -> list[dict[str, Any]]:
    """Return deliveries as rows; each leads to what it tells of, where the owner may see that."""
    told = queries.changes_at(
        [each.position for each in deliveries],
        reader=reader_of(found.owner, timezone.localdate()),
    )
    return [_row(each, told.get(each.position), found) for each in deliveries]


def _row(delivery: Delivery, change: Change | None, found: Webhook) -> dict[str, Any]:
    words, kind = STATES[delivery.state]
    waits = delivery.state in ("queued", "sending")
    what = "A trial" if delivery.kind == "trial" else Kind(delivery.kind).meaning
    if change and change.register:
        what = f"{register_named(change.register)}: {what.lower()}"
    button = format_html(
        '<button class="button quiet small" type="submit" form="replay" name="delivery" '
        'value="{}">Send again<span class="unseen"> position {}</span></button>',
        delivery.pk, delivery.position,
    )  # fmt: skip
    return {
        "what": what,
        "href": change.url if change else "",
        "position": delivery.position or "",
        "state": status(words, kind),
        "when": delivery.done_at or (None if found.is_stopped else delivery.due_at),
        "attempts": delivery.attempts,
        "error": delivery.error,
        "again": "" if waits or found.is_stopped else button,
    }


def _wants(found: Webhook) -> str:
    titles = {each.name: each.title for each in all_registers()}
    registers = [titles.get(name, name) for name in found.registers]
    kinds = [Kind(each).meaning for each in found.kinds if each in set(Kind)]
    return ". ".join(filter(None, (", ".join(kinds), ", ".join(registers)))) or "Every change"


def _replay(request: HttpRequest, found: Webhook) -> HttpResponse:
    number = request.POST.get("delivery", "")
    own = queries.deliveries_of(found)
    chosen = own.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 19 else None
    if chosen is None:
        raise Http404("There is no such delivery")
    commands.replay(chosen, by=person_of(request), at=timezone.now())
    return _queued(request, found, "It is sent again.")


def _try(request: HttpRequest, found: Webhook) -> HttpResponse:
    commands.queue_trial(found, at=timezone.now())
    return _queued(request, found, "A trial is sent.")


def _start(request: HttpRequest, found: Webhook) -> HttpResponse:
    commands.start_again(found, by=person_of(request), at=timezone.now())
    return _queued(request, found, "The webhook runs again.")


def _queued(request: HttpRequest, found: Webhook, words: str) -> HttpResponse:
    ask_for("exchange.webhooks")
    messages.success(request, f"{words} Look at this page again in a minute.")
    return redirect("exchange:webhook", found.pk)


def _secret(request: HttpRequest, found: Webhook) -> HttpResponse:
    secret = commands.change_secret(found, by=person_of(request), at=timezone.now())
    return _shown(request, found, secret=secret)


_ACTS: dict[str, Callable[[HttpRequest, Webhook], HttpResponse]] = {
    "replay": _replay, "try": _try, "start": _start, "secret": _secret,
}  # fmt: skip

"""The outbox, for staff: what went, what waits, what failed, and what each mail said."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from engross.apps.accounts.views import person_of, staff_only, staff_read
from engross.apps.jobs.queries import backlog
from engross.apps.mail import commands, queries
from engross.apps.mail.forms import BounceForm, OutboxForm
from engross.apps.mail.models import Mail, State
from engross.core.access import Reach, reach_of
from engross.core.refusals import Refused
from engross.design.context import active_code
from engross.design.parts import Column, status

ROWS_A_PAGE = 60
COLUMNS = (
    Column("queued_at", "Queued", "moment"),
    Column("subject", "Subject", "title", link="href"),
    Column("to", "To"),
    Column("state", "What became of it"),
    Column("attempts", "Attempts", "number"),
    Column("sent_at", "Sent", "moment"),
)
_KINDS = {
    State.QUEUED: "waiting",
    State.SENDING: "open",
    State.SENT: "done",
    State.FAILED: "late",
    State.BOUNCED: "stopped",
}


def _chip(mail: Mail) -> Any:
    state = State(mail.state)
    return status(str(state.label), _KINDS[state])


@staff_read
def mail_list(request: HttpRequest) -> HttpResponse:
    """Show the mails that were asked for, newest first, and whether anybody sends them."""
    form = OutboxForm(request.GET)
    page = Paginator(queries.mail_asked(**form.asked()), ROWS_A_PAGE).get_page(
        request.GET.get("page")
    )
    work = backlog()
    context = {
        "title": "Outbox",
        "lead": "Every mail of this site: what it was for, whom it went to, what became of it.",
        "filter_form": form,
        "columns": COLUMNS,
        "noun": "mails",
        "empty_title": None if request.GET else "No mail was queued yet.",
        "counts": [(State(key).label, count) for key, count in queries.mail_counts().items()],
        "work": work,
        "has_worker": work.has_worker(at=timezone.now()),
        "page": page,
    }
    page.object_list = _shown(page.object_list)
    return render(request, "mail/list.html", context)


def _shown(mails: Any) -> Any:
    """Return mails as the list shows them."""
    return [
        {
            "queued_at": each.queued_at,
            "subject": each.subject,
            "href": reverse("mail:mail", args=[each.pk]),
            "to": each.to_address,
            "state": _chip(each),
            "attempts": each.attempts,
            "sent_at": each.sent_at,
        }
        for each in mails
    ]


@staff_read
def mail(request: HttpRequest, number: int) -> HttpResponse:
    """Show one mail: what became of it, and what it says, to who may read that.

    To look at what is not for everybody is written down.
    """
    found = _mail_or_404(number)
    if reach_of(active_code(), found.paper_class) is not Reach.ANYONE:
        commands.note_preview(found, by=person_of(request), at=timezone.now())
    return _page(request, found, BounceForm())


def _page(request: HttpRequest, found: Mail, form: BounceForm, *, code: int = 200) -> HttpResponse:
    reader: Any = request.reader  # type: ignore[attr-defined]
    context = {
        "title": found.subject,
        "mail": found,
        "chip": _chip(found),
        # The link acts for its reader; nobody else shall follow it.
        "text": found.text.replace(found.unsubscribe_url or "\0", "(their own link)"),
        "may_preview": queries.may_preview(found, reader, code=active_code()),
        "may_send_again": found.state in (State.FAILED, State.BOUNCED),
        "may_bounce": found.state == State.SENT,
        "form": form,
        "page_class": found.paper_class,
        "facts": [
            ("To", found.to_address),
            ("Template", found.template),
            ("Cause", str(found.cause) if found.cause else None),
            ("Queued", found.queued_at),
            ("Attempts", found.attempts),
            ("Next attempt", found.due_at if found.state == State.QUEUED else None),
            ("Sent", found.sent_at),
        ],
    }
    return render(request, "mail/mail.html", context, status=code)


@staff_only
def send_again(request: HttpRequest, number: int) -> HttpResponse:
    """Queue a mail again that failed or bounced."""
    found = _mail_or_404(number)
    if request.method == "POST":
        try:
            commands.send_again(found.pk, by=person_of(request), at=timezone.now())
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "Queued again.")
    return redirect("mail:mail", number=number)


@staff_only
def bounce(request: HttpRequest, number: int) -> HttpResponse:
    """Note that a mail came back."""
    found = _mail_or_404(number)
    form = BounceForm(request.POST or None)
    if request.method != "POST":
        return redirect("mail:mail", number=number)
    if not form.is_valid():
        return _page(request, found, form, code=422)
    try:
        reason = form.cleaned_data["reason"]
        commands.record_bounce(found.pk, reason=reason, by=person_of(request), at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "Noted.")
    return redirect("mail:mail", number=number)


def _mail_or_404(number: int) -> Mail:
    found = queries.mail_numbered(number)
    if found is None:
        raise Http404("There is no such mail")
    return found

"""Which mails are sent of what, for staff; and for each person, which of them they want."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from engross.apps.accounts.views import person_of, staff_read
from engross.apps.notices import commands, queries
from engross.apps.notices.forms import ChoicesForm
from engross.apps.people.views.guarding import signed_in
from engross.core.codes import Option
from engross.core.notices import WHO, Recipient
from engross.design.context import active_code
from engross.design.parts import Column

MOST_NAMED = 60
COLUMNS = (
    Column("name", "Mail", "title", link="href"),
    Column("when", "Sent when"),
    Column("who", "Who gets it"),
    Column("today", "Would get it today", "number"),
    Column("can_end", "Can be ended"),
)
PEOPLE = (Column("to", "Person", "title"), Column("address", "Address"), Column("why", "Why"))
LEFT_OUT = (*PEOPLE, Column("left_out", "Left out, because"))


@staff_read
def notice_list(request: HttpRequest) -> HttpResponse:
    """Show every event of which mail is sent, and how many would get it today."""
    events = active_code().options("mail_events")
    counts = queries.counts_today(events, on=timezone.localdate())
    context = {
        "title": "Mails that are sent",
        "columns": COLUMNS,
        "rows": [_row(each, counts[each.key]) for each in events],
    }
    return render(request, "notices/list.html", context)


def _row(event: Option, today: int) -> dict[str, Any]:
    return {
        "name": event.name,
        "href": reverse("notices:notice", args=[event.key]),
        "when": event.text("sent_when"),
        "who": ", ".join(queries.rules_in_words(event)),
        "today": today,
        "can_end": "yes" if event.flag("may_opt_out") else "no",
    }


@staff_read
def notice(request: HttpRequest, event: str) -> HttpResponse:
    """Show one event's mail: its text with examples, and who would get it today."""
    found = _event_or_404(event)
    told, left_out = queries.split_recipients(
        found, queries.Circumstances(), on=timezone.localdate()
    )
    named = [WHO[text] for text in found.texts("recipients") if text in WHO]
    context = {
        "title": found.name,
        "event": found,
        "shown": queries.example_of(found.key),
        "footer": commands.footer_of(
            found,
            "for one of the reasons below",
            "(the reader's own link)" if found.flag("may_opt_out") else "",
        ),
        "told_in_words": queries.told_in_words(told),
        "rules": queries.rules_in_words(found),
        "named": named,
        "columns": PEOPLE,
        "left_out_columns": LEFT_OUT,
        "told": [_person(each) for each in told[:MOST_NAMED]],
        "more": max(len(told) - MOST_NAMED, 0),
        "left_out": [_person(each) for each in left_out[:MOST_NAMED]],
        "words": queries.words_told(found.key),
        "facts": [
            ("Sent when", found.text("sent_when")),
            ("Its text", queries.place_of(found)),
            ("Can be ended by its reader", "yes" if found.flag("may_opt_out") else "no"),
            ("Clause", found.clause),
            ("Assumed", "yes" if found.is_assumed else None),
            ("Queued so far", queries.count_sent(found.key)),
        ],
    }
    return render(request, "notices/notice.html", context)


def _person(each: Recipient) -> dict[str, str]:
    return {"to": str(each.to), "address": each.address, "why": each.why, "left_out": each.left_out}


def _event_or_404(key: str) -> Option:
    try:
        return active_code().option("mail_events", key)
    except LookupError as error:
        raise Http404("The code sends no such mail") from error


@signed_in
def my_mails(request: HttpRequest) -> HttpResponse:
    """Let a person choose of which events they want mail."""
    person = person_of(request)
    form = ChoicesForm(queries.choices_of(person), request.POST or None)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data["wanted"]
        is_changed = commands.choose_mails(wanted, by=person, at=timezone.now())
        messages.success(request, "Kept." if is_changed else "Nothing was changed.")
        return redirect("notices:mine")
    context = {"title": "Mails you get", "form": form}
    return render(request, "notices/mine.html", context, status=422 if form.errors else 200)


# Whoever has the link may end the mails: a mail program that asks for it has no session.
@csrf_exempt
def end(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether mails of an event shall end, and end them; looking at the link ends nothing."""
    whose = queries.whose_mail_ends(token)
    if whose is None:
        nothing = {"title": "This link does not hold"}
        code = 403 if request.method == "POST" else 404
        return render(request, "notices/unknown_link.html", nothing, status=code)
    person, event = whose
    is_done = request.method == "POST"
    if is_done:
        commands.end_mails(person, event.key, at=timezone.now())
    title = "No more of these mails" if is_done else "End these mails?"
    context = {"title": title, "is_done": is_done, "event": event}
    return render(request, "notices/end.html", context)


end.writes = True  # type: ignore[attr-defined]

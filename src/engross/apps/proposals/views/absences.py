"""Who is away, who does their work meanwhile, and what is handed over with it."""

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from engross.apps.accounts.views import person_of, staff_only, staff_read
from engross.apps.people.views.acting import Act, Cleaned, perform
from engross.apps.proposals import commands
from engross.apps.proposals.forms import AbsenceForm, EndAbsenceForm
from engross.apps.proposals.models import Absence
from engross.apps.proposals.queries.analysts import absences_from, looked_after_by
from engross.core.dates.wording import day_in_words

MOST_NAMED = 12


@staff_read
def absences(request: HttpRequest) -> HttpResponse:
    """Show who is away or will be, until when, who stands in, and for how much work."""
    today = timezone.localdate()
    context = {
        "title": "Absences",
        "absences": [
            {
                "row": row,
                "is_now": row.held_from <= today,
                "work": looked_after_by(row.user, on=max(row.held_from, today)),
            }
            for row in absences_from(today)
        ],
    }
    return render(request, "proposals/absences.html", context)


@staff_only
def note(request: HttpRequest) -> HttpResponse:
    """Note that somebody is away: ask who, from when until when, and who stands in."""
    user, today = person_of(request), timezone.localdate()
    form = AbsenceForm(request.POST or None, initial={"person": user, "first": today})

    def do(cleaned: Cleaned) -> None:
        commands.note_absence(
            cleaned["person"], cleaned["stand_in"], first=cleaned["first"],
            until=cleaned["until"], by=user, at=timezone.now(),
        )  # fmt: skip

    act = Act("Note an absence", _will_note, do, reverse("proposals:absences"), done="Noted.")
    return perform(request, act, form)


def _will_note(cleaned: Cleaned) -> list[str]:
    person, stand_in, until = cleaned["person"], cleaned["stand_in"], cleaned["until"]
    work = looked_after_by(person, on=cleaned["first"])
    named = ", ".join(each.label for each in work[:MOST_NAMED])
    more = f" and {len(work) - MOST_NAMED} others" if len(work) > MOST_NAMED else ""
    ends = f"to the day before {day_in_words(until)}" if until else "until somebody ends it"
    return [
        f"{person} is away from {day_in_words(cleaned['first'])} {ends}.",
        f"{stand_in} looks after {named}{more} meanwhile." if work
        else f"{person} looks after no proposal then, so that nothing is handed over.",
        *([f"{stand_in} is told by mail."] if work else []),
        "Nothing needs to be handed back: it is theirs again on the day they return.",
    ]  # fmt: skip


@staff_only
def end(request: HttpRequest, number: int) -> HttpResponse:
    """Say from which day somebody is back."""
    today = timezone.localdate()
    row = next((each for each in absences_from(today) if each.pk == number), None)
    if row is None:
        raise Http404("There is no such absence")
    absence: Absence = row
    initial = {"back": max(today, absence.held_from)}
    form: Form = EndAbsenceForm(request.POST or None, initial=initial)

    def do(cleaned: Cleaned) -> None:
        commands.end_absence(absence, back=cleaned["back"], by=person_of(request),
                             at=timezone.now())  # fmt: skip

    def will(cleaned: Cleaned) -> list[str]:
        if cleaned["back"] == absence.held_from:
            return [f"{absence.user} was not away at all; the entry stays on record."]
        return [f"{absence.user} looks after their own work again from "
                f"{day_in_words(cleaned['back'])}."]  # fmt: skip

    act = Act("End an absence", will, do, reverse("proposals:absences"),
              reference=str(absence.user), done="Ended.")  # fmt: skip
    return perform(request, act, form)

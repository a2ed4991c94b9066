"""The pages on which staff open, extend, look at, decide about and publish a consultation."""

from datetime import date

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from engross.apps.accounts.queries import who_reads
from engross.apps.accounts.views import person_of, staff_only, staff_read
from engross.apps.consultations import commands, queries
from engross.apps.consultations.forms import ExtendForm, LateForm, OpenForm, OutcomeForm
from engross.apps.consultations.models import Consultation, ResponseVersion
from engross.apps.consultations.queries import Collation
from engross.apps.consultations.views.public import answers_file, log_answers_read
from engross.apps.consultations.views.shown import (
    ANSWER_COLUMNS,
    answers_shown,
    consultation_or_404,
    matrix_of,
    written_moment,
)
from engross.apps.dates.queries import calendar_of_the_code
from engross.apps.files.queries import files_of_entries
from engross.apps.notices.queries import told_in_words, who_would_get
from engross.apps.people.views.acting import Act, Cleaned, perform
from engross.core.consultations.closing import Length, usual_closing_day
from engross.core.dates.spans import Ends
from engross.core.dates.wording import day_in_words
from engross.core.refusals import Refused

WHO_SEES = "Only staff can see this page."


@staff_only
def open_it(request: HttpRequest, reference: str) -> HttpResponse:
    """Open a draft for answers, after a preview of days, mail and documents."""
    row, today = consultation_or_404(request, reference), timezone.localdate()
    length = queries.length_of(row, on=today, is_urgent=commands.is_urgent(row))
    usual = usual_closing_day(today, length, calendar_of_the_code())
    form = OpenForm(request.POST or None, initial={"closes_on": usual})
    form.fields["closes_on"].help_text = _least(length)
    _refuse_day(form, "closes_on", lambda day: commands.reasons_against_open(row, day, on=today))

    def will(cleaned: Cleaned) -> list[str]:
        closes_on: date = cleaned["closes_on"]
        row.closes_on, row.closes_at = closes_on, queries.closing_moment_on(closes_on)
        told = who_would_get("consultation-opened", categories=row.categories, on=today)
        return [
            f"{row.reference} opens today, {day_in_words(today)}: everybody sees it, its questions "
            "and its documents, and nobody can change its questions any more.",
            f"It closes at {written_moment(row)}: "
            f"{_open_for(today, closes_on)} Working Days, today not counted.",
            _documents(request, row),
            f"{told_in_words(told)}.",
        ]

    def do(cleaned: Cleaned) -> None:
        commands.open_consultation(row, closes_on=cleaned["closes_on"], by=person_of(request),
                                   on=today, at=timezone.now())  # fmt: skip

    act = Act("Open it for answers", will, do, queries.address_of(row), action="Open it",
              done="It is open.", reference=row.reference, who_sees=WHO_SEES)  # fmt: skip
    return perform(request, act, form)


def _refuse_day(form: Form, name: str, reasons_against: object) -> None:
    """Tell at the field why it cannot be that day, before anything is previewed."""
    if form.is_bound and form.is_valid() and callable(reasons_against):
        reasons = reasons_against(form.cleaned_data[name])
        if reasons:
            form.add_error(name, [str(each) for each in reasons])


def _least(length: Length) -> str:
    source = f" ({length.clause})" if length.clause else ""
    if length.working_days is None:
        return "A Working Day; this kind has no length of its own."
    if length.is_urgent:
        return "A Working Day; it is about what is urgent, so it may be sooner than is usual."
    return f"{length.working_days} Working Days after today, or later{source}."


def _open_for(opens_on: date, closes_on: date) -> int:
    return calendar_of_the_code().count_working_days(opens_on, closes_on, inclusive=Ends.END)


def _documents(request: HttpRequest, row: Consultation) -> str:
    found = files_of_entries("consultations", [row.key], who_reads(request)).get(row.key, [])
    names = ", ".join(each.name for each in found)
    return f"With it come: {names}." if names else "No document comes with it."


@staff_only
def extend(request: HttpRequest, reference: str) -> HttpResponse:
    """Leave a consultation open for longer."""
    row, today, now = consultation_or_404(request, reference), timezone.localdate(), timezone.now()
    form = ExtendForm(request.POST or None)
    _refuse_day(form, "until", lambda day: commands.reasons_against_extension(
        row, day, reason="given", at=now))  # fmt: skip
    before = written_moment(row)
    form.fields["until"].help_text = f"It closes at {before} as it stands."

    def will(cleaned: Cleaned) -> list[str]:
        until: date = cleaned["until"]
        row.closes_on, row.closes_at = until, queries.closing_moment_on(until)
        told = who_would_get("consultation-opened", categories=row.categories, on=today)
        return [f"It closes at {written_moment(row)}, not at {before}.",
                f"Everybody reads why: {cleaned['reason']}", f"{told_in_words(told)}."]  # fmt: skip

    def do(cleaned: Cleaned) -> None:
        commands.extend_consultation(
            row, until=cleaned["until"], reason=cleaned["reason"], by=person_of(request),
            on=today, at=now,
        )  # fmt: skip

    act = Act("Leave it open for longer", will, do, queries.address_of(row),
              action="Leave it open", reference=row.reference, who_sees=WHO_SEES)  # fmt: skip
    return perform(request, act, form)


def _collation_or_404(request: HttpRequest, row: Consultation) -> Collation:
    collation = queries.collation_for(row, who_reads(request))
    if collation is None:
        raise Http404("There is no such page")
    log_answers_read(request, collation)
    return collation


@staff_read
def collation(request: HttpRequest, reference: str) -> HttpResponse:
    """Show all answers side by side, and those that came late."""
    row = consultation_or_404(request, reference)
    found = _collation_or_404(request, row)
    columns, matrix = matrix_of(found)
    place = f"/consultations/{row.reference}/collation"
    context = {
        "title": f"Answers to {row.title}", "row": row, "collation": found,
        "lead": "All of them, with what is confidential.", "is_staff_page": True,
        "answer_columns": ANSWER_COLUMNS, "questions": answers_shown(found),
        "matrix_columns": columns, "matrix": matrix,
        "late": queries.late_versions(row),
        "downloads": {form: f"{place}.{form}" for form in ("csv", "xlsx", "docx")},
        "page_class": queries.kind_of(row).text("confidential_class"), "who_sees": WHO_SEES,
    }  # fmt: skip
    answer = render(request, "consultations/responses.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer


@staff_read
def download_collation(request: HttpRequest, reference: str, form: str) -> HttpResponse:
    """Send all answers as a file."""
    row = consultation_or_404(request, reference)
    answer = answers_file(row, _collation_or_404(request, row), form)
    answer["Cache-Control"] = "private, no-store"
    return answer


@staff_only
def late(request: HttpRequest, reference: str, version: int) -> HttpResponse:
    """Take a late answer in, or leave it out."""
    row = consultation_or_404(request, reference)
    found = next((each for each in queries.late_versions(row) if each.pk == version), None)
    if found is None:
        raise Http404("There is no such late answer")
    taken: ResponseVersion = found

    def will(cleaned: Cleaned) -> list[str]:
        counts = (
            "It counts, and is marked as late."
            if cleaned["decision"] == "taken"
            else ("It does not count; what the respondent handed in before, if anything, does.")
        )
        return [counts, f"Kept as the reason: {cleaned['reason']}"]

    def do(cleaned: Cleaned) -> None:
        commands.decide_late_answer(
            taken, take_in=cleaned["decision"] == "taken", reason=cleaned["reason"],
            by=person_of(request), at=timezone.now(),
        )  # fmt: skip

    back = reverse("consultations:collation", args=[row.reference])
    act = Act("Decide about a late answer", will, do, back, reference=row.reference,
              who_sees=WHO_SEES)  # fmt: skip
    return perform(request, act, LateForm(request.POST or None))


@staff_only
def publish(request: HttpRequest, reference: str) -> HttpResponse:
    """Publish what may be public of the answers."""
    row = consultation_or_404(request, reference)
    found = queries.collation_for(row, who_reads(request))
    if found is None:
        raise Http404("There is no such page")
    hidden = sum(given.is_confidential for each in found.respondents
                 for given in each.answers.values())  # fmt: skip
    unnamed = sum(each.is_anonymous for each in found.respondents)
    will = [
        f"The answers of {len(found.respondents)} respondents are published; no other can join "
        "them.",
        f"Confidential answers that are not published: {hidden}.",
        f"Respondents who are not named: {unnamed}.",
    ]

    def do(_: Cleaned) -> None:
        commands.publish_responses(row, by=person_of(request), at=timezone.now())

    act = Act("Publish the answers", lambda _: will, do, queries.address_of(row),
              action="Publish them", done="Published.", reference=row.reference,
              who_sees=WHO_SEES)  # fmt: skip
    return perform(request, act, Form(request.POST or None))


@staff_only
def outcome(request: HttpRequest, reference: str) -> HttpResponse:
    """Write what people said and what was done."""
    row = consultation_or_404(request, reference)
    form = OutcomeForm(request.POST or None, questions=row.questions.order_by("number"))
    if request.method != "POST":
        form.initial["conclusion"] = row.conclusion
    elif form.is_valid():
        try:
            commands.write_outcome(
                row, form.said_and_done(), conclusion=form.cleaned_data["conclusion"],
                by=person_of(request), at=timezone.now(),
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, [str(each) for each in refused.reasons])
        else:
            messages.success(request, "Saved: everybody reads it on the page.")
            return redirect(queries.address_of(row))
    context = {"title": "You said, we did", "reference": row.reference, "form": form,
               "lead": "Anyone reads it: write nothing that was confidential.",
               "groups": list(form.groups()), "cancel_url": queries.address_of(row),
               "who_sees": WHO_SEES}  # fmt: skip
    return render(request, "consultations/outcome.html", context,
                  status=422 if form.errors else 200)  # fmt: skip

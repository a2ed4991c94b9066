"""The pages on which a response is written: by a link, or for a Party."""

from collections.abc import Sequence
from typing import Any

from allauth.core.ratelimit import consume, respond_429
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from engross.adapters.consultation_forms import read_filled_form
from engross.apps.accounts.queries import who_reads
from engross.apps.consultations import commands, queries
from engross.apps.consultations.commands import ChangedMeanwhile, Seen
from engross.apps.consultations.forms import AnswerForm, BeginForm, FilledFormForm
from engross.apps.consultations.models import ResponseVersion
from engross.apps.consultations.views.shown import consultation_or_404, written_moment
from engross.apps.consultations.views.whose import Writing, by_link, for_party, not_taken
from engross.core.consultations.questions import (
    NOTHING,
    Given,
    printed_answer,
    reasons_against_answer,
)
from engross.core.consultations.states import State, reasons_against_answering
from engross.core.refusals import Reason, Refused

WHO_SEES = "Only those who answer for this respondent, and staff, can see this page."


def begin(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin a response without an account; its link is mailed and leads on at once."""
    row = consultation_or_404(request, reference)
    if refused := reasons_against_answering(State(row.state)):
        return not_taken(request, row, refused)
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not consume(request, action="consultation", key=form.cleaned_data["email"]):
            limited: HttpResponse = respond_429(request)
            return limited
        try:
            secret = commands.begin_response(row, form.newcomer(), at=timezone.now())
        except Refused as problem:
            form.add_error(None, [str(each) for each in problem.reasons])
        else:
            messages.success(request, "A link to this page is on its way to you by mail.")
            return redirect("consultations:answer", secret)
    parties = queries.parties_to_answer_for(who_reads(request))
    context = {"title": "Answer without an account", "row": row, "form": form,
               "closes": written_moment(row), "parties": parties, "submit": "Begin"}  # fmt: skip
    return render(request, "consultations/begin.html", context, status=422 if form.errors else 200)


begin.writes = True  # type: ignore[attr-defined]


def _answer(request: HttpRequest, writing: Writing) -> HttpResponse:
    """Show a response as it was saved last; save what is typed, and perhaps go on to hand it in."""
    latest = queries.latest_version(writing.response) if writing.response.pk else None
    if request.method != "POST":
        return _page(request, writing, _form_of(writing, latest), latest)
    form = AnswerForm(request.POST, questions=_questions(writing))
    if not form.is_valid():
        return _page(request, writing, form, latest, status=422)
    try:
        commands.save_answers(
            writing.response, form.said(), seen=form.seen(), by=writing.by, at=timezone.now()
        )
    except ChangedMeanwhile as changed:
        return _changed(request, writing, form, changed)
    except Refused as refused:
        form.add_error(None, [str(each) for each in refused.reasons])
        return _page(request, writing, form, latest, status=422)
    if "check" in request.POST:
        return redirect(writing.check)
    messages.success(request, "Saved. It is not handed in yet.")
    return redirect(writing.page)


def _questions(writing: Writing) -> list[Any]:
    return [queries.asked(each) for each in writing.consultation.questions.order_by("number")]


def _form_of(writing: Writing, latest: ResponseVersion | None) -> AnswerForm:
    seen = Seen(latest.number, latest.saves) if latest else Seen()
    return AnswerForm(
        questions=_questions(writing), given=queries.given_of(latest, writing.consultation),
        seen=seen, is_anonymous=bool(latest and latest.is_anonymous),
    )  # fmt: skip


def _changed(
    request: HttpRequest, writing: Writing, form: AnswerForm, changed: ChangedMeanwhile
) -> HttpResponse:
    """Show what was typed and what somebody else saved, and let the one replace the other."""
    theirs = queries.given_of(changed.latest, writing.consultation)
    mine = form.said().answers
    differing = [
        (each, _words(theirs.get(each.number, NOTHING)))
        for each in form.questions
        if theirs.get(each.number, NOTHING) != mine.get(each.number, NOTHING)
    ]
    data = request.POST.copy()
    data["version"], data["saves"] = str(changed.latest.number), str(changed.latest.saves)
    again = AnswerForm(data, questions=form.questions)
    again.is_valid()
    return _page(request, writing, again, changed.latest, status=409,
                 changed=changed.reasons, differing=differing)  # fmt: skip


def _words(given: Given) -> str:
    return ": ".join(filter(None, (printed_answer(given), given.words))) or "No answer"


def _page(
    request: HttpRequest, writing: Writing, form: AnswerForm, latest: ResponseVersion | None,
    *, status: int = 200, **more: Any,
) -> HttpResponse:  # fmt: skip
    row, now = writing.consultation, timezone.now()
    state = queries.state_now(row, at=now)
    handed = queries.versions_of(writing.response) if writing.response.pk else []
    context = {
        "title": row.title, "row": row, "writing": writing, "form": form,
        "groups": list(form.groups()), "closes": written_moment(row), "latest": latest,
        "handed": handed, "is_late": state is State.CLOSED, "is_over": state is State.PUBLISHED,
        "upload_form": FilledFormForm(), "who_sees": WHO_SEES, **more,
    }  # fmt: skip
    return render(request, "consultations/answer.html", context, status=status)


def _upload(request: HttpRequest, writing: Writing) -> HttpResponse:
    """Show what was read from a filled form, to be looked at; nothing is saved yet."""
    if request.method != "POST":
        return redirect(writing.page)
    upload = FilledFormForm(request.POST, request.FILES)
    latest = queries.latest_version(writing.response) if writing.response.pk else None
    questions = _questions(writing)
    if not upload.is_valid():
        return _page(request, writing, _form_of(writing, latest), latest, status=422,
                     upload_form=upload)  # fmt: skip
    try:
        filled = read_filled_form(
            upload.cleaned_data["file"].read(), writing.consultation.reference, questions
        )
    except Refused as refused:
        upload.add_error("file", [str(each) for each in refused.reasons])
        return _page(request, writing, _form_of(writing, latest), latest, status=422,
                     upload_form=upload)  # fmt: skip
    form = AnswerForm(
        questions=questions, given=filled.answers, is_anonymous=filled.is_anonymous,
        seen=Seen(latest.number, latest.saves) if latest else Seen(),
    )  # fmt: skip
    read = sum(not each.is_empty for each in filled.answers.values())
    return _page(request, writing, form, latest, read=read, remarks=filled.remarks,
                 is_uploaded=True)  # fmt: skip


def _check(request: HttpRequest, writing: Writing) -> HttpResponse:
    """Say what handing in will do, with the whole response; then hand it in."""
    latest = queries.latest_version(writing.response) if writing.response.pk else None
    if latest is None:
        return redirect(writing.page)
    refused: Sequence[Reason] = ()
    if request.method == "POST" and request.POST.get("confirmed"):
        try:
            commands.submit_response(
                writing.response, seen=_seen(request), by=writing.by, on=timezone.localdate(),
                at=timezone.now(),
            )  # fmt: skip
        except Refused as problem:
            refused = problem.reasons
        else:
            messages.success(request, "Handed in: a confirmation is on its way by mail.")
            return redirect(writing.page)
    return _preview(request, writing, latest, refused)


def _seen(request: HttpRequest) -> Seen:
    def number(name: str) -> int:
        typed = request.POST.get(name, "")
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0

    return Seen(number("version"), number("saves"))


def _preview(
    request: HttpRequest, writing: Writing, latest: ResponseVersion, refused: Sequence[Reason]
) -> HttpResponse:
    row, questions = writing.consultation, _questions(writing)
    given = queries.given_of(latest, row)
    missing = [
        reason for each in questions
        for reason in reasons_against_answer(each, given.get(each.number, NOTHING))
    ]  # fmt: skip
    context = {
        "title": "Hand in your answer", "reference": row.reference, "lead": row.title,
        "will": _will(writing, latest, given), "refused": list(refused) or missing,
        "answers": [(each, _words(given.get(each.number, NOTHING)),
                     given.get(each.number, NOTHING).is_confidential) for each in questions],
        "latest": latest, "action": "Hand it in", "cancel_url": writing.page,
        "who_sees": WHO_SEES,
    }  # fmt: skip
    return render(request, "consultations/check.html", context, status=422 if refused else 200)


def _will(writing: Writing, latest: ResponseVersion, given: dict[int, Given]) -> list[str]:
    row = writing.consultation
    told = [f"Your answer to {row.reference} is handed in for {writing.who}."]
    if queries.state_now(row, at=timezone.now()) is State.CLOSED:
        told.append("It comes after the close: staff decide whether it counts, and say why.")
    else:
        told.append(f"You can replace it until {written_moment(row)}; what you hand in now is "
                    "kept.")  # fmt: skip
    named = "without your name" if latest.is_anonymous else f"under the name {writing.who}"
    told.append(f"When the answers are published, yours stand there {named}.")
    if hidden := [str(number) for number, each in given.items() if each.is_confidential]:
        plural = "s" if len(hidden) > 1 else ""
        told.append(f"Your answer{plural} to question{plural} {', '.join(hidden)} "
                    f"{'are' if plural else 'is'} not published: staff read it.")  # fmt: skip
    told.append("A confirmation is mailed to you.")
    return told


answer, check, upload = by_link(_answer), by_link(_check), by_link(_upload)
party_answer, party_check = for_party(_answer), for_party(_check)
party_upload = for_party(_upload)

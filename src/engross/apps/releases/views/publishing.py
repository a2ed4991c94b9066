"""Publishing a composition, and taking its version back before its day: preview, then act."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from engross.apps.accounts.views import person_of, staff_only
from engross.apps.notices.queries import told_in_words, who_would_get
from engross.apps.releases import commands, queries
from engross.apps.releases.commands.publishing import PUBLISHED
from engross.apps.releases.commands.withdrawing import WITHDRAWN
from engross.apps.releases.forms import PublishForm, WhyForm
from engross.apps.releases.models import Composition
from engross.apps.releases.views.composing import (
    composition_or_404,
    href_of_composition,
    release_or_404,
)
from engross.core.refusals import Reason, Refused
from engross.core.registers.addresses import address_of
from engross.core.releases.publishing import reasons_against_publishing


@staff_only
def publish(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """Publish a composition as a version: give number and days, see what follows, then do it."""
    row = release_or_404(name)
    made = composition_or_404(request, name, number)
    if made.published_version_id:
        raise Http404("It is published")
    today = timezone.localdate()
    form = PublishForm(
        request.POST or None,
        initial={"version": queries.next_version(), "published_on": today,
                 "effective_on": max(row.released_on, today)},
    )  # fmt: skip
    if request.method != "POST" or not form.is_valid():
        return _form(request, made, form)
    cleaned = form.cleaned_data
    if not request.POST.get("confirmed"):
        return _preview(request, made, form, on=today)
    try:
        commands.publish_composition(
            made.pk, cleaned["version"].strip(), effective_on=cleaned["effective_on"], on=today,
            by=person_of(request), at=timezone.now(), published_on=cleaned["published_on"],
            reason=cleaned["reason"],
        )  # fmt: skip
    except Refused as refused:
        form.add_error(None, [str(reason) for reason in refused.reasons])
        return _form(request, made, form)
    messages.success(request, f"Version {cleaned['version']} is published.")
    return redirect("releases:version", number=address_of(cleaned["version"].strip()))


def _form(request: HttpRequest, made: Composition, form: PublishForm) -> HttpResponse:
    context = {
        "title": f"Publish {made}",
        "form": form,
        "submit": "See what will happen",
        "cancel_url": href_of_composition(made),
    }
    return render(request, "design/form.html", context, status=422 if form.errors else 200)


def _preview(
    request: HttpRequest, made: Composition, form: PublishForm, *, on: date
) -> HttpResponse:  # fmt: skip
    cleaned = form.cleaned_data
    result = queries.composed(made)
    against = reasons_against_publishing(
        queries.to_publish(result, effective_on=cleaned["effective_on"], on=on),
        effective_on=cleaned["effective_on"], published_on=cleaned["published_on"], today=on,
    )  # fmt: skip
    context = {
        "title": f"Publish version {cleaned['version']}",
        "reference": str(made),
        "will": _will(result, cleaned, on=on),
        "refused": against,
        "hidden": {key: request.POST.get(key, "") for key in form.fields},
        "action": "Publish it",
        "cancel_url": href_of_composition(made),
    }
    return render(request, "releases/act.html", context, status=422 if against else 200)


def _will(result: queries.Composed, cleaned: dict[str, Any], *, on: date) -> list[str]:
    """Return what publishing will do, sentence by sentence."""
    made = result.composition
    effective_on = cleaned["effective_on"]
    changed = queries.documents_changed(result)
    named = ", ".join(_document(each) for each in changed) or "no document"
    proposals = queries.proposals_in(made)
    later = [each for each in proposals if each in queries.with_parts_left(made)]
    whole = [each for each in proposals if each not in later]
    will = [
        f"The text of version {cleaned['version']} is published, and known from "
        f"{cleaned['published_on']:%-d %B %Y} on.",
        f"From {effective_on:%-d %B %Y} it is the code. Until the day before it can be withdrawn.",
        f"It changes {named}.",
    ]
    if whole:
        will.append(f"On that day {_listed(whole)} is noted as implemented." if len(whole) == 1
                    else f"On that day {_listed(whole)} are noted as implemented.")  # fmt: skip
    if later:
        will.append(f"A part of {_listed(later)} is noted as implemented; the rest comes later.")
    mails = told_in_words(who_would_get(PUBLISHED, on=on))
    return [*will, f"{mails}. The feed of versions shows it."]


def _document(each: queries.DocumentChanged) -> str:
    if each.is_gone:
        return f"{each.name} (it ends)"
    return f"{each.name} (now {each.before})" if each.before else f"{each.name} (new)"


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)


@staff_only
def withdraw(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """Take the version of a composition back before the day it takes effect, with a reason."""
    made = composition_or_404(request, name, number)
    version = made.published_version
    if version is None:
        raise Http404("It is not published")
    form = WhyForm(request.POST or None)
    refused: tuple[Reason, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            commands.withdraw_composition(
                made.pk, reason=form.cleaned_data["reason"], by=person_of(request),
                on=timezone.localdate(), at=timezone.now(),
            )  # fmt: skip
        except Refused as problem:
            refused = problem.reasons
        else:
            messages.success(request, f"Version {version} is withdrawn.")
            return redirect(href_of_composition(made))
    context = {
        "title": f"Withdraw version {version}",
        "reference": str(made),
        "form": form,
        "refused": refused,
        "will": [
            f"The text of version {version} will not take effect: the code reads on as it would "
            "have without it.",
            "Its change sets are open again, and its proposals wait for another version.",
            f"What was known until now stays answerable, and the number {version} is not used "
            "again.",
            f"{told_in_words(who_would_get(WITHDRAWN, on=timezone.localdate()))}.",
        ],
        "action": "Withdraw it",
        "danger": True,
        "cancel_url": href_of_composition(made),
    }
    status = 422 if form.errors or refused else 200
    return render(request, "design/confirm.html", context, status=status)
